"""What a look back shows in numbers, at any limit: repetitions after corrections, drops and time beyond, by side."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from statistics import median

import numpy as np

from hiplevel.detect.corrections import Corrected, corrected, standing
from hiplevel.detect.drop_curve import Spans, drop_curve
from hiplevel.gui.replay.computed import ComputedRecording
from hiplevel.model.edits import BadSpan
from hiplevel.model.events import Drop, Event, Gap, Note, Rep, Step
from hiplevel.model.holding import Hold
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import MAX_LIMIT_DEG, DropRule, Side
from hiplevel.model.samples import Floats
from hiplevel.model.sides import drawn_sign, watched
from hiplevel.pipeline.trusted import bad_s, trusted_reps, trusted_spans

LEAST_DEG = 0.5
HYSTERESIS_PART = 0.5  # of a limit so low that the rule's own hysteresis would not fit under it

LIMITLESS = (
    "counted",
    "rep_times_s",
    "gaps",
    "notes",
    "steps",
    "step_times_s",
    "holds",
    "_trusted",
    "_rep_bounds",
    "range_deg",
    "measured",
)


@dataclass(frozen=True)
class SideFigures:
    """One side at one limit. passed: repetitions in which it did not fall beyond it."""

    side: Side
    limit_deg: float
    drops: int
    over_s: float
    passed: int


@dataclass(frozen=True, eq=False)
class Review:
    """A recording, what people said about it, and the limits it is looked at with.

    rule: the limits at its end; a clinician may have changed those of its beginning (`steps`). tried: sides whose limit
    was moved here, which is then that of the whole recording.
    """

    computed: ComputedRecording
    rule: DropRule
    said: tuple[Event, ...] = ()
    tried: frozenset[Side] = frozenset()
    _spans: dict[Side, Spans] = field(default_factory=dict)

    @classmethod
    def of(cls, computed: ComputedRecording) -> "Review":
        """As it was recorded."""
        return cls(computed, computed.pipeline.rule, computed.said)

    def with_limit(self, side: Side, limit_deg: float) -> "Review":
        """The same with another limit for one side; the other side's drops are kept."""
        limit_deg = float(np.clip(limit_deg, LEAST_DEG, MAX_LIMIT_DEG))
        kept = {other: spans for other, spans in self._spans.items() if other != side}
        back = not self.changed and limit_deg == self.steps[-1][1].limit_deg(side)
        tried = self.tried - {side} if back else self.tried | {side}
        other = replace(self, rule=moved(self.rule, side, limit_deg), tried=tried, _spans=kept)
        # What does not depend on a limit is not worked out again at every step of a dragged one.
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name in LIMITLESS})
        return other

    def with_said(self, said: tuple[Event, ...]) -> "Review":
        """The same with these corrections, notes and bad spans."""
        return replace(self, said=said, _spans={})

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are watched."""
        return watched(self.computed.stance)

    @property
    def drawn_deg(self) -> Floats:
        """(m,) the level as it is drawn: a fall of the one side that is watched goes down."""
        return drawn_sign(self.sides) * self.computed.obliquity_deg

    @cached_property
    def counted(self) -> Corrected:
        """Sets and repetitions after all corrections."""
        return corrected([*self.computed.events, *self.said])

    @cached_property
    def rep_times_s(self) -> list[float]:
        """When the repetitions turned, in order."""
        return sorted(rep.time_s for rep in self.counted.reps)

    @cached_property
    def step_times_s(self) -> list[float]:
        """When a foot came down, in order."""
        return sorted(event.time_s for event in self.computed.events if isinstance(event, Step))

    @cached_property
    def holds(self) -> list[Hold]:
        """Those that were meant, in order."""
        return [event for event in self.computed.events if isinstance(event, Hold) and event.meant]

    def hold_at(self, at_s: float) -> tuple[int, float, bool]:
        """The hold at this moment or the last before it: its number, how long it was held by then, and if it lasts."""
        begun = [hold for hold in self.holds if hold.start_s <= at_s]
        if not begun:
            return 0, 0.0, False
        last = begun[-1]
        whole_s = last.held_s or last.end_s - last.start_s
        return len(begun), min(at_s - last.start_s, whole_s), at_s < last.end_s

    @property
    def bad(self) -> tuple[BadSpan, ...]:
        """What is not to be trusted."""
        return self.counted.bad

    @cached_property
    def gaps(self) -> list[Gap]:
        """Where samples are missing."""
        return [event for event in self.computed.events if isinstance(event, Gap)]

    @cached_property
    def notes(self) -> list[Note]:
        """Notes of people and of the machine."""
        own = [event for event in self.computed.events if isinstance(event, Note)]
        theirs = [event for event in self.counted_notes if isinstance(event, Note)]
        return sorted([*own, *theirs], key=lambda note: note.time_s)

    @cached_property
    def counted_notes(self) -> list[Event]:
        """What people said and did not take back."""
        return [event for _, event in standing(self.said)]

    @cached_property
    def steps(self) -> tuple[tuple[float, DropRule], ...]:
        """(from when on, s; the limits) as they were while it was recorded."""
        found = [(-np.inf, self.computed.recording.info.rule)]
        for event in self.computed.events:
            if isinstance(event, LimitChanged):
                found.append((event.time_s, event.applied_to(found[-1][1])))
        return tuple(found)

    @property
    def changed(self) -> bool:
        """A clinician changed a limit meanwhile."""
        return len(self.steps) > 1

    def limits_deg(self, side: Side, time_s: Floats) -> Floats:
        """(m,) the limit of a side that its drops are judged by at these times."""
        if side in self.tried or not self.changed:
            return np.full(len(time_s), self.rule.limit_deg(side))
        values = np.array([rule.limit_deg(side) for _, rule in self.steps])
        return np.asarray(values[np.searchsorted([at_s for at_s, _ in self.steps[1:]], time_s, side="left")])

    def rule_at(self, at_s: float) -> DropRule:
        """The limits in force at this moment."""
        if not self.changed or self.tried.issuperset(self.sides):
            return self.rule
        left, right = (float(self.limits_deg(side, np.array([at_s]))[0]) for side in ("left", "right"))
        return moved(moved(self.rule, "left", left), "right", right)

    def spans(self, side: Side) -> Spans:
        """The drops of a side at its limit, without those in bad spans."""
        if side not in self._spans:
            limit_deg = self.rule.limit_deg(side)
            if self.changed and side not in self.tried:
                drops = [e for e in self.computed.events if isinstance(e, Drop) and e.side == side]
                ends = np.array([(drop.start_s, drop.end_s) for drop in drops], dtype=np.float64).reshape(-1, 2)
                found = Spans(limit_deg, ends[:, 0], ends[:, 1])
            else:
                (found,) = drop_curve(self.computed.cells, side, self.rule, [limit_deg])
            self._spans[side] = trusted_spans(found, bad_s(self.counted))
        return self._spans[side]

    def figures(self, side: Side) -> SideFigures:
        """A side in numbers."""
        spans, bounds = self.spans(side), self._rep_bounds
        first = np.searchsorted(spans.end_s, bounds[:, 0], side="right")
        begun = np.append(spans.start_s, np.inf)[first]
        passed = int(np.count_nonzero(begun >= bounds[:, 1]))
        return SideFigures(side, spans.limit_deg, len(spans), spans.over_s, passed)

    @cached_property
    def measured(self) -> int:
        """Work that was measured and can be trusted, not only added by hand."""
        return len(self._rep_bounds)

    @cached_property
    def range_deg(self) -> float | None:
        """The median range of the repetitions that count, degrees."""
        roms = [rep.rom_deg for rep in self._trusted]
        return median(roms) if roms else None

    @cached_property
    def _trusted(self) -> list[Rep]:
        """Work that was measured, outside of bad spans."""
        return list(trusted_reps(self.counted))

    @cached_property
    def _rep_bounds(self) -> np.ndarray:
        bounds = [(rep.start_s, rep.end_s) for rep in self._trusted]
        return np.array(bounds, dtype=np.float64).reshape(-1, 2)


def moved(rule: DropRule, side: Side, limit_deg: float) -> DropRule:
    """`rule` with another limit for a side; hysteresis and warning give way where they would not fit under it."""
    left = limit_deg if side == "left" else rule.limit_deg("left")
    right = limit_deg if side == "right" else rule.limit_deg("right")
    lowest = min(left, right)
    hysteresis = rule.hysteresis_deg if rule.hysteresis_deg < lowest else HYSTERESIS_PART * lowest
    warn = rule.warn_deg if rule.warn_deg is not None and hysteresis < rule.warn_deg < lowest else None
    return DropRule(max(left, right), hysteresis, rule.min_duration_s, left, right, warn)
