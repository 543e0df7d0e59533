"""How far a clip may have turned unseen while its gyroscope was at its limit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats

GYROSCOPE_ROW = 3  # of six: the accelerometer's axes come first

# A sensor that sticks at its limit is not told of with every sample.
TELL_AGAIN = 1.1


class AtLimit(NamedTuple):
    """A reading at at_s that repeats the limit of its axis (0 to 5), and when that became known."""

    known_s: float
    at_s: float
    limit: float
    axis: int


class Missed(NamedTuple):
    """From known_s on the clip may have turned about this axis of the sensor (0 to 2) by one sigma more, rad squared.

    Those of one stretch at the limit add up to the square of what the whole stretch may hide.
    """

    known_s: float
    axis: int
    variance_rad2: float


@dataclass
class Run:
    """An axis at its limit: since start_s, entered at this slope, rad/s2; told_rad: what it may hide so far."""

    start_s: float = 0.0
    last_s: float = -np.inf
    slope_rad_s2: float = 0.0
    told_rad: float = 0.0


@dataclass
class MissedTurn:
    """A rate that goes on rising as it rose when it met the limit, and falls alike, encloses slope * duration^2 / 4.

    That triangle is one sigma; more than the limit once more is not allowed for.
    """

    runs: tuple[Run, Run, Run] = field(default_factory=lambda: (Run(), Run(), Run()))

    def process(self, marks: Sequence[AtLimit], time_s: Floats, gyr_rad_s: Floats) -> list[Missed]:
        """marks: in order; time_s (n,), gyr_rad_s (n, 3): the samples they are among, with the one before each."""
        out = []
        for mark in marks:
            axis = mark.axis - GYROSCOPE_ROW
            run = self.runs[axis]
            if mark.at_s <= run.last_s:
                continue
            row = int(np.searchsorted(time_s, mark.at_s))
            before_s = float(time_s[row - 1])
            step_s = mark.at_s - before_s if np.isfinite(before_s) else 0.0
            if before_s > run.last_s or step_s == 0.0:
                rise = abs(float(gyr_rad_s[row, axis] - gyr_rad_s[row - 1, axis]))
                run.start_s, run.told_rad = mark.at_s, 0.0
                run.slope_rad_s2 = rise / step_s if np.isfinite(rise) and step_s > 0.0 else np.inf
            run.last_s = mark.at_s
            lasted_s = mark.at_s - run.start_s + step_s
            hidden_rad = min(0.25 * run.slope_rad_s2 * lasted_s**2, mark.limit * lasted_s) if lasted_s > 0.0 else 0.0
            if hidden_rad > TELL_AGAIN * run.told_rad:
                out.append(Missed(mark.known_s, axis, hidden_rad**2 - run.told_rad**2))
                run.told_rad = hidden_rad
        return out
