"""Pelvic list step by step: how far the unsupported side falls while one foot stands alone."""

import math
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

import numpy as np

from hiplevel.model.events import Drop, Step
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S

# Both feet stand for about this share of a step after a contact in walking; in running it is the impact.
DOUBLE_SUPPORT = 0.15
# A contact this long after the one before does not end its single support.
LONGEST_S = 1.5
# A median over fewer strides says little.
STRIDES = 20
# A bout is known with its last contacts: what is kept reaches back over all that may wait.
_KEEP_CELLS = 1500
_ROUNDING_S = 0.5 * CELL_S


class Fall(NamedTuple):
    """One step: `side` is unsupported from start_s to end_s and falls peak_deg below neutral (negative: it rose)."""

    start_s: float
    end_s: float
    side: Side
    peak_deg: float
    known_s: float


class GaitDrops:
    """`process(block, steps)` gives the falls that became certain, and the drop of each beyond the limit.

    Steps come in time order and not before the motion they are made of. A fall is known with the contact after it.
    """

    def __init__(self, rule: DropRule) -> None:
        self.rule = rule
        self.restart()

    def restart(self) -> None:
        """Begin a new stretch: no single support spans a gap."""
        self._time_s, self._obliquity_deg = np.empty(0), np.empty(0)
        self._last: Step | None = None

    def process(self, block: MotionBlock, steps: Iterable[Step]) -> list[tuple[Fall, Drop | None]]:
        """Falls that the steps of this block ended, each with its drop where it went beyond the limit."""
        self._time_s = np.concatenate([self._time_s, block.time_s])
        self._obliquity_deg = np.concatenate([self._obliquity_deg, np.degrees(block.obliquity_rad)])
        out = list[tuple[Fall, Drop | None]]()
        for step in steps:
            before, self._last = self._last, step
            if before is not None and before.side != step.side and step.time_s - before.time_s <= LONGEST_S:
                out += self._judge(before, step)
        self._time_s, self._obliquity_deg = self._time_s[-_KEEP_CELLS:], self._obliquity_deg[-_KEEP_CELLS:]
        return out

    def _judge(self, before: Step, after: Step) -> list[tuple[Fall, Drop | None]]:
        start_s = before.time_s + DOUBLE_SUPPORT * (after.time_s - before.time_s)
        first, last = np.searchsorted(self._time_s, (start_s, after.time_s))
        if first == last:
            return []
        side: Side = "right" if before.side == "left" else "left"
        time_s = self._time_s[first:last]
        fall_deg = self._obliquity_deg[first:last] * (1.0 if side == "right" else -1.0)
        fall = Fall(float(time_s[0]), float(time_s[-1]) + CELL_S, side, float(fall_deg.max()), after.known_s)
        return [(fall, self._drop(time_s, fall_deg, fall))]

    def _drop(self, time_s: Floats, fall_deg: Floats, fall: Fall) -> Drop | None:
        """From the first to the last cell beyond the limit; None when there is none, or not for long enough."""
        limit_deg = self.rule.limit_deg(fall.side)
        rows = np.flatnonzero(fall_deg > limit_deg)
        if not rows.size:
            return None
        over = fall_deg[rows[0] : rows[-1] + 1]
        start_s, end_s = float(time_s[rows[0]]), float(time_s[rows[-1]]) + CELL_S
        if end_s - start_s < self.rule.min_duration_s - _ROUNDING_S:
            return None
        return Drop(
            start_s,
            end_s,
            fall.peak_deg,
            fall.side,
            mean_deg=math.fsum(over) / len(over),
            area_deg_s=math.fsum(np.maximum(over - limit_deg, 0.0)) * CELL_S,
            limit_deg=limit_deg,
            known_s=fall.known_s,
        )


def usual_deg(falls: Iterable[Fall], strides: int = STRIDES) -> dict[Side, float | None]:
    """The median fall of each side, degrees; None where fewer than `strides` were seen."""
    seen: dict[Side, list[float]] = {"left": [], "right": []}
    for fall in falls:
        seen[fall.side].append(fall.peak_deg)
    return {side: median(peaks) if len(peaks) >= strides else None for side, peaks in seen.items()}
