"""Drops as a function of the limit: many limits in little more than the time of one, count for count the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hiplevel.detect.drop_trace import JudgedCells
from hiplevel.model.rules import MAX_LIMIT_DEG, DropRule
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

ROUNDING_S = 0.5 * CELL_S
SHRINK = 0.7  # cells that no higher limit needs are left out once so few are needed


@dataclass(frozen=True, eq=False)
class Spans:
    """The drops at one limit: start_s and end_s (k,), in order."""

    limit_deg: float
    start_s: Floats
    end_s: Floats

    def __len__(self) -> int:
        return len(self.start_s)

    @property
    def over_s(self) -> float:
        """Time beyond the limit, s."""
        return float(np.sum(self.end_s - self.start_s))


def drop_curve(cells: JudgedCells, side: str, rule: DropRule, limits_deg: Sequence[float]) -> list[Spans]:
    """The drops of one side that the pipeline would have told with each of these limits from the beginning.

    The rule gives hysteresis and duration.
    """
    order = np.argsort(limits_deg)
    fall_deg, rows, lying, until_s = _with_walls(cells, side)
    found: dict[int, Spans] = {}
    for at in order.tolist():
        limit_deg = float(limits_deg[at])
        open_ = fall_deg >= limit_deg - rule.hysteresis_deg  # an alarm that is on stays on
        if np.count_nonzero(open_) < SHRINK * len(open_):
            # Of each stretch that closes every alarm its first cell stays, to close.
            needed = open_.copy()
            needed[1:] |= open_[:-1]
            needed |= lying
            fall_deg, rows, lying, until_s = fall_deg[needed], rows[needed], lying[needed], until_s[needed]
            open_ = open_[needed]
        found[at] = _spans(cells.time_s, fall_deg, rows, lying, until_s, open_, limit_deg, rule.min_duration_s)
    return [found[at] for at in range(len(limits_deg))]


@lru_cache(maxsize=2)  # a limit that is dragged asks for the same again and again
def _with_walls(cells: JudgedCells, side: str) -> tuple[Floats, NDArray[np.int64], NDArray[np.bool_], Floats]:
    """The falls with a cell after each cut that ends whatever is open; the cells' rows; which walls are lying down.

    And by when each wall ends what is open.
    """
    walls = cells.cut_rows
    fall_deg = np.insert(cells.fall_deg(side), walls, -np.inf)
    rows = np.insert(np.arange(len(cells.time_s)), walls, walls - 1)
    lying = np.zeros(len(fall_deg), dtype=bool)
    lying[walls + np.arange(len(walls))] = cells.lying
    until_s = np.full(len(fall_deg), np.inf)
    until_s[walls + np.arange(len(walls))] = cells.until_s
    return fall_deg, rows, lying, until_s


def _spans(
    time_s: Floats,
    fall_deg: Floats,
    rows: NDArray[np.int64],
    lying: NDArray[np.bool_],
    until_s: Floats,
    open_: NDArray[np.bool_],
    limit_deg: float,
    min_duration_s: float,
) -> Spans:
    starts, stops = _runs(fall_deg > limit_deg)
    start_s = time_s[rows[starts]]
    ripe = time_s[rows[stops - 1]] >= start_s + min_duration_s - ROUNDING_S
    if not ripe.any():
        return Spans(limit_deg, np.empty(0), np.empty(0))
    _, closes = _runs(open_)
    closing = closes[np.searchsorted(closes, stops[ripe])]
    closing, first = np.unique(closing, return_index=True)
    last = np.searchsorted(starts, closing) - 1
    begun = start_s[ripe][first]
    # A drop's last cell stands for the 10 ms after it, but not for what is missing.
    ended_s = np.minimum(time_s[rows[stops[last] - 1]] + CELL_S, until_s[np.minimum(closing, len(until_s) - 1)])
    kept = np.ones(len(closing), dtype=bool)
    for at in np.flatnonzero(lying[np.minimum(closing, len(lying) - 1)]).tolist():
        kept[at] = fall_deg[starts[ripe][first[at]] : closing[at]].max() <= MAX_LIMIT_DEG
    return Spans(limit_deg, begun[kept], ended_s[kept])


def _runs(on: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the stretches of True begin, and the row after each."""
    edges = np.flatnonzero(on[1:] != on[:-1]) + 1
    if len(on) and on[0]:
        edges = np.concatenate([[0], edges])
    if len(on) and on[-1]:
        edges = np.concatenate([edges, [len(on)]])
    return edges[::2], edges[1::2]
