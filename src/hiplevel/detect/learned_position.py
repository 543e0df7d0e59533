"""Getting into position goes and stays, a repetition comes back: told by how the body lies, which does not drift."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hiplevel.detect.learned_attitude import IDENTITY, apart_rad, attitudes
from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M
from hiplevel.detect.learned_track import Track


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


def got_to(course: Course, onset: int | None) -> int | None:
    """The frame from which on the body stood in position, when it had to get there: it comes back to there.

    onset: the last frame at which it stood still before it moved, where that is known. To there it never comes back.
    """
    extrema, params = course.extrema, PositionParams()
    if not onset or onset >= extrema[0].at:
        return None
    first = max(onset, course.track.first)
    quiet = course.quiet(first + 1, extrema[2].at)
    rests = [at for before, at in pairwise([first, *quiet]) if at > before + 1]
    if not rests:
        return None
    lay = attitudes(course.track.turned_rad(first + 1, course.at))
    for rest in rests:
        away_rad = apart_rad(IDENTITY, lay[:, : rest - first])
        gone_rad, here = away_rad.item(-1), lay[:, rest - first - 1]
        if LEVER_M * gone_rad < params.gone_share * course.size_m or gone_rad < params.back_share * away_rad.max():
            continue
        later = lay[:, [extremum.at - first - 1 for extremum in extrema if extremum.at > rest]]
        if apart_rad(here, later).min() < params.back_share * gone_rad < apart_rad(IDENTITY, later).min():
            return rest
    return None
