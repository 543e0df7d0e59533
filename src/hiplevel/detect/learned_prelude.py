"""What led up to a set at the same pace, too small to be believed by itself.

People begin carefully, or change how they do it. A small quick rhythm alone may be anything; one that goes over into a
set without a pause, keeps its time and is of its size, or nearly, was that set already.
"""

from dataclasses import dataclass
from statistics import median

from hiplevel.detect.learned_lookback import Found
from hiplevel.detect.learned_swing import LearnedSwing


@dataclass(frozen=True)
class PreludeParams:
    """Shares of the set's period, and of its size."""

    same_pace: float = 1.2  # give or take so much
    alike_share: float = 0.4  # two repetitions of one set differ by no more in size
    pause_share: float = 0.5  # between the last small repetition and the first of the set
    overlap_share: float = 0.25  # so much of it may belong to both
    most: int = 4  # more of them are no careful beginning but something else, such as walking up to it


class Prelude:
    """Follows a movement that is not believed yet."""

    def __init__(self) -> None:
        self.params = PreludeParams()
        self.clear()

    def clear(self) -> None:
        """A gap, or the set is over."""
        self._found: Found | None = None
        self._reps: list[LearnedSwing] = []

    @property
    def under_way(self) -> bool:
        """Whether one is being followed: another that is found meanwhile is the same, or no longer it."""
        return self._found is not None and not self._found.swings.course.over

    def begin(self, found: Found) -> None:
        """Follow this one."""
        self._found, self._reps = found, list(found.reps)

    def advance(self) -> None:
        """Go on to the track's end."""
        if self._found is not None and self.under_way:
            self._reps += self._found.swings.advance()

    def before(self, found: Found) -> list[LearnedSwing]:
        """Those repetitions that led up to this set."""
        small, reps, params = self._found, self._reps, self.params
        self.clear()
        if small is None:
            return []
        period, before = found.swings.course.period, small.swings.course.period
        if max(period, before) > params.same_pace * min(period, before):
            return []
        led, start = list[LearnedSwing](), found.reps[0].start
        latest = start + params.overlap_share * period
        for rep in reversed(reps):
            if start - rep.end > params.pause_share * period or rep.start < found.swings.course.track.first:
                break
            if rep.end <= latest:
                led.insert(0, rep)
            start = min(start, rep.start)
        few = 0 < len(led) <= params.most
        return led if few and _size_m(led) >= params.alike_share * _size_m(found.reps) else []


def _size_m(reps: list[LearnedSwing]) -> float:
    return median(rep.size_m for rep in reps)
