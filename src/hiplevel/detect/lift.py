"""Vertical acceleration, from what the clip feels and how it leans."""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock

NO_LENGTH = 1e-12  # squared: lying exactly on the side nothing is left of the vertical in the other plane


def lifted(block: MotionBlock) -> tuple[Floats, Floats]:
    """Vertical acceleration, m/s2, and how upright the body is, 1 to 0, (m,) each, by the angles that it is given."""
    x, y, z = block.up
    acc_x, acc_y, acc_z = block.acc_m_s2
    side = np.clip(y, -1.0, 1.0)
    # The angles are those of a vertical whose length is 1.
    scale = np.sqrt((1.0 - side * side) / np.maximum(x * x + z * z, NO_LENGTH))
    lift = x * acc_x
    lift += z * acc_z
    lift *= scale
    lift += side * acc_y
    return lift, scale * z


def levelled(block: MotionBlock) -> tuple[Floats, Floats, Floats]:
    """Acceleration forward and to the left, both level, and upwards, m/s2, (m,) each, however the pelvis leans."""
    x, y, z = block.up
    acc_x, acc_y, acc_z = block.acc_m_s2
    upward = x * acc_x + y * acc_y + z * acc_z
    across = np.sqrt(np.maximum(y * y + z * z, NO_LENGTH))
    return (acc_x - x * upward) / across, (z * acc_y - y * acc_z) / across, upward


def lifted_level(block: MotionBlock) -> Floats:
    """Vertical acceleration, m/s2, (m,), of a pelvis that leans little: sines are the angles, and cosines 1."""
    forward, left, up = block.acc_m_s2
    return np.asarray(up - block.tilt_rad * forward + block.obliquity_rad * left)
