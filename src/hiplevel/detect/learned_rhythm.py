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
_KEPT = (CYCLES + 1) * _LONGEST + 1


@dataclass(frozen=True, eq=False)
class Likeness:
    """At b beats: likeness (b, lags) from -1 to 1 of the last two periods with the two one period earlier.

    evenness (b, lags): the least energy of the last three periods as a share of the most.
    """

    likeness: Floats
    evenness: Floats


class Rhythm:
    """Running sums of the products of motion with itself, a candidate period apart."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget everything."""
        self._frames = 0
        self._recent = np.zeros((6, _LONGEST))
        self._products = np.zeros((len(LAGS), _KEPT))  # cumulative, newest last
        self._energy = np.zeros(_KEPT)
        self._count = 0

    def process(self, velocity_m_s: Floats, ends: list[int]) -> Likeness:
        """Add frames (6, k); the likeness at the ends of beats among them."""
        first = (EVERY - 1 - self._frames) % EVERY
        counts = self._count + (self._frames % EVERY + np.asarray(ends, dtype=np.int64)) // EVERY
        x = velocity_m_s[:, first::EVERY]
        self._frames += velocity_m_s.shape[1]
        self._add(x)
        return self._likeness(counts)

    def _add(self, x: Floats) -> None:
        m = x.shape[1]
        past = np.concatenate([self._recent, x], axis=1)
        products = np.empty((len(LAGS), self._products.shape[1] + m))
        products[:, : -m or None] = self._products
        for row, lag in enumerate(LAGS.tolist()):
            before = past[:, _LONGEST - lag : _LONGEST - lag + m]
            products[row, self._products.shape[1] :] = np.add.reduce(x * before, axis=0)
        added = slice(self._products.shape[1] - 1, None)
        products[:, added] = np.cumsum(products[:, added], axis=1)
        energy = np.concatenate([self._energy, np.add.reduce(x * x, axis=0)])
        energy[added] = np.cumsum(energy[added])
        self._recent = past[:, m:]
        self._products, self._energy = products, energy
        self._count += m

    def _likeness(self, counts: np.ndarray) -> Likeness:
        """Sums up to each count, from the cumulative ones; what is older than needed is dropped."""
        newest = self._energy.shape[0] - 1
        at = newest - (self._count - counts)
        rows = np.arange(len(LAGS))

        def energy(periods: int) -> Floats:
            """(b, lags) up to so many periods ago."""
            return np.asarray(self._energy[np.maximum(at[:, None] - periods * LAGS, 0)])

        sums = self._products[rows, at[:, None]] - self._products[rows, np.maximum(at[:, None] - CYCLES * LAGS, 0)]
        e0, e1, e2, e3 = (energy(periods) for periods in range(4))
        own, earlier = np.maximum(e0 - e2, 0.0), np.maximum(e1 - e3, 0.0)
        long_enough = counts[:, None] >= (CYCLES + 1) * LAGS
        likeness = np.where(long_enough, sums / (np.sqrt(own * earlier) + 1e-9), 0.0)
        periods = np.stack([e0 - e1, e1 - e2, e2 - e3])
        evenness = periods.min(axis=0) / (periods.max(axis=0) + 1e-12)
        self._products, self._energy = self._products[:, -_KEPT:], self._energy[-_KEPT:]
        return Likeness(likeness, evenness)


def peaks(likeness: Floats) -> NDArray[np.bool_]:
    """Where (..., lags) has a local maximum, the ends left out."""
    out = np.zeros(likeness.shape, dtype=bool)
    middle = likeness[..., 1:-1]
    out[..., 1:-1] = (middle >= likeness[..., :-2]) & (middle >= likeness[..., 2:])
    return out
