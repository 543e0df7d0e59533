"""Repetitions along a learned course: judged turn by turn, each as soon as it is certain."""

import math
from collections import deque
from dataclasses import dataclass
from statistics import median

import numpy as np

from hiplevel.detect.learned_begin import Beginning
from hiplevel.detect.learned_course import NEVER, Course
from hiplevel.detect.learned_extrema import Extremum
from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_own import Own
from hiplevel.detect.learned_rested import homes_within
from hiplevel.detect.learned_swing import LearnedSwing


@dataclass(frozen=True)
class LearnedParams:
    """Shares of the usual size, or of the period."""

    idle_periods: float = 3.5  # without a repetition: another movement may be going on
    soonest_share: float = 0.15  # of the period: nothing turns sooner after the onset
    back_share: float = 0.05  # of the size: a turn before rest had turned for certain
    late_share: float = 0.6  # of the way back's usual time: rest so late ends a repetition
    newest_s: float = 0.5
    lively_share: float = 0.35  # of the usual liveliness: less is not the movement any more
    done_share: float = 0.5  # of a repetition that the end of the recording cuts off
    known: int = 3  # repetitions after which it is known how long one takes
    stretched: float = 1.5  # one that took so many times as long may be two,
    part_share: float = 0.5  # of which neither is shorter than this of the usual


