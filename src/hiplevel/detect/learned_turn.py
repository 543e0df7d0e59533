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
    alike_share: float = 0.5  # or where they went when it is apart by less
    known: int = 3  # so many others tell


@dataclass(frozen=True)
class _Apart:
    """How far one's turn is from that of another which is most like all others; how far that went, and the others."""

    own_rad: float
    size_rad: float
    others_rad: float


def astray(track: Track, swing: LearnedSwing, others: Sequence[LearnedSwing]) -> bool:
    """Whether it turned another way than these."""
    params = TurnParams()
    if len(others) < params.known:
        return False
    apart = _apart(track, swing, others, back=False)
    limit_rad = max(params.astray_share * apart.size_rad, params.astray_times * apart.others_rad)
    return apart.size_rad >= params.least_rad and apart.own_rad > limit_rad


def goes_alike(track: Track, swing: LearnedSwing, others: Sequence[LearnedSwing]) -> bool:
    """Whether it turned out and back as these."""
    params = TurnParams()
    if len(others) < params.known:
        return False
    both = (_apart(track, swing, others, back=back) for back in (False, True))
    return all(
        apart.size_rad >= params.least_rad and apart.own_rad <= params.alike_share * apart.size_rad for apart in both
    )


def _apart(track: Track, swing: LearnedSwing, others: Sequence[LearnedSwing], *, back: bool) -> _Apart:
    turns = np.stack([_turned(track, one, back=back) for one in others])
    own = _turned(track, swing, back=back)
    between = [[apart_rad(alike) for alike in row] for row in np.einsum("ik,jk->ij", turns, turns).tolist()]
    middle = min(range(len(others)), key=lambda i: median(between[i]))
    size_rad = apart_rad(turns[middle, 0].item())
    return _Apart(apart_rad(float(np.add.reduce(turns[middle] * own))), size_rad, median(between[middle]))


def _turned(track: Track, swing: LearnedSwing, *, back: bool) -> Floats:
    """(4,): unit quaternion of its way out, or back, as far as remembered."""
    first, end = (swing.turn, swing.end) if back else (swing.start, swing.turn)
    first = max(first, track.first)
    if first >= end:
        return np.array([1.0, 0.0, 0.0, 0.0])
    return attitudes(track.turned_rad(first + 1, end + 1))[:, -1]
