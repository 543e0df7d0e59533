"""A set of an exercise, and whole sessions, from a few numbers: what a simulated wearer does, and the truth of it."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.simulate.gait import Gait, walk
from hiplevel.simulate.imu import ImuErrors, read, sensor_clock
from hiplevel.simulate.kinematics import Channel, Trajectory, frontal_deg, obliquity_deg, tilt_deg
from hiplevel.simulate.movements import MOVEMENTS
from hiplevel.simulate.script import Marks, Script
from hiplevel.simulate.sets import rest, slow_sets
from hiplevel.simulate.truth import Part, Simulated, Truth
from hiplevel.simulate.work import Rest, Segment, Still, Stroll, Work

LEVER_ARM_M = (-0.10, 0.0, 0.0)
_USUAL_REPS = {"walking": 40, "running": 60, "single-leg-stand": 1, "side-lying-hold": 3, "lateral-band-walk": 20}
EXERCISES = (*MOVEMENTS, "walking")


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
) -> Simulated:
    """Segments one after the other, as one continuous recording whose first sample is dated start_s.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE, and USAGE for what cannot be done.
    """
    imu = ImuErrors() if imu is None else imu
    script = Script(np.random.default_rng([seed, 0]))
    for segment in segments:
        begun_s = script.now_s
        name, stance = _play(script, segment)
        script.marks.parts.append((name, stance, begun_s, script.now_s))
    trajectory = script.trajectory()
    true_s, stamp_s = sensor_clock(trajectory.duration_s, rate_hz, imu)
    if isinstance(mounting, Calibration):
        mounting = mounting.matrix
    calibration = Calibration.from_matrix(np.eye(3) if mounting is None else mounting)
    noise = np.random.default_rng([seed, 1])
    samples = read(trajectory, true_s, start_s + stamp_s, calibration.matrix, lever_arm_m, imu, noise)
    scale = 1.0 + 1e-6 * imu.rate_ppm
    return Simulated(samples, _truth(trajectory, script.marks, true_s, start_s + stamp_s, start_s, scale), calibration)


def _play(script: Script, segment: Segment) -> tuple[str, str]:
    """Write one segment; its name and stance for the truth."""
    if isinstance(segment, Still):
        script.hold(segment.duration_s)
        return "still", "both"
    if isinstance(segment, Rest):
        script.settle()
        rest(script, segment.duration_s)
        return "rest", "both"
    if isinstance(segment, Stroll):
        walk(script, segment.steps, Gait(turn_deg=segment.turn_deg))
        return "walking", "both"
    if segment.exercise not in EXERCISES:
        near = get_close_matches(segment.exercise, EXERCISES, n=3)
        raise UsageError(
            f"There is no exercise {segment.exercise!r} to simulate.",
            Reason.UNKNOWN_EXERCISE,
            f"Known: {', '.join(near or EXERCISES)}.",
        )
    reps = _USUAL_REPS.get(segment.exercise, 10) if segment.reps is None else segment.reps
    if segment.exercise in MOVEMENTS:
        slow_sets(script, segment, MOVEMENTS[segment.exercise], reps)
        return segment.exercise, segment.stance
    _walk_sets(script, segment, reps)
    return segment.exercise, "both"


def _walk_sets(script: Script, work: Work, steps: int) -> None:
    usual = Gait()
    gait = Gait(
        step_s=usual.step_s if work.tempo_s is None else work.tempo_s,
        speed_m_s=usual.speed_m_s if work.speed_m_s is None else work.speed_m_s,
        list_deg=usual.list_deg if work.fall_deg is None else work.fall_deg,
        variation=work.variation,
    )
    for number in range(work.sets):
        if number:
            rest(script, work.rest_s)
        drops = {k - number * steps: v for k, v in work.drops.items() if 0 <= k - number * steps < steps}
        walk(script, steps, gait, drops, work.stance)
        script.marks.sets.append((script.marks.steps[-steps][0], script.marks.steps[-1][0]))


def _truth(
    trajectory: Trajectory, marks: Marks, true_s: np.ndarray, stamp_s: np.ndarray, start_s: float, scale: float
) -> Truth:
    """The truth on the sensor's clock, which reads start_s + scale * t at the true time t."""
    up = trajectory.state(true_s).up_pelvis

    def on_clock(rows: Sequence[Sequence[float]], width: int) -> np.ndarray:
        return start_s + scale * np.array(rows, dtype=np.float64).reshape(-1, width)

    return Truth(
        time_s=stamp_s,
        obliquity_deg=obliquity_deg(up),
        tilt_deg=tilt_deg(up),
        rotation_deg=trajectory.channels(true_s)[:, Channel.ROTATION],
        frontal_deg=frontal_deg(up),
        reps=on_clock(marks.reps, 3),
        sets=on_clock(marks.sets, 2),
        holds=on_clock(marks.holds, 2),
        steps=tuple((start_s + scale * at, side) for at, side in marks.steps),
        parts=tuple(Part(n, s, start_s + scale * a, start_s + scale * b) for n, s, a, b in marks.parts),
    )
