"""A session in words, for a terminal."""

from hiplevel.cli.common import clock, count, indent
from hiplevel.cli.summary.drops import data_text, drops_text
from hiplevel.cli.summary.facts import Summary
from hiplevel.cli.summary.sets import holds_text, left_right_text, metronome_text, set_text
from hiplevel.detect.metronome import metronome_count
from hiplevel.detect.session_summary import SessionSummary


def summary_text(summary: Summary) -> str:
    """The summary for a terminal."""
    blocks = [_title(summary), _sets(summary), drops_text(summary), data_text(summary)]
    if notices := summary.all_notices():
        blocks.append("Notices\n" + "\n".join(f"  - {notice}" for notice in notices))
    if summary.exercise is not None:
        blocks.append(f"Cannot be seen: {summary.exercise.cannot_see}")
    return "\n\n".join(block for block in blocks if block)


def _title(summary: Summary) -> str:
    what = [
        "no exercise named: angles and drops only" if summary.exercise is None else summary.exercise.id,
        f"stance {summary.stance}",
    ]
    what.append(clock(summary.duration_s) + (f" at {summary.rate_hz:.0f} Hz" if summary.rate_hz else ""))
    if summary.simulated:
        what.append("SIMULATED")
    return " · ".join(what)


def _sets(summary: Summary) -> str:
    session = summary.session
    sets = [one for one in session.sets if one.done or one.warm_up]
    if summary.exercise is None:
        counted = ["Repetitions: not counted without an exercise"]
    elif not summary.counted:
        counted = [f"Repetitions: not counted in {summary.exercise.id}"]
    else:
        counted = [f"Repetitions: {session.done}" + _of_sets(session)]
    if session.steps:
        counted.append(f"Steps: {session.steps}")
    blocks = ["   ".join(counted)]
    if session.holds is not None:
        blocks.append(holds_text(session.holds))
    blocks += [indent(set_text(one)) for one in sets]
    if (beat := metronome_count(summary.events)) is not None:
        blocks.append(metronome_text(beat))
    if session.left_right is not None:
        blocks.append(left_right_text(session.left_right))
    return "\n".join(blocks)


def _of_sets(session: SessionSummary) -> str:
    if session.sets_prescribed:
        return f" in {session.sets_done} of {count(session.sets_prescribed, 'set')}"
    return f" in {count(session.sets_done, 'set')}" if session.sets_done else ""
