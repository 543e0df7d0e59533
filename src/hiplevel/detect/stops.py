"""Where a machine must look at a signal: at its turning points, at the ends of beats, and at the last cell known."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats


class Stops(NamedTuple):
    """In order: the row, when, the signal there, and how far it moved in the beat that ends there, if one does."""

    rows: list[int]
    time_s: list[float]
    values: list[float]
    spans: list[float | None]


@dataclass
class StopFinder:
    """Cuts a signal at its stops, and measures each beat once."""

    last: float = np.nan
    low: float = np.inf  # of the unfinished beat, the end of the one before it included
    high: float = -np.inf

    def restart(self) -> None:
        """Begin a new stretch of signal."""
        self.last, self.low, self.high = np.nan, np.inf, -np.inf

    def process(self, time_s: Floats, x: Floats, beats: list[int]) -> Stops:
        """Of these cells, (m,) each; beats: the rows that end one."""
        direction = np.empty(len(x))
        direction[0] = x[0] - (x[0] if np.isnan(self.last) else self.last)
        np.subtract(x[1:], x[:-1], out=direction[1:])
        np.sign(direction, out=direction)
        self.last = float(x[-1])
        ends, stops = np.array(beats, dtype=np.intp), np.empty(len(x), dtype=bool)
        np.not_equal(direction[1:], direction[:-1], out=stops[:-1])
        stops[ends] = stops[-1] = True
        rows = stops.nonzero()[0]
        spans: list[float | None] = [None] * len(rows)
        for at, span in zip(rows.searchsorted(ends).tolist(), self._spans(x, ends), strict=True):
            spans[at] = span
        return Stops(rows.tolist(), time_s[rows].tolist(), x[rows].tolist(), spans)

    def _spans(self, x: Floats, ends: NDArray[np.intp]) -> list[float]:
        """How far the signal moved within each beat that ends in x."""
        goes_on = not len(ends) or ends[-1] < len(x) - 1
        starts = np.zeros(len(ends) + goes_on, dtype=np.intp)  # a beat begins where the one before it ended
        starts[1:] = ends if goes_on else ends[:-1]
        low, high = np.minimum.reduceat(x, starts), np.maximum.reduceat(x, starts)
        ended, there = slice(0, len(ends)), x[ends]
        low[ended], high[ended] = np.minimum(low[ended], there), np.maximum(high[ended], there)
        low[0], high[0] = min(low[0], self.low), max(high[0], self.high)
        spans: list[float] = (high - low)[ended].tolist()
        if goes_on:
            self.low, self.high = float(low[-1]), float(high[-1])
        else:
            self.low = self.high = float(x[-1])
        return spans
