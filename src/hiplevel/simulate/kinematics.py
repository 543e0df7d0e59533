"""The pelvis as a moving frame: smooth angles and position in, orientation, rates and accelerations out, exactly.

The channels are interpolated by quintic splines, and everything else follows from the splines in closed form, so what
a gyroscope and an accelerometer would read always agrees with the pose.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy.interpolate import make_interp_spline

from hiplevel.model.samples import Floats

GRID_HZ = 400
GRAVITY_M_S2 = 9.80665


class Channel(IntEnum):
    """Columns of a pose: angles in degrees, then position in metres in the world (x forward at start, y left, z up).

    OBLIQUITY + = left side up, TILT + = anterior, ROTATION + = turned left, ROLL = about the pelvis' own long axis
    (used in lying, where the others cannot say it).
    """

    OBLIQUITY = 0
    TILT = 1
    ROTATION = 2
    ROLL = 3
    X = 4
    Y = 5
    Z = 6


CHANNELS = len(Channel)
# World to pelvis in the order rotation, obliquity, tilt (Baker 2001): obliquity is then the elevation of the left axis.
_CHAIN = ((Channel.ROTATION, 2), (Channel.OBLIQUITY, 0), (Channel.TILT, 1), (Channel.ROLL, 2))


@dataclass(frozen=True, eq=False)
class PelvisState:
    """The pelvis at n instants; vectors with _pelvis are in the pelvis' own frame.

    Attributes
    ----------
    rotation : (n, 3, 3) pelvis to world
    rate_pelvis_rad_s, angular_acc_pelvis_rad_s2 : (n, 3)
    position_m, acc_m_s2 : (n, 3) of the pelvis' centre, in the world; acc without gravity
    """

    rotation: Floats
    rate_pelvis_rad_s: Floats
    angular_acc_pelvis_rad_s2: Floats
    position_m: Floats
    acc_m_s2: Floats

    @property
    def up_pelvis(self) -> Floats:
        """(n, 3) the world's vertical in the pelvis frame."""
        return self.rotation[:, 2, :]


class Trajectory:
    """Smooth motion through channels sampled at GRID_HZ from time 0."""

    def __init__(self, channels: Floats) -> None:
        """channels : (m, 7) columns as in `Channel`, m >= 6."""
        self.duration_s = (channels.shape[0] - 1) / GRID_HZ
        self._spline = make_interp_spline(np.arange(channels.shape[0]) / GRID_HZ, channels, k=5)
        self._velocity = self._spline.derivative(1)
        self._acceleration = self._spline.derivative(2)

    def channels(self, time_s: Floats) -> Floats:
        """(n, 7) the channels at time_s, degrees and metres."""
        return np.asarray(self._spline(time_s), dtype=np.float64)

    def state(self, time_s: Floats) -> PelvisState:
        """The pelvis at time_s (n,)."""
        pose = np.asarray(self._spline(time_s), dtype=np.float64)
        velocity = np.asarray(self._velocity(time_s), dtype=np.float64)
        acceleration = np.asarray(self._acceleration(time_s), dtype=np.float64)
        n = time_s.shape[0]
        rotation = np.broadcast_to(np.eye(3), (n, 3, 3)).copy()
        rate, angular_acc = np.zeros((n, 3)), np.zeros((n, 3))
        for channel, axis in _CHAIN:
            turn = _turn(np.radians(pose[:, channel]), axis)
            own = np.zeros((n, 3))
            own[:, axis] = np.radians(velocity[:, channel])
            rotation = rotation @ turn
            carried = _into(turn, rate)
            angular_acc = _into(turn, angular_acc) - np.cross(own, carried)
            angular_acc[:, axis] += np.radians(acceleration[:, channel])
            rate = carried + own
        return PelvisState(rotation, rate, angular_acc, pose[:, Channel.X :], acceleration[:, Channel.X :])


def obliquity_deg(up_pelvis: Floats) -> Floats:
    """(n,) elevation of the left axis over the horizontal, degrees, + = left side up."""
    return np.degrees(np.arcsin(np.clip(up_pelvis[:, 1], -1.0, 1.0)))


def frontal_deg(up_pelvis: Floats) -> Floats:
    """(n,) turn about the forward axis by atan2, degrees: also meaningful in side-lying (-90 = lying on the left)."""
    return np.degrees(np.unwrap(np.arctan2(up_pelvis[:, 1], up_pelvis[:, 2])))


def _turn(angle_rad: Floats, axis: int) -> Floats:
    """(n, 3, 3) rotations about one axis."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    turn = np.zeros((angle_rad.shape[0], 3, 3))
    turn[:, axis, axis] = 1.0
    turn[:, i, i] = turn[:, j, j] = c
    turn[:, i, j] = -s
    turn[:, j, i] = s
    return turn


def _into(turn: Floats, vectors: Floats) -> Floats:
    """(n, 3) vectors seen from the turned frame."""
    return np.asarray(np.einsum("nji,nj->ni", turn, vectors), dtype=np.float64)
