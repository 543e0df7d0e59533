"""What the drop watch was given: enough to judge a session again by any limit without computing motion again."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats


@dataclass(frozen=True, eq=False)
class JudgedCells:
    """The cells in which drops were looked for.

    time_s, obliquity_deg (m,): + left side up. cut_rows (k,): no drop spans from before such a row to it; the last: m.
    lying (k,): the cut is a change of posture, before which a fall beyond any limit was lying down. until_s (k,): where
    samples are missing behind it, when that begins: what is open has ended by then; else infinite.
    """

    time_s: Floats
    obliquity_deg: Floats
    cut_rows: NDArray[np.int64]
    lying: NDArray[np.bool_]
    until_s: Floats

    def fall_deg(self, side: str) -> Floats:
        """How far `side` is below neutral, degrees (m,)."""
        return self.obliquity_deg if side == "right" else -self.obliquity_deg


@dataclass
class DropTrace:
    """Follows a pipeline; `cells` is what it saw."""

    _time_s: list[Floats] = field(default_factory=list)
    _obliquity_deg: list[Floats] = field(default_factory=list)
    _cuts: list[tuple[int, bool, float]] = field(default_factory=list)
    _rows: int = 0

    def judged(self, time_s: Floats, obliquity_deg: Floats) -> None:
        """Cells that were looked at."""
        self._time_s.append(np.array(time_s))
        self._obliquity_deg.append(np.array(obliquity_deg))
        self._rows += len(time_s)

    def cut(self, *, lying: bool = False, until_s: float = math.inf) -> None:
        """What is open ends here, by `until_s` at the latest."""
        if self._rows and (not self._cuts or self._cuts[-1][0] < self._rows):
            self._cuts.append((self._rows, lying, until_s))

    def cells(self) -> JudgedCells:
        """All that was looked at."""
        self.cut()
        empty: Floats = np.empty(0)
        return JudgedCells(
            np.concatenate([empty, *self._time_s]),
            np.concatenate([empty, *self._obliquity_deg]),
            np.array([row for row, _, _ in self._cuts], dtype=np.int64),
            np.array([lying for _, lying, _ in self._cuts], dtype=bool),
            np.array([until_s for _, _, until_s in self._cuts], dtype=np.float64),
        )
