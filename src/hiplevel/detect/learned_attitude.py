"""How the body lay from frame to frame: its turns one after another, which do not add up when their axes differ."""

import math

import numpy as np
from vqf import VQF

from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.model.samples import Floats


def attitudes(turned_rad: Floats) -> Floats:
    """Unit quaternions (4, n) after each of these turns (3, n) about the body's own axes, from before the first.

    Each depends on the turns up to it alone, to the last bit.
    """
    filter_ = VQF(1.0 / FRAME_HZ, motionBiasEstEnabled=False, restBiasEstEnabled=False)
    rate_rad_s = FRAME_HZ * turned_rad.T
    # An accelerometer that reads nothing at all corrects nothing.
    attitude = filter_.updateBatch(np.ascontiguousarray(rate_rad_s), np.zeros(rate_rad_s.shape))["quat6D"]
    return np.asarray(attitude.T)


def apart_rad(alike: float) -> float:
    """The angle between two attitudes from their scalar product; from the first it is the attitude's own first part."""
    return 2.0 * math.acos(min(abs(alike), 1.0))
