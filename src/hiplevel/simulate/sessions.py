"""A set of an exercise, and whole sessions, from a few numbers: what a simulated wearer does, and the truth of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hiplevel.model.calibration import Calibration
from hiplevel.simulate.imu import ImuErrors, SensorDraw, read, sensor_clock
from hiplevel.simulate.kinematics import Channel, Trajectory, frontal_deg, obliquity_deg
from hiplevel.simulate.perform import perform
from hiplevel.simulate.script import Marks, Script
from hiplevel.simulate.truth import Part, Simulated, Truth
from hiplevel.simulate.work import Segment, Still, Work

LEVER_ARM_M = (-0.10, 0.0, 0.0)


def exercise(
    exercise_id: str,
    *,
    still_s: float = 4.0,
    end_still_s: float = 2.0,
    rate_hz: float = 100.0,
    seed: int = 0,
    mounting: ArrayLike | Calibration | None = None,
    imu: ImuErrors | None = None,
    lever_arm_m: ArrayLike = LEVER_ARM_M,
    start_s: float = 0.0,
    **work: Any,
) -> Simulated:
    """One exercise after standing still for still_s; `work` are the other fields of `Work` (stance, reps, drops, ...).

    mounting : (3, 3) sensor to pelvis, None for a clip worn upright at the back. Same seed, same bits.
    """
    segments: list[Segment] = [Still(still_s), Work(exercise_id, **work), Still(end_still_s)]
    return session(
        segments,
        rate_hz=rate_hz,
        seed=seed,
        mounting=mounting,
        imu=imu,
        lever_arm_m=lever_arm_m,
        start_s=start_s,
    )


def session(
    segments: Sequence[Segment],
    *,
    rate_hz: float = 100.0,
    seed: int = 0,
    mounting: ArrayLike | Calibration | None = None,
    imu: ImuErrors | None = None,
    lever_arm_m: ArrayLike = LEVER_ARM_M,
    start_s: float = 0.0,
    take: int = 0,
    swaying_since_s: float = 0.0,
    sway: float = 1.0,
) -> Simulated:
    """Segments one after the other, as one continuous recording whose first sample is dated start_s.

    A later `take` is the same wearer and sensor doing it again: new scatter, the same bias.
    swaying_since_s lets the sway go on where an earlier recording of the same seed left it.
    sway: how unsteady the body is, as a multiple of the usual.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE, and USAGE for what cannot be done.
    """
    imu = ImuErrors() if imu is None else imu
    script = Script(np.random.default_rng([seed, 0, take]), sway)
    for segment in segments:
        begun_s = script.now_s
        name, stance = perform(script, segment)
        script.marks.parts.append((name, stance, begun_s, script.now_s))
    trajectory = script.trajectory(np.random.default_rng([seed, 1]), swaying_since_s)
    true_s, stamp_s = sensor_clock(trajectory.duration_s, rate_hz, imu)
    if isinstance(mounting, Calibration):
        mounting = mounting.matrix
    calibration = Calibration.from_matrix(np.eye(3) if mounting is None else mounting)
    drawn = SensorDraw.of(imu, np.random.default_rng([seed, 2]), np.random.default_rng([seed, 3, take]))
    samples = read(trajectory, true_s, start_s + stamp_s, calibration.matrix, lever_arm_m, imu, drawn)
    scale = 1.0 + 1e-6 * imu.rate_ppm
    return Simulated(samples, _truth(trajectory, script.marks, true_s, start_s + stamp_s, start_s, scale), calibration)


def _truth(
    trajectory: Trajectory, marks: Marks, true_s: np.ndarray, stamp_s: np.ndarray, start_s: float, scale: float
) -> Truth:
    """The truth on the sensor's clock, which reads start_s + scale * t at the true time t."""
    up = trajectory.state(true_s).up_pelvis
    channels = trajectory.channels(true_s)

    def on_clock(rows: Sequence[Sequence[float]], width: int) -> np.ndarray:
        return start_s + scale * np.array(rows, dtype=np.float64).reshape(-1, width)

    return Truth(
        time_s=stamp_s,
        obliquity_deg=obliquity_deg(up),
        tilt_deg=channels[:, Channel.TILT],
        rotation_deg=channels[:, Channel.ROTATION],
        frontal_deg=frontal_deg(up),
        reps=on_clock(marks.reps, 3),
        sets=on_clock(marks.sets, 2),
        holds=on_clock(marks.holds, 2),
        steps=tuple((start_s + scale * at, side) for at, side in marks.steps),
        parts=tuple(Part(n, s, start_s + scale * a, start_s + scale * b) for n, s, a, b in marks.parts),
    )
