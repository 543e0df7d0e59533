"""Events and angles bit for bit, however the samples are cut."""

from pathlib import Path
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts.sets import recordings

BLOCKS = (1, 7, 10, 199)
SERIES = ("time_s", "obliquity_deg", "tilt_deg")


def invariance(data: Path) -> dict[str, Any]:
    """Every eleventh recording of three sets, whole and in blocks."""
    compared, different = 0, []
    for file, exercise in (("squat_waist", "squat"), ("sisfall_adl", "pelvic-drop"), ("ipol_walk", "pelvic-drop")):
        for recording in list(recordings(data, file))[::11]:
            rule, n = hiplevel.DropRule(3.0), len(recording.samples)
            whole = hiplevel.analyze(recording.samples, exercise=exercise, rule=rule)
            for size in BLOCKS:
                pipeline = hiplevel.Pipeline(exercise=exercise, rule=rule)
                outs = [pipeline.process(recording.samples[at : at + size]) for at in range(0, n, size)]
                outs.append(pipeline.finish())
                events = tuple(event for out in outs for event in out.events)
                same = events == whole.events and all(
                    np.array_equal(np.concatenate([getattr(out.motion, name) for out in outs]), getattr(whole, name))
                    for name in SERIES
                )
                compared += 1
                if not same:
                    different.append(f"{recording.name} in blocks of {size}")
    return {"compared": compared, "different": different}
