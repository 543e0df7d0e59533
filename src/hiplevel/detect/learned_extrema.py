"""Turning points of a learned signal that are more than its noise, one after another, high and low in turn."""

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


@dataclass(slots=True)
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
        if state.first < 0:
            state.first = first
        begun = 0
        for at, value in _stops(x, state.last):
            if value > state.high:
                state.high, state.high_at = value, first + at
            if value < state.low:
                state.low, state.low_at = value, first + at
            if state.way >= 0 and state.high - value > reversal:
                if state.way or state.high_at > state.first:
                    back = first + begun + int((state.high - x[begun : at + 1] > reversal).argmax())
                    out.append(Extremum(state.high_at, state.high, 1, back))
                state.way, state.low, state.low_at = -1, value, first + at
            elif state.way <= 0 and value - state.low > reversal:
                if state.way or state.low_at > state.first:
                    back = first + begun + int((x[begun : at + 1] - state.low > reversal).argmax())
                    out.append(Extremum(state.low_at, state.low, -1, back))
                state.way, state.high, state.high_at = 1, value, first + at
            begun = at + 1
        state.last = float(x[-1])
        return out


def _stops(x: Floats, last: float) -> list[tuple[int, float]]:
    """Where x (n,), which comes from `last`, does not go on as it did, and its end."""
    before = np.empty(len(x))
    before[0], before[1:] = last, x[:-1]
    going = np.sign(x - before)
    at = (going[1:] != going[:-1]).nonzero()[0].tolist()
    at.append(len(x) - 1)
    return list(zip(at, x[at].tolist(), strict=True))
