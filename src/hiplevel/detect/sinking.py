"""How far the body sinks in a squat, as one signal that fades neither in slow repetitions nor in holds.

Vertical acceleration integrated twice knows quick movements well and slow ones badly; how far the pelvis leans knows
slow ones well, and a deep squat not at all, whose pelvis tips back again at the bottom. Their sum has one swing a
repetition at any tempo. At rest the speed is zero whatever the integral says, and the height stays where it is.
"""

import math
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from hiplevel.detect.first_seen import FirstSeen
from hiplevel.detect.missed_speed import Missed, MissedSpeed
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.filters import linear
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

DEG = 180.0 / np.pi
NO_LENGTH = 1e-12  # squared: lying exactly on the side nothing is left of the vertical in the other plane


@dataclass(frozen=True)
class SinkParams:
    """Rates in rad/s, times in s."""

    leak: float = 0.3  # of the accelerometer's error, of speed and of height: slower movements fade
    settle: float = 4.0  # after so many divided by the age the leak is less than that: gravity is known better
    known_s: float = 8.0  # what a still start is worth as an age
    unknown: float = 0.5  # the leak while neither gravity nor the neutral was seen standing still
    stop: float = 2.8  # how fast speed dies at rest
    # In squats, single-leg squats and step-downs the pelvis sinks 0.7 to 2 cm for each degree that it leans: less, so
    # that height, where it is known, has the say.
    lean_cm_per_deg: float = 0.8


@dataclass
class SinkState:
    """What goes on between blocks: the error of the accelerometer, speed in cm/s, height in cm, and their filters."""

    values: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    resting: bool = False
    beats: int = 0  # since the start
    lift_cm_s2: float = 0.0  # the last
    missing: int = 0  # cells since then that nobody saw


class _Stretch(NamedTuple):
    """Cells [first, end) in which nothing changes how they are integrated."""

    first: int
    end: int
    leak: float
    resting: bool


class Sunk(NamedTuple):
    """The signal in cm, + = up, (m,); vertical acceleration in m/s2, (m,); rows before which the signal breaks off."""

    signal: Floats
    lift_m_s2: Floats
    anew: list[int]


