"""A neutral after all: the first still second of a recording that began in movement."""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import Cells, joined
from hiplevel.motion.stillness import BEAT_CELLS, Beats, StillParams, beat_stats, is_still

SEEK_S = 60.0  # after the start; later someone may rest anyhow
WINDOW = 4  # beats: one second
# A rest further from the assumed neutral than this is another pose, not standing.
LEAN_SHARE = float(np.cos(np.radians(25.0)))


class LateNeutral:
    """Watches cells for a still second in about the assumed pose; sensor frame throughout."""

    def __init__(self, until_s: float, assumed_up: Floats) -> None:
        self._until_s, self._assumed_up = until_s + SEEK_S, assumed_up
        self._params = StillParams()
        self._carried: list[Cells] = []
        self._recent: list[Beats] = []  # one beat each, the last of the window

    def interrupt(self) -> None:
        """A gap: a still second cannot span it."""
        self._carried, self._recent = [], []

    def over(self, time_s: float) -> bool:
        """Whether it is too late."""
        return time_s > self._until_s

    def process(self, cells: Cells) -> tuple[int, Floats] | None:
        """The row of `cells` that ends a still second and the vertical (3,) in it; None when there is none."""
        run = joined([*self._carried, cells])
        offset = len(run.time_s) - len(cells.time_s)
        beats = beat_stats(run.acc_m_s2, run.gyr_rad_s)
        self._carried = [run[len(beats) * BEAT_CELLS :]] if len(beats) * BEAT_CELLS < len(run.time_s) else []
        quiet = (beats.acc_sd.max(axis=1) < self._params.acc_sd_m_s2) & (
            beats.gyr_sd.max(axis=1) < self._params.gyr_sd_rad_s
        )
        for number in range(len(beats)):
            self._recent = [*self._recent[1 - WINDOW :], beats[number : number + 1]] if quiet[number] else []
            up = self._still()
            if up is not None:
                return (number + 1) * BEAT_CELLS - 1 - offset, up
        return None

    def _still(self) -> Floats | None:
        if len(self._recent) < WINDOW:
            return None
        names = ("acc_mean", "acc_sd", "gyr_mean", "gyr_sd")
        window = Beats(*(np.concatenate([getattr(beat, name) for beat in self._recent]) for name in names))
        acc = np.cumsum(window.acc_mean, axis=0)[-1]
        up = np.asarray(acc / np.linalg.norm(acc))
        return up if is_still(window, self._params) and float(up @ self._assumed_up) > LEAN_SHARE else None
