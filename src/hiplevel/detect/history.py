"""The last minutes of pelvis motion, so that a finished repetition can be looked back at."""

import math

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import GRID_HZ, STAMP_TOLERANCE_S

KEEP_CELLS = 9000  # 90 s: longer than any repetition
CAPACITY = 4 * KEEP_CELLS
# The rows that are kept; the last is the running sum of the one before it.
TIME, SIGNAL, OBLIQUITY, TILT, HEIGHT, TURN, LIFT, LEFT, ACC2, SUM = range(10)
SAME_CELLS = 1e-6  # what rounding makes of a time, in cells


class _Rows:
    """Some rows of a span, taken out when asked for: few are, of most swings."""

    def __init__(self, at: int | slice) -> None:
        self._at = at

    def __get__(self, span: "Span", _: object) -> Floats:
        rows: Floats = span.rows[self._at]
        return rows


class Span:
    """What a repetition is judged by, (k,) each.

    Time, count signal, angles, turning about the vertical, acceleration: upwards, to the left, and squared.
    """

    __slots__ = ("rows",)

    time_s, signal, obliquity_rad, tilt_rad = _Rows(TIME), _Rows(SIGNAL), _Rows(OBLIQUITY), _Rows(TILT)
    swung = _Rows(slice(OBLIQUITY, HEIGHT + 1))  # (3, k): obliquity, tilt and height together
    turn_rad_s, lift_m_s2, left_m_s2, acc2_m2_s4 = _Rows(TURN), _Rows(LIFT), _Rows(LEFT), _Rows(ACC2)

    def __init__(self, rows: Floats) -> None:
        """rows (9, k) of the history."""
        self.rows = rows

    def __len__(self) -> int:
        return int(self.rows.shape[1])


class History:
    """Keeps one contiguous stretch in an array that is moved up only when it is full."""

    def __init__(self) -> None:
        self._rows = np.empty((SUM + 1, CAPACITY))
        self._count, self._last_s = 0, 0.0

    def append(self, block: MotionBlock, signal: Floats, lift_m_s2: Floats) -> None:
        """Add the newest block, and what its exercise is counted by."""
        m = len(block.time_s)
        if self._count + m > self._rows.shape[1]:
            kept = self._rows[:, max(0, self._count - KEEP_CELLS) : self._count].copy()
            if kept.shape[1] + m > self._rows.shape[1]:
                self._rows = np.empty((SUM + 1, kept.shape[1] + m))
            self._count = kept.shape[1]
            self._rows[:, : self._count] = kept
        new = self._rows[:, self._count : self._count + m]
        new[TIME], new[SIGNAL] = block.time_s, signal
        new[OBLIQUITY], new[TILT], new[HEIGHT] = block.obliquity_rad, block.tilt_rad, block.height_m
        new[TURN], new[LIFT], new[LEFT] = block.rate_rad_s[2], lift_m_s2, block.acc_m_s2[1]
        new[ACC2] = new[SUM] = dot(block.acc_m_s2, block.acc_m_s2)
        if self._count:
            new[SUM, 0] += self._rows[SUM, self._count - 1]
        np.add.accumulate(new[SUM], out=new[SUM])
        self._count, self._last_s = self._count + m, float(block.time_s[-1])

    def clear(self) -> None:
        """Forget everything: a gap."""
        self._count = 0

    def between(self, start_s: float, end_s: float) -> Span | None:
        """The cells in [start_s, end_s], both ends included; None when there are none."""
        first, last = self._columns(start_s, end_s)
        return Span(self._rows[:SUM, first:last]) if first < last else None

    def mean_acc2_m2_s4(self, start_s: float, end_s: float) -> float:
        """Mean square acceleration of the cells in [start_s, end_s]; infinite when there are none."""
        first, last = self._columns(start_s, end_s)
        if last <= first:
            return math.inf
        total = self._rows.item(SUM, last - 1) - (self._rows.item(SUM, first - 1) if first else 0.0)
        return float(total / (last - first))

    def _columns(self, start_s: float, end_s: float) -> list[int]:
        """The first column from start_s on, and the one after end_s.

        As long as no cell is missing since then, neither need be searched for.
        """
        found, count, last_s, kept_s = list[int](), self._count, self._last_s, self._rows.item
        for time_s in (start_s, end_s + STAMP_TOLERANCE_S):
            at = count - 1 - math.floor((last_s - time_s) * GRID_HZ + SAME_CELLS)
            if not (0 < at < count and kept_s(TIME, at - 1) < time_s <= kept_s(TIME, at)):
                at = int(self._rows[TIME, :count].searchsorted(time_s))
            found.append(at)
        return found
