"""What a person says while a session runs, from any thread: corrections and notes, made in the session's own time."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from hiplevel.detect.correct import Corrector
from hiplevel.model.errors import UsageError
from hiplevel.model.events import Event, Note
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.tempo import Tempo

Saying = Literal["undo", "add", "restart", "revoke"]
_Say: TypeAlias = Callable[[Sequence[Event], float], Event]


class Said:
    """Waits for the session to ask. at_turn: people see a repetition when it turns."""

    def __init__(self, *, at_turn: bool = False) -> None:
        self._at_turn = at_turn
        self._waiting: deque[_Say] = deque()

    def correct(self, what: Saying) -> None:
        """Take the last repetition back, add one, begin the set anew, or take back what was said last."""
        self._waiting.append(lambda events, time_s: getattr(self._corrector(events), what)(time_s))

    def warm_up(self, set_number: int, number: int = 0, *, on: bool = True) -> None:
        """Mark a set, or one repetition of it, as warm-up, or as work again."""
        self._waiting.append(lambda events, time_s: self._corrector(events).warm_up(time_s, set_number, number, on=on))

    def note(self, text: str, author: str = "person") -> None:
        """Write something beside this moment."""
        self._waiting.append(lambda _, time_s: Note(time_s, text, "note", author=author, known_s=time_s))

    def metronome(self, tempo: Tempo, in_s: float = 3.0) -> None:
        """Let the beat begin in so many seconds; the one before ends."""
        self._waiting.append(
            lambda _, time_s: MetronomeStarted(
                time_s + in_s, tempo.out_s, tempo.hold_s, tempo.back_s, tempo.home_s, known_s=time_s
            )
        )

    def stop_metronome(self) -> None:
        """Let the beat end."""
        self._waiting.append(lambda _, time_s: MetronomeStopped(time_s, known_s=time_s))

    def next(self, events: Sequence[Event], time_s: float) -> Event | None:
        """The next of them, said at `time_s` of the session whose events these are; None when there is none.

        What does not fit (nothing to take back) becomes a note that says so.
        """
        if not self._waiting:
            return None
        try:
            return self._waiting.popleft()(events, time_s)
        except UsageError as error:
            return Note(time_s, str(error), "not-corrected", known_s=time_s)

    def _corrector(self, events: Sequence[Event]) -> Corrector:
        return Corrector(events, at_turn=self._at_turn)
