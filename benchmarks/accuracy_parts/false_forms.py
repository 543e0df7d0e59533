"""Holds, hops, passes and compensations told where nobody exercises."""

from collections import Counter
from pathlib import Path
from typing import Any

import hiplevel
from accuracy_parts.sets import recordings
from hiplevel import Compensation, Hold, Pass, Rep

EXERCISES = ("single-leg-stand", "side-lying-hold", "clamshell", "sideways-hop", "lateral-band-walk")
NAMED = {Hold: "holds", Compensation: "compensations", Pass: "passes", Rep: "hops"}


def told(data: Path) -> dict[str, Any]:
    """A minute of daily activities, and of walking, with each exercise chosen."""
    out: dict[str, Any] = {}
    for label, file in (("daily", "sisfall_adl"), ("walking", "ipol_walk")):
        chosen = [recording.samples for recording in recordings(data, file)]
        minutes = sum(samples.time_s[-1] - samples.time_s[0] for samples in chosen) / 60.0
        for exercise in EXERCISES:
            events = [
                e for samples in chosen for e in hiplevel.analyze(samples, exercise=exercise, stance="left").events
            ]
            counts = Counter(NAMED[type(event)] for event in events if type(event) in NAMED)
            for name in counts or ("none",):
                out[f"{label}_{exercise}_{name}_per_min"] = round(counts[name] / minutes, 2)
        out[f"{label}_minutes"] = round(minutes, 1)
    return out
