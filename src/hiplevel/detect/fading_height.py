"""Height from vertical acceleration, integrated twice: in movement it fades, at rest it stays.

An accelerometer's error grows with the square of time, so all that is followed leaks away, the faster the less gravity
is known. At rest the speed is zero whatever the integral says, and dies at once.
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.filters import linear
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S


@dataclass(frozen=True)
class FadeParams:
    """Rates in rad/s, times in s."""

    leak: float = 0.3  # of the accelerometer's error, of speed and of height: slower movements fade
    settle: float = 4.0  # after so many divided by the age the leak is less than that: gravity is known better
    known_s: float = 8.0  # what a still start is worth as an age
    unknown: float = 0.5  # the leak while neither gravity nor the neutral was seen standing still
    stop: float = 2.8  # how fast speed dies at rest


class Followed(NamedTuple):
    """The accelerometer's error in cm/s2, speed in cm/s, height in cm."""

    error: float = 0.0
    speed: float = 0.0
    height: float = 0.0


class _Twice(NamedTuple):
    """A filter, b and a, that integrates twice, keeping these shares of the speed and the height before each cell."""

    b: Floats
    a: Floats
    speed: float
    height: float

    def state(self, speed: float, height: float) -> Floats:
        """That of the filter, (2,), at this speed and height."""
        return np.array([self.height * height + CELL_S * self.speed * speed, -self.speed * self.height * height])

    def reached(self, state: Floats) -> tuple[float, float]:
        """The same back: speed and height."""
        height = -state.item(1) / (self.speed * self.height)
        return (state.item(0) - self.height * height) / (CELL_S * self.speed), height


@dataclass(frozen=True)
class FadeState:
    """Error in cm/s2, the filter by which height was followed last, and its state (2,); beats since the start."""

    error: float
    twice: _Twice
    height: Floats
    resting: bool = False
    beats: int = 0


class _Stretch(NamedTuple):
    """Cells [first, end) in which nothing changes how they are integrated."""

    first: int
    end: int
    leak: float
    resting: bool


class FadingHeight:
    """`process` goes on from `state`, which is never changed but replaced: it may be kept, and gone back to."""

    def __init__(self, params: FadeParams | None = None) -> None:
        self.params = params or FadeParams()
        self.known = True  # gravity and the neutral were seen standing still
        self.begin(Followed())

    def begin(self, at: Followed, sure_beats: int = 0) -> None:
        """Anew from here; nothing fades in so many beats: all three are known."""
        self._sure_beats = sure_beats
        leak = 0.0 if sure_beats else self.params.leak
        twice = _twice(leak, leak)
        self.state = FadeState(at.error, twice, twice.state(at.speed, at.height))

    @property
    def leak(self) -> float:
        """How fast it fades in movement now."""
        return self._leak(self.state.beats)

    def take_out(self, off: Followed) -> None:
        """From here on it is less by so much."""
        state = self.state
        speed, height = state.twice.reached(state.height)
        within = state.twice.state(speed - off.speed, height - off.height)
        self.state = replace(state, error=state.error - off.error, height=within)

    def process(self, lift_cm_s2: Floats, beats: Beats) -> Floats:
        """Height in cm, (m,) like the vertical acceleration; beats: those that end in these cells."""
        return self._integrated(lift_cm_s2, self._stretches(beats, len(lift_cm_s2)))

    def unseen(self, lift_cm_s2: Floats) -> None:
        """On by cells that nobody saw, in which no beat ends."""
        self._integrated(lift_cm_s2, [_Stretch(0, len(lift_cm_s2), self.leak, self.state.resting)])

    def _stretches(self, beats: Beats, cells: int) -> list[_Stretch]:
        """These cells, cut at the beats after which they are integrated otherwise."""
        state, out, first = self.state, list[_Stretch](), 0
        leak, resting = self._leak(state.beats), state.resting
        settled = leak == self._leak(state.beats + len(beats.rows))
        for beat, (row, still) in enumerate(zip(beats.rows, beats.still, strict=True), state.beats + 1):
            if settled and still is resting:
                continue
            later = leak if settled else self._leak(beat)
            if still is not resting or later != leak:
                out.append(_Stretch(first, row + 1, leak, resting))
                first, leak, resting = row + 1, later, still
        self.state = replace(state, beats=state.beats + len(beats.rows), resting=resting)
        return [*out, _Stretch(first, cells, leak, resting)] if first < cells else out

    def _leak(self, beats: int) -> float:
        """After so many of them."""
        params = self.params
        if beats < self._sure_beats:
            return 0.0
        return max(params.leak, params.settle / (params.known_s + beats * BEAT_S)) if self.known else params.unknown

    def _integrated(self, lift_cm_s2: Floats, stretches: list[_Stretch]) -> Floats:
        """Height (m,) like lift_cm_s2, which the stretches cover one after the other."""
        state, out = self.state, np.empty(len(lift_cm_s2))
        error, twice, height = state.error, state.twice, state.height
        for leak, alike in groupby(stretches, key=attrgetter("leak")):
            run = list(alike)
            begin = run[0].first
            pull = lift_cm_s2[begin : run[-1].end]
            errors, _ = linear(*_once(leak), pull, np.array([(1.0 - leak * CELL_S) * error]))
            error, pull = errors.item(-1), pull - errors
            for first, end, _, resting in run:
                by = _twice(self.params.stop, 0.0) if resting else _twice(leak, leak)
                if by is not twice:
                    twice, height = by, by.state(*twice.reached(height))
                out[first:end], height = linear(by.b, by.a, pull[first - begin : end - begin], height)
        self.state = replace(state, error=error, twice=twice, height=height)
        return out


@cache
def _once(leak: float) -> tuple[Floats, Floats]:
    """What is left of a signal below this rate, as coefficients of a filter; there are only a few."""
    return np.array([leak * CELL_S]), np.array([1.0, leak * CELL_S - 1.0])


@cache
def _twice(speed_leak: float, height_leak: float) -> _Twice:
    speed, height = 1.0 - speed_leak * CELL_S, 1.0 - height_leak * CELL_S
    b, a = np.array([CELL_S * CELL_S, 0.0, 0.0]), np.array([1.0, -(speed + height), speed * height])
    return _Twice(b, a, speed, height)
