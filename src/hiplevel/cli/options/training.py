"""Options about what was trained: the exercise, the leg that stands, the drop limits."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from hiplevel.cli.options.completion import exercise_ids
from hiplevel.cli.options.numbers import Number
from hiplevel.model.rules import STANCES, DropRule

F = TypeVar("F", bound=Callable[..., Any])


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


def limits(base: DropRule, limit_deg: float | None, left_deg: float | None, right_deg: float | None) -> DropRule:
    """`base` with the limits that were given; --limit stands for both sides."""
    if limit_deg is not None:
        base = base.with_limits(limit_deg, None, None)
    return base.with_limits(
        base.threshold_deg,
        base.left_deg if left_deg is None else left_deg,
        base.right_deg if right_deg is None else right_deg,
    )