class Sinking:
    """`process(block)` gives the signal of that block."""

    def __init__(self, params: SinkParams | None = None) -> None:
        self.params = params or SinkParams()
        self._known = True
        self._missed = MissedSpeed()
        self.restart()

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral was seen standing still; otherwise leaning says nothing, and gravity is a guess."""
        self._known = known
        self.restart()

    def restart(self) -> None:
        """Begin anew, at height 0: a gap."""
        self.state = SinkState()
        self._missed.restart()

    def begin(self, first: FirstSeen) -> None:
        """Begin anew, in movement."""
        self.restart()
        self.state.values = [first.error_cm_s2, first.speed_cm_s, first.height_cm]
        self._missed.begin(first.speed_cm_s)

    def bridge(self, lost_s: float) -> None:
        """So long nothing was seen, too short for anything but going on: acceleration is taken to change evenly."""
        self.state.missing = round(lost_s / CELL_S)

    def process(self, block: MotionBlock) -> Sunk:
        """The signal, and where a speed that was missed was taken out of it."""
        lift, up_z = lifted(block)
        out, anew = self._height_cm(lift * 100.0, block.beats)
        if self._known:
            out -= self.params.lean_cm_per_deg * DEG * np.arccos(np.clip(up_z, -1.0, 1.0))
        return Sunk(out, lift, anew)

    def _height_cm(self, lift_cm_s2: Floats, beats: Beats) -> tuple[Floats, list[int]]:
        if self.state.missing:
            self._go_unseen(float(lift_cm_s2[0]))
        before, out = replace(self.state, values=list(self.state.values)), np.empty(len(lift_cm_s2))
        self._integrate(lift_cm_s2, self._stretches(beats, len(out)), out)
        self.state.lift_cm_s2 = float(lift_cm_s2[-1])
        missed = self._missed.process(lift_cm_s2, out, beats) if self._known else None
        if missed is None:
            return out, []
        end, self.state = missed.row + 1, before
        self._integrate(lift_cm_s2[:end], self._stretches(beats.within(slice(0, end)), end), out[:end])
        self.state.lift_cm_s2 = float(lift_cm_s2[missed.row])
        self._take_out(missed)
        if end == len(out):
            return out, [end]
        out[end:], later = self._height_cm(lift_cm_s2[end:], beats.within(slice(end, len(out))))
        return out, [end, *(end + row for row in later)]

    def _go_unseen(self, lift_cm_s2: float) -> None:
        state = self.state
        unseen = np.linspace(state.lift_cm_s2, lift_cm_s2, state.missing + 1)[1:]
        self._integrate(
            unseen, [_Stretch(0, state.missing, self._leak(state.beats), state.resting)], np.empty(state.missing)
        )
        self._missed.go(unseen)
        state.missing = 0

    def _take_out(self, missed: Missed) -> None:
        """What that speed left behind, as a jolt that nobody felt: of the error, of speed and of height."""
        faded = self._leak(self.state.beats) * missed.since_s
        left_cm_s = missed.speed_cm_s * math.exp(-faded)
        values = self.state.values
        values[0] -= self._leak(self.state.beats) * left_cm_s
        values[1] -= left_cm_s * (1.0 - faded)
        values[2] -= left_cm_s * (1.0 - 0.5 * faded) * missed.since_s

    def _stretches(self, beats: Beats, cells: int) -> list[_Stretch]:
        """These cells, cut at the beats after which they are integrated otherwise."""
        state, params, out, first = self.state, self.params, list[_Stretch](), 0
        leak, resting = self._leak(state.beats), state.resting
        settled = leak <= params.leak or not self._known
        for beat, (row, still) in enumerate(zip(beats.rows, beats.still, strict=True), state.beats + 1):
            if settled and still is resting:
                continue
            later = leak if settled else self._leak(beat)
            if still is not resting or later < leak:
                out.append(_Stretch(first, row + 1, leak, resting))
                first, leak, resting = row + 1, later, still
        state.beats, state.resting = state.beats + len(beats.rows), resting
        return [*out, _Stretch(first, cells, leak, resting)] if first < cells else out

    def _leak(self, beats: int) -> float:
        """After so many of them."""
        params = self.params
        return max(params.leak, params.settle / (params.known_s + beats * BEAT_S)) if self._known else params.unknown

    def _integrate(self, lift_cm_s2: Floats, stretches: list[_Stretch], out: Floats) -> None:
        """Into `out`, (m,) like lift_cm_s2, which the stretches cover one after the other."""
        values = self.state.values
        for leak, alike in groupby(stretches, key=attrgetter("leak")):
            run = list(alike)
            begin = run[0].first
            part = lift_cm_s2[begin : run[-1].end]
            moving, stopping = _fading(leak), _fading(self.params.stop)
            error, values[0] = _low_passed(part, _fading(leak, leak * CELL_S), values[0])
            pull = part - error
            for first, end, _, resting in run:
                pulled = pull[first - begin : end - begin]
                speed, values[1] = _low_passed(pulled, stopping if resting else moving, values[1])
                out[first:end], values[2] = (
                    _summed(speed, values[2]) if resting else _low_passed(speed, moving, values[2])
                )


class _Fading(NamedTuple):
    """y[n] = keep y[n - 1] + gain x[n], as coefficients of a filter."""

    b: Floats
    a: Floats
    keep: float


@cache
def _fading(leak: float, gain: float = CELL_S) -> _Fading:
    """One that keeps 1 - leak dt from cell to cell; there are only a few."""
    keep = 1.0 - leak * CELL_S
    return _Fading(np.array([gain]), np.array([1.0, -keep]), keep)


def _low_passed(x: Floats, by: _Fading, before: float) -> tuple[Floats, float]:
    """(m,), going on from `before`; the last."""
    y, _ = linear(by.b, by.a, x, np.array([by.keep * before]))
    return y, y.item(-1)


def _summed(x: Floats, before: float) -> tuple[Floats, float]:
    """The same without a leak."""
    y = CELL_S * x
    y[0] += before
    np.add.accumulate(y, out=y)
    return y, y.item(-1)


def lifted(block: MotionBlock) -> tuple[Floats, Floats]:
    """Vertical acceleration, m/s2, and how upright the body is, 1 to 0, (m,) each, by the angles that it is given."""
    x, y, z = block.up
    acc_x, acc_y, acc_z = block.acc_m_s2
    side = np.clip(y, -1.0, 1.0)
    # The angles are those of a vertical whose length is 1.
    scale = np.sqrt((1.0 - side * side) / np.maximum(x * x + z * z, NO_LENGTH))
    lift = x * acc_x
    lift += z * acc_z
    lift *= scale
    lift += side * acc_y
    return lift, scale * z
