"""The figures of a session as tables of words, the same in HTML and PDF."""

from dataclasses import asdict
from operator import attrgetter

from hiplevel.detect.falls import Fall
from hiplevel.detect.set_summary import SetSummary
from hiplevel.model.faults import FAULTS
from hiplevel.report.form_data import SetForm
from hiplevel.report.session_data import UNCALIBRATED, SessionReport
from hiplevel.report.table import NONE, Table, clock, fatigue, heads, limits, mean, spread
from hiplevel.report.words import ENGLISH, Words

PAIRS = ("", "")
KINDS = ("none", "matrix", "movements", "mounting")  # of a calibration


def quality(report: SessionReport, say: Words = ENGLISH) -> Table:
    """What the figures rest on: comes first."""
    told, data = report.quality, report.summary.data
    lost = NONE if told.lost_samples is None else say.count("quality.samples", told.lost_samples)
    share, gaps = say.percent(data.invalid_share, ".1f"), say.count("quality.gaps", data.gaps)
    looked_at_s = data.duration_s - data.paused_s
    rows = [
        (say("quality.calibration"), _calibration(report, say)),
        (say("quality.known_to"), say("quality.sigma", deg=say.number(told.sigma_deg, ".1f"))),
        (say("quality.missing"), say("quality.missing_share", share=share, time=clock(looked_at_s), gaps=gaps)),
        (say("quality.lost"), lost),
        (say("quality.at_limit"), say.count("quality.samples", told.clipped_samples)),
        (say("quality.link_lost"), say.count("quality.times", told.links_lost)),
    ]
    if data.paused_s:
        rows.append((say("quality.paused"), clock(data.paused_s)))
    rows += [(say("quality.says"), say.sentence(reason)) for reason in told.calibration_reasons]
    rows += [(say("quality.notice"), say.sentence(notice)) for notice in told.notices]
    if not report.summary.graded:
        rows.insert(0, (say("quality.drops"), say("quality.not_judged")))
    if report.simulated:
        rows.insert(0, (say("quality.source"), say("quality.simulated")))
    return Table(say("quality.title"), PAIRS, tuple(rows))


def _calibration(report: SessionReport, say: Words) -> str:
    source = report.quality.calibration
    kind = "none" if source == UNCALIBRATED else source
    told = say(f"quality.{kind}") if kind in KINDS else source  # of a later hiplevel: as it stands there
    share = report.quality.calibration_quality
    return told if share is None else say("quality.with_quality", calibration=told, share=say.percent(share))


def prescribed(report: SessionReport, say: Words = ENGLISH) -> Table:
    """Asked for, and done."""
    asked, summary, exercise = report.prescription, report.summary, report.exercise
    reps = 0 if asked is None or not asked.reps else max(asked.sets, 1) * asked.reps
    rows = [
        (say("done.exercise"), say("done.no_exercise") if exercise is None else say.exercise(exercise).name),
        (say("done.lies" if report.lying else "done.stance"), say(f"side.{report.stance}")),
    ]
    if report.counts_reps:
        rows.append((say("done.sets"), say.of(summary.sets_done, 0 if asked is None else asked.sets)))
        rows.append((say("done.reps"), say.of(summary.done, reps)))
        rows.append((say("done.by_machine"), str(summary.machine_reps)))
    holds = summary.holds
    if holds is not None:
        rows.append((say("done.holds"), say.of(holds.done, holds.prescribed)))
        if holds.long_enough is not None:
            rows.append((say("done.long_enough"), say.of(holds.long_enough, holds.done)))
        rows.append((say("done.held"), spread(holds.held_s, " s", say)))
        rows.append((say("done.raised"), spread(holds.rise_deg, "°", say)))
        rows.append((say("done.sank"), spread(holds.drift_deg_per_30s, "°", say)))
        rows.append((say("done.given_way"), str(holds.given_way)))
        if holds.at_ease:
            rows.append((say("done.at_ease"), str(holds.at_ease)))
    if summary.steps:
        rows.append((say("done.steps"), str(summary.steps)))
    if report.metronome is not None:
        told = {name: str(value) for name, value in asdict(report.metronome).items()}
        rows.append((say("done.metronome"), say("done.beats", **told)))
    rows.append((say("done.limit"), _limits(report, say)))
    if asked is not None:
        whose = ", ".join(part for part in (asked.author, asked.reason) if part)
        version = say("done.version", whose=whose, n=asked.version)
        rows.append((say("done.by"), version if report.prescribed else say("done.told_at_start")))
    return Table(say("done.title"), PAIRS, tuple(rows))


def _limits(report: SessionReport, say: Words) -> str:
    """Those of the beginning, and when others took their place."""
    told, rule = [limits(report.rule, report.sides, say)], report.rule
    for change in report.changes:
        rule = change.applied_to(rule)
        told.append(say("done.from", at=clock(change.time_s), limits=limits(rule, report.sides, say)))
    return "; ".join(told)


def sets(report: SessionReport, say: Words = ENGLISH) -> Table:
    """One row a set."""
    names = ("set", "done", "range", "varies", "out_back", "hold", "drop", "over_set", "sure")
    rows = tuple(_set(one, say) for one in report.summary.sets)
    return Table(say("sets.title"), heads(say, "sets", *names), rows, say("sets.note"))


