"""Three still seconds before a recording that begins in movement, and an ideal sensor made a real one."""

from dataclasses import dataclass

import numpy as np

from accuracy_parts.sets import Floats
from hiplevel import Samples
from hiplevel.simulate.imu import MG_M_S2, random_mounting

GRAVITY_M_S2 = 9.80665
STILL_S = 3.0


@dataclass(frozen=True)
class Sensor:
    """What is added to the optical set, which is an ideal sensor: a good consumer part."""

    acc_noise_m_s2: float = 0.05
    gyr_noise_rad_s: float = 0.003
    acc_bias_mg: float = 20.0
    gyr_bias_deg_s: float = 0.5


def led_in(samples: Samples, up: Floats, still_s: float = STILL_S) -> tuple[Samples, float]:
    """The samples after `still_s` at rest, and for how long it rests; up (3,) is the first sample's vertical.

    The joint is one sample long. The rate rises over it from nothing to the first sample's, which turns the sensor by
    half a sample of that rate: the pose at rest is turned back by as much, so that rest, rate and the first sample's
    attitude agree.
    """
    step_s = float(np.median(np.diff(samples.time_s)))
    n = round(still_s / step_s)
    rest = _turned(up / np.linalg.norm(up), 0.5 * step_s * samples.gyr_rad_s[0]) * GRAVITY_M_S2
    return Samples(
        np.concatenate([samples.time_s[0] + step_s * np.arange(n), samples.time_s + n * step_s]),
        np.concatenate([np.tile(rest, (n, 1)), samples.acc_m_s2]),
        np.concatenate([np.zeros((n, 3)), samples.gyr_rad_s]),
    ), n * step_s


def padded(reference: Floats, samples: Samples) -> Floats:
    """The reference (n,) of a recording that was led in: at rest it stays where it begins."""
    return np.concatenate([np.full(len(samples) - len(reference), reference[0]), reference])


def as_read(samples: Samples, seed: int, sensor: Sensor) -> tuple[Samples, Floats]:
    """Samples in the pelvis frame as a randomly mounted, imperfect sensor reads them; and sensor to pelvis (3, 3)."""
    rng = np.random.default_rng(seed)
    mounting = random_mounting(seed)
    acc, gyr = samples.acc_m_s2 @ mounting, samples.gyr_rad_s @ mounting
    acc = acc + _direction(rng) * sensor.acc_bias_mg * MG_M_S2 + rng.normal(0.0, sensor.acc_noise_m_s2, acc.shape)
    gyr = gyr + _direction(rng) * np.radians(sensor.gyr_bias_deg_s) + rng.normal(0.0, sensor.gyr_noise_rad_s, gyr.shape)
    return Samples(samples.time_s, acc, gyr), mounting


def rate_at_stamps(samples: Samples) -> Samples:
    """For a sensor whose rate is the mean over the interval before its stamp: the rate at the stamp."""
    rate = samples.gyr_rad_s
    at_stamp = np.concatenate([0.5 * (rate[1:] + rate[:-1]), rate[-1:]])
    return Samples(samples.time_s, samples.acc_m_s2, at_stamp)


def _turned(up: Floats, rotation: Floats) -> Floats:
    """How the vertical (3,) looked in the sensor before it turned by this small rotation vector (3,)."""
    before = up + np.cross(rotation, up)
    return np.asarray(before / np.linalg.norm(before))


def _direction(rng: np.random.Generator) -> Floats:
    direction = rng.standard_normal(3)
    return np.asarray(direction / np.linalg.norm(direction))
