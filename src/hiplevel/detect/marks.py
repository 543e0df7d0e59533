"""What a person says while it runs: kept until the motion of that moment has come."""

from bisect import insort
from collections import deque
from dataclasses import replace

from hiplevel.detect.pauses import Pauses
from hiplevel.model.events import Mark, MarkKind
from hiplevel.model.limit_change import LimitChanged
from hiplevel.motion.grid import AFTER_S

Said = Mark | LimitChanged


class Marks:
    """Said now, or known from a recording. A mark stands between the cells up to its time and those after it."""

    def __init__(self) -> None:
        self._said: deque[MarkKind | LimitChanged] = deque()  # another thread may say something at any time
        self._waiting: list[Said] = []
        self._asked_s: list[float] = []
        self.pauses = Pauses()

    def say(self, what: MarkKind | LimitChanged) -> None:
        """Now; it is dated when the next samples come."""
        self._said.append(what)

    def add(self, mark: Said) -> None:
        """One of a recording, before the samples after it."""
        insort(self._waiting, mark, key=lambda waiting: waiting.time_s)
        if isinstance(mark, Mark) and mark.what == "rezero":
            self._asked_s.append(mark.time_s)
        elif isinstance(mark, Mark):
            self.pauses.hear(mark.what, mark.time_s)

    def asked(self) -> list[float]:
        """When a new neutral was asked for, each told once."""
        asked_s, self._asked_s = self._asked_s, []
        return asked_s

    def date(self, now_s: float) -> None:
        """What was said belongs to the last sample so far."""
        while self._said:
            what = self._said.popleft()
            if isinstance(what, LimitChanged):
                self.add(replace(what, time_s=now_s, known_s=now_s))
            else:
                self.add(Mark(now_s, what, known_s=now_s))

    def before(self, time_s: float) -> list[Said]:
        """The marks that a cell of this time comes after, each told once."""
        due = [mark for mark in self._waiting if mark.time_s + AFTER_S < time_s]
        self._waiting = self._waiting[len(due) :]
        return due

    def rest(self) -> list[Said]:
        """Those that no cell came after."""
        left, self._waiting = self._waiting, []
        return left
