"""One sigma of the angles, from what the filter, the start, the calibration and the movement leave open.

The parts are independent and add as squares. What they are worth was checked on recordings with an optical reference
(`benchmarks/accuracy.py`): the true error lies within two sigma in 90 to 99 % of the samples.
"""

import math
from dataclasses import dataclass

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.filters import linear
from hiplevel.motion.frame import GRAVITY_M_S2, tilt_rad
from hiplevel.motion.grid import AFTER_S, CELL_S
from hiplevel.motion.orientation import TAU_S

DEG = math.pi / 180.0
# What skin and clothing let a sensor on the back of the pelvis be off; a set made from markers is free of it.
SKIN_SIGMA_RAD = 0.9 * DEG

FORGOTTEN = 5.0  # times as long as that makes one: nothing is left
TINY = 1e-30  # level along the left-right axis there is no tilt
UPRIGHT = 0.3  # of the vertical along the body: further down a neutral of its own is taken


@dataclass(frozen=True)
class SigmaParams:
    """Angles in rad, times in s."""

    neutral: float = 0.1 * DEG  # sway while the neutral is taken
    assumed: float = 1.5 * DEG  # a neutral from a moment that was not still
    level: float = 4.0 * DEG  # people stand so differently
    missed_most: float = 45.0 * DEG  # of a turn that was not measured: then nothing is known
    # The filter takes the mean acceleration of its last seconds for a lean, as of setting off and stopping. What of it
    # is left in the readings, added up for `unseen_s`, shows that lean: one sigma of it, for `pulled_s`.
    unseen_s: float = 6.0
    pulled_s: float = 2.0
    offset: float = 0.01  # of the accelerometer (parts are sold within 20 mg): what another attitude shows of it
    scale: float = 0.006  # of the gyroscope, of the turns that gravity has not yet corrected
    skin: float = SKIN_SIGMA_RAD


@dataclass(frozen=True, eq=False)
class _Lost:
    """From time_s on a turn may have been missed: one sigma, squared, about the pelvis' axes (3,)."""

    time_s: float
    about_rad2: Floats


