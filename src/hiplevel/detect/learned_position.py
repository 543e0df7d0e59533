"""Getting into position goes and stays, a repetition comes back: told by how the body lies, which does not drift."""

import math
from dataclasses import dataclass

import numpy as np

from hiplevel.detect.learned_attitude import apart_rad, attitudes
from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frames import FRAME_HZ, LEVER_M
from hiplevel.detect.learned_rested import rests_of
from hiplevel.detect.learned_track import Track
from hiplevel.detect.traces import least, most

STAY_FRAMES = int(0.3 * FRAME_HZ)  # more than one beat: who only turns there moves again before


@dataclass(frozen=True)
class PositionParams:
    """Shares of how far the body went, or of a repetition's size."""

    open_share: float = 0.6  # standing no nearer to where it began, the body did not come back
    gone_share: float = 0.1  # a body turned by less stands where it stood
    back_share: float = 0.5  # of how far it had turned away: so near it is back


def comes_back(track: Track, first: int, end: int) -> bool:
    """Whether the body lay at frame `end` as at `first`, next to how far it went meanwhile."""
    first = max(first, track.first)
    if first >= end:
        return True
    turned = np.abs(attitudes(track.turned_rad(first + 1, end + 1))[0])
    back_rad, far_rad, share = apart_rad(turned.item(-1)), apart_rad(least(turned)), PositionParams.open_share
    if back_rad <= share * far_rad:
        return True
    travelled_m = np.add.accumulate(track.velocity_m_s(first + 1, end + 1)[3:], axis=1)
    travelled_m *= travelled_m
    far_m = math.sqrt(most(np.add.reduce(travelled_m))) / FRAME_HZ
    return LEVER_M * back_rad <= share * math.hypot(LEVER_M * far_rad, far_m)


def got_to(course: Course, onset: int | None) -> int | None:
    """The frame from which on the body stood in position, when it had to get there: it comes back to there.

    onset: the last frame at which it stood still before it moved, where that is known. To there it never comes back.
    """
    extrema, params = course.extrema, PositionParams()
    if not onset or onset >= extrema[0].at:
        return None
    first = max(onset, course.track.first)
    stays = rests_of(course, first, extrema[2].at)
    rests = [begin for begin, end in stays if begin > first and end - begin >= STAY_FRAMES]
    if not rests:
        return None
    lay = attitudes(course.track.turned_rad(first + 1, extrema[-1].at + 1))
    turned = np.abs(lay[0])
    for rest in rests:
        here = rest - first - 1
        gone_rad, most_rad = apart_rad(turned.item(here)), apart_rad(least(turned[: here + 1]))
        if LEVER_M * gone_rad < params.gone_share * course.size_m or gone_rad < params.back_share * most_rad:
            continue
        later = [extremum.at - first - 1 for extremum in extrema if extremum.at > rest]
        back = most(np.abs(np.add.reduce(lay[:, here, None] * lay[:, later])))
        if apart_rad(back) < params.back_share * gone_rad < apart_rad(most(turned[later])):
            return rest
    return None
