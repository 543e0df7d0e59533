"""Should the accelerometer be switched off in flight and impact? Measured on simulated running and hopping.

    python benchmarks/freeze.py

VQF as it is, against VQF that only integrates the gyroscope while the acceleration is further from gravity than a
limit. Errors are rms in degrees against the simulated truth.
"""

import sys

import numpy as np
from vqf import VQF

from hiplevel import simulate
from hiplevel.motion.frame import GRAVITY_M_S2, obliquity_rad, tilt_rad
from hiplevel.simulate import ImuErrors, Rest, Simulated, Still, Work

LIMITS_M_S2 = {"never frozen": np.inf, "frozen beyond 3 m/s2": 3.0, "frozen beyond 6 m/s2": 6.0}


def session(exercise: str) -> Simulated:
    """Four bouts with rests, and a gyroscope that is off by about 1 degree/s."""
    work = Work(exercise, reps=10) if exercise == "sideways-hop" else Work(exercise)
    bouts = [part for _ in range(4) for part in (work, Rest(10.0))]
    return simulate.session([Still(4.0), *bouts], seed=0, imu=ImuErrors(gyr_bias_deg_s=(0.6, -0.6, 0.5)))


def vertical(simulated: Simulated, limit_m_s2: float) -> np.ndarray:
    """Up in the sensor frame, (3, n)."""
    acc, gyr = simulated.samples.acc_m_s2, simulated.samples.gyr_rad_s
    usable = np.abs(np.linalg.norm(acc, axis=1) - GRAVITY_M_S2) <= limit_m_s2
    vqf, up = VQF(0.01), np.empty((3, len(acc)))
    for row, use in enumerate(usable):
        if use:
            vqf.update(gyr[row], acc[row])
        else:
            vqf.updateGyr(gyr[row])
        w, x, y, z = vqf.getQuat6D()
        up[:, row] = 2.0 * (x * z - w * y), 2.0 * (y * z + w * x), w * w - x * x - y * y + z * z
    return up


def main() -> int:
    """Measure and print."""
    for exercise in ("running", "sideways-hop"):
        simulated = session(exercise)
        print(f"\n{exercise} (simulated)")
        for name, limit in LIMITS_M_S2.items():
            up = vertical(simulated, limit)
            obliquity = np.degrees(obliquity_rad(up)) - simulated.truth.obliquity_deg
            tilt = np.degrees(tilt_rad(up)) - simulated.truth.tilt_deg
            rms = [float(np.sqrt(np.mean(error * error))) for error in (obliquity, tilt)]
            print(f"  {name:22} obliquity {rms[0]:.2f}  tilt {rms[1]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
