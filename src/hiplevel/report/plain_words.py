"""A session in plain words, for the one who trained: what was done, how level it stayed, how sure that is."""

from hiplevel.report.session_data import SessionReport

CAUTION = (
    "This is training feedback. It does not say what you suffer from or what will happen. Stop when something hurts, "
    "and ask your clinician."
)


def headline(report: SessionReport) -> str:
    """One sentence: what was done."""
    what = "trained" if report.exercise is None else f"did {report.exercise.name.lower()}"
    leg = f", standing on your {report.stance} leg" if report.stance in ("left", "right") else ""
    summary, asked = report.summary, report.prescription
    if summary.done:
        told = f"{summary.done} repetitions in {summary.sets_done} {_sets(summary.sets_done)}"
        if asked is not None and asked.reps:
            total = max(asked.sets, 1) * asked.reps
            told = f"{summary.done} of {total} repetitions in {summary.sets_done} {_sets(summary.sets_done)}"
    elif summary.holds is not None:
        told = f"{summary.holds.done} holds"
    elif summary.steps:
        told = f"{summary.steps} steps"
    else:
        told = "nothing that could be counted"
    return f"You {what}{leg}: {told} in {_long(summary.data.duration_s)}."


def level(report: SessionReport) -> list[str]:
    """How level the pelvis stayed, each side in a sentence."""
    if not report.summary.graded:
        return ["Whether your pelvis dropped was not judged this time: the way the clip sat does not allow it."]
    whose = _whose(report)
    out = []
    for side in report.sides:
        fall = next((one for one in report.summary.falls if one.side == side), None)
        if fall is None:
            continue
        limit, drops = report.rule.limit_deg(side), report.drops_of(side)
        if not drops:
            out.append(
                f"Your {side} side stayed within the limit of {limit:g}° {whose}; the lowest it came was "
                f"{fall.peak_deg:.1f}°."
            )
        else:
            times = "once" if len(drops) == 1 else f"{len(drops)} times"
            worst = max(drop.peak_deg for drop in drops)
            total = sum(drop.duration_s for drop in drops)
            out.append(
                f"Your {side} side came lower than the limit of {limit:g}° {whose} {times}, {total:.0f} s in all; the "
                f"lowest was {worst:.1f}°."
            )
    return out


def sure(report: SessionReport) -> str:
    """How far to trust it."""
    share = report.summary.data.invalid_share
    lost = "" if share < 0.005 else f" For {share:.0%} of the time nothing could be measured."
    return (
        f"The angle was known to about ± {report.quality.sigma_deg:.0f}° this time, relative to how you stood still at "
        f"the start.{lost} A difference of less than 4° from another day need not mean anything."
    )


def unseen(report: SessionReport) -> str:
    """What the sensor cannot see in this exercise."""
    return "" if report.exercise is None else report.exercise.cannot_see


def note(report: SessionReport) -> str:
    """What the clinician wrote to the client."""
    return "" if report.prescription is None else report.prescription.note


def _whose(report: SessionReport) -> str:
    if report.prescribed:
        return "that your clinician set"
    preset = report.exercise is not None and report.rule.threshold_deg == report.exercise.alarm_deg
    return "(a preset of the exercise)" if preset else "that was set for this session"


def _long(seconds: float) -> str:
    minutes = round(seconds / 60.0)
    return f"{minutes} minutes" if minutes > 1 else f"{seconds:.0f} seconds"


def _sets(count: int) -> str:
    return "set" if count == 1 else "sets"
