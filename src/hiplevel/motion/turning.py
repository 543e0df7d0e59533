"""How far gravity's direction turns from one window to the next, and how far the gyroscope says it does.

From one window to the next, gravity's mean direction moves by the gyroscope's rate, whose weight rises over the first
and falls over the second. What else moves it is the body's own acceleration: so both are compared as a regression over
many windows.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats
from hiplevel.motion.filters import linear
from hiplevel.motion.frame import cross, dot
from hiplevel.motion.grid import CELL_S, Cells
from hiplevel.motion.windows import Windows, squares, sums, weighted

N = TypeVar("N", float, Floats)


@dataclass(frozen=True, eq=False)
class Turns:
    """Of k windows and the one before each: rows (k,), of the last cell; said and seen (3, k), rad, sensor frame.

    said is the turn by the gyroscope, seen by the accelerometer; size_m_s2 (2, k) of the mean acceleration in both
    windows, and shaken_m_s2 (2, k), rms about it. about (3, k) is gravity's direction in the middle, turned (3, k) the
    gyroscope's turn, rad, and moved (6, k) how the means of accelerometer and gyroscope changed.
    """

    rows: NDArray[np.intp]
    said: Floats
    seen: Floats
    size_m_s2: Floats
    shaken_m_s2: Floats
    about: Floats
    turned: Floats
    moved: Floats

    @property
    def products(self) -> Floats:
        """(3, k), rad2: said by said, seen by seen and said by seen."""
        return multiplied(self.said, self.seen)


class TurnWindows:
    """Cells of one stretch to the turns between its windows, each once, however the cells are cut."""

    def __init__(self, window_cells: int) -> None:
        self._width, self._windows = window_cells, Windows(6, window_cells)
        self._later = (np.arange(window_cells) + 0.5) / window_cells
        self.interrupt()

    def interrupt(self) -> None:
        """A gap: windows begin anew."""
        self._windows.restart()
        self._last = np.empty((14, 0))  # gravity's direction, the later share of the turn, size, shaking, and means

    def process(self, cells: Cells) -> Turns | None:
        """The turns that end within these cells, sensor frame; None when there is none."""
        width, before = self._width, self._windows.begun
        parts = self._windows.cut(cells.rows)
        if not parts:
            return None
        totals = [np.concatenate([sums(p), weighted(p[3:], self._later), squares(p[:3])]) for p in parts]
        here, sooner = self._known(np.concatenate(totals, axis=1))
        count, known = here.shape[1], np.concatenate([self._last, here], axis=1)
        self._last = here[:, -1:]
        first, after = known[:, :-1], known[:, 1:]
        turns = after.shape[1]
        middle, turn = after[:3] + first[:3], first[3:6] + sooner[:, count - turns :]
        about = middle / np.sqrt(np.maximum(dot(middle, middle), 1e-18))
        return Turns(
            np.arange(count - turns + 1, count + 1) * width - 1 - before,
            cross(about, turn),
            after[:3] - first[:3],
            np.stack([first[6], after[6]]),
            np.stack([first[7], after[7]]),
            about,
            turn,
            after[8:] - first[8:],
        )

    def _known(self, total: Floats) -> tuple[Floats, Floats]:
        """Of each window what the next one has to know (14, k), and the sooner share of its turn (3, k).

        total (12, k): sums of the acceleration, the rate, the rate by how late it is, and the acceleration squared.
        """
        mean, later = total[:3] / self._width, total[6:9] * CELL_S
        mean2 = dot(mean, mean)
        size, deviation2 = np.sqrt(mean2), total[9:].sum(axis=0) / self._width - mean2
        shaken = np.sqrt(np.maximum(deviation2, 0.0))
        means = total[:6] / self._width
        known = np.concatenate([mean / np.maximum(size, 1e-9), later, size[None], shaken[None], means])
        return known, total[3:6] * CELL_S - later


def multiplied(said: Floats, seen: Floats) -> Floats:
    """(3, k) of turns (3, k), rad2: said by said, seen by seen and said by seen."""
    return np.stack([dot(said, said), dot(seen, seen), dot(said, seen)])


@dataclass(frozen=True)
class Regression(Generic[N]):
    """Of what the accelerometer shows on what the gyroscope says: how many turns, and their sums of products, rad2.

    Or arrays of all of these.
    """

    count: N
    said: N
    seen: N
    both: N

    @property
    def said_rad(self) -> N:
        """A turn's size, rms, by the gyroscope."""
        said_rad: N = np.sqrt(self.said / self.count)
        return said_rad

    @property
    def seen_rad(self) -> N:
        """The same by the accelerometer."""
        seen_rad: N = np.sqrt(self.seen / self.count)
        return seen_rad

    @property
    def slope(self) -> N:
        """How far gravity turns for each radian that the gyroscope says."""
        slope: N = self.both / np.maximum(self.said, 1e-18)
        return slope

    @property
    def correlation(self) -> N:
        """-1 to 1."""
        correlation: N = self.both / np.maximum(np.sqrt(self.said * self.seen), 1e-9)
        return correlation


class Fading:
    """The regression over all turns so far, those before each one at so much of their weight."""

    def __init__(self, keep: float) -> None:
        self._follow = np.ones(1), np.array([1.0, -keep])
        self._kept = np.zeros((4, 1))

    def after(self, products: Floats) -> Regression[Floats]:
        """After each of k turns more, (k,); products (3, k) as of `Turns`."""
        if not products.size:
            return Regression(*np.empty((4, 0)))
        each = np.concatenate([np.ones((1, products.shape[1])), products])
        so_far, self._kept = linear(*self._follow, each, self._kept)
        return Regression(*so_far)
