"""Without a calibration the clip is taken to sit upright at the back: whether its first neutral speaks against that."""

import numpy as np


def mounting_doubt(obliquity_deg: float, tilt_deg: float) -> str:
    """What to say when x or y pointed up or down in the first neutral; '' when it was z, turned over or not.

    Levelled by the smallest turn, such a clip may face any of four ways: nothing but the wearer tells which.
    """
    obliquity, tilt = np.radians(obliquity_deg), np.radians(tilt_deg)
    up = {
        "x": -np.sin(tilt) * np.cos(obliquity),
        "y": np.sin(obliquity),
        "z": np.cos(tilt) * np.cos(obliquity),
    }
    axis = max(up, key=lambda name: abs(up[name]))
    if axis == "z":
        return ""
    pointed = "pointed up" if up[axis] > 0.0 else "pointed down"
    return (
        f"Nobody said how the clip sits, and at the start its {axis} axis {pointed} where z is expected: left and "
        "right, and what is a drop, are a guess. Calibrate, or say which of its axes pointed left and which up."
    )
