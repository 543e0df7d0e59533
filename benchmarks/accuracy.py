"""How well hiplevel counts and measures on real recordings: one table, and the same as JSON.

    python benchmarks/accuracy.py --data FOLDER [--json accuracy.json] [--only NAME ...]

The folder holds public sets converted to one layout; docs/accuracy.md says which and how. These are tuning figures:
the thresholds were chosen while looking at these files, so they are no claim about recordings not seen.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from hiplevel import Calibration, Samples

# cmu_exercise: pelvis right = +sensor y, anterior = -sensor z, up = -sensor x. Rows: forward, left, up.
CMU_SENSOR_TO_PELVIS = np.array([[0.0, 0.0, -1.0], [0.0, -1.0, 0.0], [-1.0, 0.0, 0.0]])
# Noise of a good consumer sensor, added to the optical set, which has none.
NOISE_ACC_M_S2, NOISE_GYR_RAD_S = 0.05, 0.003
BLOCKS = (1, 7, 10, 199)


@dataclass
class Recording:
    """One recording of a set, with whatever truth it carries."""

    name: str
    samples: Samples
    truth: dict[str, np.ndarray]


def recordings(data: Path, file: str) -> Iterator[Recording]:
    """Recordings of FOLDER/file.npz, by name."""
    with np.load(data / f"{file}.npz") as store:
        arrays = {key: store[key] for key in store.files}
    for name in sorted({key.rsplit("/", 1)[0] for key in arrays}):
        own = {key.rsplit("/", 1)[1]: value for key, value in arrays.items() if key.startswith(name + "/")}
        yield Recording(name, Samples(own.pop("t_s"), own.pop("acc_m_s2"), own.pop("gyr_rad_s")), own)


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
    """UI-PRMD deep squats as an ideal sensor in the pelvis frame, noise added, three still seconds first: synthetic."""
    found, true, turns = [], [], []
    for recording in recordings(data, "ui_prmd"):
        if not recording.name.startswith("m01"):
            continue
        samples, lead_s = led_in(recording.samples, seed=len(found))
        reps = hiplevel.analyze(samples, exercise="squat", calibration=Calibration.from_matrix(np.eye(3))).reps
        bounds = recording.truth["rep_bounds_s"] + lead_s
        found.append(len(reps))
        true.append(len(bounds))
        tilt = recording.truth["ref_tilt_deg"]
        for start_s, end_s in bounds:
            inside = [rep.turn_s for rep in reps if start_s <= rep.turn_s <= end_s]
            rows = (samples.time_s >= start_s) & (samples.time_s <= end_s)
            if len(inside) == 1 and rows.any():
                at = samples.time_s[rows][np.argmax(np.abs(_padded(tilt, samples)[rows] - tilt[0]))]
                turns.append(inside[0] - at)
    return counts(found, true) | {
        "turn_minus_tilt_peak_s_median": round(float(np.median(turns)), 3),
        "turn_minus_tilt_peak_s_p90": round(float(np.percentile(np.abs(turns), 90)), 3),
    }


def led_in(samples: Samples, seed: int, still_s: float = 3.0) -> tuple[Samples, float]:
    """The samples with sensor noise, after `still_s` of resting in the first sample's attitude."""
    rng = np.random.default_rng(seed)
    step_s = float(np.median(np.diff(samples.time_s)))
    n = round(still_s / step_s)
    rest = samples.acc_m_s2[0] / np.linalg.norm(samples.acc_m_s2[0]) * 9.80665
    acc = np.concatenate([np.tile(rest, (n, 1)), samples.acc_m_s2])
    gyr = np.concatenate([np.zeros((n, 3)), samples.gyr_rad_s])
    acc = acc + rng.normal(0.0, NOISE_ACC_M_S2, acc.shape)
    gyr = gyr + rng.normal(0.0, NOISE_GYR_RAD_S, gyr.shape)
    time_s = np.concatenate([samples.time_s[0] + step_s * np.arange(n), samples.time_s + n * step_s])
    return Samples(time_s, acc, gyr), n * step_s


def _padded(reference: np.ndarray, samples: Samples) -> np.ndarray:
    return np.concatenate([np.full(len(samples) - len(reference), reference[0]), reference])


