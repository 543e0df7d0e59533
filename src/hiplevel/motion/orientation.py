"""Which way is up in the sensor's frame, by VQF without magnetometer.

Laidig & Seel 2023, "VQF: Highly accurate IMU orientation estimation with bias estimation and magnetic disturbance
rejection", Information Fusion 91. Heading is never used: it drifts, and neither obliquity nor tilt needs it.
"""

import math
from dataclasses import dataclass

import numpy as np
from vqf import VQF

from hiplevel.model.samples import Floats
from hiplevel.motion.adrift import Adrift
from hiplevel.motion.frame import GRAVITY_M_S2
from hiplevel.motion.grid import CELL_S, Cells, columns
from hiplevel.motion.pairs import PAIR_S, paired, turned_on

# A body at rest sways, and its bias is known to this, one sigma; on a table to as much as VQF holds.
SWAY_RAD_S, TABLE_RAD_S = float(np.radians(0.1)), float(np.radians(0.03))
# Of the sigma of a start in movement: it allows for worse parts, and for more turning about, than most have.
ADRIFT_SHARE = 0.7
# One sigma of a bias that is as good as not known, as VQF assumes; and of a part that never rested (the LSM6DSO's data
# sheet has a zero-rate level of 1 degree/s, others more).
STARTING_RAD_S, PART_RAD_S = float(np.radians(0.5)), float(np.radians(1.0))
# The time constant by which gravity corrects, with a bias known as after a second of standing. What the bias makes of
# the error grows with it, what accelerations make falls with its square: the least of both goes by the cube root.
TAU_S = 3.0
# After a rest whose rate was not quite steady the bias is open, and so long the time constant is shorter.
UNSURE_PAIRS, UNSURE_TAU_S = round(20.0 / PAIR_S), 2.0
# So long after a beginning in movement the attitude comes from what a body does, and the bias is learned from it.
ADRIFT_CELLS = round(20.0 / CELL_S)
# Error of the attitude per error of the rate, of the time constant: VQF goes on learning the bias.
BIAS_SHARE = 0.4
# Fed to the filter before the first real cell: two of its longest time constants of rest.
WARM_PAIRS = round(9.0 / PAIR_S)


@dataclass(frozen=True, eq=False)
class Attitude:
    """up (3, m): the vertical; rate_rad_s (3, m): angular rate without bias; both in the sensor frame.

    sigma_rad (m,): one sigma of the vertical, as far as bias and start make it, and, in the first `adrift` cells, all
    that the body does.
    """

    up: Floats
    rate_rad_s: Floats
    sigma_rad: Floats
    adrift: int = 0


@dataclass(frozen=True, eq=False)
class Gravity:
    """up (3,) in the sensor frame of the first cell; how the sensor turned since, (m, 4)."""

    up: Floats
    turned: Floats

    def up_between(self, rows: slice) -> Floats:
        """Mean vertical (3,) of some cells, each in the sensor frame at its time."""
        back = self.turned[rows] * np.array([1.0, -1.0, -1.0, -1.0])
        mean = np.cumsum(_turned(back, np.tile(self.up, (len(back), 1))), axis=0)[-1]
        return np.asarray(mean / np.linalg.norm(mean))


