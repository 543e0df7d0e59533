"""`hiplevel clinic what-if|sessions|progress`: what was done, and what another limit would have found."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiplevel.cli.clinic.store import open_store
from hiplevel.cli.common import clock, find_file, json_option, plain, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.completion import exercise_ids, recording_names
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.progress import counted
from hiplevel.clinic.wording import day, degrees, limits_words

if TYPE_CHECKING:
    from hiplevel.clinic.progress import Course
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
    if as_json:
        print_json({**plain(answer), "left_out": left_out})
        return
    click.echo(_sessions(answer.sessions))
    for curve in answer.curves:
        click.echo(f"\n{curve.side} side, {curve.reps} repetitions, {clock(curve.judged_s)} looked at")
        click.echo(table(("limit", "drops", "beyond it", "repetitions passed", ""), _rows(curve)))


@click.group(cls=Group, invoke_without_command=True)
@click.option("--client", metavar="CODE", help="Only of this client.")
@json_option
@click.pass_context
def sessions(ctx: click.Context, client: str | None, as_json: bool) -> None:
    """List sessions in the store, or add recordings to it."""
    if ctx.invoked_subcommand is not None:
        return
    from hiplevel.clinic.sessions import sessions as in_store

    with open_store() as store:
        found = in_store(store, client)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            day(s.started_ns, s.utc_offset_min),
            s.client,
            s.exercise or "-",
            s.stance,
            f"{s.reps} in {s.sets}",
            "; ".join(f"{x.side} {x.drops} (limit {x.limit_deg:g}°), worst {degrees(x.peak_deg)}" for x in s.sides)
            or "not judged",
            f"{'SIMULATED ' if s.simulated else ''}{s.content_hash[:8]}",
        )
        for s in found
    ]
    click.echo(table(("day", "client", "exercise", "stands on", "reps in sets", "drops by side", "session"), rows))


@sessions.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=recording_names)
@click.option("--client", metavar="CODE", help="Whose they are, where they do not say.")
@json_option
def add(files: tuple[str, ...], client: str | None, as_json: bool) -> None:
    """Add recordings, or all in a folder; what is there already is looked at anew only if it changed."""
    from hiplevel.clinic.sessions import Added, add_sessions

    paths = list(_expand(files))
    taken: list[Added] = []
    with open_store() as store, counted(len(paths), "recordings") as done:
        for number, path in enumerate(paths, 1):
            taken += add_sessions(store, [path], client=client)
            done(number)
    bad = [one for one in taken if one.session is None]
    if as_json:
        print_json([{"path": a.path, "session": a.session, "new": a.new, "error": a.error} for a in taken])
    else:
        new = sum(one.new for one in taken)
        click.echo(f"{new} new, {len(taken) - new - len(bad)} there already, {len(bad)} not taken.")
    for one in bad:
        say(f"Not taken: {one.error if one.path.name in one.error else f'{one.path.name}: {one.error}'}")
    if bad and len(bad) == len(taken):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("code", metavar="CLIENT")
@click.option("--exercise", metavar="ID", shell_complete=exercise_ids)
@click.option("--side", "stance", type=click.Choice(("left", "right", "both", "auto")), help="The leg that stands.")
@click.option("--fhir", is_flag=True, help="As a bundle of FHIR R4 Observations, for a record system.")
@json_option
def progress(code: str, exercise: str | None, stance: str | None, fhir: bool, as_json: bool) -> None:
    """Show the sessions of CLIENT over weeks: what was done, each side's falls, changes of limits, adherence."""
    import time

    from hiplevel.clinic.progress import progress as courses

    with open_store() as store:
        if fhir:
            from hiplevel.clinic.fhir import bundle

            print_json(bundle(store, code, exercise))
            return
        found = courses(store, code, exercise, stance, until_ns=time.time_ns())
    if as_json:
        print_json([{**plain(course), "adherence": course.adherence, "complete": course.complete} for course in found])
        return
    if not found:
        click.echo(f"{code} has no sessions and no prescriptions.")
    for course in found:
        click.echo(_course(course) + "\n")


def _course(course: "Course") -> str:
    lines = [f"{course.exercise}, standing on {course.stance}: {_sessions(len(course.points))}"]
    if course.adherence is not None:
        lines[0] += f", {course.adherence:.0%} of those prescribed"
    if course.complete is not None:
        lines[0] += f", all repetitions done in {course.complete:.0%}"
    for step in course.steps:
        before = "" if step.before is None else f"{limits_words(step.before)} -> "
        why = f": {step.reason}" if step.reason else ""
        lines.append(f"  {day(step.at_ns)} limit {before}{limits_words(step.after)} by {step.author}{why}")
    rows = [
        (
            day(point.started_ns, point.utc_offset_min),
            f"{point.reps}" + (f" of {point.asked}" if point.asked else ""),
            side.side,
            f"{degrees(side.median_deg)} ± {degrees(side.sigma_deg)}",
            degrees(side.peak_deg),
            side.drops,
            f"{side.over_s:.1f} s",
            f"{side.limit_deg:g}°",
        )
        for point in course.points
        for side in point.sides
    ]
    if rows:
        heads = ("day", "reps", "side", "median peak fall", "worst", "drops", "beyond", "limit")
        lines += ["  " + line for line in table(heads, rows).splitlines()]
    for trend in course.trends:
        judged = "" if trend.real else ", less than the 4° from which on one may speak of a change"
        lines.append(
            f"  {trend.side} side: {trend.first_deg:.1f}° in the first and {trend.last_deg:.1f}° in the last sessions, "
            f"{trend.change_deg:+.1f}°{judged}"
        )
    return "\n".join(lines)


def _sessions(number: int) -> str:
    return f"{number} session{'' if number == 1 else 's'}"


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


def _expand(files: Iterable[str]) -> Iterable[Path]:
    for file in files:
        path = Path(file).expanduser()
        if path.is_dir():
            yield from sorted(path.rglob("*.mcap"))
        else:
            yield find_file(file)
