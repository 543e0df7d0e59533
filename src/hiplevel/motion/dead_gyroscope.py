"""A gyroscope that reads exactly nothing while gravity turns: it is dead, for every other one has noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats
from hiplevel.motion.turning import Turns


@dataclass(frozen=True)
class DeadParams:
    """Gravity turns by `turned_rad` within so many windows: slower, a rate may be rounded away."""

    turned_rad: float = 0.05
    windows: int = 10
    shaken_m_s2: float = 1.0  # rms within a window: more may be the body's own acceleration


class DeadWatch:
    """`process` gives the first turn at which that is certain; turns are those of one stretch after the other."""

    def __init__(self, params: DeadParams | None = None) -> None:
        self.params = params or DeadParams()
        self.interrupt()

    def interrupt(self) -> None:
        """A gap: what gravity did meanwhile is not known."""
        # Where gravity was in the latest windows without any rate, as seen from the newest; None where it was shaken.
        self._seen: list[Floats | None] = []

    def process(self, turns: Turns, calm: NDArray[np.bool_]) -> int | None:
        """calm (k,): whether the accelerometer reads hardly more than gravity in both windows of a turn."""
        nothing = np.asarray(~turns.said.any(axis=0))
        if not nothing.any():
            self._seen = []
            return None
        quiet = calm & (turns.shaken_m_s2 < self.params.shaken_m_s2).all(axis=0)
        for at, way in enumerate(turns.seen.T):
            if not nothing[at]:
                self._seen = []
            elif self._went(way, quiet=bool(quiet[at])):
                return at
        return None

    def _went(self, way: Floats, *, quiet: bool) -> bool:
        """Whether gravity has gone too far after one more window, which moved it by way (3,)."""
        here = np.zeros(3) if quiet else None
        before = self._seen or [here]
        before = [None if place is None else place - way for place in before]
        self._seen = [*before, here][-self.params.windows :]
        most = self.params.turned_rad**2
        return quiet and any(place is not None and float(place @ place) > most for place in before)
