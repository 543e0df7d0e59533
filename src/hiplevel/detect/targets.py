"""Prescribed repetitions, sets, holds and rest: what is reached, from the events and the time that passes.

It stands above the pipeline, because what counts includes what a person put right. Live it follows every event of the
session; a replay follows the same events in the same order, corrections where they were said, and comes to the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hiplevel.detect.corrections import Tally
from hiplevel.model.events import Event, Rep, RepTurned, SetStarted
from hiplevel.model.holding import Hold, HoldStarted, HoldUpdated
from hiplevel.model.prescription import Prescription
from hiplevel.model.targets import RestStarted, Target, TargetReached


@dataclass(frozen=True)
class _Count:
    """A set so far."""

    done: int = 0
    over: bool = False
    end_s: float = 0.0


class Targets:
    """Follows a session; `process` gives its events with what they made come true among them, in time order.

    at_turn: a repetition counts when it turns.
    """

    def __init__(self, asked: Prescription, *, at_turn: bool = False) -> None:
        self._asked = asked
        self._tally = Tally(at_turn=at_turn)
        self._counts: dict[int, _Count] = {}
        self._reached: set[int] = set()
        self._sets_told = False
        self._rest: RestStarted | None = None
        self._holds = _HoldSets(asked)

    def process(self, events: Iterable[Event]) -> list[Event]:
        """These events, each followed by the targets that it reached."""
        out: list[Event] = []
        for event in events:
            out += self.advance(event.known_s)
            out.append(event)
            out += self._follow(event)
        return out

    def advance(self, now_s: float) -> list[Event]:
        """Nothing else happened until `now_s`: the rest may be over."""
        rest = self._rest
        if rest is None or now_s < rest.until_s:
            return []
        self._rest = None
        known_s = max(rest.until_s, rest.known_s)
        seconds = self._asked.rest_s
        return [TargetReached(rest.until_s, "rest", rest.set_number, seconds, seconds, known_s=known_s)]

    def _follow(self, event: Event) -> list[Event]:
        if isinstance(event, (Rep, RepTurned, SetStarted, HoldStarted)):
            self._rest = None
        out: list[Event] = []
        for number in self._tally.take(event):
            one = self._tally.counted(number)
            now = _Count() if one is None else _Count(one.done, one.over, one.end_s)
            out += self._counted(number, now, event.known_s)
        if isinstance(event, (Hold, HoldStarted, HoldUpdated)):
            told, number, done = self._holds.take(event)
            out += told
            if done is not None:
                out += self._counted(number, done, event.known_s)
        return out

    def _counted(self, number: int, now: _Count, known_s: float) -> list[Event]:
        before = self._counts.get(number, _Count())
        self._counts[number] = now
        reached = 0 < self._asked.reps <= now.done
        out: list[Event] = []
        if reached and number not in self._reached:
            out.append(self._told("reps", number, now.done, self._asked.reps, known_s))
        (self._reached.add if reached else self._reached.discard)(number)
        out += self._sets(known_s)
        if self._sets_told:
            self._rest = None
        elif reached and now.done > before.done:
            out += self._begin_rest(known_s, number, known_s)
        elif now.over and now.done and not before.over and not reached:
            out += self._begin_rest(now.end_s, number, known_s)
        return out

    def _sets(self, known_s: float) -> list[Event]:
        done = sum(one.done > 0 and (one.over or number in self._reached) for number, one in self._counts.items())
        told, self._sets_told = self._sets_told, 0 < self._asked.sets <= done
        if told or not self._sets_told:
            return []
        return [self._told("sets", 0, done, self._asked.sets, known_s)]

    def _begin_rest(self, start_s: float, number: int, known_s: float) -> list[Event]:
        if not self._asked.rest_s:
            return []
        self._rest = RestStarted(start_s, start_s + self._asked.rest_s, number, known_s=known_s)
        return [self._rest, *self.advance(known_s)]

    def _told(self, what: Target, number: int, done: float, target: float, known_s: float) -> TargetReached:
        return TargetReached(known_s, what, number, done, target, known_s=known_s)


class _HoldSets:
    """Holds instead of repetitions: so many make a set, for nothing else tells where one ends."""

    def __init__(self, asked: Prescription) -> None:
        self._asked = asked
        self._long_enough: set[int] = set()
        self._number, self._count = 1, _Count()

    def take(self, event: Hold | HoldStarted | HoldUpdated) -> tuple[list[Event], int, _Count | None]:
        """What it reached by itself, the set it belongs to, and that set's count where it changed."""
        if isinstance(event, HoldStarted):
            if 0 < self._asked.reps <= self._count.done:
                self._number, self._count = self._number + 1, _Count()
            return [], self._number, None
        if not event.meant:  # a later one may have its number
            self._long_enough.discard(event.number)
            return [], self._number, None
        told = self._long(event.number, event.held_s or _length_s(event), event.known_s)
        if isinstance(event, HoldUpdated):
            return told, self._number, None
        self._count = replace(self._count, done=self._count.done + 1, end_s=event.end_s)
        return told, self._number, self._count

    def _long(self, number: int, held_s: float, known_s: float) -> list[Event]:
        if not 0.0 < self._asked.hold_s <= held_s or number in self._long_enough:
            return []
        self._long_enough.add(number)
        return [TargetReached(known_s, "hold", self._number, held_s, self._asked.hold_s, known_s=known_s)]


def _length_s(event: Hold | HoldUpdated) -> float:
    return event.end_s - event.start_s if isinstance(event, Hold) else 0.0
