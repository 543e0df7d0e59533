"""Where the body rested before a movement, and what of it is home: told by how it lay, which does not drift.

How far it went tells little of a first repetition, before which it also got ready, and in which it is careful.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from hiplevel.detect.learned_attitude import apart_rad, attitudes
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
    """The last frame of the rest, how the body lay from there on (4, n), and extrema since then.

    way_rad: how far it usually turned from one to the next.
    """

    at: int
    lay: Floats
    extrema: tuple[Extremum, ...]
    way_rad: float

    def nearness_rad(self, frames: Iterable[int]) -> Floats:
        """(n,): how much nearer to highs than to lows it lay at each of these frames."""
        then = self.lay[:, np.array([frame - self.at for frame in frames])]
        alike = np.abs(np.einsum("ki,in->kn", self.lay.T[[extremum.at - self.at for extremum in self.extrema]], then))
        away = 2.0 * np.arccos(np.minimum(alike, 1.0))
        highs = np.array([extremum.kind > 0 for extremum in self.extrema])
        return np.asarray(np.median(away[~highs], axis=0) - np.median(away[highs], axis=0))

    @property
    def home(self) -> int:
        """The kind of extremum near which it rested, +1 or -1; 0 when that does not show."""
        params, nearer = RestedParams(), self.nearness_rad([self.at]).item()
        if self.way_rad < params.least_rad or abs(nearer) < params.nearer_share * self.way_rad:
            return 0
        return 1 if nearer > 0.0 else -1


def rested(course: Course) -> Rested | None:
    """The last long rest before the course's first extremum, or else the longest; None when there was none."""
    params, head, last = RestedParams(), course.extrema[0].at, course.extrema[-1].at
    earliest = max(course.first, course.track.first, head - round(params.before_periods * course.period))
    rests = rests_of(course, earliest, head)
    if not rests:
        return None
    long = [end for begin, end in rests if end - begin >= REST_FRAMES]
    end = long[-1] if long else max(rests, key=lambda rest: rest[1] - rest[0])[1]
    there = np.array([[1.0], [0.0], [0.0], [0.0]])
    lay = np.concatenate([there, attitudes(course.track.turned_rad(end, last + 1))], axis=1)
    extrema = tuple(course.extrema)
    ways = [np.add.reduce(lay[:, a.at + 1 - end] * lay[:, b.at + 1 - end]) for a, b in pairwise(extrema)]
    return Rested(end - 1, lay, extrema, median(apart_rad(float(way)) for way in ways))


def turns_before(rest: Rested, course: Course, at: int) -> list[Extremum] | None:
    """The turns, and homes between them, from the rest to the course's extremum number `at`, the first at home.

    By how the body lay; None where that does not say it clearly, or says the same as the extrema.
    """
    home, level = rest.home, RestedParams().nearer_share * rest.way_rad
    later = course.extrema[at:]
    if (rest.nearness_rad(e.at for e in later) * [e.kind for e in later]).min() < level:
        return None
    side = home * rest.nearness_rad(range(rest.at, later[0].at))
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
    if start < track.first:
        return []
    params, there = RestedParams(), np.array([[1.0], [0.0], [0.0], [0.0]])
    lay = np.concatenate([there, attitudes(track.turned_rad(start + 1, end + 1))], axis=1)
    alike = np.abs(np.einsum("ki,kn->in", lay[:, [0, turn - start, -1]], lay))
    begin, turned, back = 2.0 * np.arccos(np.minimum(alike, 1.0))
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


def rests_of(course: Course, first: int, end: int) -> list[tuple[int, int]]:
    """[begin, end) of each stay in frames [first, end)."""
    quiet = course.quiet(first, end)
    begins = [at for before, at in pairwise([-NEVER, *quiet]) if at > before + 1]
    ends = [at + 1 for at, after in pairwise([*quiet, NEVER]) if after > at + 1]
    return list(zip(begins, ends, strict=True))
