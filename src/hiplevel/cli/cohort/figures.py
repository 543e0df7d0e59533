"""What a table says of one recording, its repetitions and its drops: figures that the summary has already."""

from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np

from hiplevel.cli.summary.facts import SIDES, Summary
from hiplevel.clinic.analyzed import Judged
from hiplevel.clinic.side_figures import peak_falls
from hiplevel.clinic.what_if import what_if
from hiplevel.detect.corrections import CountedRep
from hiplevel.model.events import Drop
from hiplevel.model.rules import Side
from hiplevel.model.sides import watched
from hiplevel.pipeline import Analysis

Row = dict[str, Any]
DATA = ("covered", "invalid_share", "gaps", "gap_s", "paused_s", "lost_samples", "clipped_samples")
COUNTS = ("holds", "steps")
FALLS = ("peak_deg", "p95_deg", "mean_deg")
OF_REP = (
    *("start_s", "turn_s", "end_s", "out_s", "back_s", "hold_turn_s", "rom_deg", "peak_drop_deg", "obliquity_rom_deg"),
    *("tilt_rom_deg", "rotation_rom_deg", "shift_cm", "quality", "confidence"),
)
OF_DROP = ("side", "start_s", "end_s", "duration_s", "peak_deg", "mean_deg", "limit_deg", "complete")


def figures(summary: Summary, analysis: Analysis, judged: Judged, what_if_deg: Sequence[float]) -> Row:
    """Of one recording: its own row, and those of its repetitions and drops. What was not measured is None."""
    told = summary.to_json()
    calibration = told["data"]["calibration"] or {}
    own: Row = {name: told[name] for name in ("duration_s", "rate_hz")}
    own |= {name: told["data"][name] for name in DATA}
    own |= {"calibration": calibration.get("source"), "calibration_quality": calibration.get("quality")}
    own["sigma_deg"] = float(np.median(analysis.obliquity_sigma_deg))
    own["sets"] = summary.session.sets_done if summary.counted else None
    own["reps"] = told["reps"] if summary.counted else None
    own["median_rom_deg"] = told["median_rom_deg"]
    own |= {name: told[name] for name in COUNTS}
    for side in SIDES:
        own |= {f"{side}_{name}": value for name, value in _side(summary, told, judged, side).items()}
    own |= tried(summary, judged, what_if_deg)
    own["notices"] = " ".join(told["notices"])
    return {
        "exercise": told["exercise"],
        "stance": told["stance"],
        "recording": own,
        "reps": [_rep(summary, rep) for rep in summary.counted_reps.reps],
        "drops": [_drop(drop) for drop in summary.drops()],
    }


def _side(summary: Summary, told: dict[str, Any], judged: Judged, side: Side) -> Row:
    """The side that falls; all None where it stands, or drops were not judged."""
    drops, fall, usual = told["drops"][side], told["falls"].get(side, {}), told["usual_fall_deg"].get(side, {})
    seen = drops is not None and (side in watched(summary.stance) or drops["count"] > 0)
    peaks_deg = peak_falls(judged, side).tolist() if seen else []
    return {
        "limit_deg": summary.last_rule.limit_deg(side) if seen else None,
        "drops": drops["count"] if seen else None,
        "beyond_limit_s": float(drops["beyond_limit_s"]) if seen else None,
        "rep_median_deg": median(peaks_deg) if peaks_deg else None,
        "step_median_deg": usual.get("median_deg"),
        **{name: fall.get(name) for name in FALLS},
    }


def tried(summary: Summary, judged: Judged, limits_deg: Sequence[float]) -> Row:
    """What other limits would have found; a limit below the hysteresis finds nothing that can be told."""
    row: Row = dict.fromkeys(tried_columns(limits_deg))
    if not limits_deg or not judged.graded:
        return row
    for curve in what_if([judged], summary.rule, limits_deg).curves:
        for point in curve.points:
            names = _tried_names(curve.side, point.limit_deg)
            found = dict(zip(names, (point.drops, point.over_s, point.passed if curve.reps else None), strict=True))
            row |= {name: value for name, value in found.items() if name in row}
    return row


def tried_columns(limits_deg: Sequence[float]) -> list[str]:
    """Their names, by limit and side."""
    return [name for limit_deg in limits_deg for side in SIDES for name in _tried_names(side, limit_deg)]


def _tried_names(side: Side, limit_deg: float) -> tuple[str, str, str]:
    at = f"at_{limit_deg:g}_deg"
    return f"{side}_drops_{at}", f"{side}_beyond_limit_s_{at}", f"{side}_reps_passed_{at}"


def _rep(summary: Summary, one: CountedRep) -> Row:
    """A repetition as people count it; one that was added by hand was not measured."""
    row: Row = {"set": one.set_number, "rep": one.number, "warm_up": one.warm_up, "by_hand": one.rep_number < 0}
    row |= {name: None if one.rep is None else getattr(one.rep, name) for name in OF_REP}
    if not summary.graded:
        row["peak_drop_deg"] = None
    row["faults"] = "" if one.rep is None else " ".join(one.rep.faults)
    return row


def _drop(drop: Drop) -> Row:
    row: Row = {name: getattr(drop, name) for name in OF_DROP}
    return {**row, "set": drop.set_number or None, "rep": drop.rep_number or None}
