"""Real squats and walks slowed down or quickened: what the same people would have looked like so. Synthetic.

Rates are divided by the factor, accelerations by its square, gravity stays; then a sensor's error is laid over it.
"""

from pathlib import Path
from typing import Any

import numpy as np
from vqf import offlineVQF

import hiplevel
from accuracy_parts.lead import GRAVITY_M_S2, led_in
from accuracy_parts.sets import Floats, recordings, up_of_quaternion
from hiplevel import Samples, simulate
from hiplevel.model.events import RepTurned
from hiplevel.model.rules import Stance

FACTORS = (0.7, 1.5, 2.0, 3.0)
WALK_FACTORS = (1.1, 1.25, 1.5, 1.75)
NOT_WALKED = ("pelvic-drop", "standing-abduction", "single-leg-deadlift", "generic")
STEP_S = 0.01
ACC_BIAS_M_S2, GYR_BIAS_RAD_S = 0.1, 0.007
ACC_NOISE_M_S2, GYR_NOISE_RAD_S = 0.02, 0.002
TEMPI_S = ((2.0, 0.0), (4.0, 0.0), (6.0, 2.0), (8.0, 0.0), (8.0, 2.0))


def slowed(samples: Samples, factor: float, seed: int) -> Samples:
    """The samples done `factor` times as slowly, by a sensor with 10 mg and 0.4 degrees/s of offset."""
    time_s = np.arange(samples.time_s[0], samples.time_s[-1], STEP_S)
    acc, gyr = (_at(time_s, samples.time_s, series) for series in (samples.acc_m_s2, samples.gyr_rad_s))
    turned = offlineVQF(np.ascontiguousarray(gyr), np.ascontiguousarray(acc), None, STEP_S)
    up = up_of_quaternion(turned["quat6D"])
    moving = acc - np.median(np.linalg.norm(acc, axis=1)) * up
    slow_s = np.arange(0.0, (time_s[-1] - time_s[0]) * factor, STEP_S)
    then_s = time_s[0] + slow_s / factor
    up = _at(then_s, time_s, up)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    acc = _at(then_s, time_s, moving) / factor**2 + GRAVITY_M_S2 * up + ACC_BIAS_M_S2 * _direction(rng)
    gyr = _at(then_s, time_s, gyr) / factor + GYR_BIAS_RAD_S * _direction(rng)
    return Samples(
        slow_s,
        acc + ACC_NOISE_M_S2 * rng.standard_normal(acc.shape),
        gyr + GYR_NOISE_RAD_S * rng.standard_normal(gyr.shape),
    )


def slow_squats(data: Path) -> dict[str, Any]:
    """Squats of the waist sensor, taking 0.7 to three times as long, three still seconds first."""
    out: dict[str, Any] = {}
    sets = list(recordings(data, "squat_waist"))
    for factor in FACTORS:
        error, lasted_s = [], list[float]()
        for seed, recording in enumerate(sets):
            slow = slowed(recording.samples, factor, seed)
            first = slow.acc_m_s2[:20].mean(axis=0)
            led, _ = led_in(slow, first / np.linalg.norm(first))
            bounds = recording.truth["rep_bounds_s"]
            lasted_s += list(factor * np.diff(bounds, axis=1)[:, 0])
            error.append(len(hiplevel.analyze(led, exercise="squat").reps) - len(bounds))
        off = np.abs(error)
        name = f"{factor:g} times as long, {np.median(lasted_s):.1f} s each"
        out[f"{name}: exact_within_one_of"] = [int((off == 0).sum()), int((off <= 1).sum()), len(off)]
    return out


def slow_walks(data: Path) -> dict[str, Any]:
    """Repetitions counted a minute in walks that take longer, as people walk whose hip hurts."""
    out: dict[str, Any] = {}
    for factor in WALK_FACTORS:
        walks = [
            slowed(recording.samples, factor, seed) for seed, recording in enumerate(recordings(data, "ipol_walk"))
        ]
        minutes = sum(walk.time_s[-1] - walk.time_s[0] for walk in walks) / 60.0
        for exercise in NOT_WALKED:
            reps = sum(len(hiplevel.analyze(walk, exercise=exercise, stance="left").reps) for walk in walks)
            out[f"{factor:g} times as long: {exercise}_per_min"] = round(reps / minutes, 2)
    return out


def tempo_and_holds(_: object) -> dict[str, Any]:
    """Simulated sets of ten at every tempo, with and without a hold at the bottom: exact sets of five."""
    out: dict[str, Any] = {}
    for exercise in ("squat", "single-leg-squat", "step-down"):
        stance: Stance = "both" if exercise == "squat" else "left"
        for tempo_s, hold_s in TEMPI_S:
            exact = 0
            for seed in range(5):
                how = {"tempo_s": tempo_s, "hold_s": hold_s, "variation": 0.1, "cheating": 0.2}
                worn = simulate.exercise(exercise, reps=10, seed=seed, **how)
                exact += len(hiplevel.analyze(worn.samples, exercise=exercise, stance=stance).reps) == 10
            out[f"{exercise}, {tempo_s:g} s, of which held {hold_s:g} s: exact_of_5"] = exact
    return out


def turn_latency(_: object) -> dict[str, Any]:
    """How long after the true turn it is told, simulated pelvic drops at 4 s: median and 95th percentile, s."""
    late, told, done = list[float](), 0, 0
    for seed in range(10):
        worn = simulate.exercise("pelvic-drop", reps=10, tempo_s=4.0, hold_s=0.0, pause_s=0.0, fall_deg=6.0, seed=seed)
        events = hiplevel.analyze(worn.samples, exercise="pelvic-drop", stance="left").events
        turns = [event for event in events if isinstance(event, RepTurned)]
        for start_s, turn_s, end_s in worn.truth.reps:
            inside = [turn.known_s - turn_s for turn in turns if start_s <= turn.time_s <= end_s]
            late, told, done = late + inside[:1], told + bool(inside), done + 1
    return {
        "turns_done_told": [done, told],
        "turn_to_known_s_median_p95": [round(float(np.percentile(late, p)), 3) for p in (50, 95)],
    }


def _at(time_s: Floats, known_s: Floats, series: Floats) -> Floats:
    return np.stack([np.interp(time_s, known_s, series[:, axis]) for axis in range(3)], axis=1)


def _direction(rng: np.random.Generator) -> Floats:
    direction = rng.standard_normal(3)
    return np.asarray(direction / np.linalg.norm(direction))