class Uncertainty:
    """Follows the accelerations, and gives the sigma of obliquity and tilt."""

    def __init__(self, turned_rad: float, params: SigmaParams | None = None) -> None:
        """`turned_rad`: how far the calibration may be turned about the vertical, which makes obliquity of tilt."""
        self.params = params or SigmaParams()
        self._turned = turned_rad
        self._neutral = self._hung = 0.0
        self._follow = _lag(self.params.pulled_s)
        self._remember(TAU_S)
        self._lost: list[_Lost] = []
        self._levelled = False
        self._forget()

    def _forget(self) -> None:
        """What the filters keep of the lean that accelerations make, of its square, and of the vertical."""
        self._leant, self._pulled, self._slow = np.zeros((2, 2)), np.zeros((2, 1)), np.empty((3, 0))

    def _remember(self, tau_s: float) -> None:
        """By which time constant gravity corrects the attitude."""
        self._missed_s = 2.0 * tau_s
        self._lately = _lag(tau_s)
        slow, fast = _lag(self.params.unseen_s), _lag(0.5 * tau_s)
        lean = self.params.unseen_s / (tau_s * GRAVITY_M_S2) * slow[0] * fast[0]
        self._lean_by = np.array([lean[0], 0.0, 0.0]), np.convolve(slow[1], fast[1])

    def miss(self, time_s: float, about_rad2: Floats) -> None:
        """A turn that was not measured, known at time_s: the variance (3,) about forward, left and up."""
        self._lost.append(_Lost(time_s, np.minimum(about_rad2, self.params.missed_most**2)))

    def begin(self, *, still: bool, relative: bool, tau_s: float = TAU_S) -> None:
        """A start; `relative` when the neutral was taken there, so that its error stays.

        tau_s: by which time constant gravity corrects the attitude from there on.
        """
        self._remember(tau_s)
        if relative:
            self._neutral = self.params.neutral if still else self.params.assumed
            self._levelled = True
        self._forget()

    def hung(self, by_rad: float) -> None:
        """The neutral was taken where one side hung so far from how the pelvis stood when the clip was calibrated.

        Either the clip sits otherwise or the pelvis did: two sigma reach from the one to the other.
        """
        self._hung = 0.5 * by_rad if by_rad > self.params.level else 0.0

    def doubt_level(self, by_rad: float) -> None:
        """A level that was assumed may be off by so much: two sigma reach as far."""
        self._neutral = max(self._neutral, 0.5 * by_rad)

    def process(
        self, time_s: Floats, acc_m_s2: Floats, up: Floats, attitude_sigma_rad: Floats, adrift: int = 0
    ) -> Floats:
        """Sigma (2, m), rad: of obliquity and of tilt. acc_m_s2 without gravity and the vertical, (3, m), pelvis frame.

        attitude_sigma_rad (m,): what bias and start leave open, and in the first `adrift` cells the accelerations.
        """
        params, pull = self.params, acc_m_s2[1::-1]  # left pulls at obliquity, forward at tilt
        if adrift:
            pull = np.where(np.arange(len(time_s)) < adrift, 0.0, pull)
        lean, self._leant = linear(*self._lean_by, pull, self._leant)
        lean *= lean
        out, self._pulled = linear(*self._follow, lean, self._pulled)
        common = attitude_sigma_rad * attitude_sigma_rad
        common += params.skin**2 + self._neutral**2
        out += common
        out[0] += self._hung**2
        turned = _by_a_turn(up)
        turned *= self._turned**2
        out += turned
        self._way(out, up)
        for lost in self._lost:
            self._widen(out, lost, time_s, tilt_rad(up))
        self._lost = [lost for lost in self._lost if time_s[-1] <= lost.time_s + FORGOTTEN * self._missed_s]
        return np.asarray(np.sqrt(out, out=out))

    def _way(self, out: Floats, up: Floats) -> None:
        """Add to the variances (2, m) what scale and offset make of the way that the vertical (3, m) has gone."""
        params = self.params
        if self._slow.shape[1] == 0:
            self._slow = -self._lately[1][1] * up[:, :1]
        slow, self._slow = linear(*self._lately, up, self._slow)
        gone = slow[1::-1] - up[1::-1]
        gone *= gone
        gone *= params.scale**2
        out += gone
        if self._levelled:
            forward, left, above = slow
            upright = np.where(up[2] > UPRIGHT, params.offset**2, 0.0)
            out[0] += upright * left * left
            out[1] += upright * (forward * forward + np.square(1.0 - above))

    def _widen(self, out: Floats, lost: _Lost, time_s: Floats, tilt: Floats) -> None:
        """Add it to the variances (2, m) of the cells after it, until it is forgotten."""
        ends_s = (lost.time_s + AFTER_S, lost.time_s + FORGOTTEN * self._missed_s)
        rows = slice(*np.searchsorted(time_s, ends_s, side="right"))
        left = np.exp(2.0 / self._missed_s * (lost.time_s - time_s[rows]))
        forward, leftward, up = lost.about_rad2
        out[0, rows] += left * (forward * np.cos(tilt[rows]) ** 2 + up * np.sin(tilt[rows]) ** 2)
        out[1, rows] += left * leftward


def _lag(time_constant_s: float) -> tuple[Floats, Floats]:
    """b and a (2,) of a mean that forgets."""
    gain = 1.0 - math.exp(-CELL_S / time_constant_s)
    return np.array([gain, 0.0]), np.array([1.0, gain - 1.0])


def _by_a_turn(up: Floats) -> Floats:
    """How much a clip turned about the vertical changes obliquity and tilt (2, m), squared, for the vertical (3, m).

    Lying on the side the frontal angle is not the elevation of the left-right axis but the turn about the forward one.
    """
    forward, left, above = up * up
    out, level = np.empty((2, up.shape[1])), np.maximum(forward + above, TINY)
    frontal, sagittal = out
    lying = left > level
    np.divide(forward, level, out=frontal)
    if lying.any():
        frontal[:] = np.where(lying, forward * above / np.square(left + above), frontal)
    np.multiply(left, above, out=sagittal)
    sagittal /= np.square(level, out=level)
    return out
