"""Which of the repetitions along a course are the movement that was learned, and not another that turns as far."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_doubt import Doubt
from hiplevel.detect.learned_position import comes_back
from hiplevel.detect.learned_shape import likeness, shape
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.detect.learned_turn import Turns


@dataclass(frozen=True)
class OwnParams:
    """Shares of the usual share of motion along the direction, or of the period."""

    own_share: float = 0.25  # of the usual: with less of its motion along the direction it is another movement
    alone_share: float = 0.65  # likewise, beside a long pause
    apart_periods: float = 0.4  # beside a pause so much longer than usual,
    likeness: float = 0.4  # this much of its whole way with that of others: sitting down turns the pelvis as well
    pause_periods: float = 0.7
    led_likeness: float = 0.6  # likewise, of one before a pause before which there was no rhythm


class Own:
    """Compares each with those before it; counted: the last one's last frame."""

    def __init__(self, course: Course, since: int, *, wary: bool) -> None:
        """since: what turned before, or then, was before a pause or right after it, and before the rhythm."""
        self.params, self.course, self._since = OwnParams(), course, since
        self._doubt = Doubt(course) if wary else None
        self.counted: int | None = None
        self._last: int | None = None  # likewise, though it may be in doubt
        self._shares: list[float] = []
        self._kept: list[LearnedSwing] = []  # the newest
        self._turns = Turns(course.track)

    def of(self, swings: list[LearnedSwing]) -> list[LearnedSwing]:
        """Those in which enough of the motion is along the learned direction: more beside a long pause."""
        if not swings:
            return []
        params = self.params
        shares = [self.course.along_share(swing.start, swing.end + 1) for swing in swings]
        self._shares = self._shares or shares
        usual = median(self._shares)
        out: list[LearnedSwing] = []
        for i, (swing, share) in enumerate(zip(swings, shares, strict=True)):
            before = self._last if i == 0 else swings[i - 1].end
            after = swings[i + 1].start if before is None and i + 1 < len(swings) else None
            pause = max(0 if before is None else swing.start - before, 0 if after is None else after - swing.end)
            alone = pause > params.pause_periods * self.course.period
            own = share >= (params.alone_share if alone else params.own_share) * usual
            others = self._kept or swings
            if (
                own
                and self._belongs(swing, pause, others)
                and self._came_back(swing)
                and not self._astray(swing, others)
            ):
                out.append(swing)
                self._shares = [*self._shares[1 - self.course.params.memory :], share]
                self._last = swing.end
        if self._doubt is not None:
            out = self._doubt.settled(out)
        if out:
            self.counted = out[-1].end
        self._kept = [*self._kept, *out][-self.course.params.memory :]
        self._turns.keep(self._kept)
        return out

    def _came_back(self, swing: LearnedSwing) -> bool:
        """Whether the body, where it stands still after it, lies as before it."""
        course = self.course
        return not course.quiet(swing.end, swing.end + 1) or comes_back(course.track, swing.start, swing.end)

    def _astray(self, swing: LearnedSwing, others: list[LearnedSwing]) -> bool:
        """Whether the body turned elsewhere: leaving the place, or reaching for the sensor to stop the recording."""
        return self._turns.astray(swing, [one for one in others if one is not swing and not one.cut])

    def goes_alike(self, swing: LearnedSwing) -> bool:
        """Whether it turns out and back as the others did."""
        return self._turns.alike(swing, self._kept)

    def _belongs(self, swing: LearnedSwing, pause: int, others: list[LearnedSwing]) -> bool:
        """Whether it follows on these, or after a pause goes the way that they do."""
        params, led = self.params, swing.turn <= self._since
        longer = pause - params.apart_periods * self.course.period
        if not led and (longer <= 0.0 or longer <= _usual_pause(others)):
            return True
        first = max(self.course.track.first, self._since if led else 0)
        usual = [shape(self.course, other) for other in others if other is not swing and other.start >= first]
        return not usual or likeness(shape(self.course, swing), usual) >= (
            params.led_likeness if led else params.likeness
        )


def _usual_pause(swings: list[LearnedSwing]) -> float:
    """Between one and the next, in frames."""
    return median(b.start - a.end for a, b in pairwise(swings)) if len(swings) > 1 else 0.0
