"""Does the gyroscope turn as the accelerometer does in slow movements, which turn little within a window?

Over a second without shaking a body's acceleration is next to nothing, so that small turns show too; and how the turn
changes from one second to the next is free of the gyroscope's bias.
"""

from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats
from hiplevel.motion.turning import Fading, Regression, Trail, Turns, multiplied


@dataclass(frozen=True)
class SlowParams:
    """So many changes of a right gyroscope correlate by 0.7 and more; with a wrong sign or axis by none, or less."""

    turn_rad: float = 0.04  # by both
    shaken_m_s2: float = 0.6  # rms within a window
    least: float = 10.0  # changes
    keep: float = 0.95  # of the weight of those before
    correlation: float = 0.1
    # Nobody turns so far in a second without shaking, and an accelerometer that sees less than a sixth of it.
    large_rad: float = 0.3
    large: float = 6.0


class SlowAgreement:
    """`process` gives the first turn after which both cannot be right, and whether the gyroscope says too much."""

    def __init__(self, params: SlowParams | None = None) -> None:
        self.params = params or SlowParams()
        self._both, self._large = Fading(self.params.keep), Fading(self.params.keep)
        self._trail = Trail(3)

    def interrupt(self) -> None:
        """A gap: a second cannot span it."""
        self._trail.interrupt()

    def process(self, turns: Turns, calm: NDArray[np.bool_]) -> tuple[int, bool] | None:
        """calm (k,): whether the accelerometer reads hardly more than gravity in both windows of a turn."""
        params = self.params
        rows, kept = self._trail.add(turns, calm & (turns.shaken_m_s2 < params.shaken_m_s2))
        if rows.shape[1] < 4:
            return None
        seconds = rows[:, 1:] + rows[:, :-1]
        unshaken = seconds[6, 2:] + seconds[6, :-2] == 4.0
        if not unshaken.any():
            return None
        products = multiplied((seconds[:6, 2:] - seconds[:6, :-2]).reshape(2, 3, -1))
        wide = ((products[:2].min(axis=0) > params.turn_rad**2) & unshaken).nonzero()[0]
        large = ((products[0] > params.large_rad**2) & unshaken).nonzero()[0]
        found = [
            (turned[wrong].item(0) + 3 - kept, too_large)
            for turned, so_far, judge, too_large in (
                (large, self._large, self._too_large, True),
                (wide, self._both, self._otherwise, False),
            )
            if turned.size and (wrong := judge(so_far.after(products[:, turned]))).any()
        ]
        return min(found, key=itemgetter(0)) if found else None

    def _too_large(self, turned: Regression[Floats]) -> NDArray[np.bool_]:
        enough = turned.count >= self.params.least
        return np.asarray(enough & (turned.said_rad > self.params.large * turned.seen_rad))

    def _otherwise(self, turned: Regression[Floats]) -> NDArray[np.bool_]:
        return np.asarray((turned.count >= self.params.least) & (turned.correlation < self.params.correlation))
