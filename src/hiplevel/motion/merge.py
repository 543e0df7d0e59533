"""Accelerometer and gyroscope as streams of their own, at rates of their own, made into samples while they arrive.

A sample stands where the gyroscope was read, since its turns must add up exactly; the accelerometer's value there lies
on the line between its neighbours in time. So a sample waits until the accelerometer has passed it. Both clocks must
be one.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats, Samples

# Accelerometer values further apart leave a gap between them; as in the grid.
BRIDGE_S = 0.2
# At the end the last value holds for so long: half a period of the slowest sensor.
HOLD_S = 0.02


class Merger:
    """What `acc` and `gyr` give, joined, does not depend on how both were cut or which came first.

    Parameters
    ----------
    longest_wait : values of one stream that are kept while the other is silent; None: all

    Attributes
    ----------
    missed : gyroscope values, after the first sample, for which the accelerometer's was missing
    """

    def __init__(self, longest_wait: int | None = None) -> None:
        self._longest_wait = longest_wait
        self.missed = 0
        self._begun = False
        self._acc = np.empty((4, 0))  # time and x, y, z; of the past only what a waiting gyroscope value may need
        self._gyr = np.empty((4, 0))

    def acc(self, time_s: ArrayLike, acc_m_s2: ArrayLike) -> Samples:
        """Samples that values (n, 3) at (n,) times, later than all before, complete.

        Raises
        ------
        InputError
            SHAPE when times and values do not belong together, TIME_BACKWARDS when time does not increase.
        """
        self._acc = _appended(self._acc, time_s, acc_m_s2, "accelerometer")
        return self._complete()

    def gyr(self, time_s: ArrayLike, gyr_rad_s: ArrayLike) -> Samples:
        """As `acc`."""
        self._gyr = _appended(self._gyr, time_s, gyr_rad_s, "gyroscope")
        return self._complete()

    def finish(self) -> Samples:
        """What still waits, as far as the last accelerometer value holds."""
        if not self._acc.shape[1]:
            return Samples.empty()
        near = self._gyr[:, self._gyr[0] - self._acc[0, -1] <= HOLD_S]
        self._gyr = np.empty((4, 0))
        return Samples(near[0], np.tile(self._acc[1:, -1], (near.shape[1], 1)), near[1:].T)

    def _complete(self) -> Samples:
        if not self._acc.shape[1] or not self._gyr.shape[1]:
            self._forget()
            return Samples.empty()
        at, values = self._acc[0], self._acc[1:]
        ready = int(np.searchsorted(self._gyr[0], at[-1], side="right"))
        time_s, gyr = self._gyr[0, :ready], self._gyr[1:, :ready]
        after = np.searchsorted(at, time_s, side="left")
        exact = at[after] == time_s
        before = np.where(exact, after, np.maximum(after - 1, 0))
        span_s = at[after] - at[before]
        told = exact | ((after > 0) & (span_s <= BRIDGE_S))
        share = np.where(exact, 0.0, (time_s - at[before]) / np.where(span_s > 0.0, span_s, 1.0))
        acc = values[:, before] + share * (values[:, after] - values[:, before])
        self._gyr = self._gyr[:, ready:]
        # The last value may be the neighbour of a gyroscope value still to come.
        needed = int(np.searchsorted(at, time_s[-1], side="right")) if ready else 0
        self._acc = self._acc[:, max(needed - 1, 0) :]
        self._count(told)
        self._forget()
        return Samples(time_s[told], acc[:, told].T, gyr[:, told].T)

    def _count(self, told: NDArray[np.bool_]) -> None:
        first = 0 if self._begun else int(np.argmax(told)) if told.any() else told.size
        self.missed += int(np.count_nonzero(~told[first:]))
        self._begun = self._begun or bool(told.any())

    def _forget(self) -> None:
        if self._longest_wait is None:
            return
        over = max(self._gyr.shape[1] - self._longest_wait, 0)
        self.missed += over if self._begun else 0
        self._gyr, self._acc = self._gyr[:, over:], self._acc[:, -self._longest_wait :]


def _appended(kept: Floats, time_s: ArrayLike, values: ArrayLike, what: str) -> Floats:
    t, v = np.asarray(time_s, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if t.ndim != 1 or (t.size and v.shape != (t.size, 3)):
        raise InputError(
            f"{what} values have shape {v.shape}; with {t.size} time stamps it must be ({t.size}, 3).", Reason.SHAPE
        )
    if not t.size:
        return kept
    if not np.all(np.diff(t, prepend=kept[0, -1] if kept.shape[1] else -np.inf) > 0.0):
        raise InputError(f"The {what}'s time does not increase.", Reason.TIME_BACKWARDS, "Sort its values.")
    return np.concatenate([kept, np.concatenate([t[None], v.T])], axis=1)
