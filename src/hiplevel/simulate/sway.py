"""What no one does on purpose: postural sway, tremor, and the roughness of a body in motion.

Sizes were set against real recordings of quiet stance, squats and walking: roughness between 1 and 10 Hz is what tells
a person's signal from a drawn curve.
"""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.simulate.kinematics import GRID_HZ, Channel
from hiplevel.simulate.shapes import sines

# Columns as in Channel: degrees of obliquity, tilt, rotation, roll; metres forward, left, up (rms).
_SWAY = (0.13, 0.18, 0.22, 0.0, 0.003, 0.002, 0.0003)
_SWAY_HZ = (0.06, 0.7)
_TREMOR = (0.005, 0.005, 0.005, 0.0, 0.000012, 0.000012, 0.00001)
_TREMOR_HZ = (4.0, 9.0)
# The same per deg/s of pelvis motion.
_ROUGH = (0.0065, 0.0065, 0.0065, 0.0, 0.00003, 0.00003, 0.00003)
_ROUGH_HZ = (1.2, 8.0)
_RISING_DEG_S = 60.0


def unsteadiness(time_s: Floats, pose: Floats, gain: Floats, rng: np.random.Generator) -> Floats:
    """(n, 7) what is laid over the intended pose (n, 7); gain (n,) is a multiple of quiet stance."""
    steady = _smoothed(gain, 1.0)
    moving = _smoothed(_activity_deg_s(pose), 0.4) * np.sqrt(steady)
    laid = np.zeros_like(pose)
    for channel in Channel:
        if not _SWAY[channel]:
            continue
        laid[:, channel] = steady * _SWAY[channel] * sines(time_s, rng, *_SWAY_HZ)
        laid[:, channel] += steady**2 * _TREMOR[channel] * sines(time_s, rng, *_TREMOR_HZ)
        laid[:, channel] += moving * _ROUGH[channel] * sines(time_s, rng, *_ROUGH_HZ, count=20)
    return laid


def _activity_deg_s(pose: Floats) -> Floats:
    """(n,) how fast the pelvis turns, rising and falling counted as turning."""
    rate = np.diff(pose, axis=0, prepend=pose[:1]) * GRID_HZ
    turning = np.sum(rate[:, : Channel.ROLL] ** 2, axis=1)
    return np.asarray(np.sqrt(turning + (_RISING_DEG_S * rate[:, Channel.Z]) ** 2), dtype=np.float64)


def _smoothed(values: Floats, over_s: float) -> Floats:
    """(n,) rounded off over over_s; steps become C2."""
    kernel = np.hanning(round(over_s * GRID_HZ) + 2)[1:-1]
    half = kernel.size // 2
    padded = np.pad(values, (half, kernel.size - 1 - half), mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")
