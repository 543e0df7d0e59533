"""A table of words and what stands in its cells; what was not measured is a dash."""

from collections.abc import Sequence
from dataclasses import dataclass

from hiplevel.detect.figures import Spread, Trend
from hiplevel.model.rules import DropRule, Side
from hiplevel.report.words import Words

NONE = "–"


@dataclass(frozen=True)
class Table:
    """Rows under heads; note: a line beneath."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares of the page's width: by the longest cell, within reason."""
        columns = zip(self.heads, *self.rows, strict=True)
        return tuple(min(max(max(len(cell) for cell in column), 5), 24) for column in columns)


def heads(say: Words, table: str, *names: str) -> tuple[str, ...]:
    """The words above the columns of a table of the catalogue."""
    return tuple(say(f"{table}.{name}") for name in names)


def limits(rule: DropRule, watched: Sequence[Side], say: Words) -> str:
    """The limits of the sides that may fall."""
    each = [(say(f"side.{side}_side"), say.number(rule.limit_deg(side), "g")) for side in watched]
    told = ", ".join(say("done.side_limit", side=side, deg=deg) for side, deg in each)
    return told if rule.warn_deg is None else say("done.warning", limits=told, deg=say.number(rule.warn_deg, "g"))


def fatigue(trend: Trend | None, say: Words) -> str:
    """Per repetition, and from the first three to the last three."""
    if trend is None:
        return NONE
    change = "" if trend.change is None else f"; {say.number(trend.change, '+.1f')}°"
    return f"{say.number(trend.per_rep, '+.2f')}°{change}"


def spread(value: Spread | None, unit: str, say: Words) -> str:
    """Mean and extremes."""
    if value is None:
        return NONE
    extremes = f" ({say.number(value.least, '.1f')}–{say.number(value.most, '.1f')})" if value.count > 1 else ""
    return f"{say.number(value.mean, '.1f')}{unit}{extremes}"


def mean(value: Spread | None, say: Words) -> str:
    """The mean alone."""
    return NONE if value is None else say.number(value.mean, ".1f")


def clock(seconds: float) -> str:
    """Minutes and seconds: 12:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
