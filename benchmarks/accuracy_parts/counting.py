"""Repetitions: counted where there are some, and where there are none."""

from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts.lead import Sensor, as_read, led_in, padded
from accuracy_parts.score import median_p90
from accuracy_parts.sets import recordings, up_of_angles
from hiplevel import Calibration, simulate
from hiplevel.model.rules import Stance

NOT_DONE = (
    "pelvic-drop",
    "side-lying-abduction",
    "single-leg-deadlift",
    "squat",
    "single-leg-squat",
    "step-down",
    "generic",
)
SIMULATED = ("pelvic-drop", "squat", "single-leg-squat", "single-leg-deadlift")


def counts(found: list[int], true: list[int]) -> dict[str, Any]:
    """Sets counted exactly and within one, and the mean error."""
    error = np.array(found) - np.array(true)
    return {
        "sets": len(error),
        "exact": int(np.sum(error == 0)),
        "within_one": int(np.sum(np.abs(error) <= 1)),
        "mean_error_reps": round(float(error.mean()), 3),
    }


def squats(data: Path) -> dict[str, Any]:
    """Continuous squat sets from a consumer sensor on the waist, marked by hand."""
    found, true, missed, start_error, turn_share, overlap = [], [], [], [], [], [0, 0, 0]
    for recording in recordings(data, "squat_waist"):
        reps = hiplevel.analyze(recording.samples, exercise="squat").reps
        bounds = recording.truth["rep_bounds_s"]
        found.append(len(reps))
        true.append(len(bounds))
        if len(reps) != len(bounds):
            missed.append(f"{recording.name}: {len(reps)} of {len(bounds)}")
        hits = 0
        for start_s, end_s in bounds:
            best = max(reps, key=lambda rep: _iou(rep.start_s, rep.end_s, start_s, end_s), default=None)
            if best is None or _iou(best.start_s, best.end_s, start_s, end_s) < 0.5:
                continue
            hits += 1
            start_error.append(best.start_s - start_s)
            turn_share.append((best.turn_s - start_s) / (end_s - start_s))
        overlap = [overlap[0] + hits, overlap[1] + len(bounds), overlap[2] + len(reps)]
    return counts(found, true) | {
        "not_exact": missed,
        "segment_f1_iou50": round(2 * overlap[0] / (overlap[1] + overlap[2]), 3),
        "start_error_s_median": round(float(np.median(start_error)), 3),
        "start_error_s_p90": round(float(np.percentile(np.abs(start_error), 90)), 3),
        "turn_at_share_median": round(float(np.median(turn_share)), 3),
    }


def _iou(a0: float, a1: float, b0: float, b1: float) -> float:
    both = min(a1, b1) - max(a0, b0)
    return max(0.0, both) / (max(a1, b1) - min(a0, b0))


def optical_squats(data: Path) -> dict[str, Any]:
    """UI-PRMD deep squats as a noisy, anyhow mounted sensor, three still seconds first: synthetic."""
    found, true, turns = [], [], []
    for seed, recording in enumerate(r for r in recordings(data, "ui_prmd") if r.task == "m01"):
        up = up_of_angles(recording.obliquity_deg[0], recording.tilt_deg[0])
        samples, lead_s = led_in(recording.samples, up)
        read, mounting = as_read(samples, seed, Sensor())
        reps = hiplevel.analyze(read, exercise="squat", calibration=Calibration.from_matrix(mounting)).reps
        bounds = recording.truth["rep_bounds_s"] + lead_s
        found.append(len(reps))
        true.append(len(bounds))
        tilt = np.abs(padded(recording.tilt_deg, samples) - recording.tilt_deg[0])
        for start_s, end_s in bounds:
            inside = [rep.turn_s for rep in reps if start_s <= rep.turn_s <= end_s]
            rows = (samples.time_s >= start_s) & (samples.time_s <= end_s)
            if len(inside) == 1 and rows.any():
                turns.append(inside[0] - samples.time_s[rows][np.argmax(tilt[rows])])
    return counts(found, true) | {
        "turn_minus_tilt_peak_s_median": round(float(np.median(turns)), 3),
        "turn_minus_tilt_peak_s_p90": round(float(np.percentile(np.abs(turns), 90)), 3),
    }


def simulated_turns(_: object) -> dict[str, Any]:
    """Simulated sets: counts, and the turn time against the true one."""
    out: dict[str, Any] = {}
    for exercise in SIMULATED:
        found, true, errors = [], [], []
        for seed in range(6):
            stance: Stance = "both" if exercise == "squat" else "left" if seed % 2 else "right"
            worn = simulate.exercise(exercise, stance="right" if stance == "right" else "left", seed=seed, fatigue=0.2)
            reps = hiplevel.analyze(worn.samples, exercise=exercise, stance=stance).reps
            found.append(len(reps))
            true.append(len(worn.truth.reps))
            for start_s, turn_s, end_s in worn.truth.reps:
                errors += [rep.turn_s - turn_s for rep in reps if start_s <= rep.turn_s <= end_s][:1]
        out |= {f"{exercise}_{key}": value for key, value in counts(found, true).items()}
        out[f"{exercise}_turn_error_s_median_p90"] = median_p90(np.abs(errors), 3)
    return out


def false_counts(data: Path) -> dict[str, Any]:
    """Repetitions counted a minute where nobody exercises: daily activities, walking, arm exercises."""
    sets = {"daily": ("sisfall_adl", ""), "walking": ("ipol_walk", ""), "arms": ("ui_prmd", "m07 m08 m09 m10")}
    out: dict[str, Any] = {}
    for label, (file, wanted) in sets.items():
        chosen = [r for r in recordings(data, file) if not wanted or r.task in wanted.split()]
        minutes = sum(r.samples.time_s[-1] - r.samples.time_s[0] for r in chosen) / 60.0
        for exercise in NOT_DONE:
            stance: Stance = "both" if exercise == "squat" else "left"
            reps = sum(len(hiplevel.analyze(r.samples, exercise=exercise, stance=stance).reps) for r in chosen)
            out[f"{label}_{exercise}_per_min"] = round(reps / minutes, 2)
        out[f"{label}_minutes"] = round(minutes, 1)
    return out
