"""The one signal that swings once a repetition: learned from three cycles of a rhythm."""

import numpy as np

from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M
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
    phase = np.exp(-2j * np.pi / period * np.arange(n))
    ellipse = np.add.reduce(velocity_m_s * phase, axis=1) / n
    long_axis = np.real(ellipse * np.exp(-0.5j * np.angle(np.add.reduce(ellipse * ellipse))))
    spread = _products(velocity_m_s) / n
    spread += SHRINKAGE * np.trace(spread) * np.eye(6)
    weights = np.linalg.solve(spread, long_axis)
    return np.asarray(weights / np.sqrt(np.add.reduce(weights * weights))), long_axis


def along(direction: Floats, velocity_m_s: Floats) -> Floats:
    """Velocity (n,) in this direction, summed in a fixed order."""
    return np.asarray(np.add.reduce(direction[:, None] * velocity_m_s, axis=0))


def _products(rows: Floats) -> Floats:
    """(k, k): sums of (k, n), each times each. Their order depends on n alone; that of a matrix product does not."""
    return np.asarray(np.add.reduce(rows[:, None] * rows, axis=2))


def turned_rad(velocity_m_s: Floats) -> float:
    """How far the body turned to and fro in velocities (6, n), about the axis it turned most about, rad."""
    rate = velocity_m_s[:3] / LEVER_M
    axis = np.linalg.eigh(_products(rate))[1][:, -1]
    angle = np.cumsum(axis[0] * rate[0] + axis[1] * rate[1] + axis[2] * rate[2]) / FRAME_HZ
    return float(np.ptp(angle))
