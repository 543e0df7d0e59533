"""The one signal that swings once a repetition: learned from three cycles of a rhythm."""

import math
from functools import lru_cache

import numpy as np

from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M
from hiplevel.detect.traces import extent
from hiplevel.model.samples import Floats

# What is not the rhythm weighs against a direction, and this share of everything against all of them.
SHRINKAGE = 0.03


def learned_direction(velocity_m_s: Floats, period: float) -> tuple[Floats, Floats]:
    """Unit vector (6,): along it the rhythm is strongest against everything else in velocities (6, n).

    And how the body moves (6,) while it goes that way. period: in frames. The rhythm's own motion is an ellipse; of it
    the long axis is taken, which stands still when the body does. What moves at other rhythms, such as two dips in one
    repetition, is turned away from, as in spatio-spectral decomposition (Nikulin et al. 2011, NeuroImage 55:1528).
    """
    n = velocity_m_s.shape[1]
    ellipse = np.einsum("kn,in->ki", _phase(period, n), velocity_m_s) / n
    (even, mixed), (_, odd) = _products(ellipse).tolist()
    angle = 0.5 * math.atan2(2.0 * mixed, even - odd)
    long_axis = math.cos(angle) * ellipse[0] + math.sin(angle) * ellipse[1]
    spread = _products(velocity_m_s) / n
    own = spread.ravel()[::7]
    own += SHRINKAGE * np.add.reduce(own)
    weights = np.linalg.solve(spread, long_axis)
    return np.asarray(weights / math.sqrt(np.add.reduce(weights * weights))), long_axis


def along(direction: Floats, velocity_m_s: Floats) -> Floats:
    """Velocity (n,) of (k, n) in this direction (k,), summed in a fixed order."""
    return np.asarray(np.add.reduce(direction[:, None] * velocity_m_s, axis=0))


@lru_cache(maxsize=64)
def _phase(period: float, n: int) -> Floats:
    """(2, n): what swings once a period, and the same a quarter of it later."""
    angle = 2.0 * np.pi / period * np.arange(n)
    return np.array([np.cos(angle), np.sin(angle)])


def _products(rows: Floats) -> Floats:
    """(k, k): sums of (k, n), each times each. Their order depends on n alone; that of a matrix product does not."""
    return np.asarray(np.einsum("in,jn->ij", rows, rows))


def turned_rad(velocity_m_s: Floats) -> float:
    """How far the body turned to and fro in velocities (6, n), about the axis of its furthest turn, rad."""
    way = np.add.accumulate(velocity_m_s[:3], axis=1)
    furthest = way[:, int(np.add.reduce(way * way).argmax())]
    length = math.hypot(*furthest.tolist())
    return extent(along(furthest, way)) / (length * LEVER_M * FRAME_HZ) if length > 0.0 else 0.0
