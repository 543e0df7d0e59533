"""Back from a rhythm that is sure to the repetitions that were done by then."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from hiplevel.detect.learned_begin import begin
from hiplevel.detect.learned_choice import RhythmParams, least_size_m
from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_frontal import frontal, is_to_the_side, turn_by_shift
from hiplevel.detect.learned_shape import alike, shape
from hiplevel.detect.learned_signal import learned_direction
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.detect.learned_swings import LearnedSwings
from hiplevel.detect.learned_track import Track
from hiplevel.detect.learned_walk import walks
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance


@dataclass(frozen=True)
class LookBackParams:
    """Counts of repetitions, and ratios."""

    cycles: int = 3
    small_cycles: int = 2  # of a movement that only what follows can make a set of
    begun_periods: tuple[float, float] = (3.0, 2.5)  # between so many ago and so many it moved already, and since then
    begun_share: float = 0.02  # so much of all that moved since: two repetitions may differ by 0.4 in size
    again_periods: float = 0.5  # after looking in vain, unless a repetition was done meanwhile
    likeness: float = 0.3  # so much three go as another of them does, which what is done while resting does not
    pair_likeness: float = 0.75  # or two as each other
    late_share: float = 0.6  # the least of what is told without a rhythm, of its largest
    same: float = 1.1  # periods that differ less are the same rhythm
    off_beat: float = 1.4  # repetitions follow one another after the rhythm's period, give or take so much


class Found(NamedTuple):
    """A set under way, and its repetitions so far; large: enough to be one by itself."""

    swings: LearnedSwings
    reps: list[LearnedSwing]
    large: bool


class Refused(NamedTuple):
    """Where it was looked back from (frame) with which period, to no avail; what was found, if anything."""

    at: int
    period: float
    floor: int
    found: Found | None


class LookBack:
    """Looks for one exercise's repetitions."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        self.params, self._rhythm = LookBackParams(), RhythmParams()
        self._counting, self._stance = exercise.counting, stance
        self.frontal, self.subtle = exercise.counting.angle == "obliquity", exercise.pelvis_moves == "hardly"
        self._refused: Refused | None = None

    def lock(self, track: Track, period: float, floor: int, *, small: bool) -> Found | None:
        """From a rhythm's period to at least three repetitions since frame `floor`, or none.

        small: also one that is too small to be a set by itself, from two repetitions on.
        """
        if self.too_soon(track, track.end, period, floor) or self._waits(track, period, floor):
            return None
        first = max(floor, track.first)
        window = max(first, track.end - round(self.params.cycles * period))
        if self.frontal and not is_to_the_side(track, window, track.end):
            return None
        velocity = track.velocity_m_s(window, track.end)
        direction, pattern = learned_direction(frontal(velocity) if self.frontal else velocity, period)
        course = Course(track, direction, period, first, window, subtle=self.subtle)
        known_kind = turn_by_shift(pattern, self._stance) if self.frontal else 0
        strides = walks(velocity, pattern, period)
        found = self._found(course, known_kind, self._rhythm.fast_m if strides else 0.0, small=small)
        least = self.params.cycles if found is None or found.large else self.params.small_cycles
        if found is None or len(found.reps) < least or not self._are_a_set(found, period):
            self._refused = Refused(track.end, period, floor, found)
            return None
        self._refused = None
        return found

    def too_soon(self, track: Track, end: int, period: float, floor: int) -> bool:
        """Whether what is heard at frame `end` was counted already, or has not gone on for long enough to be a set."""
        first, last = (end - round(periods * period) for periods in self.params.begun_periods)
        first = max(first, floor)
        return first >= last or track.moved_m2_s2(first, last) < self.params.begun_share * track.moved_m2_s2(first, end)

    def _waits(self, track: Track, period: float, floor: int) -> bool:
        """Whether nothing has happened since it looked in vain; of what hardly shows every look tells another tale."""
        last = self._refused
        if last is None or last.floor != floor or not self._same(period, last.period):
            return False
        if self.subtle or last.found is None or track.end >= last.at + self.params.again_periods * period:
            return False
        return not (self._went_on(last.found) or last.found.swings.stalled)

    def idle(self, track: Track, end: int, period: float, floor: int) -> bool:
        """Whether nothing comes of a beat that ends with frame `end`; period: what is heard there, 0.0 for nothing."""
        last, found = self._refused, self._followed(floor)
        if last is not None and found is not None:
            if end >= min(found.swings.due, last.at + self.params.again_periods * last.period):
                return False
            if self._same(period, last.period):
                return True
        return not period or self.too_soon(track, end, period, floor)

    def _followed(self, floor: int) -> Found | None:
        """What was found, to no avail, and may become a set without its rhythm being heard again."""
        last = self._refused
        if self.subtle or last is None or last.floor != floor:
            return None
        return last.found if last.found is not None and last.found.large else None

    def _same(self, period: float, other: float) -> bool:
        return 1.0 / self.params.same <= period / other <= self.params.same

    def late(self, floor: int) -> Found | None:
        """What ended before its rhythm was heard again: repetitions that were under way then are done, all alike."""
        last, found = self._refused, self._followed(floor)
        if last is None or found is None:
            return None
        self._went_on(found)
        reps, stalled = found.reps, found.swings.stalled
        if len(reps) < self.params.cycles and (stalled or found.swings.course.track.end > last.at + last.period):
            self._refused = None  # nothing was under way
        if self._refused is None or not stalled:
            return None
        self._refused, sizes_m = None, [rep.size_m for rep in reps]
        same_size = min(sizes_m) >= self.params.late_share * max(sizes_m)
        return found if same_size and self._are_a_set(found, last.period) else None

    def _went_on(self, found: Found) -> bool:
        """Whether another repetition is done."""
        new = found.swings.advance()
        found.reps.extend(new)
        return bool(new)

    def _found(self, course: Course, known_kind: int, least_m: float, *, small: bool) -> Found | None:
        beginning = begin(course, known_kind, pauses=not self.subtle)
        if beginning is None or course.size_m < least_m:
            return None
        large = course.size_m >= least_size_m(course.period / FRAME_HZ, self._counting, self._rhythm)
        if not (large or small):
            return None
        swings = LearnedSwings(course, beginning, wary=self.subtle)
        return Found(swings, swings.judge(), large)

    def _are_a_set(self, found: Found, period: float) -> bool:
        """Whether they follow one another as the rhythm that was heard, and two of them go alike, where that shows."""
        params, reps = self.params, found.reps
        apart = median(b.turn - a.turn for a, b in pairwise(reps))
        if not period / params.off_beat <= apart <= params.off_beat * period:
            return False
        if self.subtle or len(reps) < params.cycles:
            return True
        likenesses = sorted(alike([shape(found.swings.course, rep) for rep in reps]))
        return likenesses[-1] >= params.pair_likeness or likenesses[-params.cycles] >= params.likeness
