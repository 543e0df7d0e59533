"""Which rhythm is one of repetitions, and how large it must be."""

import math
from dataclasses import dataclass

import numpy as np

from hiplevel.detect.learned_rhythm import LAGS, RHYTHM_HZ, Likeness, peaks
from hiplevel.model.exercise import Counting


@dataclass(frozen=True)
class RhythmParams:
    """When a rhythm is sure. A step takes 0.4 to 0.75 s, a stride 0.8 to 1.5 s, and moves a pelvis less than 15 cm."""

    likeness: float = 0.45
    nearly: float = 0.85  # of the best likeness: the shortest period so like is the rhythm
    evenness: float = 0.2
    steady: float = 1.15  # a quick one's period changes less from beat to beat; what only begins seems to slow down
    steps_s: float = 1.5  # a shorter rhythm within it, so alike, is of steps
    steps_share: float = 0.6
    steps_likeness: float = 0.4
    fast_s: float = 1.5  # the size a quick rhythm needs, and from which period on the exercise's own is enough
    slow_s: float = 2.0
    fast_m: float = 0.2


def rhythms(like: Likeness, counting: Counting, params: RhythmParams) -> np.ndarray:
    """The row of LAGS that is the rhythm at each beat, -1 for none."""
    best = like.likeness.max(axis=0)
    out, alive = np.full(len(best), -1), (best >= params.likeness).nonzero()[0]
    if len(alive):
        out[alive] = _rhythms(like.of(alive), best[alive], counting, params)
    return out


def _rhythms(like: Likeness, best: np.ndarray, counting: Counting, params: RhythmParams) -> np.ndarray:
    """The same, of beats (b,) with this likeness, which is enough, at best."""
    likeness, beats = like.likeness, np.arange(len(best))
    level = np.maximum(params.likeness, params.nearly * best)
    top = peaks(likeness)
    alike = top & (likeness >= level)
    row = alike.argmax(axis=0)
    row = np.where(alike[row, beats], row, likeness.argmax(axis=0))
    lag = LAGS[row]
    fits = (lag >= counting.rep_s[0] * RHYTHM_HZ) & (lag <= counting.rep_s[1] * RHYTHM_HZ)
    fits &= like.evenness(row) >= params.evenness
    quick = slice(int(LAGS.searchsorted(params.steps_s * RHYTHM_HZ)))
    shorter = LAGS[quick, None] < lag / 1.3
    enough = np.maximum(params.steps_likeness, params.steps_share * likeness[row, beats])
    stepping = top[quick] & shorter & (likeness[quick] >= enough)
    return np.where(fits & ~stepping.any(axis=0), row, -1)


def is_steady(row: int, before: int, params: RhythmParams) -> bool:
    """Whether the rhythm of this row is sure, with that of the beat before."""
    if row < 0 or LAGS[row] >= params.slow_s * RHYTHM_HZ:
        return row >= 0
    shorter, longer = min(row, before), max(row, before)
    return shorter >= 0 and bool(LAGS[longer] <= params.steady * LAGS[shorter])


def least_size_m(period_s: float, counting: Counting, params: RhythmParams) -> float:
    """A quick rhythm must be large to be more than walking."""
    slow_m = counting.min_swing / 100.0
    share = math.log(max(period_s, 1e-3) / params.fast_s) / math.log(params.slow_s / params.fast_s)
    share = min(max(share, 0.0), 1.0)
    return float(params.fast_m ** (1.0 - share) * slow_m**share)
