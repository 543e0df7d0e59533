"""The figures of a report for programs: JSON, and CSV with one line a set and side."""

import csv
import dataclasses
import io
from typing import Any

from hiplevel.model.schema import event_to_json
from hiplevel.report.course_data import CourseReport
from hiplevel.report.session_data import SessionReport

SCHEMA = 1
SET_COLUMNS = ("number", "start_s", "end_s", "done", "prescribed", "warm_up", "machine_reps")
SPREADS = ("range_deg", "out_s", "back_s", "rep_s", "hold_s", "peak_drop_deg")
FALL_COLUMNS = ("side", "seconds", "peak_deg", "mean_deg", "p95_deg", "over_s", "over_share")


def session_json(report: SessionReport) -> dict[str, Any]:
    """All figures of a session; the angles themselves are in the recording."""
    symmetry = report.summary.left_right
    return {
        "schema": SCHEMA,
        "kind": "session",
        "name": report.name,
        "client": report.client,
        "started_ns": report.started_ns,
        "utc_offset_min": report.utc_offset_min,
        "simulated": report.simulated,
        "sensor": report.sensor,
        "exercise": None if report.exercise is None else report.exercise.id,
        "stance": report.stance,
        "rule": dataclasses.asdict(report.rule),
        "prescription": None if report.prescription is None else report.prescription.to_json(),
        "quality": dataclasses.asdict(report.quality),
        "summary": dataclasses.asdict(report.summary),
        "form": [dataclasses.asdict(one) for one in report.form],
        "left_less_right_deg": None if symmetry is None else symmetry.difference_deg,
        "symmetry_percent": None if symmetry is None else symmetry.symmetry_percent,
        "drops": [event_to_json(drop) for drop in report.drops],
        "limit_changes": [event_to_json(change) for change in report.changes],
        "remarks": [event_to_json(remark) for remark in report.remarks],
        "metronome": None if report.metronome is None else dataclasses.asdict(report.metronome),
        "drawn": [dataclasses.asdict(one) for one in report.drawn],
        "versions": report.versions,
        "pipeline": report.pipeline,
    }


def session_csv(report: SessionReport) -> str:
    """One line a set and side that was watched; a set without judged sides has one line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    spreads = [f"{name}_{part}" for name in SPREADS for part in ("mean", "least", "most", "variation")]
    writer.writerow(["set", *SET_COLUMNS[1:], *spreads, "drop_per_rep_deg", *FALL_COLUMNS, "drops", "limit_deg"])
    for one in report.summary.sets:
        start = [getattr(one, name) for name in SET_COLUMNS]
        for name in SPREADS:
            value = getattr(one, name)
            start += [None if value is None else getattr(value, p) for p in ("mean", "least", "most", "variation")]
        start.append(None if one.drop_trend is None else one.drop_trend.per_rep)
        for fall in one.falls or (None,):
            if fall is None:
                writer.writerow([*start, *[None] * (len(FALL_COLUMNS) + 2)])
                continue
            drops = len(report.drops_of(fall.side, one))
            told = [getattr(fall, name) for name in FALL_COLUMNS]
            limit_deg = report.rule_at(one.end_s).limit_deg(fall.side)  # at the end of the set
            writer.writerow([*start, *told, drops, limit_deg])
    return out.getvalue()


def course_json(report: CourseReport) -> dict[str, Any]:
    """All figures of a course."""
    return {
        "schema": SCHEMA,
        "kind": "course",
        "client": report.client,
        "made_ns": report.made_ns,
        "simulated": report.simulated,
        "courses": [
            {**dataclasses.asdict(course), "adherence": course.adherence, "complete": course.complete}
            for course in report.courses
        ],
        "pipeline": report.pipeline,
    }


def course_csv(report: CourseReport) -> str:
    """One line a session and side."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    own = ("side", "limit_deg", "drops", "over_s", "judged_s", "peak_deg", "median_deg", "sigma_deg")
    writer.writerow(["exercise", "stance", "session", "started_ns", "sets", "reps", "asked", "simulated", *own])
    for course in report.courses:
        for point in course.points:
            start = [course.exercise, course.stance, point.content_hash[:12], point.started_ns, point.sets, point.reps]
            start += [point.asked, point.simulated]
            for side in point.sides or (None,):
                writer.writerow([*start, *(None if side is None else getattr(side, name) for name in own)])
    return out.getvalue()
