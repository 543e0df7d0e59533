"""What a stretch of motion tells of a movement that began and ended at rest: depth, shift, turning, holds."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

# A smooth turn stays within this share of its size for a quarter of the movement; what lasts longer was held.
NEAR_SHARE, NEAR_TIME = 0.08, 0.24
LEAST_HOLD_S = 0.3
# From so little of a way to so much of it one is for half of the time that all of it takes, with the least jerk.
LEAST_SHARE, MOST_SHARE, MIDDLE_SHARE = 0.1, 0.9, 0.5


class Dwell(NamedTuple):
    """Around a turn: rows [first, last] near its value, and how long that was a hold, s."""

    first: int
    last: int
    hold_s: float


def dwell(x: Floats, at: int, size: float, noise: float) -> Dwell:
    """How long the signal stays near its value at row `at`, in a movement of this size; less than noise is no way."""
    away = np.abs(x - x.item(at)) > max(noise, NEAR_SHARE * size)
    before, after = away[at::-1], away[at:]
    left, back = int(before.argmax()), int(after.argmax())  # 0 where it never was away
    first, last = at - left + 1 if left else 0, at + back - 1 if back else len(x) - 1
    lasted_s, whole_s = (last - first) * CELL_S, len(x) * CELL_S
    hold_s = (lasted_s - NEAR_TIME * whole_s) / (1.0 - NEAR_TIME)
    return Dwell(first, last, hold_s if hold_s >= LEAST_HOLD_S else 0.0)


def travel_m(acc_m_s2: Floats) -> Floats:
    """The way of a body that stood still before and after, (..., k), back where it began.

    No speed at either end takes out a constant error of the accelerometer; the end is then laid onto the beginning.
    """
    speed = np.add.accumulate(acc_m_s2, axis=-1)
    speed *= CELL_S
    ramp = _ramp(speed.shape[-1])
    speed -= ramp * speed[..., -1:]
    way: Floats = np.add.accumulate(speed, axis=-1, out=speed)
    way *= CELL_S
    way -= ramp * way[..., -1:]
    return way


@lru_cache(maxsize=256)
def _ramp(cells: int) -> Floats:
    """From one share of so many to all of them: movements last alike."""
    return np.arange(1.0, cells + 1.0) / cells


def went(signal: Floats) -> tuple[float, float]:
    """How far (m,) went from where it began, and how long that took, s: neither rest before it nor holding after it."""
    away = np.abs(signal - signal[0])
    way = float(away.max())
    there = int((away >= MOST_SHARE * way).argmax())
    took = int((away[there::-1] <= LEAST_SHARE * way).argmax())
    return way, min(max(took / MIDDLE_SHARE, 1.0), float(len(signal))) * CELL_S


def turned_deg(turn_rad_s: Floats) -> float:
    """How far the body turned to and fro about the vertical."""
    heading = np.add.accumulate(turn_rad_s)
    return math.degrees(extent(heading)) * CELL_S


def extent(x: Floats) -> float:
    """From the least to the most."""
    largest: float = x.item(x.argmax())
    return largest - x.item(x.argmin())


def most(x: Floats) -> float:
    """The largest value: finding its place takes numpy a third of the time that finding the value does."""
    return x.item(x.argmax())


def least(x: Floats) -> float:
    """The smallest value."""
    return x.item(x.argmin())


def mean(x: Floats) -> float:
    """Of contiguous values: numpy adds them in an order that depends on their number alone."""
    return float(np.add.reduce(x)) / len(x)


def middle(x: Floats) -> float:
    """The median of (n,), which is sorted for it: numpy's own takes ten times as long for so few."""
    x.sort()
    return 0.5 * (x.item((len(x) - 1) // 2) + x.item(len(x) // 2))
