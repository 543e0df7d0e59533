"""Options that several commands share: exercise, limits, how the clip was worn, and the columns of a CSV file."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hiplevel.cli.options.completion import exercise_ids
from hiplevel.cli.options.numbers import Number
from hiplevel.model.errors import HiplevelError, Reason, UsageError
from hiplevel.model.rules import STANCES, DropRule

if TYPE_CHECKING:
    from hiplevel.model.calibration import Calibration

F = TypeVar("F", bound=Callable[..., Any])
AXES = ("x", "-x", "y", "-y", "z", "-z")
TOLD_QUALITY = 0.5  # as that of a clip taken to sit upright at the back
CSV_HELP = {
    Reason.UNKNOWN_COLUMN: "--time COLUMN --acc X Y Z --gyr X Y Z",
    Reason.NOT_FINITE: "--bad-rows gap",
    Reason.TIME_REPEATED: "--repeated drop",
    Reason.TIME_BACKWARDS: "--rate HZ",
}
CSV_CHOICES = {
    "time_unit": ("s", "ms", "us", "ns", "iso8601"),
    "acc_unit": ("m/s2", "g", "mg"),
    "gyr_unit": ("rad/s", "deg/s", "mdeg/s"),
}


def training_options(command: F) -> F:
    """Add --exercise, --stance and the drop limits."""
    for option in reversed(
        (
            click.option(
                "--exercise",
                metavar="ID",
                shell_complete=exercise_ids,
                help="The exercise (hiplevel exercises lists them).",
            ),
            click.option("--stance", type=click.Choice(STANCES), help="The leg that stands."),
            click.option(
                "--limit", "limit_deg", type=Number(), metavar="DEG", help="Drop limit of both sides, degrees."
            ),
            click.option("--left-limit", "left_deg", type=Number(), metavar="DEG", help="When the left side falls."),
            click.option("--right-limit", "right_deg", type=Number(), metavar="DEG", help="When the right side falls."),
        )
    ):
        command = option(command)
    return command


def worn_options(command: F) -> F:
    """Add --left-axis and --up-axis."""
    for name, way in (("up", "up"), ("left", "to the wearer's left")):
        option = click.option(
            f"--{name}-axis", type=click.Choice(AXES), help=f"The axis printed on the sensor that pointed {way}."
        )
        command = option(command)
    return command


def worn(left_axis: str | None, up_axis: str | None) -> "Calibration | None":
    """The calibration of a clip worn that way, taken on trust: a neutral is still subtracted; None when not told.

    Raises
    ------
    UsageError
        USAGE for one axis without the other, or two that are not at right angles.
    """
    if left_axis is None and up_axis is None:
        return None
    if left_axis is None or up_axis is None or left_axis[-1] == up_axis[-1]:
        raise UsageError(
            "How the clip was worn takes two different axes of the sensor.",
            Reason.USAGE,
            "Say which pointed left and which up, such as --left-axis y --up-axis x.",
        )
    import numpy as np

    from hiplevel.model.calibration import Calibration

    left, up = ((-1.0 if axis[0] == "-" else 1.0) * np.eye(3)["xyz".index(axis[-1])] for axis in (left_axis, up_axis))
    reason = f"As told: the sensor's {left_axis} axis pointed left and its {up_axis} axis up."
    return Calibration(np.array([np.cross(left, up), left, up]), "mounting", TOLD_QUALITY, (reason,))


def limits(base: DropRule, limit_deg: float | None, left_deg: float | None, right_deg: float | None) -> DropRule:
    """`base` with the limits that were given; --limit stands for both sides."""
    if limit_deg is not None:
        base = base.with_limits(limit_deg, None, None)
    return base.with_limits(
        base.threshold_deg,
        base.left_deg if left_deg is None else left_deg,
        base.right_deg if right_deg is None else right_deg,
    )


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
