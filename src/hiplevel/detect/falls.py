"""How far each side of the pelvis was below neutral during a span of time, from the angles themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

import numpy as np

from hiplevel.detect.figures import LeftRight
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

Span = tuple[float, float]
Limits = Sequence[tuple[float, DropRule]]  # (from this time on, s; the limits), in order


class Angles(Protocol):
    """What `Analysis`, `MotionOutput` and the like have: (m,) each, time in s, + = left side up."""

    @property
    def time_s(self) -> Floats:
        """When, on a 100 Hz grid with holes where samples were missing."""

    @property
    def obliquity_deg(self) -> Floats:
        """From neutral."""


@dataclass(frozen=True)
class Fall:
    """One side over a span: how far below neutral, 0 where it was level or above.

    Attributes
    ----------
    seconds : with usable samples
    peak_deg, mean_deg, p95_deg : over that time, not over repetitions
    over_s, over_share : beyond the limit in force, without hysteresis or least duration; of `seconds`
    """

    side: Side
    seconds: float
    peak_deg: float
    mean_deg: float
    p95_deg: float
    over_s: float
    over_share: float


def below_deg(angles: Angles, side: Side) -> Floats:
    """(m,) how far `side` is below neutral, negative where it is above."""
    return -angles.obliquity_deg if side == "left" else angles.obliquity_deg


def usable(time_s: Floats, span: Span, bad: Sequence[Span] = ()) -> slice | Floats:
    """Where [start, end) is, without what was marked as bad: an index for arrays like `time_s`."""
    first, last = np.searchsorted(time_s, span)
    if not any(start_s < span[1] and end_s > span[0] for start_s, end_s in bad):
        return slice(int(first), int(last))
    inside = np.zeros(len(time_s), dtype=bool)
    inside[first:last] = True
    for start_s, end_s in bad:
        inside[slice(*np.searchsorted(time_s, (start_s, end_s)))] = False
    return inside


def fall(angles: Angles, side: Side, span: Span, limits: Limits, bad: Sequence[Span] = ()) -> Fall | None:
    """One side over [start, end); None without a usable sample in it."""
    where = usable(angles.time_s, span, bad)
    time_s, below = angles.time_s[where], np.maximum(below_deg(angles, side)[where], 0.0)
    if len(below) == 0:
        return None
    over = int(np.count_nonzero(below > _limit_deg(time_s, side, limits)))
    return Fall(
        side,
        len(below) * CELL_S,
        float(below.max()),
        float(below.mean()),
        float(np.quantile(below, 0.95)),
        over * CELL_S,
        over / len(below),
    )


def peaks(angles: Angles, spans: Sequence[Span]) -> LeftRight | None:
    """The mean over these spans of each side's furthest fall, 0 where it never fell; None without a sample in any."""
    found: list[tuple[float, float]] = []
    for span in spans:
        obliquity_deg = angles.obliquity_deg[usable(angles.time_s, span)]
        if len(obliquity_deg):
            found.append((max(float(-obliquity_deg.min()), 0.0), max(float(obliquity_deg.max()), 0.0)))
    return LeftRight(*(fmean(side) for side in zip(*found, strict=True))) if found else None


def _limit_deg(time_s: Floats, side: Side, limits: Limits) -> Floats:
    """(m,) the limit in force at each time: one set at t holds for what comes after t."""
    from_s = np.array([at_s for at_s, _ in limits[1:]])
    values = np.array([rule.limit_deg(side) for _, rule in limits])
    return np.asarray(values[np.searchsorted(from_s, time_s, side="left")])
