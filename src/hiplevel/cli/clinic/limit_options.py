"""What is prescribed, and its limits, as `hiplevel clinic prescribe` and `threshold` take them."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from functools import wraps
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


@dataclass(frozen=True)
class LimitsTold:
    """What was given of limits; None for what was not."""

    limit_deg: float | None
    left_deg: float | None
    right_deg: float | None
    warn_deg: float | None

    def __bool__(self) -> bool:
        """Whether anything was given."""
        return any(value is not None for value in astuple(self))

    def on(self, base: DropRule) -> DropRule:
        """`base` with what was given; a warning of 0 takes it away."""
        rule = limits(base, self.limit_deg, self.left_deg, self.right_deg)
        return rule if self.warn_deg is None else replace(rule, warn_deg=self.warn_deg or None)


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the limits and the warning, handed on as `told`, and the reason."""

    @wraps(command)
    def gathered(
        *args: Any,
        limit_deg: float | None,
        left_deg: float | None,
        right_deg: float | None,
        warn_deg: float | None,
        **rest: Any,
    ) -> None:
        command(*args, told=LimitsTold(limit_deg, left_deg, right_deg, warn_deg), **rest)

    made: Callable[..., None] = gathered
    for option in reversed(LIMIT_OPTIONS):
        made = option(made)
    return made


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


def preset_rule(exercise: str) -> DropRule:
    """The limits that the catalogue starts from."""
    from hiplevel.pipeline import Pipeline

    return Pipeline(exercise=exercise).rule
