"""The yardstick: what someone writes in an afternoon, VQF with a threshold, called "plain"."""

import numpy as np
from vqf import VQF

from accuracy_parts.sets import Floats, angles_of_up, up_of_quaternion
from hiplevel import Samples


def plain_angles(samples: Samples, sensor_to_pelvis: Floats) -> tuple[Floats, Floats]:
    """Obliquity and tilt (n,), degrees: VQF as it comes, over the whole recording."""
    step_s = float(np.median(np.diff(samples.time_s)))
    turned = VQF(step_s).updateBatch(np.ascontiguousarray(samples.gyr_rad_s), np.ascontiguousarray(samples.acc_m_s2))
    return angles_of_up(up_of_quaternion(turned["quat6D"]) @ sensor_to_pelvis.T)


def plain_drops(
    time_s: Floats, drop_deg: Floats, threshold_deg: float, hysteresis_deg: float = 1.0, least_s: float = 0.1
) -> list[tuple[float, float, float]]:
    """Start, end and moment of the alarm of each stretch above the threshold, s."""
    found: list[tuple[float, float, float]] = []
    start: float | None = None
    alarm: float | None = None
    for t, drop in zip(time_s.tolist(), drop_deg.tolist(), strict=True):
        if start is None:
            start = t if drop > threshold_deg else None
        elif drop < threshold_deg and alarm is None:
            start = None
        elif alarm is not None and drop < threshold_deg - hysteresis_deg:
            found.append((start, t, alarm))
            start = alarm = None
        if start is not None and alarm is None and t - start >= least_s - 0.005:
            alarm = t
    if start is not None and alarm is not None:
        found.append((start, float(time_s[-1]), alarm))
    return found
