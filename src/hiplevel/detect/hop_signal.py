"""What a hop is read from: the last seconds of force, lateral acceleration, angles and unrest."""

import numpy as np

from hiplevel.detect.traces import most
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.frame import GRAVITY_M_S2, dot
from hiplevel.motion.grid import CELL_S

KEEP = 600
FAR_G = 0.4
# The last two are running sums of squares.
_TIME, _FORCE, _LEFTWARD, _OBLIQUITY, _TILT, _ACC2, _RATE2 = range(7)


class HopSignal:
    """Rows count the cells since the last gap; those of the last 6 s are kept."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A gap."""
        self._cells, self._sums = np.empty((7, 0)), np.zeros(2)
        self.rows = 0

    def append(self, block: MotionBlock) -> Floats:
        """Add a block; its specific force, (m,), in g."""
        acc2, rate2 = dot(block.acc_m_s2, block.acc_m_s2), dot(block.rate_rad_s, block.rate_rad_s)
        angles = np.degrees(block.obliquity_rad), np.degrees(block.tilt_rad)
        # Where the body hardly accelerates nothing flies and nothing lands.
        far = np.flatnonzero(acc2 > (FAR_G * GRAVITY_M_S2) ** 2)
        obliquity, tilt = block.obliquity_rad[far], block.tilt_rad[far]
        up = np.stack([-np.cos(obliquity) * np.sin(tilt), np.sin(obliquity), np.cos(obliquity) * np.cos(tilt)])
        felt = block.acc_m_s2[:, far] + GRAVITY_M_S2 * up
        force = np.ones(len(acc2))
        force[far] = np.sqrt(dot(felt, felt)) / GRAVITY_M_S2
        new = np.stack([block.time_s, force, block.acc_m_s2[1], *angles, acc2, rate2])
        # One after the other since the last gap: the same bits however the cells were cut.
        new[_ACC2:, 0] += self._sums
        np.add.accumulate(new[_ACC2:], axis=1, out=new[_ACC2:])
        self._sums = new[_ACC2:, -1].copy()
        # Twice as much is kept as is looked at, so that no cut shows.
        self._cells = np.concatenate([self._cells[:, -KEEP:], new], axis=1)
        self.rows += len(force)
        return force

    def time_s(self, row: int) -> float:
        """Of a row."""
        return float(self._cells[_TIME, self._at(row)])

    def peak_g(self, first: int, stop: int) -> float:
        """The largest force in these rows."""
        force = self._cells[_FORCE, self._at(first) : self._at(stop)]
        return max(most(force), 0.0) if len(force) else 0.0

    def leftward_m_s(self, first: int, stop: int) -> float:
        """Speed to the left gained in these rows."""
        leftward = self._cells[_LEFTWARD, self._at(first) : self._at(stop)]
        return float(np.add.accumulate(leftward)[-1]) * CELL_S if len(leftward) else 0.0

    def obliquity_deg(self, first: int, stop: int) -> Floats:
        """Of these rows."""
        return self._cells[_OBLIQUITY, self._at(first) : self._at(stop)]

    def tilt_deg(self, first: int, stop: int) -> Floats:
        """Of these rows."""
        return self._cells[_TILT, self._at(first) : self._at(stop)]

    def quiet(self, first: int, stop: int, window: int, acc_m_s2: float, rate_rad_s: float) -> Floats:
        """Which of these rows end a window that is quieter than both, rms; rows, ascending."""
        begin = max(self._at(first) - window + 1, 0)
        upto = self._cells[_ACC2:, begin : self._at(stop)]
        if upto.shape[1] < window:
            return np.empty(0)
        sums = upto[:, window - 1 :].copy()
        sums[:, 1:] -= upto[:, :-window]
        if begin:
            sums[:, 0] -= self._cells[_ACC2:, begin - 1]
        sums /= window
        rows = ((sums[0] < acc_m_s2**2) & (sums[1] < rate_rad_s**2)).nonzero()[0] + begin + window - 1
        return np.asarray(rows + self.rows - self._cells.shape[1], dtype=np.float64)

    def _at(self, row: int) -> int:
        return max(row - self.rows + self._cells.shape[1], 0)
