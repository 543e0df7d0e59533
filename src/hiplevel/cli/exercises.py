"""`hiplevel exercises`: the catalogue, what cannot be seen in each exercise, and exercises of your own."""

import textwrap
from pathlib import Path

import click

from hiplevel.cli.common import find_file, json_option, plain, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.completion import exercise_ids
from hiplevel.cli.options.out_file import OutFile
from hiplevel.exercises import list_exercises, load_exercise
from hiplevel.exercises.own import add_own, own_exercises, own_files, own_folder, read_own, remove_own
from hiplevel.exercises.words import limit_words, signal_words, told
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.exercise import Exercise


@click.group(cls=Group, invoke_without_command=True)
@json_option
@click.pass_context
def exercises(ctx: click.Context, as_json: bool) -> None:
    """List the exercises, show one, or add one of your own.

    Your own are TOML files in a folder that $HIPLEVEL_EXERCISES names, else in your data folder. Any file of the
    catalogue is an example: `hiplevel exercises show ID --toml` prints it.
    """
    if ctx.invoked_subcommand is None:
        _list(as_json)


@exercises.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List every exercise: its name, what is counted, and the preset limits."""
    _list(as_json)


@exercises.command()
@click.argument("exercise_id", metavar="ID", shell_complete=exercise_ids)
@click.option("--toml", "as_toml", is_flag=True, help="Print its TOML file, to make one of your own from.")
@click.option("--drawing", type=OutFile(), help="Write its drawing to this new SVG file.")
@json_option
def show(exercise_id: str, as_toml: bool, drawing: Path | None, as_json: bool) -> None:
    """Show one exercise: how to set it up, what is counted, and what hiplevel cannot see in it."""
    exercise = load_exercise(exercise_id)
    if drawing is not None:
        _draw(exercise, drawing)
    if as_json:
        print_json(exercise)
    elif as_toml:
        click.echo(exercise.toml_text, nl=False)
    else:
        click.echo(_page(exercise))


@exercises.command()
@click.argument("file", type=click.Path())
@json_option
def check(file: str, as_json: bool) -> None:
    """Check the TOML FILE of an exercise, and say with line and key what is wrong."""
    exercise = read_own(find_file(file, recording=False))
    if as_json:
        print_json(exercise)
    else:
        click.echo(f"{file}: {exercise.id} can be used as it is.\n\n{_page(exercise)}")


@exercises.command()
@click.argument("file", type=click.Path())
@click.option("--replace", is_flag=True, help="In the place of one of the same id that was added before.")
@json_option
def add(file: str, replace: bool, as_json: bool) -> None:
    """Add the exercise in the TOML FILE to your own."""
    exercise, path = add_own(find_file(file, recording=False), replace=replace)
    if as_json:
        print_json({"id": exercise.id, "path": path})
    else:
        click.echo(f"{exercise.id} is added: {path}")


@exercises.command()
@click.argument("exercise_id", metavar="ID", shell_complete=exercise_ids)
@json_option
def remove(exercise_id: str, as_json: bool) -> None:
    """Take one of your own out again; recordings made with it still know it."""
    path = remove_own(exercise_id)
    if as_json:
        print_json({"id": exercise_id, "path": path})
    else:
        click.echo(f"{exercise_id} is removed.")


def _list(as_json: bool) -> None:
    catalogue = list_exercises()
    for trouble in own_exercises()[1]:
        say(f"Note: {trouble}")
    if as_json:
        print_json([plain(exercise) for exercise in catalogue])
        return
    rows = [(e.id, e.name + (" (your own)" if e.own else ""), signal_words(e), limit_words(e)) for e in catalogue]
    click.echo(table(("id", "name", "counted by", "preset limits"), rows))
    if own_files():
        say(f"\nYour own are in {own_folder()}.")


def _draw(exercise: Exercise, out: Path) -> None:
    from hiplevel.exercises.drawing import drawing_of
    from hiplevel.recording.whole_file import whole_file

    svg = drawing_of(exercise.id)
    if svg is None:
        raise UsageError(f"There is no drawing of {exercise.id}: it is one of your own.", Reason.NOT_FOUND)
    with whole_file(out) as part:
        part.write_text(svg, encoding="utf-8", newline="\n")
    say(f"The drawing is in {out}.")


def _page(exercise: Exercise) -> str:
    title = f"{exercise.name} ({exercise.id}{', your own' if exercise.own else ''})"
    return "\n".join([title, "", *(_paragraph(name, text) for name, text in told(exercise))])


def _paragraph(title: str, text: str) -> str:
    return textwrap.fill(text or "-", 100, initial_indent=f"{title + ':':14}", subsequent_indent=" " * 14)
