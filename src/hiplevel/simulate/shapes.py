"""Smooth building blocks of movement: minimum-jerk moves, bumps, jolts, sums of sines."""

import numpy as np
from numpy.typing import ArrayLike

from hiplevel.model.samples import Floats


def min_jerk(progress: ArrayLike) -> Floats:
    """The minimum-jerk profile: 0 up to progress 0, 1 from progress 1, C2 throughout (Flash and Hogan 1985)."""
    p = np.clip(np.asarray(progress, dtype=np.float64), 0.0, 1.0)
    return p * p * p * (10.0 + p * (6.0 * p - 15.0))


def window(time_s: Floats, start_s: float, end_s: float, rise_s: float) -> Floats:
    """(n,) 0 outside [start_s, end_s], 1 inside, with C2 flanks of rise_s at both ends."""
    return min_jerk((time_s - start_s) / rise_s) * min_jerk((end_s - time_s) / rise_s)


def bump(time_s: Floats, start_s: float, peak_s: float, end_s: float) -> Floats:
    """(n,) 0 outside [start_s, end_s], 1 at peak_s, C2."""
    rise = min_jerk((time_s - start_s) / (peak_s - start_s))
    return rise * min_jerk((end_s - time_s) / (end_s - peak_s))


def jolt(time_s: Floats, at_s: float, size_per_s2: float, frequency_hz: float, decay_s: float) -> Floats:
    """(n,) displacement (m or deg) of a damped ringing that begins at at_s: an impact felt through soft tissue.

    size_per_s2 is the acceleration the first swing roughly reaches; a positive one first moves the negative way.
    """
    t = np.maximum(time_s - at_s, 0.0)
    omega = 2.0 * np.pi * frequency_hz
    onset = -np.expm1(-((omega * t) ** 3) / 8.0)
    ringing: Floats = onset * np.exp(-t / decay_s) * np.sin(omega * t)
    return ringing * (-size_per_s2 / omega**2)


def sines(time_s: Floats, rng: np.random.Generator, low_hz: float, high_hz: float, count: int = 10) -> Floats:
    """(n,) a random smooth curve of standard deviation 1 whose sines lie in [low_hz, high_hz], amplitude as 1/f."""
    frequency_hz = np.exp(rng.uniform(np.log(low_hz), np.log(high_hz), count))
    phase = rng.uniform(0.0, 2.0 * np.pi, count)
    weight = 1.0 / frequency_hz
    weight *= np.sqrt(2.0 / np.sum(weight**2))
    total = np.zeros_like(time_s)
    for f, p, w in zip(frequency_hz, phase, weight, strict=True):
        total += w * np.sin(2.0 * np.pi * f * time_s + p)
    return total
