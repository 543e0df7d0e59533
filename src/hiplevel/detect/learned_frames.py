"""Motion as a counter of unknown movements sees it: six velocities, the same for any placement, 25 times a second.

Three are how fast the body turns, times the length of a lever, three how fast it travels. All are vectors in the
sensor's own axes, so what is learned from them does not depend on how the sensor was put on.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.signal import bilinear_zpk, butter, zpk2tf

from hiplevel.detect.smooth import CORNER_HZ
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.filters import linear
from hiplevel.motion.frame import dot, rotated
from hiplevel.motion.grid import GRID_HZ

EVERY = 4  # cells a frame
FRAME_HZ = GRID_HZ / EVERY
PAIR = 2  # cells, whose mean is filtered: half the work, and far above what a body does
PAIR_HZ = GRID_HZ / PAIR
LEVER_M = 0.4  # between the lever of a forearm or shank and that of a thigh or trunk
# Drift of an integrated accelerometer is below this, and no repetition is so slow that it is lost.
TRAVEL_HZ, TURN_HZ = 0.1, 0.05
# Standing or lying quietly: less turning and less change of acceleration within half a second.
QUIET_RATE_RAD_S, QUIET_ACC_M_S2 = 0.05, 0.2
# The middle of a pair is before its end; then comes the group delay of the low-pass.
DELAY_S = 0.5 * (PAIR - 1) / GRID_HZ + 0.5**0.5 / (PAIR_HZ * math.tan(math.pi * CORNER_HZ / PAIR_HZ))


@dataclass(frozen=True, eq=False)
class Frames:
    """k frames and the b beats that end among them.

    time_s (k,); velocity_m_s (6, k), zero at rest; turned_rad (3, k): how the body turned within each frame,
    unfiltered; ends (b,): frames before each beat's end; turn_rad2_s2 and shake_m2_s4 (b,): mean square of
    the rate, variance of the acceleration, of each beat.
    """

    time_s: Floats
    velocity_m_s: Floats
    turned_rad: Floats
    ends: list[int]
    turn_rad2_s2: Floats
    shake_m2_s4: Floats


class Framer:
    """Blocks of motion to frames, in whole beats; the cells of an unfinished one are carried over."""

    def __init__(self, quiet_share: float = 1.0) -> None:
        """`quiet_share`: what counts as quiet is less by so much, for movements that hardly show."""
        self._quiet = (quiet_share * QUIET_RATE_RAD_S) ** 2, (quiet_share * QUIET_ACC_M_S2) ** 2
        self._turn, self._travel, self._low = _filters()
        self._axes: Floats | None = None  # from those of blocks to those of the first one, when they differ
        self.restart()

    def restart(self) -> None:
        """Begin anew, at rest."""
        self._carried, self._told = np.empty((7, 0)), 0  # cells of no frame yet, and how many are of whole beats
        self._turn_state, self._travel_state, self._low_state = np.zeros((3, 1)), np.zeros((3, 2)), np.zeros((6, 2))
        self._newest, self._bridging = np.empty((7, 0)), False
        self._resting = np.zeros(2, dtype=bool)  # the last two beats
        self._before: Floats | None = None  # mean and mean square of the last beat's acceleration

    def finish(self) -> Frames:
        """Frames of the beat that the recording's end cut off."""
        cells = self._carried
        return self._framed(cells, [cells.shape[1]] if cells.shape[1] > self._told else [])

    def turn(self, turn: Floats) -> None:
        """Blocks come in axes turned by (3, 3); frames stay in those of the first block."""
        self._axes = turn.T if self._axes is None else self._axes @ turn.T

    def bridge(self) -> None:
        """A short gap: the body went on in it as on the straight line between what was seen before and after."""
        self._bridging = self._newest.shape[1] > 0

    def process(self, block: MotionBlock) -> Frames:
        """Frames of the beats that ended in this block."""
        rate, acc = block.rate_rad_s, block.acc_m_s2
        if self._axes is not None:
            rate, acc = rotated(self._axes, rate), rotated(self._axes, acc)
        parts = [self._carried]
        if self._bridging:
            parts.append(self._missed(np.concatenate([block.time_s[:1], rate[:, 0], acc[:, 0]])))
        before = sum(part.shape[1] for part in parts)
        cells = np.empty((7, before + len(block.time_s)))
        cells[0, before:], cells[1:4, before:], cells[4:, before:] = block.time_s, rate, acc
        np.concatenate(parts, axis=1, out=cells[:, :before])
        self._newest, self._bridging = cells[:, -1:].copy(), False
        return self._framed(cells, [before + row + 1 for row in block.beats.rows])

    def _missed(self, first: Floats) -> Floats:
        """The cells (7, n) between the newest and this one (7,)."""
        missed = round((first[0] - self._newest[0, 0]) * GRID_HZ)
        return np.linspace(self._newest[:, 0], first, missed + 1, axis=1)[:, 1:-1]

    def _framed(self, cells: Floats, ends: list[int]) -> Frames:
        """cells (7, n), beginning with those of no frame yet; ends: of the beats among them."""
        if not ends:
            self._carried = cells
            return Frames(np.empty(0), np.empty((6, 0)), np.empty((3, 0)), [], np.empty(0), np.empty(0))
        begins = np.array([self._told, *ends])
        starts, lengths = begins[:-1] - self._told, np.diff(begins)
        rate, acc = cells[1:4, self._told : ends[-1]], cells[4:7, self._told : ends[-1]]
        turn = np.add.reduceat(dot(rate, rate), starts) / lengths
        shake = self._shaken(acc, starts, lengths)
        rest = (turn < self._quiet[0]) & (shake < self._quiet[1])
        long = self._long(rest)
        turn[long] = shake[long] = 0.0  # what is left is the sensor's, which next to a slow movement looks large
        frames = begins[1:] // EVERY
        whole = EVERY * int(frames[-1])
        velocity, turned = self._velocity(cells[1:, :whole], np.repeat(rest, np.diff(frames, prepend=0)))
        self._carried, self._told = cells[:, whole:].copy(), ends[-1] - whole
        return Frames(cells[0, EVERY - 1 : whole : EVERY], velocity, turned, frames.tolist(), turn, shake)

    def _velocity(self, cells: Floats, quiet: np.ndarray) -> tuple[Floats, Floats]:
        """(6, k) of rates and accelerations (6, k * EVERY), and (3, k) turned; quiet (k,): the body is at rest."""
        both = cells[:, 0::PAIR] + cells[:, 1::PAIR]
        turned = np.where(quiet, 0.0, (1.0 / GRID_HZ) * (both[:3, 0::2] + both[:3, 1::2]))
        quiet = np.repeat(quiet, EVERY // PAIR)
        turn, self._turn_state = linear(*self._turn, both[:3], self._turn_state)
        travel, self._travel_state = linear(*self._travel, both[3:], self._travel_state)
        out = np.empty((6, len(quiet) // (EVERY // PAIR)))
        for velocity, rows in ((turn, slice(0, 3)), (travel, slice(3, 6))):
            velocity[:, quiet] = 0.0
            low, self._low_state[rows] = linear(*self._low, velocity, self._low_state[rows])
            out[rows] = low[:, EVERY // PAIR - 1 :: EVERY // PAIR]
        return out, turned

    def _long(self, rest: np.ndarray) -> np.ndarray:
        """(b,): whether the body was at rest in this beat and the two before, longer than at a turn."""
        three = np.concatenate([self._resting, rest])
        self._resting = three[-2:]
        return np.asarray(three[2:] & three[1:-1] & three[:-2])

    def _shaken(self, acc: Floats, starts: np.ndarray, lengths: np.ndarray) -> Floats:
        """Variance of the acceleration over each beat and the one before: what does not move may still read wrong."""
        mean = np.add.reduceat(acc, starts, axis=1) / lengths
        square = np.add.reduceat(dot(acc, acc), starts) / lengths
        beats = np.concatenate([mean, square[None]])
        before = beats[:, :1] if self._before is None else self._before
        self._before = beats[:, -1:]
        both = 0.5 * (beats + np.concatenate([before, beats[:, :-1]], axis=1))
        return np.asarray(both[3] - dot(both[:3], both[:3]))


@cache
def _filters() -> tuple[tuple[Floats, Floats], tuple[Floats, Floats], tuple[Floats, Floats]]:
    """From rates to velocities, from accelerations to velocities, and the low-pass of both: b and a of each."""
    turn, low = butter(1, TURN_HZ, "high", fs=PAIR_HZ), butter(2, CORNER_HZ, fs=PAIR_HZ)
    return _of_pairs(turn, LEVER_M), _of_pairs(_integrated(TRAVEL_HZ)), low


def _integrated(corner_hz: float) -> tuple[Floats, Floats]:
    """Integrated once, high-passed twice: s / (s + a)^2."""
    corner_rad_s = 2.0 * np.pi * corner_hz
    zeros, poles, gain = bilinear_zpk([0.0], [-corner_rad_s] * 2, 1.0, PAIR_HZ)
    b, a = zpk2tf(zeros, poles, gain)
    return np.asarray(b), np.asarray(a)


def _of_pairs(of_means: tuple[Floats, Floats], gain: float = 1.0) -> tuple[Floats, Floats]:
    """The filter that makes of sums of so many cells what this one makes of their means, times `gain`."""
    return of_means[0] * (gain / PAIR), of_means[1]
