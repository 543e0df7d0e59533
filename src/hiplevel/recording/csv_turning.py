"""How fast gravity's direction turns in the sensor, against what the gyroscope says."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats, Samples

# A second is for slow and rare movement: a set of pelvic drops with long rests turns too little in half of one.
WINDOW_S, SLOW_WINDOW_S = 0.5, 1.0
MIN_WINDOWS = 8  # independent ones: fewer is chance
MIN_TURN_RAD = 0.06  # rms over a window; less is noise and breathing
MIN_CORRELATION = 0.6
MAX_GAP_S = 0.25


@dataclass(frozen=True)
class Turning:
    """slope: turning of gravity over that of the gyroscope, 1 when both agree; correlation of the two, -1 to 1."""

    slope: float
    correlation: float


def turning(samples: Samples) -> Turning | None:
    """Regression of gravity's turning in windows on -gyr x direction; None without clear evidence.

    Over all windows of half a second; where those say too little, over those of a second in which it turned.
    """
    if windows := _windows(samples, WINDOW_S):
        seen, told, width = windows
        enough = len(seen) >= MIN_WINDOWS * width and _rms(seen) >= MIN_TURN_RAD
        if enough and (found := _regression(seen, told)):
            return found
    if windows := _windows(samples, SLOW_WINDOW_S):
        seen, told, width = windows
        turned = np.linalg.norm(seen, axis=1) >= MIN_TURN_RAD
        if np.count_nonzero(turned) >= MIN_WINDOWS * width:
            return _regression(seen[turned], told[turned])
    return None


def at_most(samples: Samples) -> float | None:
    """By how much gravity turned at the most, over what the gyroscope says; None where it says too little.

    Shaking makes gravity seem to turn, and nothing makes it seem to turn less: no correlation is asked for.
    """
    windows = _windows(samples, WINDOW_S)
    if windows is None:
        return None
    seen, told, width = windows
    if len(seen) < MIN_WINDOWS * width or _rms(told) < MIN_TURN_RAD:
        return None
    return _rms(seen) / _rms(told)


def _windows(samples: Samples, window_s: float) -> tuple[Floats, Floats, int] | None:
    """How gravity's direction moved over each window and how the gyroscope says it did, (k, 3); rows in a window."""
    n = len(samples)
    if n < 2 * MIN_WINDOWS:
        return None
    steps_s = np.diff(samples.time_s)
    period_s = float(np.median(steps_s))
    width = max(1, round(window_s / period_s)) if period_s > 0.0 else n
    if n < 2 * width:
        return None
    direction = _smooth(samples.acc_m_s2, max(1, width // 2))
    direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-9)
    # over a window: the direction moves by the integral of direction x gyr
    rate = np.cross(direction, samples.gyr_rad_s)
    summed = np.zeros((n, 3))
    np.cumsum(0.5 * (rate[1:] + rate[:-1]) * steps_s[:, None], axis=0, out=summed[1:])
    summed = _smooth(summed, max(1, width // 2))
    usable = _without_gaps(steps_s, width, margin=width // 2)
    return (direction[width:] - direction[:-width])[usable], (summed[width:] - summed[:-width])[usable], width


def _rms(rows: Floats) -> float:
    return float(np.sqrt(np.mean(np.sum(rows**2, axis=1))))


def _regression(seen: Floats, told: Floats) -> Turning | None:
    both, power, seen_power = float(np.sum(seen * told)), float(np.sum(told**2)), float(np.sum(seen**2))
    if power == 0.0:
        return None
    correlation = both / np.sqrt(power * seen_power)
    return Turning(both / power, correlation) if abs(correlation) >= MIN_CORRELATION else None


def _smooth(rows: Floats, width: int) -> Floats:
    """Moving average over `width` rows, (n, 3), fewer at the ends."""
    n = len(rows)
    summed = np.zeros((n + 1, 3))
    np.cumsum(rows, axis=0, out=summed[1:])
    start = np.maximum(np.arange(n) - width // 2, 0)
    end = np.minimum(start + width, n)
    return np.asarray((summed[end] - summed[start]) / (end - start)[:, None])


def _without_gaps(steps_s: Floats, width: int, margin: int) -> NDArray[np.bool_]:
    """(n - width,) whether a window and what was smoothed into it are free of gaps."""
    gaps = np.concatenate([[0], np.cumsum(steps_s > MAX_GAP_S)])
    start = np.arange(gaps.size - width)
    before, after = np.maximum(start - margin, 0), np.minimum(start + width + margin, gaps.size - 1)
    return np.asarray(gaps[after] == gaps[before])
