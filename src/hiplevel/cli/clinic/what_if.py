"""`hiplevel clinic what-if`: what another limit would have found."""

from typing import TYPE_CHECKING

import click

from hiplevel.cli.clinic.store import open_store
from hiplevel.cli.common import clock, count, find_file, json_option, plain, print_json, say, table
from hiplevel.cli.options.completion import exercise_ids, recording_names
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.progress import counted

if TYPE_CHECKING:
    from hiplevel.clinic.what_if import SideCurve
    from hiplevel.model.rules import DropRule


@click.command("what-if")
@click.argument("files", nargs=-1, metavar="[FILE]...", shell_complete=recording_names)
@click.option("--client", metavar="CODE", help="All sessions of this client in the store.")
@click.option("--exercise", metavar="ID", shell_complete=exercise_ids, help="Only of this exercise.")
@click.option("--side", "stance", type=click.Choice(("left", "right", "both", "auto")), help="The leg that stood.")
@click.option("--limit", "limit_deg", type=Number(), metavar="DEG", help="The limit to mark; default: as it is set.")
@click.option("--from", "from_deg", type=Number(), default=2.0, show_default=True, metavar="DEG")
@click.option("--to", "to_deg", type=Number(), default=15.0, show_default=True, metavar="DEG")
@click.option("--step", "step_deg", type=Number(), default=1.0, show_default=True, metavar="DEG")
@json_option
def what_if(
    files: tuple[str, ...],
    client: str | None,
    exercise: str | None,
    stance: str | None,
    limit_deg: float | None,
    from_deg: float,
    to_deg: float,
    step_deg: float,
    as_json: bool,
) -> None:
    """Drops, time beyond the limit and repetitions passed, as a function of the limit, for each side.

    On FILES (recordings or their names), or on sessions in the store. The limit that is set now is marked.
    """
    from hiplevel.clinic import what_if as ask
    from hiplevel.clinic.sessions import sessions as in_store
    from hiplevel.model.errors import Reason, RecordingError
    from hiplevel.model.rules import DropRule

    tried = ask.grid(from_deg, to_deg, step_deg)
    left_out: list[str]
    if files:
        judged, left_out, rule = ask.from_files(find_file(file) for file in files)
        answer = ask.what_if(judged, _marked(rule or DropRule(), limit_deg), tried, left_out=left_out)
    else:
        left_out = []
        with open_store() as store:
            found = in_store(store, client, exercise, stance)
            rules = [DropRule(**session.measures["rule"]) for session in found[-1:]]
            with counted(len(found), "sessions") as done:
                angles = ask.angles_of(store, found, left_out=left_out, progress=done)
                answer = ask.what_if(angles, _marked(rules[0] if rules else DropRule(), limit_deg), tried)
    for reason in left_out:
        say(f"Left out: {reason}")
    if files and not answer.sessions:
        raise RecordingError("There is no session to try limits on.", Reason.EMPTY)
    if as_json:
        print_json({**plain(answer), "left_out": left_out})
        return
    click.echo(count(answer.sessions, "session"))
    for curve in answer.curves:
        click.echo(f"\n{curve.side} side, {curve.reps} repetitions, {clock(curve.judged_s)} looked at")
        click.echo(table(("limit", "drops", "beyond it", "repetitions passed", ""), _rows(curve)))


def _rows(curve: "SideCurve") -> list[tuple[str, ...]]:
    return [
        (
            f"{point.limit_deg:g}°",
            str(point.drops),
            f"{point.over_s:.1f} s",
            f"{point.passed} of {curve.reps}",
            "<- as it is set" if point.limit_deg == curve.current_deg else "",
        )
        for point in curve.points
    ]


def _marked(rule: "DropRule", limit_deg: float | None) -> "DropRule":
    return rule if limit_deg is None else rule.with_limits(limit_deg, None, None)
