"""Steps of the band walk between two moments of standing still."""

from collections.abc import Callable
from itertools import pairwise
from statistics import median

from hiplevel.detect.pass_params import PassParams, apart_s
from hiplevel.model.events import Step


def parts(steps: list[Step], left_m: Callable[[list[Step]], float], params: PassParams) -> list[list[Step]]:
    """Of one pass each; together where the way, m to the left, went on although a step was missed in between."""
    joined: list[list[Step]] = []
    for part in _apart(steps, params):
        if joined and left_m(joined[-1]) * left_m(part) > 0.0:
            joined[-1] += part
        else:
            joined.append(part)
    return [part for part in joined if len(part) >= params.least]


def missed(steps: list[Step], params: PassParams) -> int:
    """Of the other foot, between two of one foot that are too far apart for nothing to have been in between."""
    longest_s = params.pause * params.usual(steps)
    sides = [after.side == before.side for before, after in pairwise(steps)]
    return sum(same and length_s > longest_s for same, length_s in zip(sides, apart_s(steps), strict=True))


def _apart(steps: list[Step], params: PassParams) -> list[list[Step]]:
    out = [steps[:1]] if steps else []
    lengths_s = apart_s(steps)
    shortest_s = params.pause * min(lengths_s, default=0.0)
    for k, step in enumerate(steps[1:]):
        twice = step.side == out[-1][-1].side and len(out[-1]) >= params.least
        if twice or (lengths_s[k] > shortest_s and _pauses(lengths_s, k, params.pause)):
            out.append([step])
        else:
            out[-1].append(step)
    return out


def _pauses(lengths_s: list[float], k: int, pause: float) -> bool:
    """Whether one stood still between these two steps, or went on at quite another pace."""
    some = lengths_s[max(k - 3, 0) : k], lengths_s[k + 1 : k + 4]
    before, after = (median(lengths) if lengths else 0.0 for lengths in some)
    if before and after and not 1.0 / pause <= after / before <= pause:
        return lengths_s[k] > pause * min(before, after)
    return bool(before or after) and lengths_s[k] > pause * max(before, after)
