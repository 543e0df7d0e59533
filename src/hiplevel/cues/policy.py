"""Which events are heard. Nothing inside the limit; less and less as it is learned, if so chosen; never a volley.

Feedback that fades keeps better than feedback on every repetition: half of them, or a summary at the end of a set.
"""

from dataclasses import dataclass

from hiplevel.model.events import Drop, DropStarted, Event, Rep, RepTurned, Rezero, SetEnded, SetStarted
from hiplevel.model.prescription import Feedback
from hiplevel.model.rules import Side

FADING: tuple[Feedback, ...] = ("every", "half", "set-end")  # the first set, the second, and all later ones
LEAST_APART_S = 0.6


@dataclass(frozen=True)
class Heard:
    """What is to be heard: 'drop', 'tick', 'count', 'done', 'missed' or 'ready'; side and number where they matter."""

    what: str
    side: Side | None = None
    number: int = 0


@dataclass
class Policy:
    """Fed with every event, in order.

    Attributes
    ----------
    feedback : how many of the drops are heard, as of a `Prescription`
    ticks, spoken : a tick a repetition; its number spoken
    counts_at_turn : a repetition is told when it turns, not when it is back
    """

    feedback: Feedback = "every"
    ticks: bool = True
    spoken: bool = False
    counts_at_turn: bool = False
    _set: int = 0
    _reps: int = 0
    _last_s: float = -1e9
    _drops: int = 0

    def hear(self, event: Event) -> list[Heard]:
        """What of it is heard."""
        match event:
            case SetStarted():
                self._set, self._drops = event.number, 0
            case DropStarted():
                return self._drop(event)
            case Drop(alarmed=False):
                self._drops += 1
            case RepTurned() if self.counts_at_turn:
                return self._rep(event.number, event.set_number)
            case Rep():
                self._reps = event.number
                return [] if self.counts_at_turn else self._rep(event.number, event.set_number)
            case SetEnded():
                missed = self._drops and self.mode == "set-end"
                self._reps = self._drops = 0
                return [Heard("missed" if missed else "done")]
            case Rezero():
                return [Heard("ready")]
            case _:
                pass
        return []

    @property
    def mode(self) -> Feedback:
        """How much is heard in this set."""
        if self.feedback != "fading":
            return self.feedback
        return FADING[min(max(self._set, 1), len(FADING)) - 1]

    def _drop(self, event: DropStarted) -> list[Heard]:
        self._drops += 1
        # Repetitions take turns, not drops: otherwise one bad repetition would use up the silence of the next.
        quiet = self.mode == "set-end" or (self.mode == "half" and self._reps % 2 == 1)
        if quiet or event.known_s - self._last_s < LEAST_APART_S:
            return []
        self._last_s = event.known_s
        return [Heard("drop", event.side)]

    def _rep(self, number: int, set_number: int) -> list[Heard]:
        self._set = max(self._set, set_number)
        heard = [Heard("count", number=number)] if self.spoken else []
        return heard or ([Heard("tick")] if self.ticks else [])
