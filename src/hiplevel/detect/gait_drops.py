"""Pelvic list step by step: how far the unsupported side falls while one foot stands alone."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median
from typing import NamedTuple

import numpy as np

from hiplevel.detect.drop_trace import DropTrace
from hiplevel.detect.drops import DropEvent, Drops
from hiplevel.model.events import DropUpdated, Note, Step
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.stepping import StepDrop, UsualDrop
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import AFTER_S, CELL_S

DEG = 180.0 / np.pi
# Both feet stand for about this share of a step after a contact in walking; in running it is the impact.
DOUBLE_SUPPORT = 0.15
# A contact this long after the one before does not end its single support.
LONGEST_S = 1.5
# A median over fewer strides says little; it is told anew whenever there are so many more.
STRIDES = 20
# A bout is known with its last contacts: what is kept reaches back over all that may wait.
_KEEP_CELLS = 1500
# Walkers and runners tip the pelvis by a fraction of this. Bent further, more than half of what it turns about its long
# axis reads as list. Band walks are done bent, and turn little.
BENT_RAD = np.radians(30.0)
BENT = (
    "Steps taken with the pelvis tipped by more than 30 degrees are not graded: bent so far, turning looks like a drop."
)
GaitEvent = StepDrop | UsualDrop | DropEvent | Note


@dataclass
class Strides:
    """One side's falls: sorted, from when to when, and how many had been told."""

    peaks_deg: list[float] = field(default_factory=list)
    start_s: float = 0.0
    end_s: float = 0.0
    told: int = 0


class _Support(NamedTuple):
    """One foot alone in cells [first, last), until this step; how far the pelvis tipped, and its obliquity."""

    after: Step
    first: int
    last: int
    tipped_rad: float
    most_rad: float
    least_rad: float


