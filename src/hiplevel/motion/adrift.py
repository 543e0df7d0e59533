"""The vertical of a body that was moving when it was first seen, and the gyroscope's bias: what stays in place.

A pelvis that exercises gains speed only to lose it, and leaves its place only to come back. So an accelerometer whose
readings are turned into a frame that the gyroscope holds still shows gravity and what adds up to hardly any speed or
way; a bias of the gyroscope shows as gravity that wanders off. A Kalman filter of gravity in that frame, bias, velocity
and position is told again and again that speed and way are about nothing, as far as a body's are.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from hiplevel.model.samples import Floats
from hiplevel.motion.frame import GRAVITY_M_S2
from hiplevel.motion.grid import CELL_S

GRAVITY, BIAS, SPEED, PLACE = (slice(first, first + 3) for first in (0, 3, 6, 9))


@dataclass(frozen=True)
class AdriftParams:
    """One sigma of what a working pelvis does about its mean, and for how long it goes on doing so (correlation)."""

    step_cells: int = 10
    place_m: float = 0.08
    place_s: float = 1.0
    speed_m_s: float = 0.3
    speed_s: float = 0.5
    acc_m_s2: float = 1.0
    acc_s: float = 0.2
    scale_share: float = 0.1  # of the size of gravity: of what a sensor reads, and that while moving
    noise_m_s2: float = 0.05  # of the accelerometer, over a second
    # The vertical's own walk, rad in a second: an accelerometer's offset turns with the body.
    walk_rad: float = 0.003
    bias_walk_rad_s: float = float(np.radians(0.01))


class Adrift:
    """`process` gives the vertical in the sensor's frame; `bias_rad_s` with `bias_sigma_rad_s` is what was learned."""

    def __init__(self, gravity_m_s2: Floats, bias_sigma_rad_s: float, params: AdriftParams | None = None) -> None:
        """gravity_m_s2 (3,): the first guess, in the frame that the quaternions given to `process` turn into."""
        params = self.params = params or AdriftParams()
        self._step_cells, self._step_s = params.step_cells, params.step_cells * CELL_S
        self._size_m_s2 = float(np.linalg.norm(gravity_m_s2))
        self._x = np.zeros(12)
        self._x[GRAVITY] = gravity_m_s2
        sigmas = (params.acc_m_s2, bias_sigma_rad_s, params.speed_m_s, params.place_m)
        self._cov = np.diag(np.square(np.repeat(sigmas, 3)))
        walks = (params.walk_rad * self._size_m_s2, params.bias_walk_rad_s, params.noise_m_s2, 0.0)
        self._walk = np.diag(np.square(np.repeat(walks, 3)) * self._step_s)
        self._turns, self._pulls = np.empty((0, 3, 3)), np.empty((0, 3))  # of the step under way
        self._begun = False

    @property
    def bias_rad_s(self) -> Floats:
        """(3,), sensor frame."""
        return self._x[BIAS].copy()

    @property
    def bias_sigma_rad_s(self) -> float:
        """One sigma of an axis."""
        return float(np.sqrt(np.trace(self._cov[BIAS, BIAS]) / 3.0))

    @property
    def level_bias_sigma_rad_s(self) -> float:
        """One sigma of an axis across gravity: about gravity itself a bias is not seen, and does not matter."""
        along, cov = self._x[GRAVITY] / np.linalg.norm(self._x[GRAVITY]), self._cov[BIAS, BIAS]
        return float(np.sqrt((np.trace(cov) - along @ cov @ along) / 2.0))

    def process(self, turned: Floats, acc_m_s2: Floats) -> tuple[Floats, Floats, Floats]:
        """Up (m, 3), bias (m, 3) and sigma of up (m,), rad, after each cell.

        turned (m, 4): how the sensor has turned, w, x, y, z, by the rate as it was read; acc_m_s2 (m, 3), sensor frame.
        What comes in the first call is looked back at from its end; later cells know only what came before.
        """
        turns = Rotation.from_quat(turned, scalar_first=True).as_matrix()
        pulls = turns[:, :, 0] * acc_m_s2[:, :1] + turns[:, :, 1] * acc_m_s2[:, 1:2] + turns[:, :, 2] * acc_m_s2[:, 2:]
        parts, at = [], 0
        while at < len(turns):
            stop = min(len(turns), at + self._step_cells - len(self._turns))
            new = stop - at
            self._turns = np.concatenate([self._turns, turns[at:stop]])
            self._pulls = np.concatenate([self._pulls, pulls[at:stop]])
            parts.append(self._known(np.cumsum(self._turns, axis=0)[-new:]))
            if len(self._turns) == self._step_cells:
                self._step()
                self._turns, self._pulls = self._turns[:0], self._pulls[:0]
            at = stop
        if self._begun:
            gravity, bias, sigma = (np.concatenate(column) for column in zip(*parts, strict=True))
        else:
            self._begun, since = True, np.cumsum(turns, axis=0)
            done = len(turns) // self._step_cells * self._step_cells
            gravity, bias, sigma = self._known(since - (since[done - 1] if done else 0.0))
        size = np.sqrt(np.square(gravity[:, 0]) + np.square(gravity[:, 1]) + np.square(gravity[:, 2]))
        level = gravity / size[:, None]
        up = turns[:, 0] * level[:, :1] + turns[:, 1] * level[:, 1:2] + turns[:, 2] * level[:, 2:]
        return up, bias, sigma

    def _known(self, since: Floats) -> tuple[Floats, Floats, Floats]:
        """Gravity (m, 3), bias (m, 3), sigma (m,); since (m, 3, 3): the turns added up from the last step on."""
        gravity, bias = self._x[GRAVITY], self._x[BIAS]
        drift = CELL_S * (since[:, :, 0] * bias[0] + since[:, :, 1] * bias[1] + since[:, :, 2] * bias[2])
        size = float(np.linalg.norm(gravity))
        along = gravity / size
        cov = self._cov[GRAVITY, GRAVITY]
        sigma = float(np.sqrt(max(np.trace(cov) - along @ cov @ along, 0.0) / 2.0)) / size
        m = len(since)
        return gravity + np.cross(drift, gravity), np.tile(bias, (m, 1)), np.full(m, sigma)

    def _step(self) -> None:
        """Carry gravity, speed and place over the step, and remember what a body does."""
        params, gravity = self.params, self._x[GRAVITY]
        carry = np.eye(12)
        x, y, z = gravity
        turned = np.cumsum(self._turns, axis=0)[-1] * CELL_S
        carry[GRAVITY, BIAS] = -np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]]) @ turned
        carry[SPEED, GRAVITY] = -self._step_s * np.eye(3)
        carry[PLACE, GRAVITY] = -0.5 * self._step_s**2 * np.eye(3)
        carry[PLACE, SPEED] = self._step_s * np.eye(3)
        gained = np.cumsum(self._pulls, axis=0) * CELL_S
        self._x = carry @ self._x
        self._x[SPEED] += gained[-1]
        self._x[PLACE] += (np.cumsum(gained, axis=0)[-1] - 0.5 * gained[-1]) * CELL_S
        self._cov = carry @ self._cov @ carry.T + self._walk
        nothing, read = np.zeros(3), 2.0 / self._step_s * (self._size_m_s2 / GRAVITY_M_S2) ** 2
        self._learn(PLACE, nothing, read * params.place_m**2 * params.place_s)
        self._learn(SPEED, nothing, read * params.speed_m_s**2 * params.speed_s)
        self._learn(GRAVITY, gained[-1] / self._step_s, read * params.acc_m_s2**2 * params.acc_s)
        size = float(np.linalg.norm(self._x[GRAVITY]))
        seen = np.zeros(12)
        seen[GRAVITY] = self._x[GRAVITY] / size
        spread = self._cov @ seen
        gain = spread / (seen @ spread + (params.scale_share * self._size_m_s2) ** 2)
        self._x = self._x - gain * (size - self._size_m_s2)
        self._cov = self._cov - np.outer(gain, spread)

    def _learn(self, which: slice, value: Floats, variance: float) -> None:
        """That these three are `value` (3,), give or take."""
        gain = self._cov[:, which] @ np.linalg.inv(self._cov[which, which] + variance * np.eye(3))
        self._x = self._x + gain @ (value - self._x[which])
        self._cov = self._cov - gain @ self._cov[which]
