"""How a sensor is worn and how it errs: five mountings, and parts as they are sold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hiplevel.model.calibration import Calibration
from hiplevel.model.samples import Floats
from hiplevel.simulate.calibration import calibration_movements
from hiplevel.simulate.imu import ImuErrors, mounting_from_euler

Mounting = Literal["straight", "leaning", "rotated", "upside down", "at the side"]
_RATES_HZ = (52.0, 60.0, 100.0, 104.0, 200.0)


def _some(rng: np.random.Generator, size_deg: float) -> float:
    return float(np.clip(rng.standard_normal(), -2.0, 2.0)) * size_deg


_ANGLES: dict[Mounting, Callable[[np.random.Generator], tuple[float, float, float]]] = {
    # Yaw, pitch, roll: nobody clips anything on to better than a few degrees.
    "straight": lambda rng: (_some(rng, 3.0), _some(rng, 3.0), _some(rng, 3.0)),
    "leaning": lambda rng: (_some(rng, 4.0), float(rng.uniform(10.0, 25.0)), _some(rng, 6.0)),
    "rotated": lambda rng: (_some(rng, 4.0), _some(rng, 5.0), float(rng.choice((-90.0, 90.0))) + _some(rng, 8.0)),
    "upside down": lambda rng: (_some(rng, 4.0), _some(rng, 6.0), 180.0 + _some(rng, 6.0)),
    "at the side": lambda rng: (float(rng.choice((-90.0, 90.0))) + _some(rng, 12.0), _some(rng, 6.0), _some(rng, 6.0)),
}
MOUNTINGS: tuple[Mounting, ...] = tuple(_ANGLES)


@dataclass(frozen=True, eq=False)
class Worn:
    """A sensor on a body: its true mounting (3, 3), what it reads wrongly, where it sits, and its rate."""

    mounting: Floats
    imu: ImuErrors
    lever_arm_m: tuple[float, float, float]
    rate_hz: float

    def learned(self, seed: int) -> Calibration:
        """What standing still and three hip hinges teach of it."""
        told = {"imu": self.imu, "lever_arm_m": self.lever_arm_m, "rate_hz": self.rate_hz}
        made = calibration_movements(self.mounting, seed, **told)  # type: ignore[arg-type]
        return Calibration.from_recording_part(made.samples)


def worn(kind: Mounting, rng: np.random.Generator) -> Worn:
    """One of the five mountings, with scatter, on a part of ordinary quality."""
    mounting = mounting_from_euler(*_ANGLES[kind](rng))
    aside_m = 0.0
    if kind == "at the side":
        aside_m = 0.12 if float(mounting[0, 1]) > 0.0 else -0.12
    arm = (
        -0.02 if aside_m else -float(rng.uniform(0.07, 0.13)),
        aside_m + _some(rng, 0.01),
        float(rng.uniform(0.0, 0.05)),
    )
    return Worn(mounting, part(rng), arm, float(rng.choice(_RATES_HZ)))


def part(rng: np.random.Generator) -> ImuErrors:
    """A sensor within its data sheet: offset, bias, scale up to 2 %, jitter, range, 16 bit."""
    return ImuErrors(
        acc_noise_ug_rthz=float(rng.uniform(70.0, 230.0)),
        gyr_noise_mdps_rthz=float(rng.uniform(4.0, 14.0)),
        acc_bias_mg=float(rng.uniform(2.0, 40.0)),
        gyr_bias_deg_s=float(rng.uniform(0.1, 1.5)),
        acc_walk_mg=0.3,
        gyr_walk_deg_s=0.02,
        acc_scale=float(rng.uniform(-0.02, 0.02)),
        gyr_scale=float(rng.uniform(-0.02, 0.02)),
        acc_range_g=float(rng.choice((4.0, 8.0, 16.0))),
        gyr_range_deg_s=float(rng.choice((250.0, 500.0, 2000.0))),
        bits=16,
        rate_ppm=float(rng.uniform(-100.0, 100.0)),
        jitter_s=float(rng.uniform(0.0, 0.002)),
    )
