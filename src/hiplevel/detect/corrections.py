"""What counts after a person put the count right: the machine's events and the corrections, together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import Event, Rep, RepRevised, RepTurned, SetEnded, SetStarted, is_edit

Said = tuple[tuple[int, Event], ...]


@dataclass(frozen=True)
class CountedRep:
    """A repetition that counts.

    number: its place in the set, from 1, as people see it. rep_number: the machine's own, or the negative number of the
    edit that added it; `rep` is None then, for nothing was measured, and while it has turned but is not yet back.
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

    @property
    def shown(self) -> int:
        """The count that people see: of the work, or of the warm-up while it is nothing else."""
        return self.done or len(self.reps)


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
        return min(self.sets, key=lambda one: max(one.start_s - time_s, time_s - one.end_s, 0.0), default=None)


def corrected(events: Iterable[Event], *, at_turn: bool = False) -> Corrected:
    """What counts. A pure function of the events, in their order; no event is changed.

    A correction that fits nothing (a repetition that is not there) changes nothing. at_turn: as in `Tally`.
    """
    tally = Tally(at_turn=at_turn)
    for event in events:
        tally.take(event)
    return tally.corrected()


def standing(events: Iterable[Event]) -> Said:
    """(number, what a person said) of all that nobody has taken back, without the taking back; numbers count from 1."""
    said = [event for event in events if is_edit(event)]
    gone = taken_back(said)
    return tuple((n, event) for n, event in enumerate(said, 1) if n not in gone and not _revoked_by(event))


def taken_back(said: Sequence[Event]) -> set[int]:
    """The numbers, from 1, of what people took back again."""
    gone: set[int] = set()
    for number in range(len(said), 0, -1):
        back = _revoked_by(said[number - 1])
        if number not in gone and 0 < back < number:  # only what was said before
            gone.add(back)
    return gone


class Tally:
    """`corrected`, event by event: what it says at any moment is what it says of the events so far.

    at_turn: a repetition counts when it turns, before it is back.
    """

    def __init__(self, *, at_turn: bool = False) -> None:
        self._at_turn = at_turn
        self._sets: dict[int, _Set] = {}
        self._said: list[Event] = []
        self._standing: Said = ()

    def take(self, event: Event) -> tuple[int, ...]:
        """One more event; the numbers of the sets that count otherwise now."""
        if is_edit(event):
            before = self._numbers()
            self._said.append(event)
            self._standing = standing(self._said)
            return tuple(sorted(before | self._numbers()))
        number = _set_of(event)
        if number is None or (isinstance(event, RepTurned) and not self._at_turn):
            return ()
        self._sets.setdefault(number, _Set(number)).take(event)
        return (number,)

    def counted(self, number: int) -> CountedSet | None:
        """One set as it counts now; None when there is nothing in it, nor ever was."""
        one = self._sets.get(number, _Set(number)).copy()
        machine_reps = len(one.reps)
        for edit, event in self._standing:
            if isinstance(event, Correction) and event.set_number == number:
                one.correct(edit, event)
        return one.frozen(machine_reps)

    def corrected(self) -> Corrected:
        """Everything as it counts now."""
        sets = (self.counted(number) for number in sorted(self._numbers()))
        bad = tuple(event for _, event in self._standing if isinstance(event, BadSpan))
        return Corrected(tuple(one for one in sets if one is not None), bad)

    def _numbers(self) -> set[int]:
        added = {event.set_number for _, event in self._standing if isinstance(event, Correction)}
        return {*self._sets, *added}


@dataclass
class _Set:
    """One set while it grows, and while corrections are applied to a copy of it, one after another."""

    number: int
    start_s: float | None = None
    end_s: float | None = None
    over: bool = False
    reps: dict[int, CountedRep] = field(default_factory=dict)
    warm_up: bool = False

    def copy(self) -> "_Set":
        return replace(self, reps=dict(self.reps))

    def take(self, event: Event) -> None:
        match event:
            case SetStarted():
                self.start_s = event.time_s
            case RepTurned():
                self.reps[event.number] = CountedRep(0, self.number, event.number, event.time_s)
            case Rep():
                self.reps[event.number] = CountedRep(0, self.number, event.number, event.turn_s, rep=event)
            case RepRevised(kept=False):
                self.reps.pop(event.number, None)
            case SetEnded():
                self.start_s, self.end_s, self.over = event.start_s, event.end_s, True
            case _:
                pass

    def correct(self, edit: int, told: Correction) -> None:
        reps = self.reps
        match told.action:
            case "add":
                reps[-edit] = CountedRep(0, self.number, -edit, told.time_s, self.warm_up)
            case "undo":
                # The machine gives the number of a repetition that it withdrew to a later one, which is not meant.
                if told.rep_number in reps and reps[told.rep_number].time_s <= told.time_s:
                    del reps[told.rep_number]
            case "restart":
                self.reps = {key: rep for key, rep in reps.items() if rep.time_s > told.time_s}
            case "warm-up" | "work":
                warm_up = told.action == "warm-up"
                if told.rep_number == 0:
                    self.warm_up = warm_up
                for key in reps if told.rep_number == 0 else reps.keys() & {told.rep_number}:
                    reps[key] = replace(reps[key], warm_up=warm_up)
            case _:
                pass

    def frozen(self, machine_reps: int) -> CountedSet | None:
        ordered = sorted(self.reps.values(), key=lambda rep: (rep.time_s, rep.rep_number))
        reps = tuple(replace(rep, number=place) for place, rep in enumerate(ordered, 1))
        if not (reps or machine_reps or self.over):
            return None
        times = [rep.time_s for rep in reps]
        start_s = self.start_s if self.start_s is not None else min(times, default=0.0)
        end_s = self.end_s if self.end_s is not None else max([start_s, *times])
        return CountedSet(self.number, start_s, end_s, self.over, reps, machine_reps)


def _set_of(event: Event) -> int | None:
    if isinstance(event, (Rep, RepTurned, RepRevised)):
        return event.set_number
    return event.number if isinstance(event, (SetStarted, SetEnded)) else None


def _revoked_by(event: Event) -> int:
    return event.edit if isinstance(event, Correction) and event.action == "revoke" else 0
