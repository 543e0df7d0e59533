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
    """Of k windows and the one before each: rows (k,), of the last cell; sensor frame.

    both (2, 3, k), rad, is the turn that the gyroscope says, and the one that the accelerometer has seen; products
    (3, k), rad2, are of said by said, seen by seen and said by seen. size_m_s2 (k + 1,) is of the mean acceleration in
    all these windows, shaken_m_s2 (k,) rms about it, in the worse of the two. about (3, k) is gravity's direction in
    the middle, turned (3, k) the gyroscope's turn, rad, and moved (6, k) how the means of accelerometer and gyroscope
    changed.
    """

    rows: NDArray[np.intp]
    both: Floats
    products: Floats
    size_m_s2: Floats
    shaken_m_s2: Floats
    about: Floats
    turned: Floats
    moved: Floats

    @property
    def said(self) -> Floats:
        """(3, k), rad."""
        return np.asarray(self.both[0])

    @property
    def seen(self) -> Floats:
        """(3, k), rad."""
        return np.asarray(self.both[1])


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
        known, sooner = self._known(parts)
        count = sooner.shape[1]
        turns = known.shape[1] - 1
        self._last = known[:, -1:]
        first, after = known[:, :-1], known[:, 1:]
        middle, turn = after[:3] + first[:3], first[3:6] + sooner[:, count - turns :]
        about = middle / np.sqrt(np.maximum(dot(middle, middle), 1e-18))
        both = np.empty((2, 3, turns))
        both[0] = cross(about, turn)
        np.subtract(after[:3], first[:3], out=both[1])
        return Turns(
            np.arange(count - turns + 1, count + 1) * width - 1 - before,
            both,
            multiplied(both),
            known[6],
            np.maximum(first[7], after[7]),
            about,
            turn,
            after[8:] - first[8:],
        )

    def _known(self, parts: list[Floats]) -> tuple[Floats, Floats]:
        """Of k windows, parts (6, ., width), what the next one has to know, (14, k), behind that of the last before.

        And the sooner share of the turn (3, k).
        """
        before, count = self._last.shape[1], sum(part.shape[1] for part in parts)
        total, done = np.empty((12, count)), 0  # of all six, the rate by how late it is, and the acceleration squared
        for part in parts:
            here = total[:, done : done + part.shape[1]]
            here[:6], here[6:9], here[9:] = sums(part), weighted(part[3:], self._later), squares(part[:3])
            done += part.shape[1]
        out = np.empty((14, before + count))
        out[:, :before], known = self._last, out[:, before:]
        mean, later = np.divide(total[:6], self._width, out=known[8:])[:3], known[3:6]
        np.multiply(total[6:9], CELL_S, out=later)
        mean2 = dot(mean, mean)
        size = np.sqrt(mean2, out=known[6])
        np.divide(mean, np.maximum(size, 1e-9), out=known[:3])
        deviation2 = total[9:].sum(axis=0) / self._width - mean2
        np.sqrt(np.maximum(deviation2, 0.0), out=known[7])
        return out, total[3:6] * CELL_S - later


def multiplied(both: Floats) -> Floats:
    """(3, k), rad2, of turns (2, 3, k): said by said, seen by seen and said by seen."""
    out = np.empty((3, both.shape[2]))
    ways = both.swapaxes(0, 1)
    out[:2], out[2] = dot(ways, ways), dot(both[0], both[1])
    return out


class Trail:
    """The last turns, beside new ones: what spans several of them is the same however they come."""

    def __init__(self, turns: int) -> None:
        """So many of the last are kept."""
        self._turns = turns
        self.interrupt()

    def interrupt(self) -> None:
        """A gap: nothing spans it."""
        self._kept = np.empty((7, 0))

    def add(self, turns: Turns, quiet: NDArray[np.bool_]) -> tuple[Floats, int]:
        """The last turns and these, (7, kept + k): said, seen and whether they were quiet; how many were kept."""
        kept = self._kept.shape[1]
        rows = np.empty((7, kept + len(quiet)))
        rows[:, :kept], rows[:6, kept:], rows[6, kept:] = self._kept, turns.both.reshape(6, -1), quiet
        self._kept = rows[:, -self._turns :].copy()
        return rows, kept


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
        """After each of k turns more, (k,), one at least; products (3, k) as of `Turns`."""
        each = np.empty((4, products.shape[1]))
        each[0], each[1:] = 1.0, products
        so_far, self._kept = linear(*self._follow, each, self._kept)
        return Regression(*so_far)
