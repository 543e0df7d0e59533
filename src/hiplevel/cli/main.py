"""The entry point: commands loaded when used, errors as one sentence and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from hiplevel.cli import failures
from hiplevel.cli.display import has_display
from hiplevel.cli.groups import Group
from hiplevel.version import __version__

# name: (module, what it does). The help page reads this table, so it imports no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "window": ("hiplevel.cli.window", "The window: train, look back. `hiplevel` alone opens it too."),
    "demo": ("hiplevel.cli.demo", "A virtual sensor on a simulated person, live, recorded, summarised."),
    "live": ("hiplevel.cli.live.live", "Train with a sensor: counted, watched, recorded."),
    "together": ("hiplevel.cli.together", "Several sensors at once, each with a recording of its own."),
    "replay": ("hiplevel.cli.replay", "Play a recording through the same code as live."),
    "analyze": ("hiplevel.cli.analyze", "Sets, repetitions and drops of a recording or a CSV file."),
    "cohort": ("hiplevel.cli.cohort.cohort", "Hundreds of recordings at once, as one table."),
    "calibrate": ("hiplevel.cli.calibrate", "How the clip sits, from standing still and three hip hinges."),
    "recordings": (
        "hiplevel.cli.recordings.recordings",
        "List, inspect, correct, recover, import and export recordings.",
    ),
    "report": ("hiplevel.cli.report", "A session or a course of sessions as HTML, PDF, CSV or JSON."),
    "clinic": ("hiplevel.cli.clinic.clinic", "Clients, prescriptions, limits with reasons, progress, audit trail."),
    "sensors": ("hiplevel.cli.sensors.sensors", "List sensors, show a spec, decode a packet, simulate one."),
    "exercises": ("hiplevel.cli.exercises", "The exercises hiplevel knows, and what it cannot see in them."),
    "doctor": (
        "hiplevel.cli.doctor.doctor",
        "Whether this computer has what hiplevel needs.",
    ),
}


class LazyGroup(Group):
    """A group whose commands are imported only when one of them is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module; its attribute has the command's name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has seen enough is no failure, though click would make it one."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return failures.reader_went_away()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong command or name, 3 samples unusable, 4 spec wrong, 5 recording "
    "unusable, 6 Bluetooth, 7 clinic, 8 some recordings of a cohort failed, 130 stopped with Ctrl-C.",
)
@click.version_option(__version__, prog_name="hiplevel", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, envvar="HIPLEVEL_DEBUG", help="Show the Python traceback of an unknown error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:  # noqa: ARG001 - failures.py reads it: errors arise before parsing
    """Count exercises and flag pelvic drops with one sensor clipped to the pelvis.

    Training feedback, not diagnosis: limits are set by your clinician. Without a command the window opens; without a
    screen start with `hiplevel demo`.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.invoked_subcommand is None:
        if has_display():
            ctx.invoke(import_module(COMMANDS["window"][0]).window, files=())
        else:
            click.echo(ctx.get_help(), err=True)
            click.echo("\nThere is no screen here to open the window on. Begin with: hiplevel demo", err=True)
            ctx.exit(2)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Run the command line; the exit code."""
    if sys.stdout is None:  # closed by whoever called: what is said is for nobody
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as the process lives
    try:
        code = cli.main(argv, prog_name="hiplevel", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:
        return failures.report(error, argv)
    return code if isinstance(code, int) else 0
