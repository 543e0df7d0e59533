"""What counts after a person put the count right: the machine's events and the corrections, together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import Event, Rep, RepRevised, SetEnded, SetStarted, said_by_person


@dataclass(frozen=True)
class CountedRep:
    """A repetition that counts.

    number: its place in the set, from 1, as people see it. rep_number: the machine's own, or the negative number of the
    edit that added it; `rep` is None then, for nothing was measured.
    """

    number: int
    set_number: int
    rep_number: int
    time_s: float
    warm_up: bool = False
    rep: Rep | None = None


@dataclass(frozen=True)
class CountedSet:
    """A set after all corrections; `machine_reps` is what the machine had counted. over: it has ended."""

    number: int
    start_s: float
    end_s: float
    over: bool
    reps: tuple[CountedRep, ...]
    machine_reps: int

    @property
    def done(self) -> int:
        """Repetitions that are work, not warm-up."""
        return sum(not rep.warm_up for rep in self.reps)

    @property
    def warm_up(self) -> bool:
        """Whether all of it was warm-up."""
        return bool(self.reps) and self.done == 0


@dataclass(frozen=True)
class Corrected:
    """The sets of a session after all corrections, in order of their number."""

    sets: tuple[CountedSet, ...]
    bad: tuple[BadSpan, ...]

    @property
    def reps(self) -> tuple[CountedRep, ...]:
        """All that counts, warm-up included."""
        return tuple(rep for one in self.sets for rep in one.reps)

    @property
    def done(self) -> int:
        """Repetitions that are work, over all sets."""
        return sum(one.done for one in self.sets)

    @property
    def machine_reps(self) -> int:
        """What the machine had counted."""
        return sum(one.machine_reps for one in self.sets)

    def set_at(self, time_s: float) -> CountedSet | None:
        """The set at that time, or the one nearest to it; None when there is none."""
        return min(self.sets, key=lambda one: _away_s(one, time_s), default=None)


@dataclass
class _Set:
    """One set while corrections are applied to it, one after another."""

    number: int
    start_s: float | None = None
    end_s: float | None = None
    over: bool = False
    machine_reps: int = 0
    reps: dict[int, CountedRep] = field(default_factory=dict)
    warm_up: bool = False


def edits(events: Iterable[Event]) -> tuple[Event, ...]:
    """What people said, in the order they said it; a Correction that revokes counts these from 1."""
    return tuple(event for event in events if said_by_person(event))


def standing(events: Iterable[Event]) -> tuple[tuple[int, Event], ...]:
    """(number, what a person said) of everything that nobody has taken back, the taking back itself left out."""
    said = edits(events)
    revoked: set[int] = set()
    for number in range(len(said), 0, -1):
        back = _revoked_by(said[number - 1])
        if number not in revoked and 0 < back < number:  # only what was said before
            revoked.add(back)
    return tuple((n, event) for n, event in enumerate(said, 1) if n not in revoked and not _revoked_by(event))


def corrected(events: Iterable[Event]) -> Corrected:
    """What counts. A pure function of the events, in their order; no event is changed.

    A correction that fits nothing (a repetition that is not there) changes nothing.
    """
    events = tuple(events)
    sets: dict[int, _Set] = {}
    for event in events:
        _machine(event, sets)
    for one in sets.values():
        one.machine_reps = len(one.reps)
    said = standing(events)
    for number, event in said:
        if isinstance(event, Correction):
            _apply(number, event, sets)
    return Corrected(_frozen(sets), tuple(event for _, event in said if isinstance(event, BadSpan)))


def _revoked_by(event: Event) -> int:
    return event.edit if isinstance(event, Correction) and event.action == "revoke" else 0


def _machine(event: Event, sets: dict[int, _Set]) -> None:
    match event:
        case SetStarted():
            sets.setdefault(event.number, _Set(event.number)).start_s = event.time_s
        case Rep():
            one = sets.setdefault(event.set_number, _Set(event.set_number))
            one.reps[event.number] = CountedRep(0, event.set_number, event.number, event.turn_s, rep=event)
        case RepRevised(kept=False) if event.set_number in sets:
            sets[event.set_number].reps.pop(event.number, None)
        case SetEnded():
            one = sets.setdefault(event.number, _Set(event.number))
            one.start_s, one.end_s, one.over = event.start_s, event.end_s, True
        case _:
            pass


def _apply(number: int, told: Correction, sets: dict[int, _Set]) -> None:
    one = sets.get(told.set_number)
    if told.action == "add":
        one = one or sets.setdefault(told.set_number, _Set(told.set_number))
        one.reps[-number] = CountedRep(0, told.set_number, -number, told.time_s, one.warm_up)
    elif one is None:
        return
    elif told.action == "undo":
        # The machine gives the number of a repetition that it withdrew to a later one, which is not meant.
        if told.rep_number in one.reps and one.reps[told.rep_number].time_s <= told.time_s:
            del one.reps[told.rep_number]
    elif told.action == "restart":
        one.reps = {key: rep for key, rep in one.reps.items() if rep.time_s > told.time_s}
    elif told.action in ("warm-up", "work"):
        warm_up = told.action == "warm-up"
        if told.rep_number == 0:
            one.warm_up = warm_up
        for key in one.reps if told.rep_number == 0 else one.reps.keys() & {told.rep_number}:
            one.reps[key] = replace(one.reps[key], warm_up=warm_up)


def _frozen(sets: dict[int, _Set]) -> tuple[CountedSet, ...]:
    out = []
    for one in sorted(sets.values(), key=lambda one: one.number):
        ordered = sorted(one.reps.values(), key=lambda rep: (rep.time_s, rep.rep_number))
        reps = tuple(replace(rep, number=place) for place, rep in enumerate(ordered, 1))
        times = [rep.time_s for rep in reps]
        start_s = one.start_s if one.start_s is not None else min(times, default=0.0)
        end_s = one.end_s if one.end_s is not None else max([start_s, *times])
        if reps or one.machine_reps or one.over:
            out.append(CountedSet(one.number, start_s, end_s, one.over, reps, one.machine_reps))
    return tuple(out)


def _away_s(one: CountedSet, time_s: float) -> float:
    return max(one.start_s - time_s, time_s - one.end_s, 0.0)
