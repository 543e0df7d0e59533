"""Options about a CSV file: its columns, units, and what to do with bad rows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from hiplevel.cli.options.numbers import Number
from hiplevel.model.errors import HiplevelError, Reason

F = TypeVar("F", bound=Callable[..., Any])
CSV_HELP = {
    Reason.UNKNOWN_COLUMN: "--time COLUMN --acc X Y Z --gyr X Y Z --rate HZ",
    Reason.RATE: "--rate HZ",
    Reason.NOT_FINITE: "--bad-rows gap",
    Reason.TIME_REPEATED: "--repeated drop",
    Reason.TIME_BACKWARDS: "--rate HZ",
}
CSV_CHOICES = {
    "time_unit": ("s", "ms", "us", "ns", "iso8601", "samples"),
    "acc_unit": ("m/s2", "g", "mg"),
    "gyr_unit": ("rad/s", "deg/s", "mdeg/s"),
}


def csv_options(command: F) -> F:
    """Add what tells the columns of a CSV file; what is not told is remembered or read from the header."""
    triple: dict[str, Any] = {"nargs": 3, "metavar": "X Y Z"}
    for option in reversed(
        (
            click.option("--time", metavar="COLUMN", help="The column with the time."),
            click.option("--acc", **triple, help="The three columns of the accelerometer."),
            click.option("--gyr", **triple, help="The three columns of the gyroscope."),
            *(
                click.option(f"--{name.replace('_', '-')}", name, type=click.Choice(choices), help=_unit_help(name))
                for name, choices in CSV_CHOICES.items()
            ),
            click.option("--rate", "rate_hz", type=Number(), metavar="HZ", help="Date the rows by this rate instead."),
            click.option("--delimiter", metavar="CHAR", help="What stands between the columns."),
            click.option("--decimal", type=click.Choice((".", ",")), help="Decimal point or comma."),
            click.option(
                "--bad-rows",
                type=click.Choice(("refuse", "gap")),
                default="refuse",
                show_default=True,
                help="Rows with empty, NaN or infinite values: refuse the file, or leave them out as gaps.",
            ),
            click.option(
                "--repeated",
                type=click.Choice(("refuse", "drop")),
                default="refuse",
                show_default=True,
                help="Rows with the time of the row before: refuse the file, or drop them.",
            ),
            click.option("--stream", multiple=True, metavar="NAME", help="A stream of an XDF file; once or twice."),
        )
    ):
        command = option(command)
    return command


@contextmanager
def csv_hints() -> Iterator[None]:
    """Inside, an error about a CSV file names the option that helps."""
    try:
        yield
    except HiplevelError as error:
        option = _unit_option(error.hint) if error.reason is Reason.UNITS else CSV_HELP.get(error.reason, "")
        if not option:
            raise
        sentence = str(error).removesuffix(error.hint).strip()
        raise type(error)(sentence, error.reason, f"{error.hint} The option: {option}".strip()) from error


def _unit_option(hint: str) -> str:
    """The option for the unit that a hint asks for, with the unit where it names one alone."""
    told = re.search(r"(time|acc|gyr) unit(?: ([a-z0-9/]+)[.,])?", hint)
    return "" if told is None else f"--{told[1]}-unit {told[2] or 'UNIT'}"


def _unit_help(name: str) -> str:
    kind = {"time": "time", "acc": "accelerometer", "gyr": "gyroscope"}[name.partition("_")[0]]
    return f"Unit of the {kind}, where the header does not tell."
