"""Movements that nobody described, counted by `generic`: any placement, and where nobody exercises."""

from pathlib import Path
from typing import Any

import hiplevel
from accuracy_parts.counting import counts
from accuracy_parts.lead import Sensor, as_read, led_in
from accuracy_parts.sets import recordings, up_of_angles
from hiplevel import Calibration

MOVEMENTS = ("m01", "m02", "m03", "m04", "m05", "m06")


def placements(data: Path) -> dict[str, Any]:
    """The same continuous squat sets from sensors on the waist, the thigh and the shank; two read gravity as 14."""
    out: dict[str, Any] = {}
    for file in ("squat_waist", "squat_thigh", "squat_shank"):
        found, true = [], []
        for recording in recordings(data, file):
            found.append(len(hiplevel.analyze(recording.samples, exercise="generic").reps))
            true.append(len(recording.truth["rep_bounds_s"]))
        out |= {f"{file}_{key}": value for key, value in counts(found, true).items()}
    return out


def optical(data: Path) -> dict[str, Any]:
    """UI-PRMD m01 as squat, m02-m06 as generic: a noisy sensor mounted anyhow, 3 s still first: synthetic."""
    out: dict[str, Any] = {}
    every: tuple[list[int], list[int]] = ([], [])
    for movement in MOVEMENTS:
        found, true = [], []
        for seed, recording in enumerate(recordings(data, "ui_prmd")):
            if recording.task != movement:
                continue
            samples, _ = led_in(recording.samples, up_of_angles(recording.obliquity_deg[0], recording.tilt_deg[0]))
            read, mounting = as_read(samples, seed, Sensor())
            exercise = "squat" if movement == "m01" else "generic"
            calibration = Calibration.from_matrix(mounting)
            found.append(len(hiplevel.analyze(read, exercise=exercise, calibration=calibration).reps))
            true.append(len(recording.truth["rep_bounds_s"]))
        out |= {f"{movement}_{key}": value for key, value in counts(found, true).items()}
        every = ([*every[0], *found], [*every[1], *true])
    total = counts(*every)
    return out | {
        "exact_percent": round(100.0 * total["exact"] / total["sets"], 1),
        "within_one_percent": round(100.0 * total["within_one"] / total["sets"], 1),
    }
