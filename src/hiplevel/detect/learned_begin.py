"""Looking back when a rhythm has become sure: where the set began, and whether its highs or its lows are turns."""

from dataclasses import dataclass
from statistics import median

import numpy as np

from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_extrema import Extremum
from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_position import got_to
from hiplevel.detect.learned_rested import rested, turns_before
from hiplevel.detect.traces import middle

# People turn within the first half of a repetition, the stay at the turn included, and not at once.
SURE_SHARE = (0.2, 0.5)


@dataclass(frozen=True)
class BeginParams:
    """Shares of the usual size, or of a repetition."""

    ready_share: float = 0.6  # a smaller first way was getting ready
    onset_periods: float = 1.5  # the first turn comes so soon after the movement began
    cold_periods: float = 1.3  # likewise, of a recording that begins in movement
    apart_periods: float = 1.2  # looking back, extrema further apart are not one set
    pause_s: float = 8.0  # after a longer pause a set begins
    soonest_share: float = 0.15  # of the first repetition: nothing turns before
    turn_share: float = 0.45  # a turn is about half way


@dataclass(frozen=True)
class Beginning:
    """The kind of extremum that is a turn (+1 or -1), the frame at which movement began, None where that is not known.

    turn_share: how much of the first repetition had gone by at its turn. seen: whether it began at rest; otherwise the
    onset is where the recording begins. since: the frame of the first extremum after an early pause, or 0. led: so many
    extrema are known by how the body lay, whatever their ways.
    """

    kind: int
    onset: int | None
    turn_share: float
    seen: bool = True
    since: int = 0
    led: int = 0

    @property
    def sure(self) -> bool:
        """Whether turns are known from homes: otherwise what is counted may be the way between two repetitions."""
        return self.seen and self.onset is not None and SURE_SHARE[0] <= self.turn_share <= SURE_SHARE[1]


def begin(course: Course, known_kind: int = 0, *, pauses: bool = True) -> Beginning | None:
    """Keep of the course's extrema those of the set under way; None when there is none.

    known_kind: of a turn, 0 when it is to be found out. pauses: whether the set may have paused.
    """
    params = BeginParams()
    every = course.extrema
    course.extrema = _one_run(course, params.apart_periods)
    if len(course.extrema) < 3 or course.over:
        return None
    _drop_small(course, params)
    lively = course.track.liveliness_m2_s2(max(course.extrema[0].at, course.track.first), course.at, course.period)
    course.settle(middle(lively))
    since = _before_pause(course, every, params) if pauses else 0
    onset = _onset(course, params)
    while (rest := got_to(course, onset)) is not None:
        course.extrema = [extremum for extremum in course.extrema if extremum.at > rest]
        if len(course.extrema) < 3:
            return None
        onset = _onset(course, params)
    home, led = (0, 0) if known_kind else _home(course)
    kind = known_kind or -home
    kind = kind or (_most_like_turns(course) if onset is None else _half_way(course, onset, params))
    if led:
        onset = _onset(course, params)
    share = 0.5 if onset is None else _first_share(course, onset, kind)
    return Beginning(kind, onset, share, seen=onset != 0, since=since, led=led)


def _one_run(course: Course, apart_periods: float) -> list[Extremum]:
    """The last run of extrema that follow one another closely, none much further from the next than usual."""
    extrema, ways, params = course.extrema, course.ways_m, course.params
    for i in range(len(extrema) - 1, 0, -1):
        usual = median(ways[max(i - 1, len(ways) - params.memory) :])
        apart = extrema[i].at - extrema[i - 1].at > apart_periods * course.period
        if apart or ways[i - 1] > params.most_share * usual:
            return extrema[i:]
    return extrema


def _drop_small(course: Course, params: BeginParams) -> None:
    while len(course.extrema) > 3 and course.ways_m[0] < params.ready_share * course.size_m:
        course.extrema.pop(0)


def _before_pause(course: Course, every: list[Extremum], params: BeginParams) -> int:
    """Add what was done, as large, before pauses in which the body stood still; the first frame after them, or 0."""
    least_m, most_m = params.ready_share * course.size_m, course.params.most_share * course.size_m
    led = list[Extremum]()
    head = course.extrema[0]
    for one in reversed(every[: every.index(head)]):
        apart = head.at - one.at
        moved = apart - len(course.quiet(one.at, head.at))
        near = apart <= params.pause_s * FRAME_HZ and moved <= params.apart_periods * course.period
        if not near or not least_m <= abs(head.value - one.value) <= most_m:
            break
        led.insert(0, one)
        head = one
    if len(led) < 2:
        return 0
    since, course.extrema = course.extrema[0].at, led + course.extrema
    return since


def _onset(course: Course, params: BeginParams) -> int | None:
    """The last quiet frame before the first extremum; of a recording that begins moving its first, or a rest there.

    How the body lay when a gap was over says nothing: it may have stopped anywhere in it.
    """
    head, track = course.extrema[0], course.track
    earliest = max(course.first, head.at - round(params.onset_periods * course.period))
    quiet = course.quiet(earliest, head.at)
    if quiet and not (track.begins and len(quiet) == quiet[-1] + 1 - track.begins):
        return quiet[-1]
    if course.first != 0 or track.begins or head.at >= params.cold_periods * course.period:
        return None
    return course.rest(head, head.at + 1, course.extrema[1].at, last=True) or 0


def _home(course: Course) -> tuple[int, int]:
    """The kind of extremum at which the body rested before, 0 when that does not show; extrema that its pose told.

    These are put before the first that was at home.
    """
    rest = rested(course)
    home = 0 if rest is None else rest.home
    if rest is None or not home:
        return 0, 0
    at = 0 if course.extrema[0].kind == home else 1
    told = turns_before(rest, course, at)
    if told is None:
        return home, 0
    course.extrema[:at] = told
    return home, len(told)


def _half_way(course: Course, onset: int, params: BeginParams) -> int:
    """The kind whose first is about half a repetition after the onset; one right there is where the body stood."""
    shares = {kind: _first_share(course, onset, kind) for kind in (1, -1)}
    later = [kind for kind in shares if shares[kind] >= params.soonest_share] or list(shares)
    return min(later, key=lambda kind: abs(shares[kind] - params.turn_share))


def _first_share(course: Course, onset: int, kind: int) -> float:
    """From the onset to the first extremum of this kind, as a share of what it then takes to the next."""
    at = [extremum.at for extremum in course.extrema if extremum.kind == kind]
    if len(at) < 2:
        return np.inf
    return (at[0] - onset) / min(max(at[1] - at[0], 0.6 * course.period), 1.6 * course.period)


def _most_like_turns(course: Course) -> int:
    """The kind with more whole repetitions around it; where they are alike the one at which it is livelier."""
    ways = course.ways_m
    counts = {
        kind: sum(
            course.extrema[i].kind == kind and course.are_ways(ways[i - 1], ways[i])
            for i in range(1, len(course.extrema) - 1)
        )
        for kind in (1, -1)
    }
    if counts[1] != counts[-1]:
        return max(counts, key=lambda kind: counts[kind])
    return max((1, -1), key=lambda kind: _speed2_at(course, kind))


def _speed2_at(course: Course, kind: int) -> float:
    around = round(course.period / 6.0)
    speeds = []
    for extremum in course.extrema:
        if extremum.kind == kind:
            first, end = max(course.first, extremum.at - around), min(course.at, extremum.at + around + 1)
            speeds.append(float(np.mean(course.track.velocity_m_s(max(first, course.track.first), end) ** 2)))
    return median(speeds) if speeds else 0.0
