"""The clock of holds: tenths of a second, each with its mean angles and how much the pelvis stirred in it."""

from typing import NamedTuple

import numpy as np
from scipy.signal import butter, sosfilt

from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import GRID_HZ
from hiplevel.motion.posture import Posture

TICK_CELLS = 10
TICK_S = TICK_CELLS / GRID_HZ
TREMOR_HZ = (4.0, 12.0)


class Tick(NamedTuple):
    """A tenth of a second up to `time_s`: mean frontal angle, roll and tilt, degrees; acceleration and rates, rms."""

    time_s: float
    frontal_deg: float
    roll_deg: float
    tilt_deg: float
    acc_m_s2: float
    rate_deg_s: float
    tremor_deg_s: float
    graded: bool
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

    def process(self, block: MotionBlock) -> list[Tick]:
        """In time order; a block is of one posture, so are its ticks."""
        tremor, self._filter = sosfilt(self._sections, np.degrees(block.rate_rad_s[0]), zi=self._filter)
        energy = [dot(block.acc_m_s2, block.acc_m_s2), dot(block.rate_rad_s, block.rate_rad_s), tremor * tremor]
        new = np.stack([block.time_s, block.obliquity_rad, block.roll_rad, block.tilt_rad, *energy])
        rows = np.concatenate([self._rows, new], axis=1)
        count = rows.shape[1] // TICK_CELLS
        self._rows = rows[:, count * TICK_CELLS :]
        if not count:
            return []
        parts = rows[:, : count * TICK_CELLS].reshape(7, count, TICK_CELLS)
        # cumsum adds in a fixed order; numpy's own sum depends on the shape.
        mean: Floats = np.cumsum(parts[1:], axis=2)[:, :, -1] / TICK_CELLS
        angles, rms = np.degrees(mean[:3]).tolist(), np.sqrt(mean[3:])
        stamps, rates = parts[0, :, -1].tolist(), np.degrees(rms[1]).tolist()
        series = zip(stamps, *angles, rms[0].tolist(), rates, rms[2].tolist(), strict=True)
        return [Tick(t, f, r, lean, a, w, v, block.graded, block.posture) for t, f, r, lean, a, w, v in series]
