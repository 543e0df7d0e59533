"""How a clip sits, in words."""

import numpy as np

from hiplevel.model.calibration import Calibration
from hiplevel.model.samples import Floats

_ROWS = ("forward", "left", "up")
_AXES = ("x", "y", "z")
_PLACES = ((0.0, "at the back"), (-90.0, "at the left side"), (90.0, "at the right side"), (180.0, "in front"))


def mounting_in_words(calibration: Calibration) -> tuple[str, ...]:
    """Where the clip sits, how it is turned, and which of the sensor's axes points where; a sentence each."""
    matrix = np.asarray(calibration.matrix)
    axes = ", ".join(f"{name} is its {_nearest(row)}" for name, row in zip(_ROWS, matrix, strict=True))
    return (*_turned(matrix), f"In the sensor's axes, {axes}.")


def _turned(matrix: Floats) -> tuple[str, ...]:
    """What is only true of a sensor whose x axis points into the body, as at the back: others point it up or aside."""
    forward, up_z = matrix[:, 0], float(matrix[2, 2])
    if abs(forward[2]) > np.sqrt(0.5):
        return ()
    yaw = float(np.degrees(np.arctan2(forward[1], forward[0])))
    place = min(_PLACES, key=lambda p: abs((yaw - p[0] + 180.0) % 360.0 - 180.0))[1]
    how = "" if abs(yaw) < 0.5 else f" to the {'left' if yaw > 0.0 else 'right'}"
    sits = f"The clip is turned {abs(yaw):.0f} degrees{how}: it sits {place}, if its x axis points to the body."
    roll = abs(float(np.degrees(np.arctan2(matrix[2, 1], up_z))))
    if roll > 135.0:
        return (sits, "It is upside down.")
    return (sits, "It lies on its edge.") if roll > 45.0 else (sits,)


def _nearest(row: Floats) -> str:
    axis = int(np.argmax(np.abs(row)))
    off = np.degrees(np.arccos(min(abs(float(row[axis])), 1.0)))
    return f"{'-' if row[axis] < 0.0 else '+'}{_AXES[axis]} ({off:.0f} degrees off)"
