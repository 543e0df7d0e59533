"""Is the sensor at rest? Judged once per beat of 0.25 s, from means and spreads of that beat alone."""

import math
from dataclasses import dataclass

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

BEAT_CELLS = 25
BEAT_S = BEAT_CELLS * CELL_S
STILL_BEATS = 4  # a still second


@dataclass(frozen=True)
class StillParams:
    """Quiet standing, with room for sway and breathing: healthy people stay well below, any exercise well above."""

    acc_sd_m_s2: float = 0.25
    gyr_sd_rad_s: float = 0.06
    gyr_mean_rad_s: float = 0.15  # generous: an uncorrected gyroscope reads up to 0.09 at rest
    turn_rad: float = 0.01  # of gravity between a beat and the mean of the window: settling at 1.5 degrees/s
    # One sigma of the rate while standing still that is sway, not the gyroscope's bias: the most, the least in a
    # second, and between them so many times what the rate changes by within it. On a table it does not.
    sway_rad_s: tuple[float, float] = (float(np.radians(0.3)), float(np.radians(0.03)))
    sway_share: float = 2.0
    # Sway moves gravity less than this from one half of a second to the other; a body that settles, more.
    settling_rad_s: float = float(np.radians(1.0))
    # A second whose rate is surer than this has left the movement before it behind.
    firm_rad_s: float = float(np.radians(0.4))


@dataclass(frozen=True, eq=False)
class Beats:
    """Statistics of k beats: means and standard deviations, (k, 3) each, sensor frame."""

    acc_mean: Floats
    acc_sd: Floats
    gyr_mean: Floats
    gyr_sd: Floats

    def __len__(self) -> int:
        return len(self.acc_mean)

    def __getitem__(self, beats: slice) -> "Beats":
        return Beats(self.acc_mean[beats], self.acc_sd[beats], self.gyr_mean[beats], self.gyr_sd[beats])


def beat_stats(acc_m_s2: Floats, gyr_rad_s: Floats) -> Beats:
    """Statistics of the whole beats in (m, 3) cells; the rest of m / 25 is left out."""
    k = len(acc_m_s2) // BEAT_CELLS
    acc = acc_m_s2[: k * BEAT_CELLS].reshape(k, BEAT_CELLS, 3)
    gyr = gyr_rad_s[: k * BEAT_CELLS].reshape(k, BEAT_CELLS, 3)
    return Beats(*_mean_sd(acc), *_mean_sd(gyr))


def _mean_sd(x: Floats) -> tuple[Floats, Floats]:
    """Over the middle axis, one after the other: numpy's own mean adds in an order that depends on the shape."""
    mean = np.cumsum(x, axis=1)[:, -1] / x.shape[1]
    deviation = x - mean[:, None]
    return mean, np.sqrt(np.cumsum(deviation * deviation, axis=1)[:, -1] / x.shape[1])


def is_still(beats: Beats, params: StillParams) -> bool:
    """Whether all of these consecutive beats are one quiet stand."""
    if len(beats) == 0:
        return False
    centre = beats.gyr_mean.mean(axis=0)
    size = np.linalg.norm(beats.acc_mean, axis=1, keepdims=True)
    direction = beats.acc_mean / np.maximum(size, 1e-9)  # a dead accelerometer is still, and refused by its gravity
    turned = np.linalg.norm(direction - direction.mean(axis=0), axis=1).max()
    return bool(
        beats.acc_sd.max() < params.acc_sd_m_s2
        and beats.gyr_sd.max() < params.gyr_sd_rad_s
        and np.abs(beats.gyr_mean - centre).max() < params.gyr_sd_rad_s
        and np.linalg.norm(centre) < params.gyr_mean_rad_s
        and turned < params.turn_rad
    )


def has_settled(beats: Beats, params: StillParams) -> bool:
    """Whether the last second of these beats is still, and no tail of a movement: firm, or after another still one."""
    last = beats[-STILL_BEATS:]
    if len(last) < STILL_BEATS or not is_still(last, params):
        return False
    firm = resting_rate(last, params)[1] <= params.firm_rad_s
    return firm or (len(beats) >= 2 * STILL_BEATS and is_still(beats[-2 * STILL_BEATS : -STILL_BEATS], params))


def resting_rate(beats: Beats, params: StillParams) -> tuple[Floats, float]:
    """The mean rate (3,) of a still second or more, and one sigma of it as the bias.

    Sway is in it, more when beats differ; and a steady turn is, as far as gravity turns more than by sway.
    """
    varied = float(beats.gyr_mean.var(axis=0).sum())
    noise = float(np.square(beats.gyr_sd).sum()) / (len(beats) * BEAT_CELLS)
    noise *= 1.0 + 2.0 * math.sqrt(2.0 / (beats.gyr_mean.size - 3))  # as much as chance may make of it
    most, least = params.sway_rad_s
    least *= STILL_BEATS / len(beats)
    sway = min(most, max(least, params.sway_share * math.sqrt(max(0.0, varied - noise))))
    half = len(beats) // 2
    towards = [beats.acc_mean[part].mean(axis=0) for part in (slice(0, half), slice(half, None))]
    first, second = (way / max(float(np.linalg.norm(way)), 1e-9) for way in towards)
    turning = float(np.linalg.norm(second - first)) / (0.5 * len(beats) * BEAT_S)
    settling = math.sqrt(max(0.0, turning**2 - params.settling_rad_s**2))
    return np.asarray(beats.gyr_mean.mean(axis=0)), math.sqrt(varied / len(beats) + sway**2 + settling**2)


def unrest(beats: Beats) -> float:
    """How far from still, in units of the gyroscope's spread and the accelerometer's: 0 is a table."""
    return float(np.square(beats.gyr_sd).sum() / 0.06**2 + np.square(beats.acc_sd).sum() / 0.25**2)
