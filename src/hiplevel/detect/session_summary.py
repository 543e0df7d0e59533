"""What a session was: its sets, holds and steps, both sides against each other, and how good the data were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hiplevel.detect.corrections import Corrected, corrected
from hiplevel.detect.falls import Angles, Fall, Limits, Span, fall
from hiplevel.detect.figures import LeftRight, Spread, spread
from hiplevel.detect.set_summary import SetSummary, set_summary
from hiplevel.model.events import Event, Gap, Note, Step
from hiplevel.model.holding import Hold
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.sides import watched


@dataclass(frozen=True)
class HoldsSummary:
    """The holds of a session, those in a bad span left out of the figures.

    long_enough: held as long as prescribed; at_ease: more that may have been resting on one leg, left out of the others
    """

    done: int
    prescribed: int
    long_enough: int | None
    given_way: int
    held_s: Spread | None
    drift_deg_per_30s: Spread | None
    rise_deg: Spread | None
    at_ease: int = 0


@dataclass(frozen=True)
class DataQuality:
    """How much of the session can be judged. invalid_share: missing or marked bad, of what was to be looked at, 0 to 1.

    A pause is neither: somebody asked for it. duration_s is that of the session, pauses included.
    """

    duration_s: float
    paused_s: float
    gaps: int
    gap_s: float
    bad_s: float
    invalid_share: float


@dataclass(frozen=True)
class SessionSummary:
    """A session after all corrections.

    Attributes
    ----------
    sets : in their order, those that were warm-up or emptied by corrections included
    sets_done : with work in them; sets_prescribed : 0 when nothing was
    falls : over the whole session, by the side that fell; empty without angles
    left_right : mean furthest fall of a repetition, both sides, over all sets; None where one side only may fall
    graded : drops are judged at all
    """

    sets: tuple[SetSummary, ...]
    sets_prescribed: int
    machine_reps: int
    holds: HoldsSummary | None
    steps: int
    step_s: float | None
    falls: tuple[Fall, ...]
    left_right: LeftRight | None
    graded: bool
    data: DataQuality

    @property
    def done(self) -> int:
        """Repetitions that are work, over all sets."""
        return sum(one.done for one in self.sets)

    @property
    def sets_done(self) -> int:
        """Sets with work in them."""
        return sum(one.done > 0 for one in self.sets)


def session_summary(
    events: Sequence[Event],
    *,
    duration_s: float,
    stance: Stance = "both",
    rule: DropRule | None = None,
    angles: Angles | None = None,
    prescription: Prescription | None = None,
) -> SessionSummary:
    """From the events of a session, people's among them, and its angles where they are at hand.

    rule: the limits at its beginning; a LimitChanged among the events sets others from its time on.
    """
    counted = corrected(events)
    graded = not any(isinstance(event, Note) and event.code == "drops-not-graded" for event in events)
    bad = [(span.start_s, span.end_s) for span in counted.bad]
    sides, limits = watched(stance), _limits(events, rule or DropRule())
    sets = tuple(
        set_summary(
            one,
            angles=angles,
            sides=sides,
            limits=limits,
            bad=bad,
            graded=graded,
            prescription=prescription,
        )
        for one in counted.sets
    )
    falls: list[Fall | None] = []
    if graded and angles is not None:
        falls = [fall(angles, side, (-float("inf"), float("inf")), limits, bad) for side in sides]
    steps = [event for event in events if isinstance(event, Step)]
    return SessionSummary(
        sets,
        0 if prescription is None else prescription.sets,
        counted.machine_reps,
        _holds(events, bad, prescription),
        len(steps),
        _step_s(steps),
        tuple(one for one in falls if one is not None),
        _left_right(sets),
        graded,
        _quality(events, counted, duration_s),
    )


def _limits(events: Iterable[Event], rule: DropRule) -> Limits:
    limits = [(-float("inf"), rule)]
    for event in events:
        if isinstance(event, LimitChanged):
            limits.append((event.time_s, event.applied_to(limits[-1][1])))
    return limits


def _holds(events: Iterable[Event], bad: Sequence[Span], prescription: Prescription | None) -> HoldsSummary | None:
    every = [event for event in events if isinstance(event, Hold)]
    if not every:
        return None
    meant = [one for one in every if one.meant]
    holds = [one for one in meant if not any(one.start_s < end_s and one.end_s > start_s for start_s, end_s in bad)]
    asked_s = 0.0 if prescription is None else prescription.hold_s
    return HoldsSummary(
        len(meant),
        0 if prescription is None else max(prescription.sets, 1) * prescription.reps,
        sum(_held_s(one) >= asked_s for one in meant) if asked_s else None,
        sum(bool(one.failed) for one in meant),
        spread([_held_s(one) for one in holds]),
        spread([one.drift_deg_per_30s for one in holds]),
        spread([one.rise_deg for one in holds]),
        len(every) - len(meant),
    )


def _held_s(hold: Hold) -> float:
    return hold.held_s or hold.end_s - hold.start_s


def _step_s(steps: Sequence[Step]) -> float | None:
    """The median time from one contact to the next; pauses do not move it."""
    times = [step.time_s for step in steps]
    return median(b - a for a, b in pairwise(times)) if len(times) > 1 else None


def _left_right(sets: Sequence[SetSummary]) -> LeftRight | None:
    """Sets weigh by their measured repetitions."""
    found = [(one.peaks, one.rep_s.count) for one in sets if one.peaks is not None and one.rep_s is not None]
    if not found:
        return None
    count = sum(reps for _, reps in found)
    left = sum(peak.left_deg * reps for peak, reps in found) / count
    return LeftRight(left, sum(peak.right_deg * reps for peak, reps in found) / count)


def _quality(events: Iterable[Event], counted: Corrected, duration_s: float) -> DataQuality:
    missing = [event for event in events if isinstance(event, Gap)]
    pauses = [(gap.start_s, gap.end_s) for gap in missing if gap.reason == "paused"]
    gaps = [(gap.start_s, gap.end_s) for gap in missing if gap.reason != "paused"]
    bad = [(span.start_s, span.end_s) for span in counted.bad]
    paused_s = _union_s(pauses)
    invalid_s, looked_at_s = _union_s([*gaps, *bad, *pauses]) - paused_s, duration_s - paused_s
    share = min(invalid_s / looked_at_s, 1.0) if looked_at_s > 0.0 else 0.0
    return DataQuality(duration_s, paused_s, len(gaps), _union_s(gaps), _union_s(bad), share)


def _union_s(spans: Iterable[Span]) -> float:
    """The time that at least one of them covers."""
    total, upto = 0.0, -float("inf")
    for start_s, end_s in sorted(spans):
        total += max(0.0, end_s - max(start_s, upto))
        upto = max(upto, end_s)
    return total