class GaitDrops:
    """`process(block, steps)` gives the falls that became certain, and the drop of each beyond the limit.

    Steps come in time order and not before the motion they are made of. A fall is known with the contact after it: then
    its alarm comes. stance: 'left' or 'right' judges only what falls while that foot stands. sideways: a foot may step
    twice in a row, where the way turns back.
    """

    def __init__(
        self, stance: Stance, rule: DropRule, *, sideways: bool = False, trace: DropTrace | None = None
    ) -> None:
        self.stance = stance
        self._rules = [(-np.inf, rule)]
        self._sideways, self._trace = sideways, trace
        self._strides: dict[Side, Strides] = {"left": Strides(), "right": Strides()}
        self.steps = 0
        self._bent_told = False
        self.restart()

    def restart(self) -> None:
        """Begin a new stretch: no single support spans a gap."""
        self._time_s, self._obliquity_rad, self._tilt_rad = np.empty(0), np.empty(0), np.empty(0)
        self._last: Step | None = None

    def process(self, block: MotionBlock, steps: Iterable[Step]) -> list[GaitEvent]:
        """What the steps of this block ended, in order of known_s."""
        self._time_s = np.concatenate([self._time_s, block.time_s])
        self._obliquity_rad = np.concatenate([self._obliquity_rad, block.obliquity_rad])
        self._tilt_rad = np.concatenate([self._tilt_rad, block.tilt_rad])
        out = list[GaitEvent]()
        for support in self._supports(steps):
            out += self._judge(support)
        if len(self._time_s) > 2 * _KEEP_CELLS:
            kept = slice(-_KEEP_CELLS, None)
            self._time_s, self._obliquity_rad = self._time_s[kept], self._obliquity_rad[kept]
            self._tilt_rad = self._tilt_rad[kept]
        return out

    def relimit(self, rule: DropRule, from_s: float) -> None:
        """Other limits for what becomes known later than from_s."""
        self._rules.append((from_s, rule))

    def _rule(self, known_s: float) -> DropRule:
        at = len(self._rules) - 1
        while known_s <= self._rules[at][0] + AFTER_S:
            at -= 1
        return self._rules[at][1]

    def finish(self, known_s: float) -> list[UsualDrop]:
        """The median of each side over all its strides."""
        return [event for side in self._strides for event in self._usual(side, known_s, last=True)]

    def _supports(self, steps: Iterable[Step]) -> list[_Support]:
        """Before each of these steps, where one foot stood alone; all are looked at together."""
        ends, bounds_s = list[Step](), list[float]()
        for step in steps:
            self.steps += 1
            before, self._last = self._last, step
            turns = before is not None and (before.side != step.side or self._sideways)
            if before is not None and turns and step.time_s - before.time_s <= LONGEST_S:
                ends.append(step)
                bounds_s += before.time_s + DOUBLE_SUPPORT * (step.time_s - before.time_s), step.time_s
        if not ends:
            return []
        bounds = self._time_s.searchsorted(bounds_s)  # first, last, first, last, ...
        most_rad, least_rad = (each.reduceat(self._obliquity_rad, bounds)[::2] for each in (np.maximum, np.minimum))
        tipped_rad = np.maximum.reduceat(np.abs(self._tilt_rad), bounds)[::2]
        seen = (bounds[::2], bounds[1::2], tipped_rad, most_rad, least_rad)
        supports = map(_Support, ends, *(each.tolist() for each in seen))
        return [support for support in supports if support.first < support.last]

    def _judge(self, support: _Support) -> list[GaitEvent]:
        after, first, last, tipped_rad, most_rad, least_rad = support
        if not self._sideways and tipped_rad > BENT_RAD:
            return self._bent(after.known_s)
        side: Side = "right" if after.side == "right" else "left"  # the foot that comes down next was in the air
        peak_deg = DEG * (most_rad if side == "right" else -least_rad)
        start_s, end_s = self._time_s.item(first), self._time_s.item(last - 1) + CELL_S
        fall = StepDrop(start_s, end_s, side, peak_deg, known_s=after.known_s)
        stood: Side = "left" if side == "right" else "right"
        judged = self._drops(stood, slice(first, last), fall) if self.stance in (stood, "both", "auto") else []
        self._add(fall)
        return [fall, *judged, *self._usual(side, after.known_s, last=False)]

    def _bent(self, known_s: float) -> list[GaitEvent]:
        """Why this fall is not told, once."""
        told, self._bent_told = self._bent_told, True
        return [] if told else [Note(known_s, BENT, "steps-bent", "warning", known_s=known_s)]

    def _drops(self, stood: Side, cells: slice, fall: StepDrop) -> list[DropEvent]:
        rule = self._rule(fall.known_s)
        fell = fall.peak_deg > min(rule.limit_deg(fall.side), rule.warn_deg or np.inf)
        if not fell and self._trace is None:
            return []
        # What is open ends with the support: a cell of level after it. Of the side that stands nothing can fall.
        time_s = np.append(self._time_s[cells], fall.end_s)
        bounds = (0.0, np.inf) if stood == "left" else (-np.inf, 0.0)
        obliquity_deg = np.append(np.clip(DEG * self._obliquity_rad[cells], *bounds), 0.0)
        if self._trace is not None:
            self._trace.judged(time_s, obliquity_deg)
            self._trace.cut()
        if not fell:
            return []
        found = Drops(stood, rule).process(time_s, obliquity_deg)
        return [replace(event, known_s=fall.known_s) for event in found if not isinstance(event, DropUpdated)]

    def _add(self, fall: StepDrop) -> None:
        strides = self._strides[fall.side]
        if not strides.peaks_deg:
            strides.start_s = fall.start_s
        strides.end_s = fall.end_s
        insort(strides.peaks_deg, fall.peak_deg)

    def _usual(self, side: Side, known_s: float, *, last: bool) -> list[UsualDrop]:
        strides = self._strides[side]
        count = len(strides.peaks_deg)
        if count < STRIDES or count == strides.told or (count % STRIDES and not last):
            return []
        strides.told = count
        middle_deg = median(strides.peaks_deg)
        return [UsualDrop(strides.start_s, strides.end_s, side, middle_deg, count, known_s=known_s)]
