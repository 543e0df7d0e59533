"""When a session is over: what it came to against what was asked for, and what comes next."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.done import Done
from hiplevel.gui.live.next_up import next_up
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.unit import unit_of
from hiplevel.gui.spoken import load_spoken, stance_words
from hiplevel.model.sides import watched


class Afterwards:
    """Remembers what was trained in this window. look, again, begin: what the buttons of the last screen do."""

    def __init__(self, look: Callable[[], None], again: Callable[[], None], begin: Callable[[Choice], None]) -> None:
        self._look, self._again, self._begin = look, again, begin
        self._trained: set[tuple[str, str]] = set()

    def screen(self, choice: Choice, state: LiveState, path: Path | None) -> Done:
        """The last screen of this session."""
        self._trained.add((choice.exercise, choice.stance))
        return Done(
            state,
            path,
            watched(choice.stance),
            self._look,
            self._again,
            _asked(choice),
            unit_of(load_spoken(choice.exercise)),
            self._next_after(choice),
        )

    def _next_after(self, choice: Choice) -> tuple[str, Callable[[], None]] | None:
        upcoming = next_up(choice, self._trained)
        if upcoming is None:
            return None
        exercise = load_spoken(upcoming.exercise)
        leg = stance_words(upcoming.stance, exercise)
        words = leg if upcoming.exercise == choice.exercise else f"{exercise.name}, {leg}"
        return words, partial(self._begin, upcoming)


def _asked(choice: Choice) -> int:
    """Repetitions over all sets; 0 where it is not repetitions that count, or none were asked for."""
    if unit_of(load_spoken(choice.exercise)) != "reps":
        return 0
    return choice.dose.reps * max(choice.dose.sets, 1)
