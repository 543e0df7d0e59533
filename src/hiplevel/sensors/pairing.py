"""Accelerometer and gyroscope from packets of their own, paired into samples.

A sample is taken where the gyroscope was read, for its turns must add up exactly; the accelerometer's value there lies
on the line between its two neighbours in time. A gyroscope value waits until the accelerometer has passed it.
"""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.sensors.decode.types import Ints

REACH_PERIODS = 3
"""Accelerometer values further apart are a gap that no line may bridge."""
LONGEST_WAIT = 4096
"""Values kept of one kind while the other is silent."""

Paired = tuple[Ints, Floats, Floats]
NOTHING: Paired = (np.zeros(0, dtype=np.int64), np.zeros((0, 3)), np.zeros((0, 3)))


class Pairing:
    """The values that still wait for their neighbours.

    Attributes
    ----------
    unpaired : gyroscope values, after the first pair, for which the accelerometer's was missing
    """

    def __init__(self, period_ns: float) -> None:
        self.unpaired = 0
        self._reach_ns = REACH_PERIODS * period_ns
        self._begun = False
        self._acc_ns, self._gyr_ns = NOTHING[0], NOTHING[0]
        self._acc, self._gyr = NOTHING[1], NOTHING[2]

    def add_acc(self, time_ns: Ints, acc: Floats) -> Paired:
        """What (n,) times and (n, 3) values, later than all before, complete."""
        self._acc_ns, self._acc = np.concatenate([self._acc_ns, time_ns]), np.concatenate([self._acc, acc])
        return self._release()

    def add_gyr(self, time_ns: Ints, gyr: Floats) -> Paired:
        """As `add_acc`."""
        self._gyr_ns, self._gyr = np.concatenate([self._gyr_ns, time_ns]), np.concatenate([self._gyr, gyr])
        return self._release()

    def finish(self) -> Paired:
        """What waits and has an accelerometer value near before it."""
        if not self._acc_ns.size:
            return NOTHING
        near = self._gyr_ns - self._acc_ns[-1] <= self._reach_ns / REACH_PERIODS
        rows = self._gyr_ns[near], np.repeat(self._acc[-1:], int(near.sum()), axis=0), self._gyr[near]
        self._gyr_ns, self._gyr = NOTHING[0], NOTHING[2]
        return rows

    def _release(self) -> Paired:
        ready = int(np.searchsorted(self._gyr_ns, self._acc_ns[-1], "right")) if self._acc_ns.size else 0
        time_ns, gyr = self._gyr_ns[:ready], self._gyr[:ready]
        paired, acc = self._at(time_ns)
        if ready:
            self._count(paired)
            self._gyr_ns, self._gyr = self._gyr_ns[ready:], self._gyr[ready:]
        over = max(self._gyr_ns.size - LONGEST_WAIT, 0)
        self.unpaired += over if self._begun else 0
        self._gyr_ns, self._gyr = self._gyr_ns[over:], self._gyr[over:]
        self._acc_ns, self._acc = self._acc_ns[-LONGEST_WAIT:], self._acc[-LONGEST_WAIT:]
        return time_ns[paired], acc[paired], gyr[paired]

    def _count(self, paired: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> None:
        missing = ~paired if self._begun else ~paired[np.argmax(paired) :] if paired.any() else paired
        self.unpaired += int(np.count_nonzero(missing))
        self._begun = self._begun or bool(paired.any())

    def _at(self, time_ns: Ints) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.bool_]], Floats]:
        """(n,) whether there are neighbours, and the (n, 3) accelerometer values at times not beyond the last."""
        if not time_ns.size:
            return np.zeros(0, dtype=np.bool_), NOTHING[1]
        after = np.searchsorted(self._acc_ns, time_ns, "left")
        exact = self._acc_ns[after] == time_ns
        before = np.where(exact, after, np.maximum(after - 1, 0))
        span = self._acc_ns[after] - self._acc_ns[before]
        paired = exact | ((after > 0) & (span <= self._reach_ns))
        weight = np.where(exact, 0.0, (time_ns - self._acc_ns[before]) / np.maximum(span, 1))[:, None]
        return paired, self._acc[before] + weight * (self._acc[after] - self._acc[before])
