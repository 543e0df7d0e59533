"""Do gyroscope and accelerometer speak of the same movement? A wrong unit, sign or axis makes every angle wrong.

From one half second to the next, the mean direction of gravity turns by as much as the gyroscope says, but for what the
body's own acceleration adds. Over movements that turn the sensor this is compared as a regression. No
right sensor of the recordings at hand is doubted, and degrees taken for radians nearly always: see
`tests/test_real_recordings.py`.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Note
from hiplevel.model.samples import Floats
from hiplevel.motion.block import Break, Item
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import CELL_S, Cells

SILENT = (
    "The gyroscope hardly reads anything of the turns that the accelerometer shows: it is dead, or an axis is swapped. "
    "Angles lag and counts may be wrong. Switch the sensor off and on; if it stays so, use another."
)
OTHERWISE = (
    "The gyroscope turns another way than the accelerometer: an axis is swapped or sticks, or its sign or unit is "
    "wrong. Angles and counts may be wrong. Check how the sensor's axes are read."
)
NOT_GRADED = "Drops are not judged, for the gyroscope cannot be believed."
WINDOW_CELLS = 50
_LATER = (np.arange(WINDOW_CELLS) + 0.5) / WINDOW_CELLS


class Doubt(Enum):
    """What is wrong with the gyroscope."""

    TOO_LARGE = "too large"  # degrees, most likely
    SILENT = "silent"
    OTHERWISE = "otherwise"  # a sign, an axis, or one that sticks


@dataclass(frozen=True)
class AgreementParams:
    """Turns are of gravity's direction, between two windows; sizes are root mean squares."""

    turn_rad: float = 0.12  # less says little beside the body's own acceleration
    memory: float = 20.0  # windows
    least: float = 7.0  # windows that turned, before anything is said
    large: float = 6.0  # times what the accelerometer says
    large_rad: float = 1.0  # and more than anybody tumbles
    silent: float = 0.15  # of what the accelerometer says
    opposed: float = -0.6  # correlation
    crossed: float = 0.2  # correlation, of turns of crossed_rad and more by both, in more windows
    crossed_rad: float = 0.2
    crossed_least: float = 12.0
    off_share: float = 0.15  # of gravity: beyond it the mean acceleration of a window is not gravity alone
    shaken_m_s2: float = 4.0  # rms within a window


class AgreementWatch:
    """Tells once, at the row at which it became certain."""

    def __init__(self, params: AgreementParams | None = None) -> None:
        self.params = params or AgreementParams()
        self.doubt: Doubt | None = None
        self._carried = np.empty((6, 0))
        # Of the window before, (7, 1): gravity's direction, the later share of the turn, and whether it was calm.
        self._last = np.zeros((7, 1))
        self._sums = (0.0, 0.0, 0.0, 0.0)  # windows, and said, seen, both: sums of products

    def interrupt(self) -> None:
        """A gap: windows begin anew."""
        self._carried, self._last = np.empty((6, 0)), np.zeros((7, 1))

    def process(self, cells: Cells, gravity_m_s2: float) -> int | None:
        """The row of these cells, sensor frame, at which a doubt became certain."""
        if self.doubt is not None:
            return None
        run = np.concatenate([self._carried, cells.rows], axis=1)
        before, count = self._carried.shape[1], run.shape[1] // WINDOW_CELLS
        self._carried = run[:, count * WINDOW_CELLS :]
        if count == 0:
            return None
        rows, products = self._turns(run[:, : count * WINDOW_CELLS].reshape(6, count, WINDOW_CELLS), gravity_m_s2)
        for row, product in zip(rows, products, strict=True):
            self.doubt = self._judge(*product)
            if self.doubt is not None:
                return (row + 1) * WINDOW_CELLS - 1 - before
        return None

    def _turns(self, windows: Floats, gravity_m_s2: float) -> tuple[list[int], list[list[float]]]:
        """Which of the windows (6, k, cells) end a turn; and of each what was said, seen and both: sums of products."""
        params = self.params
        acc, gyr = windows[:3], windows[3:]
        # Along the last axis a sum adds in an order that depends on its length alone.
        mean = acc.sum(axis=2) / WINDOW_CELLS
        size = np.sqrt(dot(mean, mean))
        deviation = acc - mean[..., None]
        shaken = np.sqrt(dot(deviation, deviation).sum(axis=1) / WINDOW_CELLS)
        calm = (np.abs(size - gravity_m_s2) < params.off_share * gravity_m_s2) & (shaken < params.shaken_m_s2)
        later = (gyr * _LATER).sum(axis=2) * CELL_S
        here = np.concatenate([mean / np.maximum(size, 1e-9), later, calm[None]])
        sooner = gyr.sum(axis=2) * CELL_S - later
        known = np.concatenate([self._last, here], axis=1)
        self._last = here[:, -1:]
        up, before = known[:3, 1:], known[:3, :-1]
        middle, turn = up + before, known[3:6, :-1] + sooner
        said = np.stack(_cross(middle / np.sqrt(np.maximum(dot(middle, middle), 1e-18)), turn))
        seen = up - before
        products = np.stack([dot(said, said), dot(seen, seen), dot(said, seen)])
        calm = known[6, 1:] * known[6, :-1] > 0.0
        ends = np.flatnonzero(calm & (products[:2].max(axis=0) > params.turn_rad**2))
        numbers: list[int] = ends.tolist()
        turns: list[list[float]] = products[:, ends].T.tolist()
        return numbers, turns

    def _judge(self, said: float, seen: float, both: float) -> Doubt | None:
        params, keep = self.params, 1.0 - 1.0 / self.params.memory
        count, said, seen, both = (
            keep * old + new for old, new in zip(self._sums, (1.0, said, seen, both), strict=True)
        )
        self._sums = (count, said, seen, both)
        if count < params.least:
            return None
        said_rad, seen_rad = math.sqrt(said / count), math.sqrt(seen / count)
        if said_rad < params.silent * seen_rad:
            return Doubt.SILENT
        correlation = both / max(math.sqrt(said * seen), 1e-9)
        if said_rad > max(params.large_rad, params.large * seen_rad):
            return Doubt.TOO_LARGE if correlation > params.crossed else Doubt.OTHERWISE
        if min(said_rad, seen_rad) > params.crossed_rad and count > params.crossed_least:
            return Doubt.OTHERWISE if correlation < params.crossed else None
        opposed = min(said_rad, seen_rad) > params.turn_rad and correlation < params.opposed
        return Doubt.OTHERWISE if opposed else None


def told_of(doubt: Doubt, now_s: float) -> list[Item]:
    """What follows from a doubt: no drop is judged any more, and why.

    Raises
    ------
    InputError
        with reason UNITS when it cannot be rad/s.
    """
    if doubt is Doubt.TOO_LARGE:
        raise InputError(
            f"Up to {now_s:.1f} s the gyroscope turns many times as far as the accelerometer: it seems to be in deg/s.",
            Reason.UNITS,
            'Use Samples.from_units(..., gyr_unit="deg/s") or --gyr-unit deg/s, or multiply by 0.0174533.',
        )
    text = SILENT if doubt is Doubt.SILENT else OTHERWISE
    return [
        Break(now_s),
        Note(now_s, text, "gyroscope-off", "warning", known_s=now_s),
        Note(now_s, NOT_GRADED, "drops-not-graded", "warning", known_s=now_s),
    ]


def _cross(a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
