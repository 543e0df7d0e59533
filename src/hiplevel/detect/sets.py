"""Sets: a set begins with a repetition and ends when none has come for the time of a rest."""

from dataclasses import dataclass
from statistics import median

from hiplevel.model.events import SetEnded, SetStarted


@dataclass(frozen=True)
class SetParams:
    """How long nothing must happen before the set is over: a pause within a set is shorter than a rest."""

    rest_s: float = 10.0  # a pause of 4 s and a repetition after it fit in
    rest_reps: float = 2.5  # or this many of the set's own repetitions, if longer


class Sets:
    """Counts repetitions into sets."""

    def __init__(self, params: SetParams | None = None) -> None:
        self.params = params or SetParams()
        self.number = 0
        self.reps = 0
        self._start_s = 0.0
        self._end_s = 0.0
        self.over_s = 0.0  # without another repetition the set ends then
        self._durations: list[float] = []

    @property
    def open(self) -> bool:
        """Whether a set is under way."""
        return self.reps > 0

    def rep(self, start_s: float, end_s: float, known_s: float) -> list[SetStarted]:
        """Count a repetition, opening a set when none is open."""
        started = []
        if not self.open:
            self.number += 1
            self._start_s, self._durations = start_s, []
            started.append(SetStarted(start_s, self.number, known_s=known_s))
        self.reps += 1
        self._end_s = end_s
        self._durations.append(end_s - start_s)
        self.over_s = end_s + max(self.params.rest_s, self.params.rest_reps * median(self._durations))
        return started

    def lost(self, lost_s: float) -> None:
        """So long nothing was seen, up to a rest."""
        self.over_s += min(lost_s, self.params.rest_s)

    def finish(self, known_s: float) -> list[SetEnded]:
        """Close an open set."""
        if not self.open:
            return []
        ended = SetEnded(self._start_s, self._end_s, self.number, self.reps, known_s=known_s)
        self.reps = 0
        return [ended]
