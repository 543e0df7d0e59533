"""What really happened: the simulated pelvis' angles on the sample grid, repetitions, sets, steps, holds, drops."""

from dataclasses import dataclass
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.rules import Side
from hiplevel.model.samples import Floats, Samples

LYING_DEG = 60.0


class TrueDrop(NamedTuple):
    """One fall of `side` beyond a limit."""

    start_s: float
    end_s: float
    peak_deg: float
    side: Side


class Part(NamedTuple):
    """A stretch of a session: an exercise id, or 'still', 'rest', ...; the stance leg it was done on."""

    exercise: str
    stance: str
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class Truth:
    """Ground truth on the sensor's clock.

    Attributes
    ----------
    time_s, obliquity_deg, tilt_deg, rotation_deg, frontal_deg : (n,) on the sample grid; obliquity is asin(up . left),
        + = left side up; frontal_deg is the turn about the forward axis, meaningful in side-lying as well
    reps : (k, 3) start, turn, end, s
    sets : (s, 2) and holds : (h, 2) start, end, s
    steps : (time_s, side) of each initial contact
    parts : what was done from when to when
    """

    time_s: Floats
    obliquity_deg: Floats
    tilt_deg: Floats
    rotation_deg: Floats
    frontal_deg: Floats
    reps: Floats
    sets: Floats
    holds: Floats
    steps: tuple[tuple[float, str], ...]
    parts: tuple[Part, ...]

    def drops(
        self,
        limit_deg: float,
        side: Side | None = None,
        *,
        hysteresis_deg: float = 1.0,
        min_duration_s: float = 0.1,
    ) -> list[TrueDrop]:
        """Falls of `side` beyond limit_deg while upright, as DropRule defines them, in time order.

        None: of the side that was not stood upon; of either where both were. A drop runs from the crossing of the limit
        until the pelvis is back by hysteresis_deg.
        """
        if limit_deg <= 0.0 or side not in (None, *get_args(Side)):
            raise UsageError("Ask for drops of 'left' or 'right' beyond a limit above 0 degrees.", Reason.USAGE)
        found = []
        for name in get_args(Side):
            if side not in (None, name):
                continue
            fall = self.obliquity_deg * (1.0 if name == "right" else -1.0)
            ignored = np.abs(self.frontal_deg) > LYING_DEG
            if side is None:
                ignored |= self._stands_on(name)
            found += self._falls(np.where(ignored, 0.0, fall), name, limit_deg, hysteresis_deg, min_duration_s)
        return sorted(found)

    def _stands_on(self, side: Side) -> NDArray[np.bool_]:
        """(n,) where the exercise was one on this leg."""
        on = np.zeros(self.time_s.size, dtype=np.bool_)
        for part in self.parts:
            if part.stance == side:
                on |= (self.time_s >= part.start_s) & (self.time_s < part.end_s)
        return on

    def _falls(
        self, fall: Floats, side: Side, limit_deg: float, hysteresis_deg: float, min_duration_s: float
    ) -> list[TrueDrop]:
        found: list[TrueDrop] = []
        above = np.flatnonzero(fall >= limit_deg)
        below = np.flatnonzero(fall < limit_deg - hysteresis_deg)
        last = 0
        while (k := int(np.searchsorted(above, last))) < above.size:
            first = int(above[k])
            back = int(np.searchsorted(below, first))
            last = int(below[back]) if back < below.size else fall.size
            over = fall[first:last] >= limit_deg
            if _longest_run(over) * self._period_s() >= min_duration_s:
                end_s = float(self.time_s[min(last, fall.size - 1)])
                found.append(TrueDrop(float(self.time_s[first]), end_s, float(np.max(fall[first:last])), side))
        return found

    def _period_s(self) -> float:
        return float(self.time_s[-1] - self.time_s[0]) / max(self.time_s.size - 1, 1)


@dataclass(frozen=True, eq=False)
class Simulated:
    """A simulated recording: what the sensor gave, what really happened, and how the sensor was really mounted."""

    samples: Samples
    truth: Truth
    calibration: Calibration

    def without(self, start_s: float, end_s: float) -> "Simulated":
        """The same with the samples of [start_s, end_s) lost; the truth stays whole."""
        keep = (self.samples.time_s < start_s) | (self.samples.time_s >= end_s)
        s = self.samples
        return Simulated(Samples(s.time_s[keep], s.acc_m_s2[keep], s.gyr_rad_s[keep]), self.truth, self.calibration)


def _longest_run(flags: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return int(np.max(edges[1::2] - edges[::2], initial=0))
