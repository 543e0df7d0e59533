"""Hops counted into sets."""

from hiplevel.model.events import Event, Rep, RepRevised, RepTurned, SetEnded, SetStarted

REST_S = 8.0


class HopSet:
    """A set begins with a landing and is over when none came for the time of a rest."""

    def __init__(self) -> None:
        self.number, self.reps = 0, 0
        self._open = False
        self._turned = 0  # landings told whose repetition has not come
        self._start_s = self._end_s = 0.0

    def landed(self, time_s: float, known_s: float, side: str) -> list[Event]:
        """A landing: here it counts, where it counts at the turn."""
        out = self.passed(known_s)
        if not self._open:
            self.number, self.reps, self._open, self._start_s = self.number + 1, 0, True, time_s
            out.append(SetStarted(time_s, self.number, known_s=known_s))
        self._end_s = time_s
        self._turned = 1
        return [*out, RepTurned(time_s, self.reps + 1, self.number, side, known_s=known_s)]

    def rep(self, rep: Rep) -> list[Event]:
        """The landing that was told, whole."""
        self._turned = 0
        self.reps += 1
        self._start_s = rep.start_s if self.reps == 1 else self._start_s
        home_s = 0.0 if self.reps == 1 else max(rep.start_s - self._end_s, 0.0)
        self._end_s = rep.end_s
        return [rep.but(number=self.reps, set_number=self.number, hold_home_s=home_s)]

    def withdrawn(self, known_s: float) -> list[Event]:
        """The landing that was told was running, or was cut off."""
        if not self._turned:
            return []
        self._turned = 0
        return [RepRevised(self.number, self.reps + 1, False, "it went on flying", known_s=known_s)]

    def passed(self, time_s: float) -> list[Event]:
        """So late is it now."""
        over_s = self._end_s + REST_S
        return self._over(over_s, "rest") if self._open and not self._turned and time_s > over_s else []

    def finish(self, known_s: float) -> list[Event]:
        """The end of the recording."""
        return self._over(known_s, "end") if self._open else []

    def _over(self, known_s: float, reason: str) -> list[Event]:
        self._open = False
        if not self.reps:
            self.number -= 1
        return [SetEnded(self._start_s, self._end_s, self.number + (not self.reps), self.reps, reason, known_s=known_s)]
