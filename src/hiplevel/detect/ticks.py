"""The clock of holds: quarters of a second, with the level of the last half second and how much the pelvis stirred.

What is smoothed looks back over the ticks before, which are carried from block to block.
"""

from typing import NamedTuple

import numpy as np
from scipy.signal import butter

from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.filters import sections
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import GRID_HZ
from hiplevel.motion.posture import Posture

TICK_CELLS = 25
TICK_S = TICK_CELLS / GRID_HZ
SECOND = round(1.0 / TICK_S)
SMOOTH = 2  # ticks of the level
TREMOR_HZ = (4.0, 12.0)


class Tick(NamedTuple):
    """A quarter of a second up to `time_s`.

    frontal_deg, roll_deg : mean of the last half second; tilt_deg: of this tick
    shaken_m_s2 : acceleration without gravity, rms of the last second
    rate_deg_s, tremor_deg_s : rates, rms of this tick
    """

    time_s: float
    frontal_deg: float
    roll_deg: float
    tilt_deg: float
    shaken_m_s2: float
    rate_deg_s: float
    tremor_deg_s: float
    posture: Posture


class Ticks:
    """`process(block)` gives the ticks that these cells completed."""

    def __init__(self) -> None:
        self._sections = np.asarray(butter(2, TREMOR_HZ, "bandpass", fs=GRID_HZ, output="sos"))
        self.restart()

    def restart(self) -> None:
        """Begin a new stretch."""
        self._rows = np.empty((7, 0))
        self._filter = np.zeros((len(self._sections), 2))
        self._before = np.empty((3, 0))  # frontal, roll, acceleration squared, of the ticks before

    def process(self, block: MotionBlock) -> list[Tick]:
        """In time order; a block is of one posture, so are its ticks."""
        tremor, self._filter = sections(self._sections, np.degrees(block.rate_rad_s[0]), self._filter)
        acc2, rate2 = dot(block.acc_m_s2, block.acc_m_s2), dot(block.rate_rad_s, block.rate_rad_s)
        angles = (block.obliquity_rad, block.roll_rad, block.tilt_rad)
        rows = np.concatenate([self._rows, np.stack([block.time_s, *angles, acc2, rate2, tremor * tremor])], axis=1)
        count = rows.shape[1] // TICK_CELLS
        self._rows = rows[:, count * TICK_CELLS :]
        if not count:
            return []
        parts = rows[:, : count * TICK_CELLS].reshape(7, count, TICK_CELLS)
        # Over the first axis rows are added one after the other, however many ticks there are.
        mean: Floats = np.add.reduce(np.ascontiguousarray(np.moveaxis(parts[1:], 2, 0)), axis=0) / TICK_CELLS
        looked = np.concatenate([self._before, mean[[0, 1, 3]]], axis=1)
        self._before = looked[:, 1 - SECOND :]
        frontal, roll = (np.degrees(_last(row, SMOOTH, count)) for row in looked[:2])
        shaken = np.sqrt(_last(looked[2], SECOND, count))
        series = (frontal, roll, np.degrees(mean[2]), shaken, np.degrees(np.sqrt(mean[4])), np.sqrt(mean[5]))
        told = zip(parts[0, :, -1].tolist(), *(one.tolist() for one in series), strict=True)
        return [Tick(*values, block.posture) for values in told]  # type: ignore[call-arg] # seven floats


def _last(series: Floats, width: int, count: int) -> Floats:
    """(count,) means of the last `width` values up to each of the last `count`; of fewer where there are no more."""
    total = np.zeros(count)
    seen = np.zeros(count)
    for back in range(width):
        first = len(series) - count - back
        shifted = series[max(first, 0) : len(series) - back]
        total[count - len(shifted) :] += shifted
        seen[count - len(shifted) :] += 1.0
    return total / seen
