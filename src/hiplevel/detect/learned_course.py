"""A movement along one learned direction: how far it has travelled, and its extrema."""

import math
import sys
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

import numpy as np

from hiplevel.detect.learned_extrema import Extrema, Extremum
from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_signal import along
from hiplevel.detect.learned_track import KEPT, Track
from hiplevel.detect.traces import extent
from hiplevel.model.samples import Floats
from hiplevel.motion.filters import linear

EXTREMA_KEPT = 24
NEVER = sys.maxsize  # a frame that does not come
AHEAD = round(20.0 * FRAME_HZ)  # so far it is looked ahead at once: a set may end before


@dataclass(frozen=True)
class CourseParams:
    """Shares of the usual size, or of the period."""

    reversal_share: float = 0.35  # less is no turning point
    ways_share: float = 0.6  # a repetition's ways out and back, in the mean
    way_share: float = 0.3  # either of them
    most_share: float = 2.2  # more is another movement
    leak_share: float = 0.1  # of the rhythm: slower than this is drift
    near_share: float = 0.3  # of the size: so close to home is home
    quiet_share: float = 0.1  # of the usual liveliness: less is standing
    apart_periods: float = 2.0  # extrema further apart are not one run
    memory: int = 6  # ways that are usual


class Course:
    """Follows one direction through a track; period in frames.

    From frame `window` on, where the rhythm is known, travel is summed up forwards, and back to frame `first` it is
    summed up backwards: how the body got into position, however far, shows nowhere but there. subtle: a movement that
    hardly shows, before which even what faded of that is taken out.

    What the track holds ahead of its end is travelled through at once; its extrema are told when they are certain.
    """

    def __init__(
        self, track: Track, direction: Floats, period: float, first: int, window: int, *, subtle: bool = False
    ) -> None:
        self.params = CourseParams()
        self.track, self.direction, self.period = track, direction, period
        self.first, self.at = first, track.end
        self.ahead = min(track.ahead, track.end + round(period))  # what is found in vain is not followed for longer
        self.usual_m2_s2 = 0.0  # liveliness, once it is known
        self._quiet: list[int] = []  # then: the frames at which the body stood, or lay, still
        self._sized, self._size_m = (0, 0), 0.0  # how many extrema there were and where the last, and the size then
        self._leak = float(np.exp(-2.0 * np.pi * self.params.leak_share / period))
        self._integral = np.array([1.0 / FRAME_HZ, 0.0]), np.array([1.0, -self._leak])
        velocity = along(direction, track.velocity_m_s(first, self.ahead))
        known = velocity[: self.at - first]
        after = self._summed(known[window - first :], 0.0)
        fading, faded = _fading(self._leak, len(after))
        began_m = -float(np.add.reduce(after)) / faded  # what was travelled has no mean
        after += began_m * fading
        steady = _without_drift(known, period, window - first) if subtle else known
        before = self._summed(-steady[1 : window - first][::-1], began_m)[::-1]
        coming = self._summed(velocity[len(known) :], after.item(-1))
        self._travel_m, self._travel_first = np.concatenate([before, [began_m][: window - first], after, coming]), first
        self._moved_m2_s2 = np.add.accumulate(velocity * velocity)
        self._finder = Extrema(self.params.reversal_share * _swing_m(after[-round(3 * period) :]))
        self._coming = deque(self._finder.process(self._travel_m, first))
        self.extrema: list[Extremum] = []
        self._pass()

    @property
    def size_m(self) -> float:
        """The usual way from one extremum to the next."""
        if len(self.extrema) < 2:
            return 0.0
        now = len(self.extrema), self.extrema[-1].at
        if now != self._sized:
            self._sized, self._size_m = now, median(_ways_m(self.extrema[-1 - self.params.memory :]))
        return self._size_m

    @property
    def ways_m(self) -> list[float]:
        """From each extremum to the next."""
        return _ways_m(self.extrema)

    @property
    def running(self) -> Extremum:
        """What has come since the last extremum may become the next."""
        last, travel = self.extrema[-1], self.travel_m(self.extrema[-1].at, self.at)
        at = int((-last.kind * travel).argmax())
        return Extremum(last.at + at, float(travel[at]), -last.kind, self.at)

    @property
    def over(self) -> bool:
        """Whether nothing has turned for too long."""
        return self.at - self._last > self.params.apart_periods * self.period

    @property
    def over_at(self) -> int:
        """From this frame on it is over, when nothing turns until then."""
        return self._last + math.floor(self.params.apart_periods * self.period) + 1

    @property
    def turns_at(self) -> int:
        """The end of the track at which the next extremum is certain; beyond what is travelled when none is known."""
        return self._coming[0].certain + 1 if self._coming else NEVER

    def look_ahead(self) -> None:
        """Travel on through what the track has got meanwhile."""
        new, self.ahead = self.ahead, min(self.track.ahead, self.track.end + AHEAD)
        self._coming += self._finder.process(self._travelled(new), new)

    def advance(self) -> int:
        """Go on to the track's end; how many old extrema were forgotten."""
        self.at = self.track.end
        self._pass()
        forgotten = max(0, len(self.extrema) - EXTREMA_KEPT)
        del self.extrema[:forgotten]
        return forgotten

    def value_m(self, frame: int) -> float:
        """Travel at this frame."""
        return float(self._travel_m[max(frame - self._travel_first, 0)])

    def travel_m(self, first: int, end: int) -> Floats:
        """Travel in frames [first, end), as far as it is remembered."""
        return self._travel_m[max(first - self._travel_first, 0) : max(end - self._travel_first, 0)]

    def settle(self, usual_m2_s2: float) -> None:
        """How lively the movement usually is: from now on it is known when the body stands still."""
        self.usual_m2_s2 = usual_m2_s2
        self._quiet = self._still(self._travel_first, self.ahead)

    def quiet(self, first: int, end: int) -> list[int]:
        """Frames of [first, end) at which the body stood, or lay, still."""
        at = bisect_left(self._quiet, first)
        return self._quiet[at : bisect_left(self._quiet, end, at)]

    def rest(self, home: Extremum, first: int, end: int, *, last: bool = False) -> int | None:
        """The first, or last, frame of [first, end) at which the body stood still close to home."""
        quiet = self.quiet(first, end)
        near_m = self.params.near_share * self.size_m
        for frame in reversed(quiet) if last else quiet:
            if abs(self.value_m(frame) - home.value) < near_m:
                return frame
        return None

    def along_share(self, first: int, end: int) -> float:
        """Of all motion in frames [first, end), the share along the learned direction."""
        first = max(first, self.track.first)
        own, before = self._moved_m2_s2.item, first - self._travel_first - 1
        own_m2_s2: float = own(end - self._travel_first - 1) - (own(before) if before >= 0 else 0.0)
        return own_m2_s2 / (self.track.moved_m2_s2(first, end) + 1e-12)

    def are_ways(self, out_m: float, back_m: float) -> bool:
        """Whether these make a repetition."""
        params, size_m = self.params, self.size_m
        enough = (
            0.5 * (out_m + back_m) >= params.ways_share * size_m and min(out_m, back_m) >= params.way_share * size_m
        )
        return enough and max(out_m, back_m) <= params.most_share * size_m

    def _pass(self) -> None:
        """Tell the extrema that are certain by now."""
        while self._coming and self._coming[0].certain < self.at:
            self.extrema.append(self._coming.popleft())

    @property
    def _last(self) -> int:
        """Where something turned last."""
        return self.extrema[-1].at if self.extrema else self.first

    def _travelled(self, new: int) -> Floats:
        """The travel of the frames from `new` on."""
        velocity = along(self.direction, self.track.velocity_m_s(new, self.ahead))
        travel = self._summed(velocity, float(self._travel_m[-1]))
        spare = max(0, len(self._travel_m) + len(travel) - 2 * KEPT)
        moved_m2_s2 = velocity * velocity
        moved_m2_s2[0] += self._moved_m2_s2[-1]
        self._moved_m2_s2 = np.concatenate([self._moved_m2_s2[spare:], np.add.accumulate(moved_m2_s2)])
        self._travel_m = np.concatenate([self._travel_m[spare:], travel])
        self._travel_first += spare
        self._quiet = [*self._quiet[bisect_left(self._quiet, self._travel_first) :], *self._still(new, self.ahead)]
        return travel

    def _still(self, first: int, end: int) -> list[int]:
        lively = self.track.liveliness_m2_s2(first, end, self.period)
        frames: list[int] = (first + (lively < self.params.quiet_share * self.usual_m2_s2).nonzero()[0]).tolist()
        return frames

    def _summed(self, velocity_m_s: Floats, began_m: float) -> Floats:
        """Travel (n,) at the end of each frame of velocities (n,)."""
        travel, _ = linear(*self._integral, velocity_m_s, np.array([self._leak * began_m]))
        return travel


