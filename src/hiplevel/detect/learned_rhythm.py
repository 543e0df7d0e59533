"""Is there a rhythm, and which? Motion compared with itself one candidate period earlier, over two such periods."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.model.samples import Floats

EVERY = 2  # frames compared: a rhythm is slower than 2.5 a second
RHYTHM_HZ = FRAME_HZ / EVERY
# Candidate periods, in steps of about 5 %; the shortest are those of single steps, which are no repetitions.
LAGS = np.unique(np.round(np.geomspace(0.4, 12.0, 64) * RHYTHM_HZ).astype(np.int64))
CYCLES = 2
_LONGEST = int(LAGS[-1])
_ROWS, _LAGS = np.arange(len(LAGS))[:, None], LAGS[:, None]


@dataclass(frozen=True, eq=False)
class Likeness:
    """At b beats: likeness (lags, b) from -1 to 1 of the last two periods with the two one period earlier.

    energy: cumulative, (m,); at (b,): the index of each beat's end in it.
    """

    likeness: Floats
    energy: Floats
    at: NDArray[np.int64]

    def of(self, beats: NDArray[np.intp]) -> "Likeness":
        """At these beats only."""
        return Likeness(self.likeness[:, beats], self.energy, self.at[beats])

    def evenness(self, rows: NDArray[np.int64]) -> Floats:
        """(b,): the least energy of the last three periods, `rows` (b,) of LAGS, as a share of the most."""
        ends = np.maximum(self.at - np.arange(CYCLES + 2)[:, None] * LAGS[rows], 0)
        e0, e1, e2, e3 = self.energy[ends]
        periods = np.array([e0 - e1, e1 - e2, e2 - e3])
        return np.asarray(periods.min(axis=0) / (periods.max(axis=0) + 1e-12))


class Rhythm:
    """Running sums of the products of motion with itself, a candidate period apart.

    Single precision is a thousand times finer than a likeness needs to be; the sums are double.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget everything."""
        self._frames = 0
        self._recent = np.zeros((6, _LONGEST), dtype=np.float32)
        self._products = np.zeros((len(LAGS), 1))  # cumulative, newest last
        self._energy = np.zeros(1)
        self._count = 0  # motions summed up
        self._counts = np.zeros(0, dtype=np.int64)  # of those, up to the end of each beat of the newest frames

    def process(self, velocity_m_s: Floats, ends: list[int]) -> None:
        """Add frames (6, k) and the ends of beats among them."""
        first = (EVERY - 1 - self._frames) % EVERY
        self._counts = self._count + (self._frames % EVERY + np.array(ends, dtype=np.int64)) // EVERY
        self._frames += velocity_m_s.shape[1]
        x = velocity_m_s[:, first::EVERY]
        if x.shape[1]:
            self._add(x)

    def likeness(self, first: int, end: int) -> Likeness:
        """At the beats [first, end) of the newest frames."""
        counts, products, energy = self._counts[first:end], self._products, self._energy
        behind = self._count - counts
        at, own = len(energy) - 1 - behind, products.shape[1] - 1 - behind
        sums = products[:, own] - products[_ROWS, np.maximum(own - CYCLES * _LAGS, 0)]
        e1, e2, e3 = (energy.take(at - periods * _LAGS, mode="clip") for periods in range(1, CYCLES + 2))
        both = np.sqrt(np.maximum(energy[at] - e2, 0.0) * np.maximum(e1 - e3, 0.0))
        sums /= both + 1e-9
        sums[counts < (CYCLES + 1) * _LAGS] = 0.0
        return Likeness(sums, energy, at)

    def _add(self, x: Floats) -> None:
        """What is older than needed is dropped."""
        m = x.shape[1]
        past = np.concatenate([self._recent, x], axis=1, dtype=np.float32, casting="same_kind")
        self._recent, self._count = past[:, m:], self._count + m
        self._products, self._energy = _longer(self._products, m, CYCLES), _longer(self._energy, m, CYCLES + 1)
        self._products[:, -m:] = _lagged(past)
        self._energy[-m:] = np.add.reduce(past[:, _LONGEST:] ** 2, axis=0)
        for sums in (self._products, self._energy):
            added = sums[..., -1 - m :]
            np.add.accumulate(added, axis=-1, out=added)


def _longer(sums: Floats, m: int, periods: int) -> Floats:
    """(..., n + m): the newest sums (..., n), so many of the longest periods, with room for m more."""
    kept = sums[..., -1 - periods * _LONGEST :]
    out = np.empty((*kept.shape[:-1], kept.shape[-1] + m))
    out[..., :-m] = kept
    return out


def _lagged(past: NDArray[np.float32]) -> NDArray[np.float32]:
    """(lags, m): motion (6, longest + m) times that each candidate period before, the six summed in their order."""
    m, step = past.shape[1] - _LONGEST, past.itemsize
    out = np.zeros((len(LAGS), m), dtype=np.float32)
    for row in np.ascontiguousarray(past):
        windows = np.ndarray((_LONGEST + 1, m), np.float32, row, 0, (step, step))
        product = windows[_LONGEST - LAGS]
        product *= row[_LONGEST:]
        out += product
    return out


def peaks(likeness: Floats) -> NDArray[np.bool_]:
    """Where (lags, ...) has a local maximum, the ends left out."""
    out = np.zeros(likeness.shape, dtype=bool)
    middle = likeness[1:-1]
    out[1:-1] = (middle >= likeness[:-2]) & (middle >= likeness[2:])
    return out
