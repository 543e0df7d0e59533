"""How fast gravity's direction turns in the sensor, against what the gyroscope says."""

from dataclasses import dataclass

import numpy as np

from hiplevel.model.samples import Floats, Samples
from hiplevel.motion.grid import CELL_S, Cells, Grid
from hiplevel.motion.turning import Regression, TurnWindows

# The longer is for slow and rare movement: a set of pelvic drops with long rests turns too little in half a second. It
# is shorter than a sideways step there and back, of which a window as long as that would see nothing.
WINDOW_S, SLOW_WINDOW_S = 0.5, 0.8
MIN_WINDOWS = 8  # fewer is chance
MIN_TURN_RAD = 0.06  # rms over a window; less is noise and breathing
MIN_CORRELATION = 0.6
# A metre from the joint it swings about, a limb feels 3 m/s2 of its swing at this speed or at this acceleration.
# Beyond, a walking leg is a pendulum: what it feels of its swing turns against what it feels of gravity, and wins.
GENTLE_RAD_S, GENTLE_RAD_S2 = 1.7, 3.0
SMOOTH_S = 0.05


@dataclass(frozen=True)
class Turning:
    """slope: turning of gravity over that of the gyroscope, 1 when both agree; correlation of the two, -1 to 1."""

    slope: float
    correlation: float


def turning(samples: Samples) -> Turning | None:
    """Regression of gravity's turning on what the gyroscope says of it; None without clear evidence.

    Over all windows of half a second; where those say too little, over those longer ones in which it turned.
    """
    every = _regression(_products(samples, WINDOW_S))
    if every.count >= MIN_WINDOWS and every.seen_rad >= MIN_TURN_RAD and (found := _clear(every)):
        return found
    slow = _products(samples, SLOW_WINDOW_S)
    turned = _regression(slow[:, slow[1] >= MIN_TURN_RAD**2])
    return _clear(turned) if turned.count >= MIN_WINDOWS else None


def turns_against(samples: Samples) -> bool:
    """Whether gravity's direction turns against the gyroscope even where no swing of a limb makes it seem so."""
    if len(samples) < 3:
        return False
    width = max(1, round(SMOOTH_S / float(np.median(np.diff(samples.time_s)))))
    mean = np.ones(width) / width
    rate = np.column_stack([np.convolve(axis, mean, mode="same") for axis in samples.gyr_rad_s.T])
    change = np.gradient(rate, samples.time_s, axis=0)
    gentle = (np.linalg.norm(rate, axis=1) < GENTLE_RAD_S) & (np.linalg.norm(change, axis=1) < GENTLE_RAD_S2)
    seen = turning(samples[gentle]) if gentle.any() else None
    return seen is not None and seen.slope < 0.0


def at_most(samples: Samples) -> float | None:
    """By how much gravity turned at the most, over what the gyroscope says; None where it says too little.

    Shaking makes gravity seem to turn, and nothing makes it seem to turn less: no correlation is asked for.
    """
    every = _regression(_products(samples, WINDOW_S))
    if every.count < MIN_WINDOWS or every.said_rad < MIN_TURN_RAD:
        return None
    return every.seen_rad / every.said_rad


def _products(samples: Samples, window_s: float) -> Floats:
    """(3, k), of all windows, as of `Turns`."""
    windows, found = TurnWindows(round(window_s / CELL_S)), [np.empty((3, 0))]
    for item in Grid().process(samples):
        if not isinstance(item, Cells):
            windows.interrupt()
        elif turns := windows.process(item):
            found.append(turns.products)
    return np.concatenate(found, axis=1)


def _regression(products: Floats) -> Regression[float]:
    said, seen, both = (float(part) for part in products.sum(axis=1))
    return Regression(float(products.shape[1]), said, seen, both)


def _clear(seen: Regression[float]) -> Turning | None:
    if seen.said == 0.0 or abs(seen.correlation) < MIN_CORRELATION:
        return None
    return Turning(seen.slope, seen.correlation)
