"""What a clipped-on sensor reads of the pelvis' motion: mounting, lever arm, bias, noise, scale, range, clock."""

from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial.transform import Rotation

from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.samples import Floats, Samples
from hiplevel.simulate.kinematics import GRAVITY_M_S2, Trajectory

MG_M_S2 = 1e-3 * GRAVITY_M_S2
Size: TypeAlias = float | tuple[float, float, float]


@dataclass(frozen=True)
class ImuErrors:
    """How the sensor errs. A bias is a vector in the sensor frame, or a size whose direction the seed draws.

    Attributes
    ----------
    acc_noise_ug_rthz, gyr_noise_mdps_rthz : white noise densities
    acc_bias_mg, gyr_bias_deg_s : constant offsets
    acc_walk_mg, gyr_walk_deg_s : rms drift of the offsets over a minute
    acc_scale, gyr_scale : relative scale errors
    acc_range_g, gyr_range_deg_s : full scale; beyond it readings saturate
    bits : quantisation over the full scale, None for none
    rate_ppm : how much faster than nominal the sensor's crystal runs
    jitter_s : rms error of the time stamps themselves (at most 0.4 samples)
    """

    acc_noise_ug_rthz: float = 120.0
    gyr_noise_mdps_rthz: float = 7.0
    acc_bias_mg: Size = 4.0
    gyr_bias_deg_s: Size = 0.3
    acc_walk_mg: float = 0.2
    gyr_walk_deg_s: float = 0.01
    acc_scale: float = 0.0
    gyr_scale: float = 0.0
    acc_range_g: float = 16.0
    gyr_range_deg_s: float = 2000.0
    bits: int | None = None
    rate_ppm: float = 0.0
    jitter_s: float = 0.0

    @classmethod
    def none(cls) -> Self:
        """A perfect sensor without limits."""
        return cls(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, acc_range_g=np.inf, gyr_range_deg_s=np.inf)

    @classmethod
    def poor(cls) -> Self:
        """A cheap sensor at the edge of its data sheet: 40 mg, 2 deg/s, 1 % scale, 8 g, 16 bit, 60 ppm."""
        return cls(230.0, 14.0, 40.0, 2.0, 1.0, 0.05, 0.01, 0.01, 8.0, 1000.0, 16, 60.0)


def mounting_from_euler(yaw_deg: float = 0.0, pitch_deg: float = 0.0, roll_deg: float = 0.0) -> Floats:
    """(3, 3) sensor to pelvis for a sensor turned left by yaw, then tipped forward by pitch, then left edge up."""
    turned = Rotation.from_euler("ZYX", [yaw_deg, pitch_deg, roll_deg], degrees=True)
    return np.asarray(turned.as_matrix(), dtype=np.float64)


def random_mounting(seed: int) -> Floats:
    """(3, 3) sensor to pelvis, any orientation equally likely."""
    quaternion = np.random.default_rng(seed).standard_normal(4)
    return np.asarray(Rotation.from_quat(quaternion).as_matrix(), dtype=np.float64)


def sensor_clock(duration_s: float, rate_hz: float, errors: ImuErrors) -> tuple[Floats, Floats]:
    """The true instants at which samples are taken, and what the sensor thinks they are: both (n,), s from 0."""
    if not rate_hz > 0.0:
        raise UsageError(f"A sensor cannot sample at {rate_hz:g} Hz; write a rate above 0.", Reason.RATE)
    rate = rate_hz * (1.0 + 1e-6 * errors.rate_ppm)
    count = int(np.floor(duration_s * rate + 1e-9)) + 1
    ticks = np.arange(count)
    return np.minimum(ticks / rate, duration_s), ticks / rate_hz


@dataclass(frozen=True, eq=False)
class SensorDraw:
    """What chance decided about a sensor: its constant biases in SI units (3,), and where its noise comes from."""

    acc_bias_m_s2: Floats
    gyr_bias_rad_s: Floats
    noise: np.random.Generator

    @classmethod
    def of(cls, errors: ImuErrors, sensor: np.random.Generator, noise: np.random.Generator) -> Self:
        """Draw the directions of the biases."""
        acc_bias = _vector(errors.acc_bias_mg, sensor) * MG_M_S2
        return cls(acc_bias, np.radians(_vector(errors.gyr_bias_deg_s, sensor)), noise)


def read(
    trajectory: Trajectory,
    true_s: Floats,
    stamp_s: Floats,
    mounting: ArrayLike,
    lever_arm_m: ArrayLike,
    errors: ImuErrors,
    drawn: SensorDraw,
) -> Samples:
    """The sensor's samples: taken at true_s, dated stamp_s. lever_arm_m (3,) is where it sits in the pelvis frame."""
    sensor_to_pelvis = Calibration.from_matrix(mounting).matrix
    arm = np.asarray(lever_arm_m, dtype=np.float64)
    state = trajectory.state(true_s)
    rate = state.rate_pelvis_rad_s
    force = np.einsum("nji,nj->ni", state.rotation, state.acc_m_s2 + np.array([0.0, 0.0, GRAVITY_M_S2]))
    force += np.cross(state.angular_acc_pelvis_rad_s2, arm) + np.cross(rate, np.cross(rate, arm))
    n = len(true_s)
    sample_hz = (n - 1) / float(true_s[-1] - true_s[0]) if n > 1 else 1.0
    acc_noise = errors.acc_noise_ug_rthz * 1e-3 * MG_M_S2 * np.sqrt(sample_hz / 2.0)
    gyr_noise = np.radians(errors.gyr_noise_mdps_rthz * 1e-3) * np.sqrt(sample_hz / 2.0)
    acc = force @ sensor_to_pelvis * (1.0 + errors.acc_scale) + drawn.acc_bias_m_s2
    acc += _noise(n, acc_noise, errors.acc_walk_mg * MG_M_S2, sample_hz, drawn.noise)
    gyr = rate @ sensor_to_pelvis * (1.0 + errors.gyr_scale) + drawn.gyr_bias_rad_s
    gyr += _noise(n, gyr_noise, float(np.radians(errors.gyr_walk_deg_s)), sample_hz, drawn.noise)
    limit_s = 0.4 / sample_hz
    jitter = np.clip(errors.jitter_s * drawn.noise.standard_normal(n), -limit_s, limit_s)
    return Samples(
        stamp_s + (jitter if errors.jitter_s else 0.0),
        _digitised(acc, errors.acc_range_g * GRAVITY_M_S2, errors.bits),
        _digitised(gyr, float(np.radians(errors.gyr_range_deg_s)), errors.bits),
    )


def _noise(n: int, white: float, walk: float, sample_hz: float, rng: np.random.Generator) -> Floats:
    """(n, 3) white noise of that rms, and a random walk that reaches the rms `walk` in a minute."""
    steps = rng.standard_normal((n, 3)) * (walk / np.sqrt(60.0 * sample_hz))
    noise: Floats = np.cumsum(steps, axis=0) + white * rng.standard_normal((n, 3))
    return noise


def _digitised(values: Floats, full_scale: float, bits: int | None) -> Floats:
    if bits is not None:
        lsb = full_scale / 2 ** (bits - 1)
        values = np.round(values / lsb) * lsb
    return np.asarray(np.clip(values, -full_scale, full_scale), dtype=np.float64)


def _vector(size: Size, rng: np.random.Generator) -> Floats:
    direction = rng.standard_normal(3)
    if isinstance(size, tuple):
        return np.array(size, dtype=np.float64)
    drawn: Floats = size * direction / np.linalg.norm(direction)
    return drawn
