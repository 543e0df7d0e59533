"""How well the mounting is found from the calibration movements, all simulated: a table, and the same as JSON.

    python benchmarks/calibration.py [--seeds 20] [--json calibration.json]

Each seed is another wearer: hinges of 35 to 55 degrees that list to either side by up to 2 degrees, sway, sensor noise,
bias, and a clip up to 12 degrees askew. Then the same wearer does exercises; their obliquity is compared with the
truth, with the true mounting and with the one found, the neutral taken at the start in both. A list that is alike in
every hinge cannot be told from a clip that is turned: the last rows show what it costs. With a perfect sensor, and
without list, it shows that the list is what is left.
"""

import argparse
import dataclasses
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from hiplevel import Calibration, simulate
from hiplevel.motion.uncertainty import SKIN_SIGMA_RAD
from hiplevel.simulate import Hinges, ImuErrors, Simulated, Still, mounting_from_euler

PLACES = {
    "at the back": (0.0, 0.0, 0.0),
    "at the left side": (-90.0, 0.0, 0.0),
    "at the right side": (90.0, 0.0, 0.0),
    "upside down": (0.0, 0.0, 180.0),
}
EXERCISES = ("pelvic-drop", "single-leg-squat", "single-leg-deadlift")
LIST_DEG, ALIKE_DEG = 2.0, (0.0, 2.0, 5.0)


def wearer(place: str, seed: int, alike_deg: float | None = None, imu: ImuErrors | None = None) -> Simulated:
    """The movements of one wearer; alike_deg: the same list in each hinge instead of a random one."""
    rng = np.random.default_rng(seed)
    askew = mounting_from_euler(*rng.uniform(-12.0, 12.0, 3))
    hinges = []
    for _ in range(3):
        deep, listed = rng.uniform(35.0, 55.0), rng.uniform(-LIST_DEG, LIST_DEG)
        hinges.append(Hinges(1, deep, listed if alike_deg is None else alike_deg))
    mounting = askew @ mounting_from_euler(*PLACES[place])
    return simulate.session([Still(4.0), *hinges, Still(1.0)], seed=seed, mounting=mounting, imu=imu)


def axis_off_deg(found: Calibration, true: Calibration) -> float:
    """Between the left-right axis found and the true one."""
    return float(np.degrees(np.arccos(np.clip(found.matrix[1] @ true.matrix[1], -1.0, 1.0))))


def obliquity_rms_deg(made: Simulated, calibration: Calibration) -> tuple[float, float]:
    """Against the truth; and the share of samples within two of their stated sigma, the part for skin left out."""
    analysis = hiplevel.analyze(made.samples, calibration=calibration)
    error = analysis.obliquity_deg - np.interp(analysis.time_s, made.truth.time_s, made.truth.obliquity_deg)
    sigma = np.sqrt(np.square(analysis.obliquity_sigma_deg) - np.degrees(SKIN_SIGMA_RAD) ** 2)
    return float(np.sqrt(np.mean(error**2))), float(np.mean(np.abs(error) <= 2.0 * sigma))


def row(place: str, seeds: int, alike_deg: float | None = None, imu: ImuErrors | None = None) -> dict[str, Any]:
    """One line of the table."""
    off, within, quality, ungraded, took_s = [], [], [], 0, []
    error: dict[str, list[tuple[float, float, float]]] = {name: [] for name in EXERCISES}
    for seed in range(seeds):
        made = wearer(place, seed, alike_deg, imu)
        began_s = time.perf_counter()
        found = Calibration.from_recording_part(made.samples)
        took_s.append(time.perf_counter() - began_s)
        off.append(axis_off_deg(found, made.calibration))
        within.append(off[-1] <= 2.0 * (found.axis_sd_deg or 0.0))
        quality.append(found.quality)
        ungraded += not found.gradable
        true = dataclasses.replace(made.calibration, source="movements")
        for name in EXERCISES:
            work = simulate.exercise(name, stance="left", reps=3, seed=seed, mounting=true, imu=imu)
            error[name].append((obliquity_rms_deg(work, true)[0], *obliquity_rms_deg(work, found)))
    out: dict[str, Any] = {
        "axis_off_deg_median": round(float(np.median(off)), 2),
        "axis_off_deg_max": round(max(off), 2),
        "within_two_sigma": float(np.mean(within)),
        "quality_min": round(min(quality), 2),
        "not_graded": ungraded,
        "took_ms_median": round(1e3 * float(np.median(took_s)), 1),
    }
    for name, rows in error.items():
        true_deg, found_deg, inside = np.array(rows).T
        out[f"{name}_rms_deg_true"] = round(float(np.median(true_deg)), 2)
        out[f"{name}_rms_deg_found"] = round(float(np.median(found_deg)), 2)
        out[f"{name}_worse_deg_max"] = round(float(np.max(found_deg - true_deg)), 2)
        out[f"{name}_within_two_sigma_percent"] = round(100.0 * float(np.mean(inside)), 1)
    return out


def line(name: str, r: dict[str, Any]) -> str:
    """A row of the table as text."""
    cells = [f"{r['axis_off_deg_median']:.2f} / {r['axis_off_deg_max']:.2f}", f"{100 * r['within_two_sigma']:.0f} %"]
    cells += [str(r["not_graded"])]
    for exercise in EXERCISES:
        true_deg, found_deg = r[f"{exercise}_rms_deg_true"], r[f"{exercise}_rms_deg_found"]
        worse_deg, inside = r[f"{exercise}_worse_deg_max"], r[f"{exercise}_within_two_sigma_percent"]
        cells.append(f"{true_deg:.2f} / {found_deg:.2f} / {worse_deg:+.2f} / {inside:.0f} %")
    return f"{name:32}" + "".join(f"{cell:>27}" for cell in cells)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="wearers a row")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    print("Simulated. Obliquity in degrees rms: median with the true mounting / with the one found / worst difference,")
    print("and, with the one found, the share of samples within two stated sigma, the part for skin left out.")
    heads = ("axis off, median / max", "within two sigma", "not graded", *EXERCISES)
    print(f"{'clip':32}" + "".join(f"{head:>27}" for head in heads))
    rows = {place: row(place, options.seeds) for place in PLACES}
    rows["at the left side, cheap sensor"] = row("at the left side", options.seeds, imu=ImuErrors.poor())
    rows["at the back, perfect sensor"] = row("at the back", options.seeds, imu=ImuErrors.none())
    for degrees in ALIKE_DEG:
        name = f"at the back, all list {degrees:g} alike" if degrees else "at the back, none lists"
        rows[name] = row("at the back", options.seeds, alike_deg=degrees)
    for name, figures in rows.items():
        print(line(name, figures))
    if options.json is not None:
        told = {"hiplevel": hiplevel.__version__, "kind": "simulated", "seeds": options.seeds, "rows": rows}
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
