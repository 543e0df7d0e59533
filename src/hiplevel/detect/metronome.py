"""The beat leads, the sensor checks: which repetition followed which beat, how late, and what cannot be said."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev

from hiplevel.detect.lock_in import LockIn, Moving, moved
from hiplevel.detect.pauses import Pauses
from hiplevel.model.events import Event, Mark, Rep, RepRevised
from hiplevel.model.exercise import PelvisMoves
from hiplevel.model.metronome import BeatChecked, Found, MetronomeStarted, MetronomeStopped
from hiplevel.model.samples import Floats
from hiplevel.model.tempo import Phase, Tempo

CONFIRM_S = 2.0  # a repetition is known so long after it is back, at most


@dataclass(frozen=True)
class Beat:
    """A phase of repetition `number`, from 1, begins at `time_s`: what is to be heard."""

    time_s: float
    number: int
    phase: Phase


def beats(tempo: Tempo, start_s: float, from_s: float, to_s: float) -> list[Beat]:
    """Every beat in [from_s, to_s) of a metronome that began at `start_s`."""
    first = max(0, math.floor((from_s - start_s) / tempo.rep_s))
    last = math.ceil((to_s - start_s) / tempo.rep_s)
    every = (
        Beat(start_s + index * tempo.rep_s + at_s, index + 1, phase)
        for index in range(first, last)
        for phase, at_s in tempo.phases()
    )
    return [beat for beat in every if from_s <= beat.time_s < to_s]


class Metronome:
    """Follows a session: `take` its motion, then `process` its events, then `advance` to the motion's end.

    A beat is checked when its repetition is known, or when none can follow it any more; one that a pause silenced is
    not. moves: as the catalogue says, for nothing seen means missed only where there would have been something to see.
    """

    def __init__(self, moves: PelvisMoves = "clearly") -> None:
        self._nothing: Found = "missed" if moves == "clearly" else "unseen"
        self._lock_in = LockIn()
        self._tempo: Tempo | None = None
        self._start_s, self._stop_s = 0.0, math.inf
        self._next = 0  # the first beat that is not checked yet, from 0
        self._swings: dict[int, Floats | None] = {}
        self._pauses = Pauses()

    def take(self, motion: Moving) -> None:
        """What the pelvis did."""
        if len(motion.time_s):
            self._lock_in.take(motion)

    def process(self, events: Iterable[Event]) -> list[Event]:
        """These events, among them the beats that they decide."""
        out: list[Event] = []
        for event in events:
            out += self.advance(event.known_s)
            out.append(event)
            match event:
                case MetronomeStarted():
                    out += self._end(event.known_s)
                    self._begin(event)
                case MetronomeStopped():
                    self._stop_s = min(self._stop_s, event.time_s)
                case Mark():
                    self._pauses.hear(event.what, event.time_s)
                case Rep():
                    out += self._followed(event)
                case _:
                    pass
        return out

    def advance(self, now_s: float) -> list[Event]:
        """Beats that nothing can follow any more."""
        out: list[Event] = []
        while self._tempo is not None and self._asked(self._next) and (due_s := self._due_s(self._next)) <= now_s:
            out += self._nothing_followed(self._next, due_s)
        return out

    def finish(self, now_s: float) -> list[Event]:
        """The session is over: what is still open."""
        self._stop_s = min(self._stop_s, now_s)
        return self._end(now_s)

    def _begin(self, told: MetronomeStarted) -> None:
        self._tempo = Tempo(told.out_s, told.hold_s, told.back_s, told.home_s)
        self._start_s, self._stop_s, self._next = told.time_s, math.inf, 0
        self._swings.clear()

    def _end(self, known_s: float) -> list[Event]:
        out: list[Event] = []
        if self._tempo is not None:
            self._stop_s = min(self._stop_s, known_s)
            while self._asked(self._next):
                out += self._nothing_followed(self._next, known_s)
        self._tempo = None
        return out

    def _followed(self, rep: Rep) -> list[Event]:
        """The beat whose turn is nearest; those before it can have no repetition any more."""
        if self._tempo is None:
            return []
        late_s = rep.turn_s - self._start_s - self._tempo.turn_s
        index = round(late_s / self._tempo.rep_s)
        if index < self._next or not self._asked(index):
            return []
        out: list[Event] = []
        while self._next < index:
            out += self._nothing_followed(self._next, rep.known_s)
        late_s -= index * self._tempo.rep_s
        out.append(self._checked(index, "rep", rep.known_s, late_s, rep.set_number, rep.number))
        return out

    def _nothing_followed(self, index: int, known_s: float) -> list[BeatChecked]:
        if self._silenced(index):
            self._next = index + 1
            return []
        near = [self._swing(index + by, known_s) for by in (-1, 0, 1)]
        seen = near[1] is not None
        found: Found = "moving" if moved(near[0], near[1], near[2]) else self._nothing if seen else "unseen"
        return [self._checked(index, found, known_s)]

    def _silenced(self, index: int) -> bool:
        """Whether it fell into a pause, or was cut off by one."""
        return self._pauses.touch(self._beat_s(index), self._beat_s(index + 1))

    def _checked(self, index: int, found: Found, known_s: float, late_s: float = 0.0, *rep: int) -> BeatChecked:
        self._next = index + 1
        self._swings.pop(index - 2, None)
        return BeatChecked(self._beat_s(index), index + 1, found, late_s, *rep, known_s=known_s)

    def _swing(self, index: int, known_s: float) -> Floats | None:
        """How the pelvis moved in one beat; None before the first, before it is over, and where samples are missing."""
        if index < 0 or self._tempo is None or self._beat_s(index) + self._tempo.rep_s > known_s:
            return None
        if index not in self._swings:
            self._swings[index] = self._lock_in.swings(self._beat_s(index), self._tempo.rep_s)
        return self._swings[index]

    def _beat_s(self, index: int) -> float:
        assert self._tempo is not None
        return self._start_s + index * self._tempo.rep_s

    def _due_s(self, index: int) -> float:
        """By then its repetition would be known, and the beat after it has been looked at."""
        assert self._tempo is not None
        tempo = self._tempo
        rep_known_s = tempo.turn_s + 0.5 * tempo.rep_s + tempo.back_s + CONFIRM_S
        return self._beat_s(index) + max(rep_known_s, 2.0 * tempo.rep_s)

    def _asked(self, index: int) -> bool:
        """The metronome went on to its end."""
        assert self._tempo is not None
        return self._beat_s(index) + self._tempo.rep_s <= self._stop_s


@dataclass(frozen=True)
class MetronomeCount:
    """Beats by what followed them; late_mean_s, late_sd_s: of those with a repetition, None for none, for one."""

    beats: int
    reps: int
    moving: int
    missed: int
    unseen: int
    late_mean_s: float | None
    late_sd_s: float | None


def metronome_count(events: Iterable[Event]) -> MetronomeCount | None:
    """What the beats of a session came to; None without any. Repetitions withdrawn later are not counted as seen."""
    checked: list[BeatChecked] = []
    withdrawn: set[tuple[int, int]] = set()
    for event in events:
        if isinstance(event, BeatChecked):
            checked.append(event)
        elif isinstance(event, RepRevised) and not event.kept:
            withdrawn.add((event.set_number, event.number))
        elif isinstance(event, Rep):
            withdrawn.discard((event.set_number, event.number))
    if not checked:
        return None
    reps = [b for b in checked if b.found == "rep" and (b.set_number, b.rep_number) not in withdrawn]
    late_s = [b.late_s for b in reps]
    kinds = {kind: sum(b.found == kind for b in checked) for kind in ("moving", "missed", "unseen")}
    return MetronomeCount(
        len(checked),
        len(reps),
        **kinds,
        late_mean_s=fmean(late_s) if late_s else None,
        late_sd_s=stdev(late_s) if len(late_s) > 1 else None,
    )
