"""What a stretch of motion tells of a movement that began and ended at rest: depth, shift, turning, holds."""

import math
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

# A smooth turn stays within this share of its size for a quarter of the movement; what lasts longer was held.
NEAR_SHARE, NEAR_TIME = 0.08, 0.24
LEAST_HOLD_S = 0.3


class Dwell(NamedTuple):
    """Around a turn: rows [first, last] near its value, and how long that was a hold, s."""

    first: int
    last: int
    hold_s: float


def dwell(x: Floats, at: int, size: float, least: float) -> Dwell:
    """How long the signal stays near its value at row `at`, in a movement of this size; less than `least` is noise."""
    away = (np.abs(x - x[at]) > max(least, NEAR_SHARE * size)).nonzero()[0]
    before = int(away.searchsorted(at))
    first = int(away[before - 1]) + 1 if before else 0
    last = int(away[before]) - 1 if before < len(away) else len(x) - 1
    lasted_s, whole_s = (last - first) * CELL_S, len(x) * CELL_S
    hold_s = (lasted_s - NEAR_TIME * whole_s) / (1.0 - NEAR_TIME)
    return Dwell(first, last, hold_s if hold_s >= LEAST_HOLD_S else 0.0)


def travel_m(acc_m_s2: Floats) -> tuple[Floats, float]:
    """The way of a body that stood still before and after: (k,) back where it began, and how far off that was taken.

    No speed at either end takes out a constant error of the accelerometer; the end is then laid onto the beginning.
    """
    speed = acc_m_s2.cumsum()
    speed *= CELL_S
    ramp = np.arange(1.0, len(speed) + 1.0)
    ramp /= len(speed)
    speed -= ramp * speed[-1]
    way = speed.cumsum()
    way *= CELL_S
    net = float(way[-1])
    ramp *= net
    way -= ramp
    return way, net


def turned_deg(turn_rad_s: Floats) -> float:
    """How far the body turned to and fro about the vertical."""
    heading = turn_rad_s.cumsum()
    return math.degrees(extent(heading)) * CELL_S


def extent(x: Floats) -> float:
    """From the least to the most; numpy's methods `min` and `max` take a detour."""
    return float(np.maximum.reduce(x) - np.minimum.reduce(x))