def obliquity(data: Path) -> dict[str, Any]:
    """Pelvic angles of a pelvis sensor against optical markers; constant offset removed, and reported apart."""
    error, tilt_error, offset = [], [], []
    calibration = Calibration.from_matrix(CMU_SENSOR_TO_PELVIS)
    for recording in recordings(data, "cmu_exercise"):
        analysis = hiplevel.analyze(recording.samples, calibration=calibration)
        for name, angle, into in (
            ("ref_obliquity_deg", analysis.obliquity_deg, error),
            ("ref_tilt_deg", analysis.tilt_deg, tilt_error),
        ):
            reference = np.interp(analysis.time_s, recording.samples.time_s, recording.truth[name])
            difference = angle - reference
            into.append(float(np.sqrt(np.mean((difference - difference.mean()) ** 2))))
            if into is error:
                offset.append(float(difference.mean()))
    return {
        "recordings": len(error),
        "obliquity_rms_deg_median": round(float(np.median(error)), 2),
        "obliquity_rms_deg_p90": round(float(np.percentile(error, 90)), 2),
        "obliquity_bias_deg_mean": round(float(np.mean(offset)), 2),
        "obliquity_bias_deg_sd": round(float(np.std(offset)), 2),
        "tilt_rms_deg_median": round(float(np.median(tilt_error)), 2),
    }


def optical_obliquity(data: Path) -> dict[str, Any]:
    """The filter alone: UI-PRMD markers as an ideal sensor with noise; error against the markers: synthetic."""
    error = []
    for seed, recording in enumerate(recordings(data, "ui_prmd")):
        samples, _ = led_in(recording.samples, seed)
        analysis = hiplevel.analyze(samples, calibration=Calibration.from_matrix(np.eye(3)))
        reference = _padded(recording.truth["ref_obliquity_deg"], samples)
        difference = analysis.obliquity_deg - np.interp(analysis.time_s, samples.time_s, reference)
        moving = analysis.time_s > 3.0
        error.append(float(np.sqrt(np.mean(difference[moving] ** 2))))
    return {
        "recordings": len(error),
        "obliquity_rms_deg_median": round(float(np.median(error)), 2),
        "obliquity_rms_deg_p90": round(float(np.percentile(error, 90)), 2),
    }


def false_counts(data: Path) -> dict[str, Any]:
    """Repetitions counted a minute where nobody exercises: daily activities, walking, arm exercises."""
    sets = {"daily": ("sisfall_adl", ""), "walking": ("ipol_walk", ""), "arms": ("ui_prmd", "m07 m08 m09 m10")}
    out: dict[str, Any] = {}
    for label, (file, wanted) in sets.items():
        chosen = [r for r in recordings(data, file) if not wanted or r.name[:3] in wanted.split()]
        minutes = sum(r.samples.time_s[-1] - r.samples.time_s[0] for r in chosen) / 60.0
        for exercise in ("pelvic-drop", "squat", "single-leg-deadlift"):
            reps = sum(len(hiplevel.analyze(r.samples, exercise=exercise, stance="left").reps) for r in chosen)
            out[f"{label}_{exercise}_per_min"] = round(reps / minutes, 2)
        out[f"{label}_minutes"] = round(minutes, 1)
    return out


def invariance(data: Path) -> dict[str, Any]:
    """Events and angles bit for bit, however the samples are cut."""
    compared, different = 0, []
    for file, exercise in (("squat_waist", "squat"), ("sisfall_adl", "pelvic-drop"), ("ipol_walk", "pelvic-drop")):
        for recording in list(recordings(data, file))[::11]:
            rule = hiplevel.DropRule(3.0)
            whole = hiplevel.analyze(recording.samples, exercise=exercise, rule=rule)
            for size in BLOCKS:
                pipeline = hiplevel.Pipeline(exercise=exercise, rule=rule)
                outs = [
                    pipeline.process(recording.samples[at : at + size]) for at in range(0, len(recording.samples), size)
                ]
                outs.append(pipeline.finish())
                events = tuple(event for out in outs for event in out.events)
                same = events == whole.events and all(
                    np.array_equal(np.concatenate([getattr(out.motion, name) for out in outs]), getattr(whole, name))
                    for name in ("time_s", "obliquity_deg", "tilt_deg")
                )
                compared += 1
                if not same:
                    different.append(f"{recording.name} in blocks of {size}")
    return {"compared": compared, "different": different}


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "squat sets, waist sensor": squats,
    "squats, optical made inertial (synthetic)": optical_squats,
    "pelvis angles against optical": obliquity,
    "obliquity, optical made inertial (synthetic)": optical_obliquity,
    "false repetitions": false_counts,
    "block invariance": invariance,
}


def main() -> int:
    """Run the parts and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the .npz files")
    parser.add_argument("--json", type=Path, default=Path("accuracy.json"), help="where the figures go")
    parser.add_argument("--only", nargs="*", default=[], help="run only parts whose name contains one of these words")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"There is no folder {options.data}; docs/accuracy.md says where the sets come from.", file=sys.stderr)
        return 2
    results: dict[str, Any] = {"hiplevel": hiplevel.__version__, "kind": "tuning figures"}
    for name, part in PARTS.items():
        if options.only and not any(word in name for word in options.only):
            continue
        print(f"... {name}", file=sys.stderr)
        results[name] = part(options.data)
        print(f"\n{name}")
        for key, value in results[name].items():
            print(f"  {key:32} {value}")
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(f"\nTuning figures, written to {options.json}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