class LearnedSwings:
    """Goes along a course whose beginning is known."""

    def __init__(self, course: Course, beginning: Beginning, *, wary: bool = False) -> None:
        """wary: one unlike all others may be something else."""
        self.params = LearnedParams()
        self.course, self._beginning = course, beginning
        self._next = 0 if course.extrema[0].kind == beginning.kind else 1  # the extremum to be judged next
        self._judged_to = course.first
        self._usual: deque[int] = deque(maxlen=course.params.memory)  # how many frames each took
        self._led = beginning.led  # of the first look
        self._own = Own(course, beginning.since, wary=wary)
        self._due = 0  # before this frame there is nothing new
        self._looked, self._back = (-1, -1), NEVER  # the newest extremum and how far was looked from there: `_back_at`
        self.stalled = False  # nothing turns any more, or no repetition has ended for long, whatever moves

    @property
    def counted(self) -> int:
        """The last repetition's last frame."""
        return self.course.first if self._own.counted is None else self._own.counted

    @property
    def under_way(self) -> bool:
        """Whether a repetition has been begun and not judged yet."""
        course = self.course
        course.advance()
        if course.over or not course.extrema:
            return False
        running = course.running
        way_m = abs(running.value - course.extrema[-1].value)
        turning = running.kind == self._beginning.kind and way_m >= course.params.ways_share * course.size_m
        return turning or self._next < len(course.extrema)

    @property
    def due(self) -> int:
        """The end of the track at which there may be something that `advance` has not told, or it must look ahead."""
        return min(self._due, self.course.ahead + 1)

    def advance(self) -> list[LearnedSwing]:
        """Repetitions that the track's newest frames made certain."""
        course = self.course
        if course.track.end > course.ahead:
            course.look_ahead()
            self._due = self._next_due()
        if course.track.end < self._due:
            return []
        self._next -= course.advance()
        return self.judge(closing=course.over)

    def finish(self) -> list[LearnedSwing]:
        """The recording ends, perhaps within the last repetition."""
        self.course.advance()
        course, running = self.course, self.course.running
        way = abs(running.value - course.extrema[-1].value)
        if way > course.params.ways_share * course.size_m:
            course.extrema.append(running)
        return self.judge(closing=True, ended=True)

    def judge(self, *, closing: bool = False, ended: bool = False) -> list[LearnedSwing]:
        """Judge the turns that can be; `closing` when nothing more comes for now, `ended` when the recording is cut."""
        out: list[LearnedSwing] = []
        while self._next < len(self.course.extrema):
            swing, certain = self._judged(max(self._next, 0), closing, ended)
            if not certain:
                break
            self._next += 2
            if swing is not None and swing.end > self._judged_to:
                parts = [swing] if swing.cut else self._parts(swing)
                out += parts
                self._usual += [part.end - part.start for part in parts]
                self._judged_to = swing.end
        self._led = 0
        out, course = self._own.of(out), self.course
        self._due = self._next_due()
        self.stalled = course.over or course.at - self.counted > self.params.idle_periods * course.period
        return out

    def _parts(self, swing: LearnedSwing) -> list[LearnedSwing]:
        """One that took as long as two may be two: the body lay at home in between, which the course did not show."""
        if len(self._usual) < self.params.known:
            return [swing]
        usual = median(self._usual)
        if swing.end - swing.start < self.params.stretched * usual:
            return [swing]
        times = homes_within(self.course.track, swing.start, swing.turn, swing.end)
        parts = [swing._replace(start=a, turn=b, end=c) for a, b, c in times]
        shortest = min((part.end - part.start for part in parts), default=0)
        return parts if shortest >= self.params.part_share * usual else [swing]

    def _next_due(self) -> int:
        """When something turns or comes to rest after a turn, or has not for too long."""
        course = self.course
        due, idle_at = course.turns_at, self.counted + math.floor(self.params.idle_periods * course.period) + 1
        for stalls_at in (course.over_at, idle_at):
            if course.at < stalls_at < due:
                due = stalls_at
        if self._next < len(course.extrema) and course.at <= self._back_at < due:
            due = self._back_at + 1
        return due

    def _judged(self, i: int, closing: bool, ended: bool) -> tuple[LearnedSwing | None, bool]:
        """The repetition that turns at this extremum, if it is one, and whether that is certain yet."""
        course, turn = self.course, self.course.extrema[i]
        turning = i + 1 == len(course.extrema)
        back_at = self._back_at if turning else NEVER
        if turning and back_at >= course.at and not closing:
            return None, False
        came = self._came_from(i)
        if not turning:
            home = course.extrema[i + 1]
            back_m = abs(turn.value - home.value)
            if i < self._led and came is not None:
                swing = self._swing(came[0], turn.at, self._home_again(turn, home))
                return swing._replace(size_m=course.size_m), True
            if came is None:
                return None, True
            swing = self._swing(came[0], turn.at, self._home_again(turn, home))
            if not course.are_ways(came[1] if i else back_m, back_m) and not (i and self._own.goes_alike(swing)):
                return None, True
            return swing, True
        if came is None:
            return None, closing
        if back_at < course.at:
            return self._swing(came[0], turn.at, back_at), True
        if not self._cut_short(turn, ended):
            return None, True
        return self._swing(came[0], turn.at, self._last_seen(turn))._replace(cut=ended), True

    def _came_from(self, i: int) -> tuple[int, float] | None:
        """Where the way out began and how long it was, m; None when there was none."""
        course, turn, onset = self.course, self.course.extrema[i], self._beginning.onset
        if i > 0:
            home = course.extrema[i - 1]
            rest = course.rest(home, home.at, turn.at, last=True)
            return home.at if rest is None else rest, abs(turn.value - home.value)
        if onset is not None:
            late_enough = turn.at - onset >= self.params.soonest_share * course.period
            return (onset, course.size_m) if late_enough else None
        earliest = max(course.first, turn.at - round(course.period))
        before = turn.kind * course.travel_m(earliest, turn.at + 1)
        lowest = int(np.argmin(before))
        way_m = turn.kind * turn.value - float(before[lowest])
        return (earliest + lowest, way_m) if way_m >= course.params.ways_share * course.size_m else None

    def _home_again(self, turn: Extremum, home: Extremum) -> int:
        """Back home, or standing close to it before."""
        rest = self.course.rest(home, turn.at, home.at)
        return home.at if rest is None else rest

    @property
    def _back_at(self) -> int:
        """Since the newest extremum the first quiet frame that is most of the way back, as far as is looked ahead."""
        course, turn = self.course, self.course.extrema[-1]
        looked = turn.at, course.ahead
        if looked != self._looked:
            back_m = course.params.ways_share * course.size_m
            quiet = course.quiet(turn.at + 1, course.ahead)
            back = (at for at in quiet if abs(turn.value - course.value_m(at)) >= back_m)
            self._looked, self._back = looked, next(back, NEVER)
        return self._back

    def _cut_short(self, turn: Extremum, ended: bool) -> bool:
        """Whether a repetition without its end counts: all but back, at rest after the turn, or cut off late."""
        course, params = self.course, self.params
        after = course.travel_m(turn.at, course.at)
        back_m = abs(turn.value - float(after.min() if turn.kind > 0 else after.max()))
        if back_m >= course.params.ways_share * course.size_m:
            return True
        if course.quiet(turn.at + 1, course.at):
            share = min(max(self._beginning.turn_share, 0.25), 0.75) if self._beginning.onset is not None else 0.5
            late = course.at - 1 - turn.at >= params.late_share * (1.0 - share) * course.period
            return late and back_m >= params.back_share * course.size_m
        return ended and self._half_done(turn)

    def _last_seen(self, turn: Extremum) -> int:
        """The end of a repetition that nothing followed: within a period of its turn, when it was back the furthest."""
        end = min(self.course.at, turn.at + round(self.course.period) + 1)
        return turn.at + int(np.argmin(turn.kind * self.course.travel_m(turn.at, end)))

    def _half_done(self, turn: Extremum) -> bool:
        """Whether a movement that is cut off here is nearer to this repetition's end than to its start."""
        course, params = self.course, self.params
        if self._beginning.onset is None:
            return False
        newest = max(course.first, course.track.first, course.at - round(params.newest_s * FRAME_HZ))
        lively = float(np.mean(course.track.liveliness_m2_s2(newest, course.at, course.period)))
        share = min(self._beginning.turn_share, 1.0) + (course.at - 1 - turn.at) / course.period
        return share >= params.done_share and lively >= params.lively_share * course.usual_m2_s2

    def _swing(self, start: int, turn: int, end: int) -> LearnedSwing:
        end = max(turn, min(end, self.course.at - 1))
        home, top, bottom = (self.course.value_m(at) for at in (start, turn, end))
        return LearnedSwing(start, turn, end, abs(top - 0.5 * (home + bottom)), self._beginning.sure)
