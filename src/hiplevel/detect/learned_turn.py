"""Whether a repetition turns the body as others did: told by how the body lies, whatever it travels meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from hiplevel.detect.learned_attitude import apart_rad, attitudes
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.detect.learned_track import Track
from hiplevel.model.samples import Floats


@dataclass(frozen=True)
class TurnParams:
    """Shares of how far others turned."""

    least_rad: float = 0.17  # others turned by no more than this is how they sway, and tells nothing
    astray_share: float = 0.75  # one goes elsewhere when it is apart from them by more,
    astray_times: float = 3.0  # and by more than so many times what they are from each other
    other_rad: float = 0.35  # others turned by more than this tell of a whole one as well,
    other_times: float = 5.0  # when it is apart from them by more than so many times, out and back
    alike_share: float = 0.5  # or where they went when it is apart by less
    known: int = 3  # so many others tell
    as_last_share: float = 0.35  # what turned so little differently from the last one is not looked at closely


@dataclass(frozen=True)
class _Apart:
    """How far one's turn is from that of another which is most like all others; how far that went, and the others."""

    own_rad: float
    size_rad: float
    others_rad: float


class Turns:
    """Remembers how the newest turned."""

    def __init__(self, track: Track) -> None:
        self.params, self._track = TurnParams(), track
        self._turned: dict[tuple[LearnedSwing, int], Floats] = {}
        self._last: tuple[LearnedSwing, Floats] | None = None

    def keep(self, swings: Sequence[LearnedSwing]) -> None:
        """Forget all but these."""
        self._turned = {key: turned for key, turned in self._turned.items() if key[0] in swings}

    def astray(self, swing: LearnedSwing, others: Sequence[LearnedSwing]) -> bool:
        """Whether it turned another way than these; of one that was cut off, on its way out."""
        params = self.params
        least_rad, times = (
            (params.least_rad, params.astray_times) if swing.cut else (params.other_rad, params.other_times)
        )
        if len(others) < params.known or self._hardly(others, least_rad):
            return False
        if not swing.cut and self._as_the_last(swing, others[-1]):
            return False
        for part in (0,) if swing.cut else (0, 1):
            apart = self._apart(swing, others, part)
            limit_rad = max(params.astray_share * apart.size_rad, times * apart.others_rad)
            if apart.size_rad < least_rad or apart.own_rad <= limit_rad:
                return False
        return True

    def alike(self, swing: LearnedSwing, others: Sequence[LearnedSwing]) -> bool:
        """Whether it turned out and back as these."""
        params = self.params
        if len(others) < params.known or self._hardly(others, params.least_rad):
            return False
        both = (self._apart(swing, others, part) for part in (0, 1))
        return all(
            apart.size_rad >= params.least_rad and apart.own_rad <= params.alike_share * apart.size_rad
            for apart in both
        )

    def _hardly(self, swings: Sequence[LearnedSwing], least_rad: float) -> bool:
        """Whether none of these can have turned so far on its way out: looking closely would tell the same."""
        first, most_rad = self._track.first, self._track.most_turned_rad
        return all(one.turn <= first or most_rad(max(one.start, first), one.turn) < least_rad for one in swings)

    def _apart(self, swing: LearnedSwing, others: Sequence[LearnedSwing], part: int) -> _Apart:
        turns = np.stack([self._of(one, part) for one in others])
        between = [[apart_rad(alike) for alike in row] for row in np.einsum("ik,jk->ij", turns, turns).tolist()]
        middle = min(range(len(others)), key=lambda i: median(between[i]))
        own = float(np.add.reduce(turns[middle] * self._of(swing, part)))
        return _Apart(apart_rad(own), apart_rad(turns[middle, 0].item()), median(between[middle]))

    def _as_the_last(self, swing: LearnedSwing, last: LearnedSwing) -> bool:
        """Whether its rates add up to nearly the same on the way out."""
        own = self._added(swing)
        before = self._last[1] if self._last is not None and self._last[0] == last else self._added(last)
        self._last = swing, own
        off = own - before
        return float(np.add.reduce(off * off)) <= self.params.as_last_share**2 * float(np.add.reduce(before * before))

    def _added(self, swing: LearnedSwing) -> Floats:
        first = max(swing.start + 1, self._track.first)
        return np.asarray(np.add.reduce(self._track.turned_rad(first, max(first, swing.turn + 1)), axis=1))

    def _of(self, swing: LearnedSwing, part: int) -> Floats:
        """(4,): unit quaternion of its way out, or back, as far as remembered."""
        key = swing, part
        if key not in self._turned:
            span = (swing.start, swing.turn) if part == 0 else (swing.turn, swing.end)
            self._turned[key] = _turned(self._track, *span)
        return self._turned[key]


def _turned(track: Track, first: int, end: int) -> Floats:
    """(4,): unit quaternion from how the body lay at frame `first` to how it lay at `end`."""
    first = max(first, track.first)
    if first >= end:
        return np.array([1.0, 0.0, 0.0, 0.0])
    return attitudes(track.turned_rad(first + 1, end + 1))[:, -1]
