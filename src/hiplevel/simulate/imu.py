"""What a clipped-on sensor reads of the pelvis' motion: mounting, lever arm, bias, noise, scale, range, clock."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial.transform import Rotation

from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.samples import Floats, Samples
from hiplevel.simulate.kinematics import GRAVITY_M_S2, Trajectory

Size = float | tuple[float, float, float]


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


def read(
    trajectory: Trajectory,
    true_s: Floats,
    stamp_s: Floats,
    mounting: ArrayLike,
    lever_arm_m: ArrayLike,
    errors: ImuErrors,
    rng: np.random.Generator,
) -> Samples:
    """The sensor's samples: taken at true_s, dated stamp_s. lever_arm_m (3,) is where it sits in the pelvis frame."""
    sensor_to_pelvis = Calibration.from_matrix(mounting).matrix
    arm = np.asarray(lever_arm_m, dtype=np.float64)
    state = trajectory.state(true_s)
    rate = state.rate_pelvis_rad_s
    force_world = state.acc_m_s2 + np.array([0.0, 0.0, GRAVITY_M_S2])
    force = np.einsum("nji,nj->ni", state.rotation, force_world)
    force += np.cross(state.angular_acc_pelvis_rad_s2, arm) + np.cross(rate, np.cross(rate, arm))
    sample_hz = (len(true_s) - 1) / (true_s[-1] - true_s[0]) if len(true_s) > 1 else 1.0
    mg, deg = 1e-3 * GRAVITY_M_S2, np.pi / 180.0
    acc = _distorted(
        force @ sensor_to_pelvis,
        scale=errors.acc_scale,
        bias=_vector(errors.acc_bias_mg, rng) * mg,
        walk=errors.acc_walk_mg * mg,
        noise=errors.acc_noise_ug_rthz * 1e-3 * mg * np.sqrt(sample_hz / 2.0),
        full_scale=errors.acc_range_g * GRAVITY_M_S2,
        errors=errors,
        sample_hz=sample_hz,
        rng=rng,
    )
    gyr = _distorted(
        rate @ sensor_to_pelvis,
        scale=errors.gyr_scale,
        bias=_vector(errors.gyr_bias_deg_s, rng) * deg,
        walk=errors.gyr_walk_deg_s * deg,
        noise=errors.gyr_noise_mdps_rthz * 1e-3 * deg * np.sqrt(sample_hz / 2.0),
        full_scale=errors.gyr_range_deg_s * deg,
        errors=errors,
        sample_hz=sample_hz,
        rng=rng,
    )
    limit_s = 0.4 / sample_hz
    jitter = np.clip(errors.jitter_s * rng.standard_normal(len(stamp_s)), -limit_s, limit_s)
    return Samples(stamp_s + (jitter if errors.jitter_s else 0.0), acc, gyr)


def _distorted(
    ideal: Floats,
    *,
    scale: float,
    bias: Floats,
    walk: float,
    noise: float,
    full_scale: float,
    errors: ImuErrors,
    sample_hz: float,
    rng: np.random.Generator,
) -> Floats:
    steps = rng.standard_normal(ideal.shape) * (walk / np.sqrt(60.0 * sample_hz))
    noisy = ideal * (1.0 + scale) + bias + np.cumsum(steps, axis=0) + noise * rng.standard_normal(ideal.shape)
    if errors.bits is not None:
        lsb = full_scale / 2 ** (errors.bits - 1)
        noisy = np.round(noisy / lsb) * lsb
    return np.asarray(np.clip(noisy, -full_scale, full_scale), dtype=np.float64)


def _vector(size: Size, rng: np.random.Generator) -> Floats:
    direction = rng.standard_normal(3)
    if isinstance(size, tuple):
        return np.array(size, dtype=np.float64)
    drawn: Floats = size * direction / np.linalg.norm(direction)
    return drawn
