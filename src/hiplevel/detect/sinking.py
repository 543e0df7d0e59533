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

from hiplevel.detect.missed_speed import Missed, MissedSpeed
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.filters import linear
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

DEG = 180.0 / np.pi


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
        self._integrate(unseen, [_Stretch(0, state.missing, self._leak(), state.resting)], np.empty(state.missing))
        self._missed.go(unseen)
        state.missing = 0

    def _take_out(self, missed: Missed) -> None:
        """What that speed left behind, as a jolt that nobody felt: of the error, of speed and of height."""
        faded = self._leak() * missed.since_s
        left_cm_s = missed.speed_cm_s * math.exp(-faded)
        values = self.state.values
        values[0] -= self._leak() * left_cm_s
        values[1] -= left_cm_s * (1.0 - faded)
        values[2] -= left_cm_s * (1.0 - 0.5 * faded) * missed.since_s

    def _stretches(self, beats: Beats, cells: int) -> list[_Stretch]:
        """These cells, cut at the beats after which they are integrated otherwise."""
        out, first, state, leak = list[_Stretch](), 0, self.state, self._leak()
        for row, still in zip(beats.rows, beats.still, strict=True):
            state.beats += 1
            later = self._leak() if leak > self.params.leak else leak
            if still is not state.resting or later < leak:
                out.append(_Stretch(first, row + 1, leak, state.resting))
                first, leak, state.resting = row + 1, later, still
        return [*out, _Stretch(first, cells, leak, state.resting)] if first < cells else out

    def _leak(self) -> float:
        params = self.params
        if not self._known:
            return params.unknown
        return max(params.leak, params.settle / (params.known_s + self.state.beats * BEAT_S))

    def _integrate(self, lift_cm_s2: Floats, stretches: list[_Stretch], out: Floats) -> None:
        """Into `out`, (m,) like lift_cm_s2, which the stretches cover one after the other."""
        values = self.state.values
        for leak, alike in groupby(stretches, key=attrgetter("leak")):
            run = list(alike)
            part = lift_cm_s2[run[0].first : run[-1].end]
            error, values[0] = _low_passed(part, leak, values[0], leak * CELL_S)
            pull = part - error
            for first, end, _, resting in run:
                pulled = pull[first - run[0].first : end - run[0].first]
                speed, values[1] = _low_passed(pulled, self.params.stop if resting else leak, values[1])
                if resting:
                    out[first:end], values[2] = _summed(speed, values[2])
                else:
                    out[first:end], values[2] = _low_passed(speed, leak, values[2])


def _low_passed(x: Floats, leak: float, before: float, gain: float = CELL_S) -> tuple[Floats, float]:
    """y[n] = (1 - leak dt) y[n - 1] + gain x[n], going on from `before`; the last y."""
    b, a, keep = _kept(leak, gain)
    y, _ = linear(b, a, x, np.array([keep * before]))
    return y, float(y[-1])


@cache
def _kept(leak: float, gain: float) -> tuple[Floats, Floats, float]:
    """Coefficients of that filter, and what it keeps from cell to cell; there are only a few."""
    keep = 1.0 - leak * CELL_S
    return np.array([gain]), np.array([1.0, -keep]), keep


def _summed(x: Floats, before: float) -> tuple[Floats, float]:
    """The same without a leak."""
    y = CELL_S * x
    y[0] += before
    np.add.accumulate(y, out=y)
    return y, float(y[-1])


def lifted(block: MotionBlock) -> tuple[Floats, Floats]:
    """Vertical acceleration of an upright body, m/s2, and how upright it is, 1 to 0, (m,) each."""
    upright = np.cos(block.obliquity_rad)
    up_z, up_x = upright * np.cos(block.tilt_rad), -upright * np.sin(block.tilt_rad)
    acc = block.acc_m_s2
    return up_x * acc[0] + np.sin(block.obliquity_rad) * acc[1] + up_z * acc[2], up_z
