"""Sets: idle, armed, in a set, rest. Which repetitions count, and to which set they belong.

What is usual for a movement is known from two alike. Until then the first is provisional: told at once when the wearer
stood ready for it, held back when not. One that nothing followed, or that was quite unlike those that followed, was
getting into position.
"""

from dataclasses import dataclass
from statistics import median

from hiplevel.model.events import Event, Rep, RepRevised, RepTurned, SetArmed, SetDisarmed, SetEnded, SetStarted


@dataclass(frozen=True)
class SetParams:
    """How long nothing must happen before the set is over: a pause within a set is shorter than a rest."""

    rest_s: float = 10.0  # a pause of 4 s and a repetition after it fit in
    steps_reps: float = 2.0  # before so many of them have gone by, what looks like steps is the next repetition
    stirs_s: float = 1.5  # who moves as a rest would be over may be leaving for one more, which shows by then
    rest_reps: float = 2.5  # or this many of the set's own repetitions, if longer
    alike: float = 0.4  # of the larger: two repetitions of one movement differ by no more in range
    alike_s: float = 0.3  # nor in duration
    held_alike_s: float = 0.6  # nor those that look like sitting: sitting down lasts as long as it happens to
    overturn: int = 3  # so many small ones alike outweigh a large one that was told
    pair_quality: float = 0.4  # nor do two settle it that are worse than this: sitting down and getting up are alike
    memory: int = 5
    alone_quality: float = 0.75  # a repetition that nothing followed counts when it was as good as this, and one stayed
    first_confidence: float = 0.8  # of its confidence, while provisional


@dataclass(frozen=True)
class Tried:
    """A repetition with the size of its swing in the unit of the count signal; sat: it was held as if on a chair."""

    rep: Rep
    size: float
    sat: bool = False


