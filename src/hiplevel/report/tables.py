"""The figures of a session as tables of words, the same in HTML and PDF; what was not measured is a dash."""

from collections.abc import Sequence
from dataclasses import dataclass

from hiplevel.detect.figures import Spread, Trend
from hiplevel.model.faults import FAULTS
from hiplevel.model.rules import DropRule, Side
from hiplevel.report.session_data import SessionReport

NONE = "–"


@dataclass(frozen=True)
class Table:
    """Rows under heads; note: a line beneath."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares of the page's width: by the longest cell, within reason."""
        columns = zip(self.heads, *self.rows, strict=True)
        return tuple(min(max(max(len(cell) for cell in column), 5), 24) for column in columns)


def quality(report: SessionReport) -> Table:
    """What the figures rest on: comes first."""
    told, data = report.quality, report.summary.data
    calibration = told.calibration
    if told.calibration_quality is not None:
        calibration += f", quality {told.calibration_quality:.0%}"
    rows = [
        ("Calibration", calibration),
        ("Angle known to", f"± {told.sigma_deg:.1f}° (one sigma, median over the session)"),
        ("Samples missing or marked bad", f"{data.invalid_share:.1%} of {clock(data.duration_s)}, {data.gaps} gaps"),
        ("Lost on the way", NONE if told.lost_samples is None else f"{told.lost_samples} samples"),
        ("At the sensor's limit", f"{told.clipped_samples} samples"),
        ("Link lost", f"{told.links_lost} times"),
    ]
    rows += [("Calibration says", reason) for reason in told.calibration_reasons]
    rows += [("Notice", notice) for notice in told.notices]
    if not report.summary.graded:
        rows.insert(0, ("Drops", "NOT judged in this session"))
    if report.simulated:
        rows.insert(0, ("Source", "SIMULATED: no person was measured"))
    return Table("Data quality and calibration", ("", ""), tuple(rows))


def prescribed(report: SessionReport) -> Table:
    """Asked for, and done."""
    asked, summary = report.prescription, report.summary
    reps = "" if asked is None or not asked.reps else f" of {max(asked.sets, 1) * asked.reps}"
    sets = "" if asked is None or not asked.sets else f" of {asked.sets}"
    rows = [
        ("Exercise", "none named" if report.exercise is None else report.exercise.name),
        ("Stands on", report.stance),
        ("Sets done", f"{summary.sets_done}{sets}"),
        ("Repetitions done", f"{summary.done}{reps}"),
        ("Counted by the machine", str(summary.machine_reps)),
    ]
    holds = summary.holds
    if holds is not None:
        rows.append(("Holds", f"{holds.done}" + (f" of {holds.prescribed}" if holds.prescribed else "")))
        rows.append(("Held", spread(holds.held_s, " s")))
        rows.append(("Raised at best", spread(holds.rise_deg, "°")))
        rows.append(("Sank in 30 s", spread(holds.drift_deg_per_30s, "°")))
        rows.append(("Given way", str(holds.given_way)))
    if summary.steps:
        rows.append(("Steps", str(summary.steps)))
    rows.append(("Drop limit", limits(report.rule, report.sides)))
    if asked is not None:
        whose = ", ".join(part for part in (asked.author, asked.reason) if part)
        told = "told at the start, not by a clinician" if not report.prescribed else f"{whose}, version {asked.version}"
        rows.append(("Prescribed by", told))
    return Table("Prescribed and done", ("", ""), tuple(rows))


def sets(report: SessionReport) -> Table:
    """One row a set."""
    rows = [
        (
            str(one.number),
            f"{one.done}"
            + (f" of {one.prescribed}" if one.prescribed else "")
            + (" warm-up" if one.all_warm_up else ""),
            spread(one.range_deg, "°"),
            NONE if one.range_deg is None or one.range_deg.variation is None else f"{one.range_deg.variation:.0%}",
            f"{mean(one.out_s)} : {mean(one.back_s)} s",
            spread(one.hold_s, " s"),
            NONE if one.peak_drop_deg is None else f"{one.peak_drop_deg.mean:.1f}° / {one.peak_drop_deg.most:.1f}°",
            fatigue(one.drop_trend),
            NONE if one.confidence is None else f"{one.confidence:.0%}",
        )
        for one in report.summary.sets
    ]
    heads = ("Set", "Done", "Range", "Varies", "Out : back", "Hold", "Drop mean / worst", "Drop over the set", "Sure")
    note = "Drop over the set: degrees a repetition, and the last three against the first three repetitions."
    return Table("Sets", heads, tuple(rows), note)


