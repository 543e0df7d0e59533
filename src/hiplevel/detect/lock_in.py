"""Movement in a known rhythm, far smaller than what can be counted: a period at a time, beside its neighbours."""

from typing import Protocol

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

COVERED = 0.9  # of a period that must have samples
LEAST_DEG = 0.6  # to and fro: twice what a quiet stand sways in any one rhythm
COHERENT = 0.9  # of the neighbours' sum, against the sum of their sizes: the same movement, not chance
KEPT_S = 300.0  # five repetitions of the slowest tempo
MOST_PARTS = 500


class Moving(Protocol):
    """What `MotionOutput` has: (m,) each."""

    @property
    def time_s(self) -> Floats:
        """When."""

    @property
    def obliquity_deg(self) -> Floats:
        """From neutral."""

    @property
    def tilt_deg(self) -> Floats:
        """From neutral."""


class LockIn:
    """Keeps the last minutes of both angles and looks at one period of them at a time."""

    def __init__(self) -> None:
        self._time_s, self._angles = np.empty(0), np.empty((0, 2))
        self._parts: list[Moving] = []

    def take(self, motion: Moving) -> None:
        """More motion, later than all before."""
        self._parts.append(motion)
        if len(self._parts) >= MOST_PARTS:
            self._join()

    def swings(self, start_s: float, period_s: float) -> Floats | None:
        """(2,) complex: obliquity and tilt over one period at that rhythm, degrees from the middle to the turn.

        None where too little of the period has samples. A slow drift is taken out first.
        """
        self._join()
        first, last = np.searchsorted(self._time_s, (start_s, start_s + period_s))
        if (last - first) * CELL_S < COVERED * period_s:
            return None
        part_s, angles = self._time_s[first:last] - start_s, self._angles[first:last]
        phase = 2.0 * np.pi * part_s / period_s
        columns = np.column_stack([np.ones_like(part_s), part_s - 0.5 * period_s, np.cos(phase), np.sin(phase)])
        fit = np.linalg.lstsq(columns, angles, rcond=None)[0]
        return np.asarray(fit[2] + 1j * fit[3])

    def _join(self) -> None:
        if not self._parts:
            return
        parts, self._parts = self._parts, []
        self._time_s = np.concatenate([self._time_s, *(part.time_s for part in parts)])
        new = [np.column_stack([part.obliquity_deg, part.tilt_deg]) for part in parts]
        self._angles = np.vstack([self._angles, *new])
        keep = int(np.searchsorted(self._time_s, self._time_s[-1] - KEPT_S))
        self._time_s, self._angles = self._time_s[keep:], self._angles[keep:]


def moved(before: Floats | None, at: Floats | None, after: Floats | None) -> bool:
    """Whether the middle period holds the movement that its neighbours hold as well, in either angle."""
    if at is None:
        return False
    near = [one for one in (before, at, after) if one is not None]
    if len(near) < 2:
        return False
    swings = np.array(near)
    sizes = np.abs(swings)
    together = np.abs(swings.sum(axis=0)) >= COHERENT * sizes.sum(axis=0)
    large = (2.0 * sizes.mean(axis=0) >= LEAST_DEG) & (2.0 * np.abs(at) >= 0.5 * LEAST_DEG)
    return bool((together & large).any())