def _ways_m(extrema: list[Extremum]) -> list[float]:
    return [abs(b.value - a.value) for a, b in pairwise(extrema)]


@lru_cache(maxsize=64)
def _fading(leak: float, frames: int) -> tuple[Floats, float]:
    """What is left after each of so many frames (n,), and their sum."""
    left = leak ** np.arange(1.0, frames + 1.0)
    return left, float(np.add.reduce(left))


def _swing_m(travel_m: Floats) -> float:
    """How far travel (n,) goes to and fro in a third of itself."""
    a, b = (len(travel_m) + 2) // 3, len(travel_m) - len(travel_m) // 3
    return sorted((extent(travel_m[:a]), extent(travel_m[a:b]), extent(travel_m[b:])))[1]


def _without_drift(velocity_m_s: Floats, period: float, n: int) -> Floats:
    """Velocity (n,) less its mean over the period around: what comes back in every repetition stays."""
    half = round(0.5 * period)
    sums = np.zeros(min(n + half, len(velocity_m_s)) + 1)
    np.add.accumulate(velocity_m_s[: len(sums) - 1], out=sums[1:])
    at = np.arange(n)
    first, end = np.maximum(at - half, 0), np.minimum(at + half + 1, len(sums) - 1)
    return np.asarray(velocity_m_s[:n] - (sums.take(end) - sums.take(first)) / (end - first))