class Sets:
    """Counts repetitions into sets; everything is told in the order in which it was known."""

    def __init__(self, params: SetParams | None = None) -> None:
        self.params = params or SetParams()
        self.number = 0
        self.reps = 0
        self.armed = False
        self.over_s = 0.0  # without another repetition the set ends then
        self._started = False  # the set was told
        self._sure = False  # two alike were seen
        self._tried: list[Tried] = []  # until then
        self._told: Tried | None = None  # the provisional one
        self._usual: list[float] = []
        self._durations: list[float] = []
        self._start_s = 0.0
        self._end_s = 0.0
        self._last_s = 0.0  # the end of what was last tried or counted
        self._turning = False  # a turn was told whose repetition is not known yet
        self._turned_s = 0.0  # when it was
        self._due_s = 0.0  # the set is over then, when nothing has begun
        self._kept: list[Rep] = []  # those that count so far, in order

    @property
    def open(self) -> bool:
        """Whether a set is under way, or may be."""
        return self._started or bool(self._tried)

    @property
    def sure(self) -> bool:
        """Whether the movement's own range is known."""
        return self._sure

    def arm(self, time_s: float, cue: str = "still") -> list[Event]:
        """The wearer is ready."""
        if self.armed or self._started or not all(one.sat for one in self._tried):
            return []
        self.armed = True
        return [SetArmed(time_s, cue, known_s=time_s)]

    def walking(self, time_s: float) -> list[Event]:
        """The wearer seems to walk, unless repetitions keep coming: quick ones shake the pelvis as steps do."""
        if self.open and time_s < self._last_s + self.params.steps_reps * self._durations[-1]:
            return []
        if self._sure and self._turning and time_s < self._turned_s + self._durations[-1]:
            return []
        return self.disarm(time_s, "walking")

    def disarm(self, time_s: float, reason: str) -> list[Event]:
        """The wearer walks away, or is in another posture: a set is over."""
        told: list[Event] = self.finish(time_s, reason)
        if self.armed:
            self.armed = False
            told.append(SetDisarmed(time_s, reason, known_s=time_s))
        return told

    def sat(self, known_s: float, since_s: float) -> list[Event]:
        """The wearer sits, or has risen: what has turned since since_s was sitting down or getting up."""
        out = self.no_rep(known_s)
        while self._kept and self._kept[-1].turn_s >= since_s:
            out += self._withdraw(known_s, "sitting")
        self._tried = [one for one in self._tried if one.rep.turn_s < since_s]
        return out + self.disarm(known_s, "sitting")

    def turn(self, turn_s: float, known_s: float, side: str, peak_deg: float) -> list[Event]:
        """A repetition that may count has turned."""
        ready = self._sure or self._told is not None or (self.armed and not self._tried)
        if self._turning or not ready:
            return []
        self._turning, self._turned_s = True, known_s
        if self._durations:  # a set is not over while a repetition is under way
            self.over_s = max(self.over_s, known_s + median(self._durations))
        number = self.number if self._started else self.number + 1
        return [RepTurned(turn_s, self.reps + 1, number, side, peak_deg, known_s=known_s)]

    def left(self, known_s: float) -> None:
        """What may be one more has begun: the set waits for it, once a rest, and not for whatever follows it."""
        late_s = self.params.stirs_s if self.over_s == self._due_s else 0.0
        if self._sure and known_s <= self._due_s + late_s:
            self.over_s = max(self.over_s, known_s + median(self._durations))

    def no_rep(self, known_s: float) -> list[Event]:
        """What had turned was no repetition."""
        if not self._turning:
            return []
        self._turning = False
        number = self.number if self._started else self.number + 1
        return [RepRevised(number, self.reps + 1, False, "it did not come back", known_s=known_s)]

    def rep(self, rep: Rep, size: float, *, sat: bool = False) -> list[Event]:
        """A repetition: told now, later, or never. sat: held so long that it counts only beside one held alike."""
        one = Tried(rep, size, sat)
        out = self._count(one, rep.known_s) if self._sure else self._try(one)
        self._prolong(rep)
        return out if self._turned_to_rep(out) else [*self.no_rep(rep.known_s), *out]

    def instead(self, known_s: float) -> list[Event]:
        """The latest that was tried was half of the one that comes now."""
        latest, self._tried = self._tried[-1:], self._tried[:-1]
        return self._withdraw(known_s, "half of what followed") if latest and latest[0] is self._told else []

    def lost(self, lost_s: float) -> None:
        """So long nothing was seen, up to a rest."""
        more_s = min(lost_s, self.params.rest_s)
        self._due_s += more_s
        self.over_s += more_s

    def finish(self, known_s: float, reason: str = "rest") -> list[Event]:
        """Close an open set."""
        if not self.open:
            return []
        out = self.no_rep(known_s)
        if self._told is not None:
            out += self._alone(self._told.rep, reason, known_s)
        if self._started:
            out.append(SetEnded(self._start_s, self._end_s, self.number, self.reps, reason, known_s=known_s))
            self.number -= self.reps == 0  # a set of nothing is no set
            self.armed = False
        self.reps, self._started, self._sure = 0, False, False
        self._tried, self._told, self._usual, self._durations, self._kept = [], None, [], [], []
        return out

    def _turned_to_rep(self, told: list[Event]) -> bool:
        """Whether the repetition of the turn that was told is among these."""
        if self._turning and any(isinstance(event, Rep) for event in told):
            self._turning = False
        return not self._turning

    def _prolong(self, rep: Rep) -> None:
        self._last_s = rep.end_s
        self._durations = [*self._durations, rep.end_s - rep.start_s][-2 * self.params.memory :]
        self._due_s = rep.end_s + max(self.params.rest_s, self.params.rest_reps * median(self._durations))
        self.over_s = self._due_s

    def _try(self, one: Tried) -> list[Event]:
        known_s = one.rep.known_s
        like = [other for other in self._tried if self._alike(other, one)]
        largest = max((other.size for other in self._tried if not other.sat), default=0.0)
        self._tried = [*self._tried, one][-2 * self.params.memory :]
        small = one.size < self.params.alike * largest
        group = [*like, one]
        poor = sum(other.rep.quality for other in group) < self.params.pair_quality * len(group)
        if len(group) >= self.params.overturn or (like and not small and not poor):
            return self._settle(group, known_s)
        if like or small or one.sat or not (self.armed or self._told is not None):
            return []
        # The first, or so much larger that the one before was not the movement.
        out = [] if self._told is None else self._withdraw(known_s, "quite unlike what followed")
        self._told = one
        confidence = self.params.first_confidence * one.rep.confidence
        return out + self._tell(one.rep.but(provisional=True, confidence=confidence), known_s)

    def _alike(self, a: Tried, b: Tried) -> bool:
        sizes, lasted = sorted((a.size, b.size)), sorted(t.rep.end_s - t.rep.start_s for t in (a, b))
        alike_s = self.params.held_alike_s if a.sat or b.sat else self.params.alike_s
        return sizes[0] >= self.params.alike * sizes[1] and lasted[0] >= alike_s * lasted[1]

    def _settle(self, group: list[Tried], known_s: float) -> list[Event]:
        """These are the movement: the rest was something else."""
        out: list[Event] = []
        if self._told is not None and self._told not in group:
            out += self._withdraw(known_s, "quite unlike what followed")
        elif self._told is not None:
            out.append(RepRevised(self.number, self.reps, True, "alike", known_s=known_s))
        self._sure = True
        for one in group:
            if one is self._told:
                self._usual.append(one.size)
            else:
                out += self._count(one, known_s)
        self._tried, self._told = [], None
        return out

    def _count(self, one: Tried, known_s: float) -> list[Event]:
        unusual = self._usual and one.size > max(self._usual) / self.params.alike
        if unusual and len(self._usual) >= self.params.overturn:
            return []
        self._usual = [*self._usual, one.size][-self.params.memory :]
        return self._tell(one.rep, known_s)

    def _tell(self, rep: Rep, known_s: float) -> list[Event]:
        out: list[Event] = []
        if not self._started:
            self.number += 1
            self._started, self._start_s = True, rep.start_s
            out.append(SetStarted(rep.start_s, self.number, known_s=known_s))
        before_s = self._end_s if self.reps else rep.start_s
        if not self.reps:
            self._start_s = rep.start_s
        self.reps += 1
        self._end_s = rep.end_s
        hold_home_s = max(0.0, rep.start_s - before_s)
        numbered = rep.but(number=self.reps, set_number=self.number, hold_home_s=hold_home_s, known_s=known_s)
        self._kept.append(numbered)
        return [*out, numbered]

    def _withdraw(self, known_s: float, why: str) -> list[Event]:
        out: list[Event] = [RepRevised(self.number, self.reps, False, why, known_s=known_s)]
        self.reps -= 1
        self._told = None
        self._kept.pop()
        self._end_s = self._kept[-1].end_s if self._kept else self._end_s
        return out

    def _alone(self, rep: Rep, reason: str, known_s: float) -> list[Event]:
        if reason not in ("rest", "end") or rep.quality < self.params.alone_quality:
            return self._withdraw(known_s, "nothing like it followed")
        return [RepRevised(self.number, self.reps, True, "nothing else followed", known_s=known_s)]