def _set(one: SetSummary, say: Words) -> tuple[str, ...]:
    drop = one.peak_drop_deg
    varies = None if one.range_deg is None else one.range_deg.variation
    return (
        str(one.number),
        _done(one, say),
        spread(one.range_deg, "°", say),
        NONE if varies is None else say.percent(varies),
        f"{mean(one.out_s, say)} : {mean(one.back_s, say)} s",
        spread(one.hold_s, " s", say),
        NONE if drop is None else f"{say.number(drop.mean, '.1f')}° / {say.number(drop.most, '.1f')}°",
        fatigue(one.drop_trend, say),
        NONE if one.confidence is None else say.percent(one.confidence),
    )


def _done(one: SetSummary, say: Words) -> str:
    """So many of those asked for, and what of it was warm-up."""
    if one.all_warm_up:
        return say("sets.warm_up", done=say.of(one.warm_up, 0))
    done = say.of(one.done, one.prescribed)
    return say("sets.and_warm_up", done=done, n=one.warm_up) if one.warm_up else done


def sides(report: SessionReport, say: Words = ENGLISH) -> Table:
    """One row a side and set, and one over the session."""
    rows = [
        _side(report, one, fall, say)
        for one in (*report.summary.sets, None)
        for fall in (report.summary.falls if one is None else one.falls)
    ]
    both = report.summary.left_right
    note = say("sides.note")
    if report.exercise is not None and report.exercise.drop_reference == "rep-start":
        note += say("sides.rep_start")
    if both is not None:
        percent = both.symmetry_percent
        index = say("sides.no_index") if percent is None else say("sides.index", n=say.number(percent, "+.0f"))
        note += say("sides.difference", deg=say.number(both.difference_deg, "+.1f"), index=index)
    names = ("side", "set", "peak", "p95", "mean", "beyond", "share", "drops")
    return Table(say("sides.title"), heads(say, "sides", *names), tuple(rows), note)


def _side(report: SessionReport, one: SetSummary | None, fall: Fall, say: Words) -> tuple[str, ...]:
    return (
        say(f"side.{fall.side}"),
        say("sides.session") if one is None else str(one.number),
        *(f"{say.number(deg, '.1f')}°" for deg in (fall.peak_deg, fall.p95_deg, fall.mean_deg)),
        f"{say.number(fall.over_s, '.1f')} s",
        say.percent(fall.over_share, ".1f"),
        str(len(report.drops_of(fall.side, one))),
    )


def form(report: SessionReport, say: Words = ENGLISH) -> Table:
    """One row a set: fall and rise in its repetitions, and what the pelvis did besides."""
    rows = tuple(_form(one, say) for one in report.form)
    names = ("set", "fall", "rise", "tilt", "turn", "shift", "home", "besides")
    return Table(say("form.title"), heads(say, "form", *names), rows, say("form.note"))


def _form(one: SetForm, say: Words) -> tuple[str, ...]:
    falls, rises = [
        [say("form.side", side=say(f"side.{side.side}"), deg=say.number(deg(side), ".1f")) for side in one.sides]
        for deg in (attrgetter("median_fall_deg"), attrgetter("median_rise_deg"))
    ]
    return (
        str(one.number),
        ", ".join(falls) or NONE,
        ", ".join(rises) or NONE,
        spread(one.tilt_deg, "°", say),
        spread(one.rotation_deg, "°", say),
        spread(one.shift_cm, " cm", say),
        spread(one.hold_home_s, " s", say),
        ", ".join(say("form.fault", fault=_fault(code, say), n=count) for code, count in one.faults.items()) or NONE,
    )


def _fault(code: str, say: Words) -> str:
    """As it stands there when a later hiplevel found it."""
    return say(f"faults.{code.replace('-', '_')}") if code in FAULTS else code


def changes(report: SessionReport, say: Words = ENGLISH) -> Table:
    """Limits changed while the session ran."""
    rows, rule = [], report.rule
    for change in report.changes:
        after = change.applied_to(rule)
        both = (limits(rule, report.sides, say), limits(after, report.sides, say))
        rows.append((clock(change.time_s), *both, change.author, change.reason))
        rule = after
    return Table(say("changes.title"), heads(say, "changes", "at", "before", "after", "by", "why"), tuple(rows))


def remarks(report: SessionReport, say: Words = ENGLISH) -> Table:
    """What people wrote, as they wrote it."""
    rows = [(clock(remark.time_s), remark.author, remark.text) for remark in report.remarks]
    return Table(say("remarks.title"), heads(say, "remarks", "at", "by", "text"), tuple(rows))


def versions(report: SessionReport, say: Words = ENGLISH) -> Table:
    """What recorded it, and what computed this."""
    hysteresis, least = say.number(report.rule.hysteresis_deg, "g"), say.number(report.rule.min_duration_s, "g")
    rows = (
        (say("versions.recorded_by"), ", ".join(f"{name} {version}" for name, version in report.versions.items())),
        (say("versions.computed_by"), f"hiplevel {report.pipeline}"),
        (say("versions.sensor"), report.sensor or NONE),
        (say("versions.drop_rule"), f"{hysteresis}°; {least} s"),
    )
    return Table(say("versions.title"), PAIRS, rows)
