"""A pelvis that lists to and fro, and rises meanwhile as it does in an exercise, or as in walking: twice."""

import numpy as np

from hiplevel import Samples

G_M_S2 = 9.80665


def listing(stride_s: float, rises: int, strides: int = 10, list_deg: float = 4.0, bounce_cm: float = 3.0) -> Samples:
    """Standing, then listing to and fro, the pelvis rising and sinking so often meanwhile; then standing."""
    t = np.arange(-4.0, strides * stride_s + 4.0, 0.01)
    going = (t > 0.0) & (t < strides * stride_s)
    turn = np.where(going, 2.0 * np.pi * t / stride_s, 0.0)
    list_rad = np.radians(list_deg) * np.sin(turn)
    lift = 0.005 * bounce_cm * (2.0 * np.pi * rises / stride_s) ** 2 * np.where(going, np.sin(rises * turn), 0.0)
    upward = G_M_S2 + lift
    acc = np.stack([0.0 * t, upward * np.sin(list_rad), upward * np.cos(list_rad)], axis=1)
    gyr = np.stack([np.gradient(list_rad, t), 0.0 * t, 0.0 * t], axis=1)
    return Samples(t - t[0], acc, gyr)
