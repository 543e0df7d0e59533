"""`hiplevel clinic progress`: a client's sessions over weeks."""

from typing import TYPE_CHECKING

import click

from hiplevel.cli.clinic.store import open_store
from hiplevel.cli.common import count, json_option, plain, print_json, table
from hiplevel.cli.options.completion import exercise_ids
from hiplevel.clinic.wording import day, degrees, limits_words

if TYPE_CHECKING:
    from hiplevel.clinic.course import Course


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
    lines = [f"{course.exercise}, standing on {course.stance}: {count(len(course.points), 'session')}"]
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
