"""Numbers on the command line: within bounds, and refused in plain words."""

import math
from typing import Any

import click


class Number(click.ParamType[float]):
    """From least to most, in the unit that the option names; without bounds whoever uses it judges, NaN as well."""

    name = "NUMBER"

    def __init__(self, least: float = -math.inf, most: float = math.inf) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        try:
            number = float(str(value).replace(",", "."))
        except ValueError:
            self.fail(f"{value!r} is no number: write one{self._bounds()}.", param, ctx)
        bounded = math.isfinite(self.least) or math.isfinite(self.most)
        if bounded and not (math.isfinite(number) and self.least <= number <= self.most):
            self.fail(f"{value!r} cannot be meant: write a number{self._bounds()}.", param, ctx)
        return number

    def _bounds(self) -> str:
        bounds = {"from": self.least, "to": self.most}
        return "".join(f" {word} {bound:g}" for word, bound in bounds.items() if math.isfinite(bound))


class Whole(click.ParamType[int]):
    """A whole number from least to most."""

    name = "WHOLE NUMBER"

    def __init__(self, least: int = 0, most: int | None = None) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        try:
            number = int(str(value))
        except ValueError:
            number = self.least - 1  # refused below, as any that is too small
        if number < self.least or (self.most is not None and number > self.most):
            to = "" if self.most is None else f" to {self.most}"
            self.fail(f"{value!r} cannot be meant: write a whole number from {self.least}{to}.", param, ctx)
        return number
