"""Counts a movement that nobody described: once its rhythm is sure, from its first repetition on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from hiplevel.detect.counter import BRIDGED_S
from hiplevel.detect.history import History
from hiplevel.detect.learned_begin import begin
from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_describe import described
from hiplevel.detect.learned_frames import DELAY_S, FRAME_HZ, Framer
from hiplevel.detect.learned_frontal import frontal, is_to_the_side, turn_by_shift
from hiplevel.detect.learned_rhythm import LAGS, RHYTHM_HZ, Likeness, Rhythm, peaks
from hiplevel.detect.learned_signal import learned_direction
from hiplevel.detect.learned_swings import LearnedSwing, LearnedSwings
from hiplevel.detect.learned_track import Track
from hiplevel.detect.ready import Ready
from hiplevel.detect.sets import Sets
from hiplevel.model.events import Event, Rep
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock

# Where the pelvis hardly moves, less is quiet: a share of what is usually.
SUBTLE_SHARE = 0.4
# Of the confidence, there, while turns may be homes: of a set counted so, one repetition is easily missed.
UNSURE_SHARE = 0.8


@dataclass(frozen=True)
class RhythmParams:
    """When a rhythm is sure. A step takes 0.4 to 0.75 s, a stride 0.8 to 1.5 s, and moves a pelvis less than 15 cm."""

    likeness: float = 0.45
    nearly: float = 0.85  # of the best likeness: the shortest period so like is the rhythm
    evenness: float = 0.2
    steps_s: float = 1.5  # a shorter rhythm within it, so alike, is of steps
    steps_share: float = 0.6
    steps_likeness: float = 0.4
    fast_s: float = 1.5  # the size a quick rhythm needs, and from which period on the exercise's own is enough
    slow_s: float = 2.0
    fast_m: float = 0.2
    cycles: int = 3
    off_beat: float = 1.4  # repetitions follow one another after the rhythm's period, give or take so much


class LearnedCounter:
    """Repetitions of any rhythm; the same interface as RepCounter."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        self.params = RhythmParams()
        self._exercise, self._counting, self._stance = exercise, exercise.counting, stance
        self._upright = exercise.posture == "upright"
        self._frontal, self._subtle = exercise.counting.angle == "obliquity", exercise.pelvis_moves == "hardly"
        self._framer = Framer(SUBTLE_SHARE if self._subtle else 1.0)
        self._history, self._rhythm, self._track = History(), Rhythm(), Track()
        self._sets, self._ready = Sets(), Ready()
        self._said_s: list[float] = []
        self._swings: LearnedSwings | None = None
        self._floor = 0  # frames before it are counted

    def neutral(self, *, known: bool) -> None:
        """Nothing here depends on a neutral."""

    def process(self, block: MotionBlock, next_s: Sequence[float] = ()) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s. next_s: when a person said 'next'."""
        nothing = np.zeros(len(block.time_s))  # no signal of the catalogue's own
        self._history.append(block, nothing, nothing)
        self._said_s += next_s
        ready = dict(self._ready.process(block.beats))
        frames = self._framer.process(block)
        if not frames.ends:
            return []
        candidates = self._candidates(self._rhythm.process(frames.velocity_m_s, frames.ends))
        out: list[Event] = []
        for beat, row in enumerate(block.beats.rows):
            known_s = float(block.time_s[row])
            self._track.append(frames, beat)
            out += self._heard(known_s)
            if ready.get(row) == "quiet":
                out += self._sets.arm(known_s)
            elif self._upright and row in ready:
                out += self._end_set(known_s, "walking")
            out += self._told(self._follow(int(candidates[beat])), known_s)
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
        self._rhythm.restart()
        self._track.restart()
        self._ready.restart()
        self._swings, self._floor = None, self._track.end

    def broken(self, *, axes_changed: bool) -> None:
        """Another posture, which a limb takes at every turn, or another neutral: only other axes matter."""
        self._history.clear()
        if axes_changed:
            self.restart()

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        out: list[Event] = []
        frames = self._framer.finish()
        if frames.ends:
            candidates = self._candidates(self._rhythm.process(frames.velocity_m_s, frames.ends))
            self._track.append(frames, 0)
            out += self._reps(self._follow(int(candidates[0])), known_s)
        if self._swings is not None:
            out += self._reps(self._swings.finish(), known_s)
        return out + self._sets.finish(known_s, "end")

    def _candidates(self, like: Likeness) -> np.ndarray:
        """The row of LAGS that is the rhythm at each beat, -1 for none."""
        params = self.params
        best = like.likeness.max(axis=1)
        level = np.maximum(params.likeness, params.nearly * best)
        top = peaks(like.likeness)
        alike = top & np.greater_equal(like.likeness, level[:, None])
        row = np.where(alike.any(axis=1), alike.argmax(axis=1), like.likeness.argmax(axis=1))
        beats = np.arange(len(row))
        chosen = like.likeness[beats, row]
        shorter = (params.steps_s * RHYTHM_HZ > LAGS) & (LAGS[None] < LAGS[row, None] / 1.3)
        stepping = (
            top & shorter & (like.likeness >= np.maximum(params.steps_likeness, params.steps_share * chosen[:, None]))
        )
        fits = (
            (best >= params.likeness)
            & (LAGS[row] >= self._counting.rep_s[0] * RHYTHM_HZ)
            & (LAGS[row] <= self._counting.rep_s[1] * RHYTHM_HZ)
            & (like.evenness[beats, row] >= params.evenness)
            & ~stepping.any(axis=1)
        )
        return np.where(fits, row, -1)

    def _follow(self, row: int) -> list[LearnedSwing]:
        """Repetitions that this beat made certain."""
        swings, out = self._swings, list[LearnedSwing]()
        if swings is not None:
            out = swings.advance()
            if not (swings.course.over or swings.idle):
                return out
        # After a pause the same movement goes on, unless another one does or the set ends.
        return out if out or row < 0 else self._lock(float(LAGS[row]) * FRAME_HZ / RHYTHM_HZ)

    def _lock(self, period: float) -> list[LearnedSwing]:
        """Look back from a rhythm that is sure: at least three repetitions, or none."""
        track, cycles = self._track, self.params.cycles
        first = max(self._floor if self._swings is None else self._swings.counted, track.first)
        window = max(first, track.end - round(cycles * period))
        if track.end - window < period:
            return []
        if self._frontal and not is_to_the_side(track, window, track.end):
            return []
        velocity = track.velocity_m_s(window, track.end)
        direction, pattern = learned_direction(frontal(velocity) if self._frontal else velocity, period)
        course = Course(track, direction, period, first, window, subtle=self._subtle)
        beginning = begin(course, turn_by_shift(pattern, self._stance) if self._frontal else 0)
        if beginning is None or course.size_m < self._least_m(period / FRAME_HZ):
            return []
        swings = LearnedSwings(course, beginning)
        found = swings.judge()
        if len(found) < cycles or not self._in_rhythm(found, period):
            return []
        self._swings = swings
        return found

    def _in_rhythm(self, found: list[LearnedSwing], period: float) -> bool:
        """Whether what was found follows one another as the rhythm that was heard."""
        apart = median(b.turn - a.turn for a, b in pairwise(found))
        return period / self.params.off_beat <= apart <= self.params.off_beat * period

    def _least_m(self, period_s: float) -> float:
        """A quick rhythm must be large to be more than walking."""
        params = self.params
        slow_m = self._counting.min_swing / 100.0
        share = math.log(max(period_s, 1e-3) / params.fast_s) / math.log(params.slow_s / params.fast_s)
        share = min(max(share, 0.0), 1.0)
        return float(params.fast_m ** (1.0 - share) * slow_m**share)

    def _heard(self, known_s: float) -> list[Event]:
        """A person said 'next' before this moment."""
        out: list[Event] = []
        while self._said_s and self._said_s[0] <= known_s:
            out += self._end_set(known_s, "said")
            self._said_s.pop(0)
        return out

    def _told(self, swings: list[LearnedSwing], known_s: float) -> list[Event]:
        out: list[Event] = []
        if self._sets.open and known_s >= self._sets.over_s and not swings:
            out += self._end_set(known_s, "rest")
        return out + self._reps(swings, known_s)

    def _end_set(self, known_s: float, reason: str) -> list[Event]:
        if self._swings is not None:
            self._floor, self._swings = max(self._swings.counted, self._floor), None
        return self._sets.finish(known_s, reason) if reason == "rest" else self._sets.disarm(known_s, reason)

    def _reps(self, swings: list[LearnedSwing], known_s: float) -> list[Event]:
        out: list[Event] = []
        shortest_s, longest_s = self._counting.rep_s
        for swing in swings:
            at_s = (self._track.time_s(at) - DELAY_S for at in (swing.start, swing.turn, swing.end))
            start_s, turn_s, end_s = (max(s, self._track.begins_s) for s in at_s)
            if not (0.0 if swing.cut else shortest_s) <= end_s - start_s <= longest_s:
                continue
            if self._sets.open and start_s >= self._sets.over_s:
                out += self._sets.finish(known_s)
            rep = Rep(start_s, turn_s, end_s, 0.0, side=self._stance, known_s=known_s)
            velocity = self._track.velocity_m_s(swing.start, swing.end + 1)
            rep = described(rep, self._exercise, self._stance, self._history, velocity, swing.size_m)
            if self._subtle and not swing.sure:
                rep = replace(rep, confidence=UNSURE_SHARE * rep.confidence)
            out += self._sets.rep(rep, swing.size_m)
        return out
