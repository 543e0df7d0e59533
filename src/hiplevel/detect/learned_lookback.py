"""Back from a rhythm that is sure to the repetitions that were done by then."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from hiplevel.detect.learned_begin import begin
from hiplevel.detect.learned_choice import RhythmParams, least_m
from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_frontal import frontal, is_to_the_side, turn_by_shift
from hiplevel.detect.learned_signal import learned_direction
from hiplevel.detect.learned_swings import LearnedSwing, LearnedSwings
from hiplevel.detect.learned_track import Track
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance


@dataclass(frozen=True)
class LookBackParams:
    """Counts of repetitions, and ratios."""

    cycles: int = 3
    off_beat: float = 1.4  # repetitions follow one another after the rhythm's period, give or take so much


class Found(NamedTuple):
    """A set under way, and its repetitions so far."""

    swings: LearnedSwings
    reps: list[LearnedSwing]


class LookBack:
    """Looks for one exercise's repetitions."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        self.params, self._rhythm = LookBackParams(), RhythmParams()
        self._counting, self._stance = exercise.counting, stance
        self.frontal, self.subtle = exercise.counting.angle == "obliquity", exercise.pelvis_moves == "hardly"

    def lock(self, track: Track, period: float, first: int) -> Found | None:
        """From a rhythm's period to at least three repetitions since frame `first`, or none."""
        window = max(first, track.end - round(self.params.cycles * period))
        if track.end - window < period or (self.frontal and not is_to_the_side(track, window, track.end)):
            return None
        velocity = track.velocity_m_s(window, track.end)
        direction, pattern = learned_direction(frontal(velocity) if self.frontal else velocity, period)
        course = Course(track, direction, period, first, window, subtle=self.subtle)
        found = self._found(course, turn_by_shift(pattern, self._stance) if self.frontal else 0)
        if found is None or len(found.reps) < self.params.cycles or not self._in_rhythm(found.reps, period):
            return None
        return found

    def _found(self, course: Course, known_kind: int) -> Found | None:
        beginning = begin(course, known_kind)
        if beginning is None or course.size_m < least_m(course.period / FRAME_HZ, self._counting, self._rhythm):
            return None
        swings = LearnedSwings(course, beginning)
        return Found(swings, swings.judge())

    def _in_rhythm(self, reps: list[LearnedSwing], period: float) -> bool:
        """Whether they follow one another as the rhythm that was heard."""
        apart = median(b.turn - a.turn for a, b in pairwise(reps))
        return period / self.params.off_beat <= apart <= self.params.off_beat * period
