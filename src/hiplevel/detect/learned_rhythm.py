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
PERIODS: list[float] = (EVERY * LAGS.astype(np.float64)).tolist()  # the same in frames
CYCLES = 2
_LONGEST = int(LAGS[-1])
SPAN = CYCLES * _LONGEST  # motions that a likeness compares with those before
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
    """Running sums of the products of motion with itself, a candidate period apart, of what was asked for.

    Single precision is a thousand times finer than a likeness needs to be; the sums are double.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget everything."""
        self._frames = 0
        self._count, self.counts = 0, list[int]()  # motions so far; those up to the end of each beat of the newest
        self._recent = np.zeros((6, SPAN + _LONGEST), dtype=np.float32)
        self._energy = np.zeros(1)  # cumulative, newest last
        self.begin(0)

    def begin(self, first: int) -> None:
        """Sum up anew, from motion number `first` on."""
        self._first = self._summed = first
        self._products = np.zeros((len(LAGS), 1))  # cumulative, of motions from `_first` to before `_summed`

    def process(self, velocity_m_s: Floats, ends: list[int]) -> None:
        """Add frames (6, k) and the ends of beats among them."""
        first = (EVERY - 1 - self._frames) % EVERY
        self.counts = [self._count + (self._frames % EVERY + end) // EVERY for end in ends]
        self._frames += velocity_m_s.shape[1]
        x = velocity_m_s[:, first::EVERY].astype(np.float32)
        m = x.shape[1]
        if m:
            self._count += m
            self._recent = np.concatenate([self._recent[:, -SPAN - _LONGEST :], x], axis=1)
            kept = self._energy[-1 - SPAN - _LONGEST :]
            self._energy = np.concatenate([kept, np.add.reduce(x * x, axis=0)])
            np.add.accumulate(self._energy[len(kept) - 1 :], out=self._energy[len(kept) - 1 :])

    def likeness(self, first: int, end: int) -> Likeness:
        """At the beats [first, end) of the newest frames, none long before one that was asked for."""
        counts = np.array(self.counts[first:end])
        self._sum_up(self.counts[first], int(counts[-1]))
        energy, own = self._energy, counts - self._first
        at = len(energy) - 1 - self._count + counts
        sums, before = self._products.take(own, axis=1), np.maximum(own - CYCLES * _LAGS, 0)
        before += self._products.shape[1] * _ROWS
        sums -= self._products.take(before)
        e1, e2, e3 = (energy.take(at - periods * _LAGS, mode="clip") for periods in range(1, CYCLES + 2))
        both = np.maximum(energy[at] - e2, 0.0)
        both *= np.maximum(e1 - e3, 0.0)
        np.sqrt(both, out=both)
        both += 1e-9
        sums /= both
        sums[(counts < (CYCLES + 1) * _LAGS) | (own < CYCLES * _LAGS)] = 0.0
        return Likeness(sums, energy, at)

    def _sum_up(self, count: int, upto: int) -> None:
        """Go on to motion number `upto`; what is older than beats from `count` on need is dropped."""
        m = upto - self._summed
        if m <= 0:
            return
        oldest = self._count - self._recent.shape[1]
        past = self._recent[:, self._summed - _LONGEST - oldest : upto - oldest]
        drop = max(count - SPAN - self._first, 0)
        kept = self._products[:, drop:]
        self._products = np.empty((len(LAGS), kept.shape[1] + m))
        self._products[:, :-m], self._products[:, -m:] = kept, _lagged(past)
        added = self._products[:, -1 - m :]
        np.add.accumulate(added, axis=1, out=added)
        self._first, self._summed = self._first + drop, upto


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
