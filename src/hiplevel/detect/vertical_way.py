"""How far up the body went, from vertical acceleration between two moments, of which one or both are rest.

At rest the speed is zero, so that from one rest on, forward or back in time, acceleration integrated twice is the way.
Between two of them what the speed comes out wrong by is the accelerometer's: it is spread over the time between.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

N = TypeVar("N", float, Floats)


@dataclass(slots=True)
class VerticalWay(Generic[N]):
    """So many cells, the sum of their vertical acceleration, + = up, and the sum of that sum over them; or arrays.

    The ways are in m where acceleration is in m/s2, in cm where it is in cm/s2.
    """

    cells: N
    gained: N
    gone: N

    @property
    def from_rest(self) -> N:
        """Up, of a body that stood still before."""
        return self.gone * CELL_S * CELL_S

    @property
    def to_rest(self) -> N:
        """Of one that stands still afterwards."""
        return (self.gone - (self.cells + 1.0) * self.gained) * CELL_S * CELL_S

    @property
    def between_rests(self) -> N:
        """Of one that does both."""
        return (self.gone - 0.5 * (self.cells + 1.0) * self.gained) * CELL_S * CELL_S

    def since(self, before: "VerticalWay[N]") -> "VerticalWay[N]":
        """Without what came before, where both begin at the same moment."""
        cells = self.cells - before.cells
        return VerticalWay(cells, self.gained - before.gained, self.gone - before.gone - cells * before.gained)


def summed(lift: Floats) -> VerticalWay[float]:
    """Over these cells (k,)."""
    gained = np.add.accumulate(lift)
    return VerticalWay(float(len(lift)), gained.item(-1), float(np.add.reduce(gained)))


def running(lift: Floats, before: VerticalWay[float]) -> tuple[Floats, Floats]:
    """What is gained and gone up to each of these cells (m,), one after the other: however they come."""
    gained = lift.copy()
    gained[0] += before.gained
    np.add.accumulate(gained, out=gained)
    gone = gained.copy()
    gone[0] += before.gone
    return gained, np.add.accumulate(gone, out=gone)
