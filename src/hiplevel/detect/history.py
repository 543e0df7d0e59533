"""The last minutes of pelvis motion, so that a finished repetition can be looked back at."""

import math
from bisect import bisect_left

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import CELL_S, GRID_HZ, STAMP_TOLERANCE_S

KEEP_CELLS = 9000  # 90 s: longer than any repetition
CAPACITY = 4 * KEEP_CELLS
# The rows that are kept, the last a running sum of squared acceleration.
TIME, SIGNAL, OBLIQUITY, TILT, HEIGHT, TURN, LIFT, LEFT, ACC2_SUM = range(9)
SAME_CELLS = 1e-6  # more than rounding makes of a time, in cells
SURE_CELLS = 0.01  # further from a cell no rounding matters


class _Rows:
    """Some rows of a span, taken out when asked for: few are, of most swings."""

    def __init__(self, at: int | slice) -> None:
        self._at = at

    def __get__(self, span: "Span", _: object) -> Floats:
        rows: Floats = span.rows[self._at]
        return rows


class Span:
    """What a repetition is judged by, (k,) each.

    Time, count signal, angles and height, turning about the vertical, acceleration upwards and to the left.
    """

    __slots__ = ("first", "last", "rows")

    time_s, signal, obliquity_rad, tilt_rad = _Rows(TIME), _Rows(SIGNAL), _Rows(OBLIQUITY), _Rows(TILT)
    height_m = _Rows(HEIGHT)
    swung = _Rows(slice(OBLIQUITY, HEIGHT + 1))  # (3, k): obliquity, tilt and height together
    turn_rad_s, lift_m_s2, left_m_s2 = _Rows(TURN), _Rows(LIFT), _Rows(LEFT)
    pulled_m_s2 = _Rows(slice(LIFT, LEFT + 1))  # (2, k): both accelerations

    def __init__(self, rows: Floats, first: int, last: int) -> None:
        """rows (8, k) of the history, its columns from first to before last, until it goes on."""
        self.rows, self.first, self.last = rows, first, last

    def __len__(self) -> int:
        return self.last - self.first


class History:
    """Keeps one contiguous stretch in an array that is moved up only when it is full."""

    def __init__(self, loud_m_s2: float = math.inf) -> None:
        """loud_m_s2: acceleration that `louder` is asked for."""
        self._loud_m2_s4, self._loud_s = loud_m_s2**2, list[float]()
        self._rows = np.empty((ACC2_SUM + 1, CAPACITY))
        self._count, self._last_s = 0, 0.0
        self._whole = 0  # from this column on no cell is missing

    def append(self, block: MotionBlock, signal: Floats | None = None, lift_m_s2: Floats | None = None) -> None:
        """Add the newest block, and what its exercise is counted by; else only spans of the rest may be asked for."""
        m = len(block.time_s)
        if self._count + m > self._rows.shape[1]:
            kept = self._rows[:, max(0, self._count - KEEP_CELLS) : self._count].copy()
            if kept.shape[1] + m > self._rows.shape[1]:
                self._rows = np.empty((ACC2_SUM + 1, kept.shape[1] + m))
            self._whole = max(0, self._whole - self._count + kept.shape[1])
            self._count = kept.shape[1]
            self._rows[:, : self._count] = kept
        if self._count and block.time_s.item(0) - self._last_s > 1.5 * CELL_S:
            self._whole = self._count
        new = self._rows[:, self._count : self._count + m]
        new[TIME], new[OBLIQUITY], new[TILT] = block.time_s, block.obliquity_rad, block.tilt_rad
        new[TURN], new[LEFT] = block.rate_rad_s[2], block.acc_m_s2[1]
        if signal is not None and lift_m_s2 is not None:
            new[SIGNAL], new[HEIGHT], new[LIFT] = signal, block.height_m, lift_m_s2
            self._add_up(block, new)
        self._count, self._last_s = self._count + m, float(block.time_s[-1])

    def _add_up(self, block: MotionBlock, new: Floats) -> None:
        """The running sums of these new columns."""
        acc2 = dot(block.acc_m_s2, block.acc_m_s2)
        self._loud_s = [*self._loud_s[-1:], *block.time_s[acc2 > self._loud_m2_s4].tolist()]
        if self._count:  # one after the other, however the cells were cut
            acc2[0] += self._rows.item(ACC2_SUM, self._count - 1)
        np.add.accumulate(acc2, out=new[ACC2_SUM])

    def clear(self) -> None:
        """Forget everything: a gap."""
        self._count = self._whole = 0

    def between(self, start_s: float, end_s: float) -> Span | None:
        """The cells in [start_s, end_s], both ends included; None when there are none."""
        first, last = self._columns(start_s, end_s)
        return Span(self._rows[:ACC2_SUM, first:last], first, last) if first < last else None

    def mean_acc2_m2_s4(self, start_s: float, end_s: float) -> float:
        """Mean square acceleration of the cells in [start_s, end_s]; infinite when there are none."""
        first, last = self._columns(start_s, end_s)
        return self._summed(first, last) / (last - first) if first < last else math.inf

    def acc2_m2_s4(self, span: Span) -> float:
        """The same of a span."""
        return self._summed(span.first, span.last) / len(span)

    def louder(self, start_s: float, end_s: float) -> bool:
        """Whether acceleration was above loud_m_s2 in [start_s, end_s], which ends in the newest block.

        Where it never was, no mean is larger.
        """
        after = bisect_left(self._loud_s, start_s)
        return after < len(self._loud_s) and self._loud_s[after] <= end_s

    def _summed(self, first: int, last: int) -> float:
        """Squared acceleration over columns [first, last)."""
        upto: float = self._rows.item(ACC2_SUM, last - 1)
        return upto - self._rows.item(ACC2_SUM, first - 1) if first else upto

    def _columns(self, start_s: float, end_s: float) -> tuple[int, int]:
        """The first column from start_s on, and the one after end_s."""
        return self._column(start_s), self._column(end_s + STAMP_TOLERANCE_S)

    def _column(self, time_s: float) -> int:
        """The first from then on. As long as no cell is missing since, it need not be searched for."""
        ago, count = (self._last_s - time_s) * GRID_HZ, self._count
        cells = math.floor(ago + SAME_CELLS)
        at = count - 1 - cells
        if not self._whole < at <= count:
            return int(self._rows[TIME, :count].searchsorted(time_s))
        if ago - cells > SURE_CELLS and cells + 1.0 - ago > SURE_CELLS:
            return at
        # How this was rounded depends on the newest cell, the answer must not.
        if self._rows.item(TIME, at - 1) >= time_s:
            return at - 1
        return at + 1 if at < count and self._rows.item(TIME, at) < time_s else at
