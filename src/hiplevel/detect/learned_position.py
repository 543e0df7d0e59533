"""Getting into position goes and stays, a repetition comes back: told by how the body lies, which does not drift."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from hiplevel.detect.learned_attitude import IDENTITY, apart_rad, attitudes
from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M
from hiplevel.detect.learned_track import Track
from hiplevel.model.samples import Floats


@dataclass(frozen=True)
class PositionParams:
    """Shares of how far the body went, or of a repetition's size."""

    open_share: float = 0.6  # standing no nearer to where it began, the body did not come back
    gone_share: float = 0.1  # a body turned by less stands where it stood
    back_share: float = 0.5  # of how far it had turned away: so near it is back


def comes_back(track: Track, first: int, end: int) -> bool:
    """Whether the body lay at frame `end` as at `first`, next to how far it went meanwhile."""
    first = max(first, track.first)
    away_m = LEVER_M * apart_rad(IDENTITY, attitudes(track.turned_rad(first + 1, end + 1)))
    travelled_m = np.add.accumulate(track.velocity_m_s(first + 1, end + 1)[3:], axis=1) / FRAME_HZ
    reach_m = math.sqrt((away_m * away_m + np.add.reduce(travelled_m * travelled_m)).max(initial=0.0))
    return not len(away_m) or away_m.item(-1) <= PositionParams().open_share * reach_m


@dataclass(frozen=True, eq=False)
class Lay:
    """How the body lay since it stood still at frame `first`, up to frame `end`."""

    track: Track
    first: int
    end: int

    @cached_property
    def attitudes(self) -> Floats:
        """(4, n): of the frames after the first."""
        return attitudes(self.track.turned_rad(self.first + 1, self.end))

    def away_rad(self, upto: int) -> Floats:
        """(n,): how far it was turned from how it lay at `first`; upto: the frame before which it ends."""
        return apart_rad(IDENTITY, self.attitudes[:, : upto - self.first])

    def at(self, frames: list[int]) -> Floats:
        """(4, k): at these frames."""
        return self.attitudes[:, [at - self.first - 1 for at in frames]]


def lay_since(course: Course, onset: int | None) -> Lay | None:
    """Since the last frame at which it stood still before it moved, where that is known."""
    if not onset or onset >= course.extrema[0].at:
        return None
    return Lay(course.track, max(onset, course.track.first), course.at)


def got_to(course: Course, lay: Lay | None) -> int | None:
    """The frame from which on the body stood in position, when it had to get there: it comes back to there.

    To where it stood still before it moved it never comes back.
    """
    if lay is None:
        return None
    extrema, params, first = course.extrema, PositionParams(), lay.first
    quiet = course.quiet(first + 1, extrema[2].at)
    rests = [at for before, at in pairwise([first, *quiet]) if at > before + 1]
    for rest in rests:
        away_rad = lay.away_rad(rest)
        gone_rad, here = away_rad.item(-1), lay.attitudes[:, rest - first - 1]
        if LEVER_M * gone_rad < params.gone_share * course.size_m or gone_rad < params.back_share * away_rad.max():
            continue
        later = lay.at([extremum.at for extremum in extrema if extremum.at > rest])
        if apart_rad(here, later).min() < params.back_share * gone_rad < apart_rad(IDENTITY, later).min():
            return rest
    return None
