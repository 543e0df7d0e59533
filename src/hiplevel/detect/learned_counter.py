"""Counts a movement that nobody described: once its rhythm is sure, from its first repetition on."""

from bisect import bisect_left
from collections.abc import Sequence

from hiplevel.detect.counter import BRIDGED_S
from hiplevel.detect.history import History
from hiplevel.detect.learned_choice import is_steady
from hiplevel.detect.learned_describe import described
from hiplevel.detect.learned_frames import DELAY_S, Framer, Frames
from hiplevel.detect.learned_hearing import Hearing
from hiplevel.detect.learned_lookback import Found, LookBack
from hiplevel.detect.learned_prelude import Prelude
from hiplevel.detect.learned_rhythm import PERIODS
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.detect.learned_swings import LearnedSwings
from hiplevel.detect.learned_track import Track
from hiplevel.detect.ready import Ready
from hiplevel.detect.sets import SetParams, Sets
from hiplevel.model.events import Event, Rep
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock

# Where the pelvis hardly moves, less is quiet: a share of what is usually.
SUBTLE_SHARE = 0.4
# Of the confidence, there, while turns may be homes: of a set counted so, one repetition is easily missed.
UNSURE_SHARE = 0.8

# A rhythm is as quick and as slow as the exercise allows; one repetition may be more so.
SLACK = 1.5


