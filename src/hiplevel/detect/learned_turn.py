"""Whether a repetition turns the body as others did: told by how the body lies, whatever it travels meanwhile."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from hiplevel.detect.learned_attitude import attitudes
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


def astray(track: Track, swing: LearnedSwing, others: Sequence[LearnedSwing]) -> bool:
    """Whether it turned another way than these."""
    params = TurnParams()
    ways = _ways(track, others, back=False)
    if len(ways) < params.known:
        return False
    usual = np.median(ways, axis=0)
    size, *apart = (math.hypot(*way.tolist()) for way in (usual, *(ways - usual)))
    off = math.hypot(*(_ways(track, [swing], back=False)[0] - usual).tolist())
    return size >= params.least_rad and off > max(params.astray_share * size, params.astray_times * median(apart))


def goes_alike(track: Track, swing: LearnedSwing, others: Sequence[LearnedSwing]) -> bool:
    """Whether it turned out and back as these."""
    params = TurnParams()
    if len(others) < params.known:
        return False
    for back in (False, True):
        usual = np.median(_ways(track, others, back=back), axis=0)
        off, size = _ways(track, [swing], back=back)[0] - usual, math.hypot(*usual.tolist())
        if size < params.least_rad or math.hypot(*off.tolist()) > params.alike_share * size:
            return False
    return True


def _ways(track: Track, swings: Sequence[LearnedSwing], *, back: bool) -> Floats:
    """(n, 3): how each turned on its way out, or back, rotation vectors."""
    spans = [(swing.turn, swing.end) if back else (swing.start, swing.turn) for swing in swings]
    return np.array([_turned_rad(track, *span) for span in spans]).reshape(-1, 3)


def _turned_rad(track: Track, first: int, end: int) -> Floats:
    """(3,): from how the body lay at frame `first` to how it lay at `end`, as far as remembered."""
    first = max(first, track.first)
    if first >= end:
        return np.zeros(3)
    w, *xyz = attitudes(track.turned_rad(first + 1, end + 1))[:, -1].tolist()
    half = math.hypot(*xyz)
    return np.array(xyz) * (2.0 * math.atan2(math.copysign(half, w), abs(w)) / half if half > 0.0 else 0.0)
