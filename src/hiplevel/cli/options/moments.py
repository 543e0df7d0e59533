"""Moments and repetitions of a session, as people write them on the command line."""

import re
from typing import Any

import click

_CLOCK = re.compile(r"(?:(\d+):)?(\d+(?:\.\d+)?)")
_WHICH = re.compile(r"(\d+)(?::(\d+))?")
LAST = "last"


class SessionTime(click.ParamType[float]):
    """Seconds since the first sample, or minutes and seconds: 62.5 or 1:02.5."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """In seconds."""
        if isinstance(value, float):
            return value
        found = _CLOCK.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is no time in the session: write seconds, or 1:02.5.", param, ctx)
        return 60.0 * float(found[1] or 0) + float(found[2])


class Which(click.ParamType[tuple[int, int]]):
    """A set, or a repetition of it: 2 or 2:7, as people see them."""

    name = "SET[:REP]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """(set, repetition); 0 for the whole set, (0, 0) for the last repetition."""
        if isinstance(value, tuple):
            return value
        if value == LAST:
            return 0, 0
        found = _WHICH.fullmatch(str(value))
        if found is None or int(found[1]) == 0:
            self.fail(f"{value!r} is no repetition: write SET:REP, such as 2:7.", param, ctx)
        return int(found[1]), int(found[2] or 0)
