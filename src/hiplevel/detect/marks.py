"""What a person says while it runs: kept until the motion of that moment has come."""

from bisect import insort
from collections import deque

from hiplevel.model.events import Mark, MarkKind
from hiplevel.motion.grid import STAMP_TOLERANCE_S


class Marks:
    """Said now, or known from a recording. A mark stands between the cells up to its time and those after it."""

    def __init__(self) -> None:
        self._said: deque[MarkKind] = deque()  # another thread may say something at any time
        self._waiting: list[Mark] = []

    def say(self, what: MarkKind) -> None:
        """Now; it is dated when the next samples come."""
        self._said.append(what)

    def add(self, mark: Mark) -> None:
        """One of a recording, before the samples after it."""
        insort(self._waiting, mark, key=lambda waiting: waiting.time_s)

    def date(self, now_s: float) -> None:
        """What was said belongs to the last sample so far."""
        while self._said:
            self.add(Mark(now_s, self._said.popleft(), known_s=now_s))

    def before(self, time_s: float) -> list[Mark]:
        """The marks that a cell of this time comes after, each told once."""
        due = [mark for mark in self._waiting if mark.time_s + 2.0 * STAMP_TOLERANCE_S < time_s]
        self._waiting = self._waiting[len(due) :]
        return due

    def rest(self) -> list[Mark]:
        """Those that no cell came after."""
        left, self._waiting = self._waiting, []
        return left