def sides(report: SessionReport) -> Table:
    """One row a side and set, and one over the session."""
    rows = [
        (
            fall.side,
            "session" if one is None else str(one.number),
            f"{fall.peak_deg:.1f}°",
            f"{fall.p95_deg:.1f}°",
            f"{fall.mean_deg:.1f}°",
            f"{fall.over_s:.1f} s",
            f"{fall.over_share:.1%}",
            str(len(report.drops_of(fall.side, one))),
        )
        for one in (*report.summary.sets, None)
        for fall in (report.summary.falls if one is None else one.falls)
    ]
    heads = ("Side", "Set", "Peak fall", "95th percentile", "Mean", "Time beyond limit", "Share", "Drops")
    both = report.summary.left_right
    note = "Falls are below neutral, the client's quiet standing; 0 where the side was level or above."
    if report.exercise is not None and report.exercise.drop_reference == "rep-start":
        note += " Drops of this exercise are counted from where each repetition began, so that they differ from falls."
    if both is not None:
        note += f" Left less right, mean peak fall: {both.difference_deg:+.1f}°"
        index = both.symmetry_percent
        note += f" (symmetry index {index:+.0f} %)." if index is not None else " (too small for a symmetry index)."
    return Table("Sides", heads, tuple(rows), note)


def form(report: SessionReport) -> Table:
    """One row a set: fall and rise in its repetitions, and what the pelvis did besides."""
    rows = [
        (
            str(one.number),
            ", ".join(f"{side.side} {side.median_fall_deg:.1f}°" for side in one.sides) or NONE,
            ", ".join(f"{side.side} {side.median_rise_deg:.1f}°" for side in one.sides) or NONE,
            spread(one.tilt_deg, "°"),
            spread(one.rotation_deg, "°"),
            spread(one.shift_cm, " cm"),
            spread(one.hold_home_s, " s"),
            ", ".join(f"{FAULTS.get(code, code)} ({count})" for code, count in one.faults.items()) or NONE,
        )
        for one in report.form
    ]
    heads = ("Set", "Median fall", "Median rise", "Tilt", "Turn", "Shift", "Hold at home", "Besides (repetitions)")
    note = "Tilt, turn and shift are what the pelvis did besides, to and fro in a repetition; the trunk is not seen."
    return Table("Form", heads, tuple(rows), note)


def changes(report: SessionReport) -> Table:
    """Limits changed while the session ran."""
    rows, rule = [], report.rule
    for change in report.changes:
        after = change.applied_to(rule)
        rows.append(
            (
                clock(change.time_s),
                limits(rule, report.sides),
                limits(after, report.sides),
                change.author,
                change.reason,
            )
        )
        rule = after
    return Table("Limits changed during the session", ("At", "From", "To", "By", "Why"), tuple(rows))


def versions(report: SessionReport) -> Table:
    """What recorded it, and what computed this."""
    rows = [
        ("Recorded by", ", ".join(f"{name} {version}" for name, version in report.versions.items())),
        ("Computed by", f"hiplevel {report.pipeline}"),
        ("Sensor", report.sensor or NONE),
        ("Hysteresis, least duration", f"{report.rule.hysteresis_deg:g}°, {report.rule.min_duration_s:g} s"),
    ]
    return Table("Versions", ("", ""), tuple(rows))


def limits(rule: DropRule, watched: Sequence[Side]) -> str:
    """The limits of the sides that may fall."""
    told = ", ".join(f"{side} side {rule.limit_deg(side):g}°" for side in watched)
    return told + (f", warning at {rule.warn_deg:g}°" if rule.warn_deg is not None else "")


def fatigue(trend: Trend | None) -> str:
    """Per repetition, and from the first three to the last three."""
    if trend is None:
        return NONE
    return f"{trend.per_rep:+.2f}°" + ("" if trend.change is None else f", {trend.change:+.1f}°")


def spread(value: Spread | None, unit: str) -> str:
    """Mean and extremes."""
    if value is None:
        return NONE
    return f"{value.mean:.1f}{unit}" + (f" ({value.least:.1f}–{value.most:.1f})" if value.count > 1 else "")


def mean(value: Spread | None) -> str:
    """The mean alone."""
    return NONE if value is None else f"{value.mean:.1f}"


def clock(seconds: float) -> str:
    """Minutes and seconds: 12:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
