"""Counts a movement that nobody described: once its rhythm is sure, from its first repetition on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hiplevel.detect.counter import BRIDGED_S
from hiplevel.detect.history import History
from hiplevel.detect.learned_choice import RhythmParams, is_steady, rhythms
from hiplevel.detect.learned_describe import described
from hiplevel.detect.learned_frames import DELAY_S, FRAME_HZ, Framer, Frames
from hiplevel.detect.learned_lookback import Found, LookBack
from hiplevel.detect.learned_prelude import Prelude
from hiplevel.detect.learned_rhythm import LAGS, RHYTHM_HZ, Rhythm
from hiplevel.detect.learned_swings import LearnedSwing, LearnedSwings
from hiplevel.detect.learned_track import Track
from hiplevel.detect.ready import Ready
from hiplevel.detect.sets import SetParams, Sets
from hiplevel.model.events import Event, Rep
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock

# Where the pelvis hardly moves, less is quiet: a share of what is usually.
SUBTLE_SHARE = 0.4
# Of the confidence, there, while turns may be homes: of a set counted so, one repetition is easily missed.
UNSURE_SHARE = 0.8

# Beats of which the rhythm is found out at once, when there are so many.
AT_ONCE = 120

# A rhythm is as quick and as slow as the exercise allows; one repetition may be more so.
SLACK = 1.5


class LearnedCounter:
    """Repetitions of any rhythm; the same interface as RepCounter."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        self.params = RhythmParams()
        self._exercise, self._counting, self._stance = exercise, exercise.counting, stance
        self._upright = exercise.posture == "upright"
        self._look = LookBack(exercise, stance)
        self._framer = Framer(SUBTLE_SHARE if self._look.subtle else 1.0)
        self._history, self._rhythm, self._track = History(), Rhythm(), Track()
        self._sets, self._ready = Sets(), Ready()
        self._said_s: list[float] = []
        self._swings: LearnedSwings | None = None
        self._prelude = Prelude()
        self._ends: list[int] = []  # of the block's beats: the frame after each
        self._rows: list[int] = []  # of LAGS: the rhythm at the beats from `_rows_from` on, -1 for none
        self._rows_from, self._row = 0, -1  # and at the beat before, if it mattered there
        self._another = False  # what is followed now is not what the set was of
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
        self._take(frames)
        out: list[Event] = []
        times_s = block.time_s[block.beats.rows].tolist()
        for beat, (row, end, known_s) in enumerate(zip(block.beats.rows, self._ends, times_s, strict=True)):
            self._track.end = end
            if self._said_s:
                out += self._heard(known_s)
            if row in ready:
                if ready[row] == "quiet":
                    out += self._sets.arm(known_s)
                elif self._upright:
                    out += self._end_set(known_s, "walking")
            swings = self._swings
            if swings is None or swings.stalled or swings.news or known_s >= self._sets.over_s:
                out += self._told(self._follow(beat), known_s)
            else:
                self._row = -1
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
        self._rhythm.restart()
        self._swings, self._row, self._floor = None, -1, self._track.end
        self._prelude.clear()

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
            self._take(frames)
            self._track.end = self._track.ahead
            out += self._reps(self._follow(0), known_s)
        if self._swings is not None:
            out += self._reps(self._swings.finish(), known_s)
        return out + self._sets.finish(known_s, "end")

    def _take(self, frames: Frames) -> None:
        """These frames come next."""
        self._ends = self._track.append(frames)
        self._rhythm.process(frames.velocity_m_s, frames.ends)
        self._rows, self._rows_from = [], 0

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
        row, before = self._rhythm_at(beat), self._row
        self._row = row
        found = self._looked_back(row, steady=is_steady(row, before, self.params))
        if found is None:
            return []
        if not found.large:
            self._prelude.begin(found)
            return []
        self._swings, self._another = found.swings, swings is not None and not _alike(swings, found.swings)
        return [*self._prelude.before(found), *found.reps]

    def _rhythm_at(self, beat: int) -> int:
        """The row of LAGS that is the rhythm, -1 for none; of the beats to come it is found out at once."""
        if beat - self._rows_from >= len(self._rows):
            like = self._rhythm.likeness(beat, beat + AT_ONCE)
            self._rows, self._rows_from = rhythms(like, self._counting, self.params).tolist(), beat
        return self._rows[beat - self._rows_from]

    def _looked_back(self, row: int, *, steady: bool) -> Found | None:
        track, swings = self._track, self._swings
        floor = max(self._floor if swings is None else swings.counted, track.begins)
        if not steady:
            return self._look.late(floor)
        small = not self._prelude.under_way
        return self._look.lock(track, float(LAGS[row]) * FRAME_HZ / RHYTHM_HZ, floor, small=small)

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
        return out + self._reps(swings, known_s)

    def _end_set(self, known_s: float, reason: str) -> list[Event]:
        if self._swings is not None:
            self._floor, self._swings = max(self._swings.counted, self._floor), None
        self._prelude.clear()
        return self._sets.finish(known_s, reason) if reason == "rest" else self._sets.disarm(known_s, reason)

    def _reps(self, swings: list[LearnedSwing], known_s: float) -> list[Event]:
        out: list[Event] = []
        (shortest_s, longest_s), slack = self._counting.rep_s, SLACK
        for swing in swings:
            at_s = (self._track.time_s(at) - DELAY_S for at in (swing.start, swing.turn, swing.end))
            start_s, turn_s, end_s = (max(s, self._track.begins_s) for s in at_s)
            if not (0.0 if swing.cut else shortest_s / slack) <= end_s - start_s <= slack * longest_s:
                continue
            if self._sets.open and start_s >= self._sets.over_s:
                out += self._sets.finish(known_s)
            rep = Rep(start_s, turn_s, end_s, 0.0, side=self._stance, known_s=known_s)
            velocity = self._track.velocity_m_s(swing.start, swing.end + 1)
            rep = described(rep, self._exercise, self._stance, self._history, velocity, swing.size_m)
            if self._look.subtle and not swing.sure:
                rep = replace(rep, confidence=UNSURE_SHARE * rep.confidence)
            out += self._sets.rep(rep, swing.size_m)
        return out


def _alike(a: LearnedSwings, b: LearnedSwings) -> bool:
    """Whether both may be of one set."""
    sizes_m = sorted((a.course.size_m, b.course.size_m))
    return sizes_m[0] >= SetParams().alike * sizes_m[1]
