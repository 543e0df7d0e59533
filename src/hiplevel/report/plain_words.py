"""A session in plain words, for the one who trained: what was done, how level it stayed, how sure that is."""

import math

from hiplevel.detect.session_summary import HoldsSummary
from hiplevel.model.rules import Side
from hiplevel.report.session_data import SessionReport
from hiplevel.report.words import ENGLISH, Words

ROUNDING_S = 1e-6


def headline(report: SessionReport, say: Words = ENGLISH) -> str:
    """One sentence: what was done."""
    stance = ""
    if report.stance in ("left", "right"):
        stance = say(f"told.{'lying' if report.lying else 'on'}_{report.stance}")
    done, time = _done(report, say), _long(report.summary.data.duration_s, say)
    if report.exercise is None:
        return say("told.trained", stance=stance, done=done, time=time)
    name = say.exercise(report.exercise).name
    name = name.lower() if say == ENGLISH else name
    return say("told.did", exercise=name, stance=stance, done=done, time=time)


def level(report: SessionReport, say: Words = ENGLISH) -> list[str]:
    """How level the pelvis stayed, each side in a sentence."""
    if not report.summary.graded:
        return [say("told.not_judged")]
    return [told for side in report.sides if (told := _level(report, side, say))]


def sure(report: SessionReport, say: Words = ENGLISH) -> str:
    """How far to trust it."""
    share = report.summary.data.invalid_share
    lost = "" if share < 0.005 else say("told.lost", share=say.percent(share))
    return say("told.sure", sigma=f"{report.quality.sigma_deg:.0f}", lost=lost)


def unseen(report: SessionReport, say: Words = ENGLISH) -> str:
    """What the sensor cannot see in this exercise."""
    return "" if report.exercise is None else say.exercise(report.exercise).cannot_see


def note(report: SessionReport) -> str:
    """What the clinician wrote to the client."""
    return "" if report.prescription is None else report.prescription.note


def _done(report: SessionReport, say: Words) -> str:
    summary, asked = report.summary, report.prescription
    if summary.done:
        reps = say.count("told.reps", summary.done)
        if asked is not None and asked.reps:
            reps = say("told.reps_of", n=summary.done, all=max(asked.sets, 1) * asked.reps)
        return say("told.in_sets", reps=reps, sets=say.count("told.sets", summary.sets_done))
    if summary.holds is not None and summary.holds.done:
        return _held(summary.holds, 0.0 if asked is None else asked.hold_s, say)
    return say.count("told.steps", summary.steps) if summary.steps else say("told.nothing")


def _held(holds: HoldsSummary, asked_s: float, say: Words) -> str:
    done = say.count("told.holds", holds.done)
    if holds.held_s is None:  # all of them in spans that are not to be trusted
        return done
    longest = say.number(math.floor(holds.held_s.most + ROUNDING_S), ".0f")
    key = "told.longest_of" if asked_s else "told.longest"
    return say(key, holds=done, s=longest, **({"all": say.number(asked_s, "g")} if asked_s else {}))


def _level(report: SessionReport, side: Side, say: Words) -> str:
    fall = next((one for one in report.summary.falls if one.side == side), None)
    if fall is None:
        return ""
    drops = report.drops_of(side)
    peak_deg = max((drop.peak_deg for drop in drops), default=fall.peak_deg)
    told = {
        "side": say(f"side.your_{side}"),
        "limit": _limit(report, side, say),
        "whose": say(_whose(report)),
        "peak": say.number(peak_deg, ".1f"),
    }
    if not drops:
        return say("told.within", **told)
    seconds = f"{sum(drop.duration_s for drop in drops):.0f}"
    return say("told.beyond", **told, seconds=seconds, times=say.count("told.times", len(drops)))


def _limit(report: SessionReport, side: Side, say: Words) -> str:
    """The limit, and the one after it where it was changed meanwhile."""
    rules = [report.rule, *(report.rule_at(math.nextafter(change.time_s, math.inf)) for change in report.changes)]
    limits = [say.number(rule.limit_deg(side), "g") for rule in rules]
    told = [deg for at, deg in enumerate(limits) if not at or deg != limits[at - 1]]
    return say("told.later").join(told)


def _whose(report: SessionReport) -> str:
    if report.prescribed:
        return "told.by_clinician"
    preset = (
        not report.changes and report.exercise is not None and report.rule.threshold_deg == report.exercise.alarm_deg
    )
    return "told.by_preset" if preset else "told.by_session"


def _long(seconds: float, say: Words) -> str:
    minutes = round(seconds / 60.0)
    return say("told.minutes", n=minutes) if minutes > 1 else say("told.seconds", n=f"{seconds:.0f}")
