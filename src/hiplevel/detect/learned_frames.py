"""Motion as a counter of unknown movements sees it: six velocities, the same for any placement, 25 times a second.

Three are how fast the body turns, times the length of a lever, three how fast it travels. All are vectors in the
sensor's own axes, so what is learned from them does not depend on how the sensor was put on.
"""

import math
from dataclasses import dataclass

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

    time_s (k,); velocity_m_s (6, k), zero at rest; ends (b,): frames before each beat's end; turn_rad2_s2 and
    shake_m2_s4 (b,): mean square of the rate, variance of the acceleration, of each beat.
    """

    time_s: Floats
    velocity_m_s: Floats
    ends: list[int]
    turn_rad2_s2: Floats
    shake_m2_s4: Floats


class Framer:
    """Blocks of motion to frames, in whole beats; the cells of an unfinished one are carried over."""

    def __init__(self, quiet_share: float = 1.0) -> None:
        """`quiet_share`: what counts as quiet is less by so much, for movements that hardly show."""
        self._quiet = (quiet_share * QUIET_RATE_RAD_S) ** 2, (quiet_share * QUIET_ACC_M_S2) ** 2
        self._turn = butter(1, TURN_HZ, "high", fs=PAIR_HZ)
        self._travel = _integrated(TRAVEL_HZ)
        self._low = butter(2, CORNER_HZ, fs=PAIR_HZ)
        self._axes: Floats | None = None  # from those of blocks to those of the first one, when they differ
        self.restart()

    def restart(self) -> None:
        """Begin anew, at rest."""
        self._carried = np.empty((7, 0))
        self._part = np.empty((7, 0))  # of whole beats: the cells of the frame that is not full
        self._turn_state, self._travel_state, self._low_state = np.zeros((3, 1)), np.zeros((3, 2)), np.zeros((6, 2))
        self._newest, self._bridging = np.empty((7, 0)), False
        self._resting = np.zeros(2, dtype=bool)  # the last two beats
        self._before: Floats | None = None  # mean and mean square of the last beat's acceleration

    def finish(self) -> Frames:
        """Frames of the beat that the recording's end cut off."""
        cells, self._carried = self._carried, np.empty((7, 0))
        return self._framed(cells, np.array([cells.shape[1]] if cells.shape[1] else [], dtype=np.int64))

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
        new = np.concatenate([block.time_s[None], rate, acc])
        if self._bridging:
            missed = round((new[0, 0] - self._newest[0, 0]) * GRID_HZ)
            new = np.concatenate([np.linspace(self._newest[:, 0], new[:, 0], missed + 1, axis=1)[:, 1:-1], new], axis=1)
        self._newest, self._bridging = new[:, -1:], False
        carried, bridged = self._carried.shape[1], new.shape[1] - len(block.time_s)
        cells = np.concatenate([self._carried, new], axis=1)
        ends = np.array([carried + bridged + row + 1 for row in block.beats.rows], dtype=np.int64)
        whole = int(ends[-1]) if len(ends) else 0
        self._carried = cells[:, whole:]
        return self._framed(cells[:, :whole], ends)

    def _framed(self, cells: Floats, ends: np.ndarray) -> Frames:
        if not len(ends):
            return Frames(np.empty(0), np.empty((6, 0)), [], np.empty(0), np.empty(0))
        rate, acc = cells[1:4], cells[4:7]
        starts = np.concatenate([[0], ends[:-1]])
        lengths = np.diff(ends, prepend=0)
        turn = np.add.reduceat(dot(rate, rate), starts) / lengths
        shake = self._shaken(acc, starts, lengths)
        rest = (turn < self._quiet[0]) & (shake < self._quiet[1])
        long = self._long(rest)
        turn[long] = shake[long] = 0.0  # what is left is the sensor's, which next to a slow movement looks large
        cells = np.concatenate([self._part, cells], axis=1)
        frames = (self._part.shape[1] + ends) // EVERY
        self._part = cells[:, EVERY * frames[-1] :]
        cells = cells[:, : EVERY * frames[-1]]
        return Frames(
            cells[0, EVERY - 1 :: EVERY],
            self._velocity(cells[1:], np.repeat(rest, np.diff(frames, prepend=0))),
            frames.tolist(),
            turn,
            shake,
        )

    def _velocity(self, cells: Floats, quiet: np.ndarray) -> Floats:
        """(6, k) of rates and accelerations (6, k * EVERY); quiet (k,): where the body is at rest."""
        mean = cells[:, 0::PAIR] + cells[:, 1::PAIR]
        mean *= 0.5
        velocity = np.empty(mean.shape)
        velocity[:3], self._turn_state = linear(*self._turn, LEVER_M * mean[:3], self._turn_state)
        velocity[3:], self._travel_state = linear(*self._travel, mean[3:], self._travel_state)
        velocity[:, np.repeat(quiet, EVERY // PAIR)] = 0.0
        velocity, self._low_state = linear(*self._low, velocity, self._low_state)
        return velocity[:, EVERY // PAIR - 1 :: EVERY // PAIR]

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


def _integrated(corner_hz: float) -> tuple[Floats, Floats]:
    """Integrated once, high-passed twice: s / (s + a)^2."""
    corner_rad_s = 2.0 * np.pi * corner_hz
    zeros, poles, gain = bilinear_zpk([0.0], [-corner_rad_s] * 2, 1.0, PAIR_HZ)
    b, a = zpk2tf(zeros, poles, gain)
    return np.asarray(b), np.asarray(a)