class Orientation:
    """Causal inclination; `begin` forgets the attitude but keeps what was learned of the gyroscope's bias."""

    def __init__(self) -> None:
        # Rest teaches nothing here: a body at rest sways, and one that sinks slowly seems to rest (test_slow.py).
        self._vqf = VQF(PAIR_S, restBiasEstEnabled=False)
        self._static_bias, self._least_rad_s = np.zeros(3), SWAY_RAD_S
        self.tau_s = TAU_S
        self._adrift: Adrift | None = None
        self._strapdown = _strapdown()
        self._unsure_pairs = self._adrift_cells = 0
        # The first cell of a pair whose second has not come, (6, 0 or 1); and what was known when the last pair ended:
        # up, bias and its sigma, (7, 1).
        self._half, self._known = np.empty((6, 0)), np.zeros((7, 1))

    def set_bias(self, bias_rad_s: Floats, sigma_rad_s: float) -> None:
        """Subtract this constant before the filter, whose own estimate is clipped at 2 degrees/s."""
        self._static_bias, self._adrift = bias_rad_s, None
        self._least_rad_s = min(max(sigma_rad_s, TABLE_RAD_S), SWAY_RAD_S)
        self._vqf.setBiasEstimate(np.zeros(3), sigma_rad_s)
        self._unsure_pairs = UNSURE_PAIRS if sigma_rad_s >= STARTING_RAD_S else 0
        self.tau_s = TAU_S * math.cbrt(SWAY_RAD_S / self._least_rad_s)
        self._correct()

    def rested(self, rate_rad_s: Floats, sigma_rad_s: float, *, first: bool) -> None:
        """The mean rate (3,) of a still second, and its sigma; `first` when the start had none."""
        known, known_sigma = self._learned()
        before = self._static_bias + known
        # What was learned while moving is clipped, and surer of itself than it is right.
        least = STARTING_RAD_S if first else float(known_sigma)
        doubt = max(least, float(np.linalg.norm(rate_rad_s - before)) / 3.0)
        weight = doubt**2 / (doubt**2 + sigma_rad_s**2)
        self.set_bias(before + weight * (rate_rad_s - before), float(np.sqrt(weight)) * sigma_rad_s)

    def _correct(self) -> None:
        self._vqf.setTauAcc(UNSURE_TAU_S if self._unsure_pairs > 0 else self.tau_s)

    def _learned(self) -> tuple[Floats, float]:
        """The bias (3,) beyond the constant that is subtracted, and its sigma."""
        if self._adrift is not None:
            return self._adrift.bias_rad_s, self._adrift.bias_sigma_rad_s
        bias, sigma = self._vqf.getBiasEstimate()
        return np.ascontiguousarray(bias), float(sigma)

    def gravity(self, cells: Cells, rows: slice) -> "Gravity":
        """The vertical of some cells, averaged in a frame that the gyroscope holds still.

        A filter that starts from one accelerometer sample starts wrong when the body is already moving: over a second
        or more accelerations cancel, as far as the body ends as fast as it began.
        """
        judged = cells[: rows.stop]
        rate = judged.gyr_rad_s - self._static_bias - self._learned()[0]
        turned = _strapdown().updateBatchFullState(rate, judged.acc_m_s2)["gyrQuat"]
        pulls = _turned(turned, judged.acc_m_s2)[rows]
        mean = np.cumsum(pulls, axis=0)[-1] / len(pulls)
        return Gravity(mean / np.linalg.norm(mean), turned)

    def begin(self, up: Floats, gravity_m_s2: float = GRAVITY_M_S2, *, still: bool = True) -> None:
        """Start with this vertical (3,), of a body at rest or of one that moves."""
        bias, sigma = self._learned()
        self._adrift, self._half = None, np.empty((6, 0))
        self._vqf.resetState()
        self._vqf.setMotionBiasEstEnabled(False)
        if not still:
            self._static_bias = self._static_bias + bias
            self._vqf.setBiasEstimate(np.zeros(3), sigma)
            self._adrift, self._adrift_cells = Adrift(up * gravity_m_s2, sigma), ADRIFT_CELLS
            self._strapdown = _strapdown()
            return
        rest = np.tile(up * GRAVITY_M_S2, (WARM_PAIRS, 1))
        self._vqf.setBiasEstimate(np.zeros(3), sigma)
        self._vqf.updateBatch(np.zeros((WARM_PAIRS, 3)), rest)
        self._vqf.setBiasEstimate(bias, sigma)
        self._vqf.setMotionBiasEstEnabled(True)
        self._known[:3], self._known[3:6, 0], self._known[6] = _up(self._vqf.getQuat6D()[None]), bias, sigma

    def process(self, cells: Cells) -> Attitude:
        """Attitude at the end of each cell."""
        if self._adrift is None:
            return self._followed(cells)
        until = min(self._adrift_cells, len(cells.time_s))
        first = self._drifted(self._adrift, cells[:until])
        if self._adrift_cells > 0:
            return first
        bias, sigma = self._learned()
        self.set_bias(self._static_bias + bias, sigma)
        self.begin(np.ascontiguousarray(first.up[:, -1]))
        if until == len(cells.time_s):
            return first
        second = self.process(cells[until:])
        return Attitude(
            np.concatenate([first.up, second.up], axis=1),
            np.concatenate([first.rate_rad_s, second.rate_rad_s], axis=1),
            np.concatenate([first.sigma_rad, second.sigma_rad]),
            until,
        )

    def _drifted(self, adrift: Adrift, cells: Cells) -> Attitude:
        self._adrift_cells -= len(cells.time_s)
        rate, acc = cells.rows[3:] - self._static_bias[:, None], cells.acc_m_s2
        turned = self._strapdown.updateBatchFullState(columns(rate), acc)["gyrQuat"]
        up, bias, sigma = adrift.process(turned, acc)
        return Attitude(np.ascontiguousarray(up.T), rate - bias.T, ADRIFT_SHARE * sigma, len(sigma))

    def _followed(self, cells: Cells) -> Attitude:
        waited, bias = self._half.shape[1], self._static_bias[:, None]
        first = np.concatenate([self._half, cells.rows[:, waited::2]], axis=1)
        second = cells.rows[:, 1 - waited :: 2].copy()
        first[3:, waited:] -= bias
        second[3:] -= bias
        pairs, count = second.shape[1], waited + len(cells.time_s)
        ends = self._paired(*paired(first[:, :pairs], second))
        # A pair's first cell goes by what was known before it.
        before, after = ends[:, : first.shape[1]], ends[:, 1:]
        first_rate = first[3:] - before[3:6]
        up, rate, sigma = np.empty((3, count)), np.empty((3, count)), np.empty(count)
        rate[:, ::2], rate[:, 1::2] = first_rate, second[3:] - after[3:6]
        up[:, ::2], up[:, 1::2] = turned_on(before[:3], first_rate), after[:3]
        sigma[::2], sigma[1::2] = before[6], after[6]
        np.maximum(sigma, self._least_rad_s, out=sigma)
        self._half, self._known = first[:, pairs:].copy(), ends[:, -1:].copy()
        return Attitude(up[:, waited:], rate[:, waited:], BIAS_SHARE * self.tau_s * sigma[waited:])

    def _paired(self, gyr: Floats, acc: Floats) -> Floats:
        """Up, bias and its sigma (7, 1 + k): what was known before these pairs (k, 3), and at the end of each."""
        out, at = np.empty((7, len(gyr) + 1)), 0
        out[:, :1], new = self._known, out[:, 1:]
        while at < len(gyr):
            stop = min(len(gyr), at + self._unsure_pairs) if self._unsure_pairs > 0 else len(gyr)
            result = self._vqf.updateBatch(gyr[at:stop], acc[at:stop])
            new[:3, at:stop], new[3:6, at:stop] = _up(result["quat6D"]), result["bias"].T
            new[6, at:stop] = result["biasSigma"]
            if self._unsure_pairs > 0:
                self._unsure_pairs -= stop - at
                self._correct()
            at = stop
        return out


def _strapdown() -> VQF:
    """What the gyroscope alone says of how the sensor turns, cell by cell."""
    return VQF(CELL_S, motionBiasEstEnabled=False, restBiasEstEnabled=False)


def _up(quaternion: Floats) -> Floats:
    """The vertical (3, m) in the frame that unit quaternions (m, 4) in w, x, y, z order turn upright."""
    w, x, y, z = quaternion.T
    out, part = np.empty((3, len(w))), np.empty(len(w))  # written in place: each array more is memory to go through
    np.multiply(x, z, out=out[0])
    out[0] -= np.multiply(w, y, out=part)
    np.multiply(y, z, out=out[1])
    out[1] += np.multiply(w, x, out=part)
    np.multiply(x, x, out=out[2])
    out[2] += np.multiply(y, y, out=part)
    np.subtract(0.5, out[2], out=out[2])
    out += out
    return out


def _turned(quaternion: Floats, vectors: Floats) -> Floats:
    """Vectors (m, 3) turned by unit quaternions (m, 4) in w, x, y, z order."""
    axis = quaternion[:, 1:]
    twice = 2.0 * np.cross(axis, vectors)
    return np.asarray(vectors + quaternion[:, :1] * twice + np.cross(axis, twice))
