"""Turning points of a learned signal that are more than its noise, one after another, high and low in turn."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats


class Extremum(NamedTuple):
    """Where (frame), how far (m), and +1 for a high, -1 for a low."""

    at: int
    value: float
    kind: int


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
    """Finds them; one is certain once the signal has come back from it by `reversal`."""

    def __init__(self, reversal: float) -> None:
        self.reversal = reversal
        self.state = ExtremaState()

    @property
    def running(self) -> Extremum:
        """The one that is still growing, or may be."""
        state = self.state
        return Extremum(state.high_at, state.high, 1) if state.way > 0 else Extremum(state.low_at, state.low, -1)

    def process(self, x: Floats, first: int) -> list[Extremum]:
        """Those that became certain within x (n,), whose first frame is number `first`."""
        if not len(x):
            return []
        if self.state.first < 0:
            self.state.first = first
        out: list[Extremum] = []
        before = np.empty(len(x))
        before[0], before[1:] = self.state.last, x[:-1]
        rising = x > before
        turns = (rising[1:] != rising[:-1]).nonzero()[0]
        stops = [*turns.tolist(), len(x) - 1]
        for at, value in zip(stops, x[stops].tolist(), strict=True):
            self._look(first + at, value, out)
        self.state.last = float(x[-1])
        return out

    def _look(self, at: int, value: float, out: list[Extremum]) -> None:
        state = self.state
        if value > state.high:
            state.high, state.high_at = value, at
        if value < state.low:
            state.low, state.low_at = value, at
        if state.way >= 0 and state.high - value > self.reversal:
            if state.way or state.high_at > state.first:
                out.append(Extremum(state.high_at, state.high, 1))
            state.way, state.low, state.low_at = -1, value, at
        elif state.way <= 0 and value - state.low > self.reversal:
            if state.way or state.low_at > state.first:
                out.append(Extremum(state.low_at, state.low, -1))
            state.way, state.high, state.high_at = 1, value, at
