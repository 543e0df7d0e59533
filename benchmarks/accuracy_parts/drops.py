"""Drops found, missed and invented, and how late: truth is the same rule on the reference angle."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accuracy_parts.plain import plain_drops
from accuracy_parts.score import EventScore, paired
from accuracy_parts.sets import Floats
from hiplevel import DropRule
from hiplevel.detect.drops import Drops
from hiplevel.model.events import Drop, DropStarted, Event

LIMITS_DEG = (4.0, 8.0)


@dataclass(frozen=True)
class Found:
    """A drop: the side that fell, its span, when it was first told, s, and whether that was an alarm or it was over."""

    side: str
    start_s: float
    end_s: float
    told_s: float
    alarmed: bool = True


def of_events(events: Sequence[Event]) -> list[Found]:
    """The closed drops among these, each with when its alarm came, or, where none did, when it was told as over."""
    alarms: dict[str, float] = {}
    found = []
    for event in events:
        if isinstance(event, DropStarted):
            alarms[event.side] = event.known_s
        elif isinstance(event, Drop):
            told_s = alarms.pop(event.side, event.known_s)
            found.append(Found(event.side, event.start_s, event.end_s, told_s, event.alarmed))
    return found


def true_drops(time_s: Floats, obliquity_deg: Floats, rule: DropRule) -> list[Found]:
    """What the rule says of the reference angle."""
    drops = Drops("both", rule)
    return of_events([*drops.process(time_s, obliquity_deg), *drops.finish(float(time_s[-1]))])


def of_plain(time_s: Floats, obliquity_deg: Floats, rule: DropRule) -> list[Found]:
    """What the afternoon's script says."""
    return [
        Found(side, *span)
        for side, sign in (("right", 1.0), ("left", -1.0))
        for span in plain_drops(time_s, sign * obliquity_deg, rule.threshold_deg)
    ]


def add(
    score: EventScore, found: Sequence[Found], true: Sequence[Found], rule: DropRule, judged_s: float = -np.inf
) -> list[tuple[int, int]]:
    """Score one recording; the pairs. A drop counts as found only on its own side; judged_s: nothing told before."""
    spans = [[(d.start_s, d.end_s) for d in drops] for drops in (found, true)]
    overlapping = paired(*spans)
    pairs = [(i, j) for i, j in overlapping if found[i].side == true[j].side]
    score.true, score.found, score.hits = score.true + len(true), score.found + len(found), score.hits + len(pairs)
    score.wrong_side += len(overlapping) - len(pairs)
    for i, j in pairs:
        delay_s = found[i].told_s - true[j].start_s - rule.min_duration_s
        score.told_delay_s.append(delay_s)
        if not found[i].alarmed:
            continue
        score.delay_s.append(delay_s)
        if true[j].start_s + rule.min_duration_s >= judged_s:
            score.later_delay_s.append(delay_s)
    return pairs
