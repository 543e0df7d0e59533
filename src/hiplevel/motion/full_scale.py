"""Is the gyroscope read at the full scale that it was set to? Otherwise it turns some constant times too far.

Gravity turns as far as the sensor does. What the body's acceleration adds is, in a swing, in step with how the turn's
rate changes: a sensor so far from what the body turns about reads so much more. So what the accelerometer shows is a
regression on two things, the turn that the gyroscope says and its second difference, and only the first tells the
scale.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats
from hiplevel.motion.frame import GRAVITY_M_S2, dot
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.scale import MOVING_SHARE
from hiplevel.motion.turning import Trail, Turns, multiplied

STEP_S2 = (50 * CELL_S) ** 2


@dataclass(frozen=True)
class FullScaleParams:
    """Full scales are factors of two and more apart: a scale between `low` and `high` is taken for right.

    shaken_m_s2: rms within a window beside what turning makes there; swing_m: how far from what it turns about a sensor
    sits, mean and one sigma (below a joint it is negative); turns overlap, so that `shared` of them are one.
    """

    turn_rad: float = 0.06  # by either
    shaken_m_s2: float = 0.8
    turning_share: float = 0.2  # of gravity's turn from window to window, squared
    least: int = 20
    low: float = 0.8
    high: float = 1.25
    sigmas: float = 3.0
    explained: float = 0.8  # of what the accelerometer shows
    correlation: float = 0.8
    swing_m: tuple[float, float] = (0.2, 0.5)
    swing_most_m: float = 1.0
    shared: float = 3.0
    noise_rad2: float = 1e-5


class FullScale:
    """`process` gives the first turn after which the scale cannot be right, and how many times too far it turns."""

    def __init__(self, params: FullScaleParams | None = None) -> None:
        self.params = params or FullScaleParams()
        self._sums = np.zeros((16, 1))  # the count of turns; of what is compared, the products and each
        self._trail = Trail(2)

    def interrupt(self) -> None:
        """A gap: a second difference cannot span it."""
        self._trail.interrupt()

    def process(self, turns: Turns, calm: NDArray[np.bool_], gravity_m_s2: float) -> tuple[int, float] | None:
        """calm (k,): whether the accelerometer reads hardly more than gravity in both windows of a turn."""
        params = self.params
        turning2 = params.turning_share * gravity_m_s2**2 * turns.products[1]
        quiet = calm & (np.square(turns.shaken_m_s2) < params.shaken_m_s2**2 + turning2)
        rows, kept = self._trail.add(turns, quiet)
        if rows.shape[1] < 3 or abs(gravity_m_s2 / GRAVITY_M_S2 - 1.0) > MOVING_SHARE:
            return None  # an accelerometer that is off itself says nothing of another
        products = multiplied(rows[:6, 1:-1].reshape(2, 3, -1))
        used = ((rows[6, 1:-1] == 1.0) & (products[:2].max(axis=0) > params.turn_rad**2)).nonzero()[0]
        if used.size == 0:
            return None
        each = np.empty((16, products.shape[1]))  # said, seen, and how what is said bends
        each[0], each[1:4], each[7:13] = 1.0, products, rows[:6, 1:-1]
        each[13:] = (rows[:3, 2:] - 2.0 * rows[:3, 1:-1] + rows[:3, :-2]) / (STEP_S2 * GRAVITY_M_S2)
        ways = each[7:].reshape(3, 3, -1).swapaxes(0, 1)
        each[4:7] = dot(ways, ways[:, 2:])
        sums = np.cumsum(np.concatenate([self._sums, each[:, used]], axis=1), axis=1)[:, 1:]
        self._sums = sums[:, -1:].copy()
        maybe = self._aside(sums).nonzero()[0]
        if not maybe.size:
            return None
        scale, sure = self._scales(sums[:, maybe])
        if not sure.any():
            return None
        first = int(np.argmax(sure))
        return int(used[maybe[first]]) + 2 - kept, 1.0 / float(scale[first])

    def _aside(self, sums: Floats) -> NDArray[np.bool_]:
        """Where there is anything to judge, (k,): a gyroscope that by itself looks right is not doubted."""
        params, (count, said2, _, both) = self.params, sums[:4]
        said, seen = sums[7:10] / count, sums[10:13] / count
        alone = (both - count * dot(said, seen)) / np.maximum(said2 - count * dot(said, said), 1e-18)
        return np.asarray((count >= params.least) & ((alone > params.high) | (alone < params.low)))

    def _scales(self, sums: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """(k,): gravity's turn for each radian that the gyroscope says, and where that is surely not one."""
        params = self.params
        count, *products = sums[:7]
        means = sums[7:].reshape(3, 3, -1) / count  # a bias of the gyroscope is in them
        pairs = ((0, 0), (1, 1), (0, 1), (0, 2), (1, 2), (2, 2))
        said, seen, both, said_bend, seen_bend, bend = (
            product - count * dot(means[a], means[b]) for product, (a, b) in zip(products, pairs, strict=True)
        )
        mean_m, sigma_m = params.swing_m
        alone = both / np.maximum(said, 1e-18)
        scale, swing_m, left, variance = alone, np.zeros_like(alone), seen, np.zeros_like(alone)
        for _ in range(3):  # the noise is known by what the fit leaves
            left = seen - 2.0 * (scale * both + swing_m * seen_bend)
            left = left + scale**2 * said + 2.0 * scale * swing_m * said_bend + swing_m**2 * bend
            weight = 1.0 / (params.shared * np.maximum(left / (2.0 * count), params.noise_rad2))
            a, b, c = weight * said, weight * said_bend, weight * bend + sigma_m**-2
            p, q = weight * both, weight * seen_bend + mean_m * sigma_m**-2
            whole = np.maximum(a * c - b * b, 1e-18)
            scale, swing_m, variance = (c * p - b * q) / whole, (a * q - b * p) / whole, c / whole
        reach = params.sigmas * np.sqrt(variance)
        alike = (left < (1.0 - params.explained) * seen) & (both > params.correlation * np.sqrt(said * seen))
        small, large = (scale - reach > params.high) & (alone > params.high), (scale + reach < params.low)
        off = small | (large & (alone < params.low) & (scale > 0.0))
        return scale, (count >= params.least) & alike & (np.abs(swing_m) < params.swing_most_m) & off
