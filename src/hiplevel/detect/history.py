"""The last minutes of pelvis motion, so that a finished repetition can be looked back at."""

import math
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import STAMP_TOLERANCE_S

KEEP_CELLS = 9000  # 90 s: longer than any repetition
CAPACITY = 4 * KEEP_CELLS


class Span(NamedTuple):
    """What a repetition is judged by, (k,) each.

    Time, count signal, angles, height, turning about the vertical, acceleration: upwards, to the left,
    and squared.
    """

    time_s: Floats
    signal: Floats
    obliquity_rad: Floats
    tilt_rad: Floats
    height_m: Floats
    turn_rad_s: Floats
    lift_m_s2: Floats
    left_m_s2: Floats
    acc2_m2_s4: Floats
    swung: Floats  # (3, k): obliquity, tilt and height once more, together


ROWS = len(Span._fields) - 1
SUM = ROWS  # one row more: the running sum of the last


class History:
    """Keeps one contiguous stretch in an array that is moved up only when it is full."""

    def __init__(self) -> None:
        self._rows = np.empty((ROWS + 1, CAPACITY))  # the fields of Span
        self._count = 0

    def append(self, block: MotionBlock, signal: Floats, lift_m_s2: Floats) -> None:
        """Add the newest block, and what its exercise is counted by."""
        m = len(block.time_s)
        if self._count + m > self._rows.shape[1]:
            kept = self._rows[:, max(0, self._count - KEEP_CELLS) : self._count].copy()
            if kept.shape[1] + m > self._rows.shape[1]:
                self._rows = np.empty((ROWS + 1, kept.shape[1] + m))
            self._count = kept.shape[1]
            self._rows[:, : self._count] = kept
        new = self._rows[:, self._count : self._count + m]
        new[0], new[1], new[2], new[3] = block.time_s, signal, block.obliquity_rad, block.tilt_rad
        new[4], new[5], new[7] = block.height_m, block.rate_rad_s[2], block.acc_m_s2[1]
        new[6] = lift_m_s2
        new[8] = new[SUM] = dot(block.acc_m_s2, block.acc_m_s2)
        if self._count:
            new[SUM, 0] += self._rows[SUM, self._count - 1]
        np.add.accumulate(new[SUM], out=new[SUM])
        self._count += m

    def clear(self) -> None:
        """Forget everything: a gap."""
        self._count = 0

    def between(self, start_s: float, end_s: float) -> Span | None:
        """The cells in [start_s, end_s], both ends included; None when there are none."""
        first, last = self._rows[0, : self._count].searchsorted((start_s, end_s + STAMP_TOLERANCE_S))
        if last <= first:
            return None
        rows = self._rows[:ROWS, first:last]
        return Span(*rows, rows[2:5])  # type: ignore[call-arg]  # as many rows as fields before it

    def mean_acc2_m2_s4(self, start_s: float, end_s: float) -> float:
        """Mean square acceleration of the cells in [start_s, end_s]; infinite when there are none."""
        first, last = self._rows[0, : self._count].searchsorted((start_s, end_s + STAMP_TOLERANCE_S)).tolist()
        if last <= first:
            return math.inf
        total = self._rows.item(SUM, last - 1) - (self._rows.item(SUM, first - 1) if first else 0.0)
        return float(total / (last - first))
