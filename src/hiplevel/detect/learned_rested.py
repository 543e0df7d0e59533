"""Where the body rested before a movement, and what of it is home: told by how it lay, which does not drift.

How far it went tells little of a first repetition, before which it also got ready, and in which it is careful.
"""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from hiplevel.detect.learned_attitude import attitudes
from hiplevel.detect.learned_course import NEVER, Course
from hiplevel.detect.learned_extrema import Extremum
from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_track import Track
from hiplevel.model.samples import Floats

REST_FRAMES = int(0.75 * FRAME_HZ)  # longer than at a turn


@dataclass(frozen=True)
class RestedParams:
    """Shares of how far the body usually turns from one extremum to the next, or of the period."""

    before_periods: float = 2.5  # the first extremum: so long ago it may have rested
    nearer_share: float = 0.4  # to one kind than to the other: so much nearer is at home, or at a turn
    least_rad: float = 0.1  # a smaller way is no more than how differently one stands


@dataclass(frozen=True, eq=False)
class Rested:
    """The last frame of the rest; nearer_rad (n,): how much nearer to highs than to lows the body lay, from there on.

    That is up to the second extremum; at_extrema_rad: the same at each of them. way_rad: how far it usually turned from
    one to the next.
    """

    at: int
    nearer_rad: Floats
    at_extrema_rad: list[float]
    way_rad: float

    @property
    def home(self) -> int:
        """The kind of extremum near which it rested, +1 or -1; 0 when that does not show."""
        params, nearer = RestedParams(), self.nearer_rad.item(0)
        if self.way_rad < params.least_rad or abs(nearer) < params.nearer_share * self.way_rad:
            return 0
        return 1 if nearer > 0.0 else -1


def rested(course: Course) -> Rested | None:
    """The last long rest before the course's first extremum, or else the longest; None when there was none."""
    params, extrema = RestedParams(), course.extrema
    head = extrema[0].at
    earliest = max(course.first, course.track.first, head - round(params.before_periods * course.period))
    rests = rests_of(course, earliest, head)
    if not rests:
        return None
    long = [end for begin, end in rests if end - begin >= REST_FRAMES]
    end = long[-1] if long else max(rests, key=lambda rest: rest[1] - rest[0])[1]
    lay = _lay(course.track, end - 1, extrema[-1].at)
    at = [extremum.at + 1 - end for extremum in extrema]
    begins = at[1] + 1  # what comes later is looked at where it turns only
    away = _apart_rad(lay[:, at], np.concatenate([lay[:, :begins], lay[:, at]], axis=1))
    ways = [away.item(i, begins + i + 1) for i in range(len(at) - 1)]
    highs = 0 if extrema[0].kind > 0 else 1
    nearer_rad = _median(away[1 - highs :: 2]) - _median(away[highs::2])
    return Rested(end - 1, nearer_rad[:begins], nearer_rad[begins:].tolist(), median(ways))


def turns_before(rest: Rested, course: Course, at: int) -> list[Extremum] | None:
    """The turns, and homes between them, from the rest to the course's extremum number `at`, the first at home.

    By how the body lay; None where that does not say it clearly, or says the same as the extrema.
    """
    home, level = rest.home, RestedParams().nearer_share * rest.way_rad
    later = course.extrema[at:]
    if min(e.kind * nearer_rad for e, nearer_rad in zip(later, rest.at_extrema_rad[at:], strict=True)) < level:
        return None
    side = home * rest.nearer_rad[: later[0].at - rest.at]
    furthest = _furthest(side.tolist(), level)
    if not furthest or (at == len(furthest) == 1 and side[course.extrema[0].at - rest.at] < 0.0):
        return None
    kinds = (-home, home)
    return [
        Extremum(rest.at + i, course.value_m(rest.at + i), kinds[n % 2], later[0].certain)
        for n, i in enumerate(furthest)
    ]


def homes_within(track: Track, start: int, turn: int, end: int) -> list[tuple[int, int, int]]:
    """What lies between these frames, home, turn and home: each time from home to a turn and back, by how it lay."""
    params = RestedParams()
    if start < track.first or 0.5 * track.most_turned_rad(start, end) < params.least_rad:
        return []
    lay = _lay(track, start, end)
    begin, turned, back = _apart_rad(lay[:, [0, turn - start, -1]], lay)
    way_rad = 0.5 * (begin + back)[turn - start]
    if way_rad < params.least_rad:
        return []
    furthest = _furthest((turned - 0.5 * (begin + back)).tolist(), params.nearer_share * way_rad)
    at = [start, *(start + i for i in furthest), end]
    return [(at[i], at[i + 1], at[i + 2]) for i in range(0, len(at) - 2, 2)]


def _furthest(side: list[float], level: float) -> list[int]:
    """Where this went furthest below -level, above level, and so on, from above to where it ends below or above."""
    out, below = list[int](), False
    for i, value in enumerate(side):
        if value > level if below else value < -level:
            out.append(i)
            below = not below
        elif out and (value < side[out[-1]] if below else value > side[out[-1]]):
            out[-1] = i
    return out if below else out[:-1]


def _lay(track: Track, first: int, last: int) -> Floats:
    """(4, n): how the body lay at frames first, ... last, from the first on."""
    there = np.array([[1.0], [0.0], [0.0], [0.0]])
    return np.concatenate([there, attitudes(track.turned_rad(first + 1, last + 1))], axis=1)


def _apart_rad(some: Floats, every: Floats) -> Floats:
    """(k, n): from each of some attitudes (4, k) to each of (4, n)."""
    alike = np.abs(np.einsum("ik,in->kn", some, every))
    return np.asarray(2.0 * np.arccos(np.minimum(alike, 1.0, out=alike), out=alike))


def _median(rows: Floats) -> Floats:
    """(n,) of (k, n)."""
    ordered, k = np.sort(rows, axis=0), len(rows)
    return np.asarray(0.5 * (ordered[k // 2] + ordered[(k - 1) // 2]))


def rests_of(course: Course, first: int, end: int) -> list[tuple[int, int]]:
    """[begin, end) of each stay in frames [first, end)."""
    quiet = course.quiet(first, end)
    moved = [bounds for bounds in pairwise([-NEVER, *quiet, NEVER]) if bounds[1] > bounds[0] + 1]
    return [(begin, last + 1) for (_, begin), (last, _) in pairwise(moved)]
