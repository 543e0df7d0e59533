"""Turning points of a learned signal that are more than its noise, one after another, high and low in turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats


class Extremum(NamedTuple):
    """Where (frame), how far (m), +1 for a high and -1 for a low, and the frame that made it certain."""

    at: int
    value: float
    kind: int
    certain: int


@dataclass(frozen=True, slots=True)
class ExtremaState:
    """The highest and lowest since the last one; way: where the signal is going, 0 before the first; first: frame."""

    first: int = -1
    last: float = 0.0  # the newest value
    high: float = -np.inf
    high_at: int = 0
    low: float = np.inf
    low_at: int = 0
    way: int = 0


class Extrema:
    """Finds them; one is certain once the signal has come back from it by more than `reversal`."""

    def __init__(self, reversal: float) -> None:
        self.reversal = reversal
        self.state = ExtremaState()

    def process(self, x: Floats, first: int) -> list[Extremum]:
        """Those that became certain within x (n,), whose first frame is number `first`."""
        if not len(x):
            return []
        state, reversal, out = self.state, self.reversal, list[Extremum]()
        begins = first if state.first < 0 else state.first
        high, high_at, low, low_at, way = state.high, state.high_at, state.low, state.low_at, state.way
        begun = 0
        for at, value in _stops(x, state.last):
            if value > high:
                high, high_at = value, first + at
            if value < low:
                low, low_at = value, first + at
            if way >= 0 and high - value > reversal:
                if way or high_at > begins:
                    beyond = int(x[begun : at + 1][::-1].searchsorted(high - reversal))  # it only falls there
                    out.append(Extremum(high_at, high, 1, first + at + 1 - max(beyond, 1)))
                way, low, low_at = -1, value, first + at
            elif way <= 0 and value - low > reversal:
                if way or low_at > begins:
                    before = int(x[begun : at + 1].searchsorted(low + reversal, "right"))  # it only rises there
                    out.append(Extremum(low_at, low, -1, first + min(begun + before, at)))
                way, high, high_at = 1, value, first + at
            begun = at + 1
        self.state = ExtremaState(begins, x.item(-1), high, high_at, low, low_at, way)
        return out


def _stops(x: Floats, last: float) -> Iterator[tuple[int, float]]:
    """Where x (n,), which comes from `last`, does not go on as it did, and its end."""
    going = np.empty(len(x))
    going[0] = x.item(0) - last
    np.subtract(x[1:], x[:-1], out=going[1:])
    np.sign(going, out=going)
    at = (going[1:] != going[:-1]).nonzero()[0]
    return zip([*at.tolist(), len(x) - 1], [*x[at].tolist(), x.item(-1)], strict=True)
