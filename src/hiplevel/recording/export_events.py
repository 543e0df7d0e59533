"""What happened in a recording, as an export tells it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hiplevel.detect.corrections import CountedRep, corrected
from hiplevel.model.events import Clipped, Compensation, Drop, Event, Gap, Hold, Pass, Rep, SetStarted, StepDrop
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.sides import watched
from hiplevel.recording.as_trained import as_trained
from hiplevel.recording.reader import Recording

if TYPE_CHECKING:
    from hiplevel.model.outputs import Analysis


@dataclass(frozen=True)
class Happened:
    """One thing with a beginning and an end, in seconds.

    Attributes
    ----------
    kind : 'set', 'rep', 'drop', 'hold', 'step-drop', 'pass', 'compensation', 'clipped', 'gap', 'pause',
        'limit' or 'bad'
    side : of a rep or hold the leg trained, of a drop the side that fell, of a limit whose; '' where there is none
    set_number, rep_number : as people see them after their corrections; 0 where there is none
    value_deg : range of a rep, peak of a drop, mean of a hold, a limit from then on; None where nothing was measured
    """

    kind: str
    start_s: float
    end_s: float
    side: str = ""
    set_number: int = 0
    rep_number: int = 0
    value_deg: float | None = None
    warm_up: bool = False


def analysed(recording: Recording) -> "Analysis":
    """The recording through the pipeline as it is today; raises what `hiplevel.pipeline.analyze` does."""
    from hiplevel.pipeline import analyze  # here: samples are exported without it

    return analyze(recording.samples, **as_trained(recording), marks=recording.events)


def events_of(recording: Recording) -> list[Event]:
    """The events of a recording; an import holds none of the machine's, so they are computed."""
    events = list(recording.events)
    if any(isinstance(event, (Rep, SetStarted)) for event in events) or recording.info.source != "import":
        return events
    return [*analysed(recording).events, *events]


def first_sample_ns(recording: Recording) -> int:
    """The wall clock at the first sample, to within a packet: what `started_ns` tells may be long before it.

    0 when it is not known.
    """
    first = next(recording.notifications(), None)
    return recording.info.started_ns if first is None else first[2]


def happened(recording: Recording, zero_s: float) -> list[Happened]:
    """Sets and repetitions as they count after all corrections, and the rest as the machine told it; by time.

    zero_s: on the clock of the samples, which in an import need not begin at 0; what is returned counts from there.
    """
    events = events_of(recording)
    counted = corrected(events)
    found = [Happened("set", one.start_s, one.end_s, set_number=one.number) for one in counted.sets]
    found += [_rep(rep) for rep in counted.reps]
    found += [Happened("bad", span.start_s, span.end_s) for span in counted.bad]
    found += [told for event in events if (told := _told(event)) is not None]
    found += _limits(recording.info.rule, watched(recording.info.stance), events)
    found = [replace(one, start_s=one.start_s - zero_s, end_s=one.end_s - zero_s) for one in found]
    return sorted(found, key=lambda one: (one.start_s, one.end_s))


def _limits(rule: DropRule, sides: Iterable[Side], events: Iterable[Event]) -> Iterator[Happened]:
    """Limits that a clinician changed meanwhile; those of the beginning are in the head."""
    for event in events:
        if isinstance(event, LimitChanged):
            before, rule = rule, event.applied_to(rule)
            for side in sides:
                if rule.limit_deg(side) != before.limit_deg(side):
                    yield Happened("limit", event.time_s, event.time_s, side, value_deg=rule.limit_deg(side))


def _rep(counted: CountedRep) -> Happened:
    rep, place = counted.rep, (counted.set_number, counted.number)
    if rep is None:
        return Happened("rep", counted.time_s, counted.time_s, "", *place, warm_up=counted.warm_up)
    return Happened("rep", rep.start_s, rep.end_s, rep.side, *place, rep.rom_deg, counted.warm_up)


def _told(event: Event) -> Happened | None:
    match event:
        case Drop():
            return Happened("drop", event.start_s, event.end_s, event.side, value_deg=event.peak_deg)
        case Hold(meant=True):
            return Happened("hold", event.start_s, event.end_s, event.side, value_deg=event.mean_deg)
        case StepDrop():
            return Happened("step-drop", event.start_s, event.end_s, event.side, value_deg=event.peak_deg)
        case Pass():
            return Happened("pass", event.start_s, event.end_s, event.direction)
        case Compensation():
            return Happened("compensation", event.start_s, event.end_s, value_deg=event.peak_deg)
        case Clipped():
            return Happened("clipped", event.start_s, event.end_s)
        case Gap():
            return Happened("pause" if event.reason == "paused" else "gap", event.start_s, event.end_s)
        case _:
            return None
