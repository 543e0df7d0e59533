"""`hiplevel exercises`: the catalogue, and for each exercise what cannot be seen."""

import textwrap

import click

from hiplevel.cli.common import json_option, plain, print_json, table
from hiplevel.exercises import list_exercises, load_exercise
from hiplevel.model.exercise import Exercise


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def exercises(ctx: click.Context, as_json: bool) -> None:
    """List the exercises, or show one."""
    if ctx.invoked_subcommand is None:
        _list(as_json)


@exercises.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List every exercise: its name, what is counted, and the preset limits."""
    _list(as_json)


@exercises.command()
@click.argument("exercise_id", metavar="ID")
@json_option
def show(exercise_id: str, as_json: bool) -> None:
    """Show one exercise: how to set it up, what is counted, and what hiplevel cannot see in it."""
    exercise = load_exercise(exercise_id)
    if as_json:
        print_json(exercise)
        return
    click.echo(f"{exercise.name} ({exercise.id})\n")
    if exercise.discouraged:
        click.echo(_paragraph("Discouraged", exercise.discouraged))
    click.echo(_paragraph("What", exercise.summary))
    click.echo(_paragraph("Set up", exercise.setup))
    for cue in exercise.cues:
        click.echo(_paragraph("Cue", cue))
    click.echo(_paragraph("Counted", _counted(exercise)))
    click.echo(_paragraph("Limits", f"{_limits(exercise)}; presets, until your clinician sets one"))
    click.echo(_paragraph("Cannot see", exercise.cannot_see))
    click.echo(_paragraph("Source", exercise.source))


def _list(as_json: bool) -> None:
    catalogue = list_exercises()
    if as_json:
        print_json([plain(exercise) for exercise in catalogue])
        return
    rows = [(e.id, e.name, _signal(e), _limits(e)) for e in catalogue]
    click.echo(table(("id", "name", "counted by", "preset limits"), rows))


def _signal(exercise: Exercise) -> str:
    return "not counted" if exercise.counting.signal == "none" else exercise.counting.signal


def _counted(exercise: Exercise) -> str:
    counting = exercise.counting
    if counting.signal == "none":
        return "nothing: too little can be seen from the pelvis to count honestly; it is watched only"
    unit = " cm" if counting.signal == "height" else "°"
    shortest_s, longest_s = counting.rep_s
    return f"by {counting.signal}, from {counting.min_swing:g}{unit}, {shortest_s:g} to {longest_s:g} s each"


def _limits(exercise: Exercise) -> str:
    return f"warn {exercise.warn_deg:g}°, alarm {exercise.alarm_deg:g}°"


def _paragraph(title: str, text: str) -> str:
    return textwrap.fill(text or "-", 100, initial_indent=f"{title + ':':12}", subsequent_indent=" " * 12)
