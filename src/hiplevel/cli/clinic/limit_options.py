"""What is prescribed, and its limits, as `hiplevel clinic prescribe` and `threshold` take them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from hiplevel.cli.options.completion import exercise_ids
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.options.training import limits
from hiplevel.model.rules import DropRule

F = TypeVar("F", bound=Callable[..., Any])
LIMIT_OPTIONS = (
    click.option("--limit", "limit_deg", type=Number(), metavar="DEG", help="Alarm limit of both sides, degrees."),
    click.option("--left-limit", "left_deg", type=Number(), metavar="DEG", help="When the left side falls."),
    click.option("--right-limit", "right_deg", type=Number(), metavar="DEG", help="When the right side falls."),
    click.option("--warn", "warn_deg", type=Number(), metavar="DEG", help="Where to take care; 0: no warning."),
    click.option("--reason", default="", help="Why; a change of limits must say."),
)


def limit_options(command: Any) -> Any:
    """Add the limits, the warning and the reason."""
    for option in reversed(LIMIT_OPTIONS):
        command = option(command)
    return command


def dose_options(command: F) -> F:
    """Add --exercise and --side, which name what is prescribed."""
    side = click.option(
        "--side",
        "stance",
        type=click.Choice(("left", "right", "both", "auto")),
        default="both",
        show_default=True,
        help="The leg that stands.",
    )
    exercise = click.option(
        "--exercise",
        required=True,
        metavar="ID",
        shell_complete=exercise_ids,
        help="What is trained (hiplevel exercises).",
    )
    return exercise(side(command))


def limits_told(
    base: DropRule,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    warn_deg: float | None,
) -> DropRule:
    """`base` with what was given; a warning of 0 takes it away."""
    rule = limits(base, limit_deg, left_deg, right_deg)
    return rule if warn_deg is None else replace(rule, warn_deg=warn_deg or None)


def preset_rule(exercise: str) -> DropRule:
    """The limits that the catalogue starts from."""
    from hiplevel.pipeline import Pipeline

    return Pipeline(exercise=exercise).rule
