"""`hiplevel window`, and `--gui` of other commands: the window, with recordings open or a session begun."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from hiplevel.cli.common import find_file
from hiplevel.cli.display import can_draw
from hiplevel.cli.options.completion import recording_names
from hiplevel.model.errors import HiplevelError, Reason, UsageError

COMMAND_LINE = click.core.ParameterSource.COMMANDLINE
F = TypeVar("F", bound=Callable[..., Any])


def gui_option(command: F) -> F:
    """Add --gui."""
    return click.option("--gui", is_flag=True, help="In the window instead of the terminal.")(command)


def window_takes(*names: str) -> None:
    """Of what was told with --gui, the parameters that the window can be given.

    Raises
    ------
    UsageError
        for any other, which it would not hear of.
    """
    context = click.get_current_context()
    told = [one for one in context.command.params if context.get_parameter_source(one.name or "") is COMMAND_LINE]
    deaf = [one.opts[-1] for one in told if one.name not in (*names, "gui")]
    if deaf:
        raise UsageError(
            f"The window is not told {' and '.join(deaf)} from here.",
            Reason.USAGE,
            "Choose it there, or go without --gui.",
        )


@click.command()
@click.argument("files", nargs=-1, shell_complete=recording_names)
def window(files: tuple[str, ...]) -> None:
    """Open the window; FILES are recordings to look at, or names from `hiplevel recordings list`.

    It needs a screen. Without one, `hiplevel live` and `hiplevel replay FILE` show the same in the terminal.
    """
    open_window([find_file(file) for file in files])


def open_window(paths: list[Path] | None = None, **options: Any) -> None:
    """Show the window until it is closed; options as for `run_window`. HiplevelError where Qt cannot be loaded."""
    if not can_draw():  # Qt would end the process, without a word that a person could act on
        raise HiplevelError(
            "There is no screen here to open a window on.",
            Reason.NOT_FOUND,
            "`hiplevel live` and `hiplevel replay FILE` show the same in the terminal.",
        )
    try:
        from hiplevel.gui.app import run_window
    except ImportError as error:
        raise HiplevelError(
            f"The window cannot be opened: {error}.",
            Reason.NOT_FOUND,
            "On Debian and Ubuntu scripts/system-libs names what Qt needs; all else of hiplevel works without.",
        ) from error
    run_window(paths or (), **options)


def train_in_window(
    *,
    client: str = "",
    exercise: str | None = None,
    stance: str | None = None,
    limit_deg: float | None = None,
    left_deg: float | None = None,
    right_deg: float | None = None,
    simulated: bool = False,
    spec: str = "",
    folder: Path | None = None,
    **dose: float,
) -> None:
    """The window with a session begun, or with its guide where exercise or sensor is not told.

    dose: reps, sets and rest_s; 0 leaves what is usual.
    """
    from hiplevel.exercises import load_exercise
    from hiplevel.gui.live.choice import SIMULATED, Choice

    choice = replace(Choice(), client=client, sensor=SIMULATED if simulated or not spec else spec)
    choice = replace(choice, **{name: value for name, value in dose.items() if value})  # type: ignore[arg-type]
    if exercise is not None:
        choice = replace(choice, exercise=load_exercise(exercise).id)
    if stance is not None:
        choice = replace(choice, stance=stance)
    given = [limit for limit in (limit_deg, left_deg, right_deg) if limit is not None]
    if given:
        both = limit_deg if limit_deg is not None else load_exercise(choice.exercise).alarm_deg
        left, right = (both if own is None else own for own in (left_deg, right_deg))
        choice = replace(choice, own_limit=True, left_deg=left, right_deg=right)
        _ = choice.rule  # what cannot be meant is said before the window opens
    open_window(choice=choice, begin=exercise is not None and bool(simulated or spec), folder=folder)
