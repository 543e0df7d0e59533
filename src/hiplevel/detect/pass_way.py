"""The motion of some steps to the side: how far the body went, how it leant, how far each side fell."""

import math
from typing import NamedTuple

import numpy as np

from hiplevel.detect.lift import levelled
from hiplevel.detect.traces import least, mean, most
from hiplevel.model.rules import Side
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S

SMOOTH_CELLS = 20  # impacts ring shorter than a push lasts
UNEVEN = (0.75, 0.85, 1.0, 1.15, 1.25)  # times between steps, in usual ones
_TIME, _FORWARD, _LEFTWARD, _OBLIQUITY, _TILT, _UPWARD = range(6)
_LEVEL = slice(_FORWARD, _LEFTWARD + 1)


class Drawn(NamedTuple):
    """From standing to standing: contacts of the foot that is drawn up, within so long of which the body stands."""

    start_s: float
    end_s: float
    contacts_s: tuple[float, ...]
    within_s: float


class Way:
    """Keeps what it was not told to forget."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A gap."""
        self._cells = np.empty((6, 0))
        self._gone: dict[Drawn, tuple[Floats, Floats]] = {}

    def append(self, block: MotionBlock) -> None:
        """Add a block."""
        angles = np.degrees(block.obliquity_rad), np.degrees(block.tilt_rad)
        forward, left, upward = levelled(block)
        new = np.stack([block.time_s, forward, left, *angles, upward])
        self._cells = np.concatenate([self._cells, new], axis=1)
        self._gone.clear()

    def forget(self, before_s: float) -> None:
        """Drop what is older."""
        self._cells = self._cells[:, int(np.searchsorted(self._cells[_TIME], before_s)) :]

    def gone_m(self, drawn: "Drawn") -> tuple[Floats, Floats]:
        """Times (k,), and way (2, k) forward and to the left, of a body that stands at both ends.

        To the side it stands as well whenever a foot was drawn up: where it goes slowest. A speed left over is drift.
        """
        if drawn not in self._gone:
            self._gone[drawn] = _gone_m(self._between(drawn.start_s, drawn.end_s), drawn)
        return self._gone[drawn]

    def sideways(self, start_s: float, end_s: float, step_s: float) -> tuple[float, float]:
        """How alike lateral acceleration is about one step later, -1 to 1; and forward acceleration as a share of it.

        Stepping to the side pushes the same way with each step, walking by turns, and walking pushes forward. The foot
        that leads may take longer than the one that follows, or less long.
        """
        part = self._between(start_s, end_s)[_LEVEL]
        lags = [round(share * step_s / CELL_S) for share in UNEVEN]
        if part.shape[1] < SMOOTH_CELLS + lags[-1] + 2:
            return 0.0, np.inf
        means = np.cumsum(part, axis=1)[:, -1:] / part.shape[1]
        part = part - means
        spread = [math.sqrt(_total(row * row)) for row in part]
        sums = np.cumsum(np.concatenate([[0.0], part[1]]))
        smooth = sums[SMOOTH_CELLS:] - sums[:-SMOOTH_CELLS]
        energy = _total(smooth * smooth)
        alike = max(_total(smooth[lag:] * smooth[:-lag]) for lag in lags) / energy if energy else 0.0
        return alike, spread[0] / spread[1] if spread[1] else np.inf

    def pushed_m_s2(self, start_s: float, end_s: float) -> float:
        """Root mean square of lateral acceleration about its mean, without what rings."""
        sums = np.cumsum(np.concatenate([[0.0], self._between(start_s, end_s)[_LEFTWARD]]))
        smooth = (sums[SMOOTH_CELLS:] - sums[:-SMOOTH_CELLS]) / SMOOTH_CELLS
        if not len(smooth):
            return 0.0
        away = smooth - mean(smooth)
        return math.sqrt(_total(away * away) / len(away))

    def bounce_m_s2(self, start_s: float, end_s: float) -> float:
        """Root mean square of vertical acceleration; that of running is about g, as it falls freely and lands."""
        upward = self._between(start_s, end_s)[_UPWARD]
        return math.sqrt(_total(upward * upward) / len(upward)) if len(upward) else 0.0

    def tilt_deg(self, start_s: float, end_s: float) -> float:
        """Mean over a span; 0 where nothing is known."""
        tilt = self._between(start_s, end_s)[_TILT]
        return mean(tilt) if len(tilt) else 0.0

    def fall_deg(self, side: Side, start_s: float, end_s: float) -> float:
        """The furthest that this side was below neutral in a span."""
        obliquity = self._between(start_s, end_s)[_OBLIQUITY]
        if not len(obliquity):
            return 0.0
        return most(obliquity) if side == "right" else -least(obliquity)

    def _between(self, start_s: float, end_s: float) -> Floats:
        time_s = self._cells[_TIME]
        first, last = time_s.searchsorted(start_s), time_s.searchsorted(end_s)
        return self._cells[:, first:last]


def _gone_m(part: Floats, drawn: Drawn) -> tuple[Floats, Floats]:
    time_s = part[_TIME]
    if len(time_s) < 2:
        return np.array([drawn.start_s, drawn.end_s]), np.zeros((2, 2))
    speed = np.cumsum(part[_LEVEL], axis=1) * CELL_S
    speed[0] -= speed[0, -1] * np.linspace(0.0, 1.0, len(time_s))
    spans = [time_s.searchsorted([at_s, at_s + drawn.within_s]).tolist() for at_s in drawn.contacts_s]
    spans = [(first, last) for first, last in spans if 0 < first < last < len(time_s)]
    about = _rested(time_s, speed[1], [(first + last) // 2 for first, last in spans])
    ahead = np.copysign(1.0, np.cumsum(about)[-1]) * speed[1]
    speed[1] = _rested(time_s, speed[1], [first + int(ahead[first:last].argmin()) for first, last in spans])
    return time_s, np.cumsum(speed, axis=1) * CELL_S


def _rested(time_s: Floats, speed_m_s: Floats, rows: list[int]) -> Floats:
    """Without what is left over at these rows, and at the end."""
    rows = [0, *rows, len(time_s) - 1]
    return np.asarray(speed_m_s - np.interp(time_s, time_s[rows], [0.0, *speed_m_s[rows[1:]]]))


def _total(x: Floats) -> float:
    """Of contiguous values: numpy adds them in an order that depends on their number alone."""
    return float(np.add.reduce(x))