class LearnedCounter:
    """Repetitions of any rhythm; the same interface as RepCounter."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        self._exercise, self._counting, self._stance = exercise, exercise.counting, stance
        self._upright = exercise.posture == "upright"
        self._look = LookBack(exercise, stance)
        self._blank = Rep(0.0, 0.0, 0.0, 0.0, side=stance)
        self._framer = Framer(SUBTLE_SHARE if self._look.subtle else 1.0)
        self._history, self._hearing, self._track = History(), Hearing(self._counting), Track()
        self._sets, self._ready = Sets(), Ready()
        self._said_s: list[float] = []
        self._swings: LearnedSwings | None = None
        self._prelude = Prelude()
        self._ends, self._times_s = list[int](), list[float]()  # of the block's beats: the frame after each, and when
        self._row = -1  # of LAGS: the rhythm at the beat before, if it mattered there
        self._another = False  # what is followed now is not what the set was of
        self._floor = 0  # frames before it are counted

    def neutral(self, *, known: bool) -> None:
        """Nothing here depends on a neutral."""

    def process(self, block: MotionBlock, next_s: Sequence[float] = ()) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s. next_s: when a person said 'next'."""
        self._history.append(block)
        self._said_s += next_s
        rows = block.beats.rows
        ready = {bisect_left(rows, row): what for row, what in self._ready.process(block.beats)}
        frames = self._framer.process(block)
        if not frames.ends:
            return []
        self._take(frames)
        self._times_s = block.time_s[rows].tolist()
        out, beat, next_ready = list[Event](), 0, iter([*sorted(ready), len(rows)])
        ready_at = next(next_ready)
        while True:
            beat = self._next(beat, ready_at)
            if beat == len(rows):
                break
            known_s, self._track.end = self._times_s[beat], self._ends[beat]
            if self._said_s:
                out += self._heard(known_s)
            if beat == ready_at:
                ready_at = next(next_ready)
                if ready[beat] == "quiet":
                    out += self._sets.arm(known_s)
                elif self._upright:
                    out += self._end_set(known_s, "walking")
            out += self._told(self._follow(beat), known_s)
            beat += 1
        self._track.end = self._ends[-1]
        return out

    def restart(self, lost_s: float = 0.0) -> None:
        """A gap of lost_s: nothing may span it, unless it is too short to hide a repetition.

        The set goes on, and what nobody saw is no rest.
        """
        self._sets.lost(lost_s)
        if 0.0 < lost_s <= BRIDGED_S:
            self._framer.bridge()
            return
        self._history.clear()
        self._framer.restart()
        self._track.restart()
        self._ready.restart()
        self._hearing.restart()
        self._swings, self._row, self._floor = None, -1, self._track.end
        self._prelude.clear()

    def broken(self, turn: Floats | None) -> None:
        """Another posture, which a limb takes at every turn, or another neutral, whose axes are turned by (3, 3)."""
        self._history.clear()
        if turn is None:
            return
        if self._look.frontal:  # what the frontal plane is was not known until now
            self.restart()
        else:
            self._framer.turn(turn)

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        out: list[Event] = []
        frames = self._framer.finish()
        if frames.ends:
            self._take(frames)
            self._track.end = self._track.ahead
            out += self._reps(self._follow(0), known_s)
        if self._swings is not None:
            out += self._reps(self._swings.finish(), known_s)
        return out + self._sets.finish(known_s, "end")

    def _take(self, frames: Frames) -> None:
        """These frames come next."""
        self._ends = self._track.append(frames)
        self._hearing.process(frames.velocity_m_s, frames.ends)

    def _next(self, beat: int, end: int) -> int:
        """The first of beats [beat, end) at which anything may happen, or `end`."""
        swings = self._swings
        if self._said_s:
            return beat
        if self._sets.open:
            end = bisect_left(self._times_s, self._sets.over_s, beat, end)
        if swings is not None:
            end = bisect_left(self._ends, swings.due, beat, end)
        if swings is not None and not swings.stalled:
            self._row = -1 if end > beat else self._row
            return end
        if self._prelude.under_way:
            return beat
        since = self._since
        while beat < end:
            row = self._hearing.at(beat, self._ends[beat] - since)
            if not self._look.idle(self._track, self._ends[beat], PERIODS[row] if row >= 0 else 0.0, since):
                break
            self._row, beat = row, beat + 1
        return beat

    def _follow(self, beat: int) -> list[LearnedSwing]:
        """Repetitions that this beat made certain."""
        swings = self._swings
        if swings is not None:
            out = swings.advance()
            # After a pause the same movement goes on, unless another one does or the set ends.
            if out or not swings.stalled:
                self._prelude.clear()
                self._row = -1
                return out
        self._prelude.advance()
        row, before = self._hearing.at(beat, self._track.end - self._since), self._row
        self._row = row
        found = self._looked_back(row, steady=is_steady(row, before, self._hearing.params))
        if found is None:
            return []
        if not found.large:
            self._prelude.begin(found)
            return []
        self._swings, self._another = found.swings, swings is not None and not _alike(swings, found.swings)
        return [*self._prelude.before(found), *found.reps]

    def _looked_back(self, row: int, *, steady: bool) -> Found | None:
        if not steady:
            return self._look.late(self._since)
        return self._look.lock(self._track, PERIODS[row], self._since, small=not self._prelude.under_way)

    @property
    def _since(self) -> int:
        """The frame from which on nothing is counted yet."""
        return max(self._floor if self._swings is None else self._swings.counted, self._track.begins)

    def _heard(self, known_s: float) -> list[Event]:
        """A person said 'next' before this moment."""
        out: list[Event] = []
        while self._said_s and self._said_s[0] <= known_s:
            out += self._end_set(known_s, "said")
            self._said_s.pop(0)
        return out

    def _told(self, swings: list[LearnedSwing], known_s: float) -> list[Event]:
        out: list[Event] = []
        if self._another:
            self._another = False
            out += self._sets.finish(known_s)
        resting = self._sets.open and known_s >= self._sets.over_s and not swings
        if resting and (self._swings is None or not self._swings.under_way):
            out += self._end_set(known_s, "rest")
        return out + self._reps(swings, known_s) if swings else out

    def _end_set(self, known_s: float, reason: str) -> list[Event]:
        if self._swings is not None:
            self._floor, self._swings = max(self._swings.counted, self._floor), None
        self._prelude.clear()
        return self._sets.finish(known_s, reason) if reason == "rest" else self._sets.disarm(known_s, reason)

    def _reps(self, swings: list[LearnedSwing], known_s: float) -> list[Event]:
        out: list[Event] = []
        (shortest_s, longest_s), slack = self._counting.rep_s, SLACK
        for swing in swings:
            at_s = [self._track.time_s(at) - DELAY_S for at in (swing.start, swing.turn, swing.end)]
            start_s, turn_s, end_s = (max(s, self._track.begins_s) for s in at_s)
            if not (0.0 if swing.cut else shortest_s / slack) <= end_s - start_s <= slack * longest_s:
                continue
            if self._sets.open and start_s >= self._sets.over_s:
                out += self._sets.finish(known_s)
            rep = self._blank.but(start_s=start_s, turn_s=turn_s, end_s=end_s, known_s=known_s)
            velocity = self._track.velocity_m_s(swing.start, swing.end + 1)
            rep = described(rep, self._exercise, self._stance, self._history, velocity, swing.size_m)
            if self._look.subtle and not swing.sure:
                rep = rep.but(confidence=UNSURE_SHARE * rep.confidence)
            out += self._sets.rep(rep, swing.size_m)
        return out


def _alike(a: LearnedSwings, b: LearnedSwings) -> bool:
    """Whether both may be of one set."""
    sizes_m = sorted((a.course.size_m, b.course.size_m))
    return sizes_m[0] >= SetParams().alike * sizes_m[1]
