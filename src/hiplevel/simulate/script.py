"""A timeline that movements are written onto: a cursor that moves, holds and adds, and the marks that are the truth."""

from dataclasses import dataclass, field

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.simulate.kinematics import CHANNELS, GRID_HZ, Channel, Trajectory
from hiplevel.simulate.shapes import min_jerk
from hiplevel.simulate.sway import unsteadiness


@dataclass
class Marks:
    """What happened when, on the wearer's own time: the ground truth that the motion itself does not carry."""

    reps: list[tuple[float, float, float]] = field(default_factory=list)
    sets: list[tuple[float, float]] = field(default_factory=list)
    steps: list[tuple[float, str]] = field(default_factory=list)
    holds: list[tuple[float, float]] = field(default_factory=list)
    parts: list[tuple[str, str, float, float]] = field(default_factory=list)


class Script:
    """Written from start to end; every piece begins and ends at rest, so the whole is C2.

    Positions are given from the station: the place and heading where the present part began.
    """

    def __init__(self, rng: np.random.Generator, sway: float = 1.0) -> None:
        """sway: how unsteady this body is, as a multiple of the usual."""
        self.rng = rng
        self._sway = sway
        self.marks = Marks()
        self._pose = np.zeros(CHANNELS)
        self._pose[Channel.Z] = 0.95
        self._pieces: list[Floats] = [self._pose[None, :]]
        self._gains: list[Floats] = [np.ones(1)]
        self._overlays: list[tuple[int, Floats]] = []
        self._ticks = 0
        self._station = self._pose.copy()

    @property
    def now_s(self) -> float:
        """Where the cursor is, s."""
        return self._ticks / GRID_HZ

    def settle(self) -> None:
        """Make the present place and heading the station that positions are given from."""
        self._station = self._pose.copy()

    def hold(self, duration_s: float, sway: float = 1.0) -> None:
        """Stay as you are; sway is a multiple of quiet stance."""
        self.move(duration_s, {}, sway)

    def move(self, duration_s: float, to: dict[Channel, float], sway: float = 1.0) -> None:
        """One minimum-jerk move of the channels in `to`; angles absolute but rotation, x, y, z from the station."""
        target = self._pose.copy()
        for channel, value in to.items():
            target[channel] = value
        local = self.local()
        place = self._world(
            np.array([[to.get(Channel.X, local[0]), to.get(Channel.Y, local[1]), to.get(Channel.Z, local[2])]])
        )[0]
        target[Channel.X :] = place
        if Channel.ROTATION in to:
            target[Channel.ROTATION] = self._station[Channel.ROTATION] + to[Channel.ROTATION]
        ticks = max(round(duration_s * GRID_HZ), 1)
        progress = min_jerk(np.arange(1, ticks + 1) / ticks)[:, None]
        self._append(self._pose + progress * (target - self._pose), np.full(ticks, sway))
        self._pose = target

    def local(self) -> Floats:
        """(3,) present position seen from the station, m."""
        away = self._pose[Channel.X :] - self._station[Channel.X :]
        angle = np.radians(self._station[Channel.ROTATION])
        c, s = np.cos(angle), np.sin(angle)
        return np.array([c * away[0] + s * away[1], -s * away[0] + c * away[1], away[2]])

    def play(self, offsets: Floats, sway: float = 1.0) -> None:
        """Append (m, 7) offsets from the present pose, x, y in the station's frame, already smooth and ending at rest.

        The cursor ends at the last row.
        """
        piece = self._pose + offsets
        turned = self._world(self.local() + offsets[:, Channel.X :])
        piece[:, Channel.X :] = turned
        self._append(piece, np.full(offsets.shape[0], sway))
        self._pose = piece[-1].copy()

    def add(self, start_s: float, offsets: Floats) -> None:
        """Lay (m, 7) offsets, smooth and 0 at both ends, over what is written from start_s on; x, y as in `play`."""
        turned = offsets.copy()
        turned[:, Channel.X :] = self._world(offsets[:, Channel.X :]) - self._station[Channel.X :]
        self._overlays.append((round(start_s * GRID_HZ) + 1, turned))

    def trajectory(self, sway_rng: np.random.Generator, sway_from_s: float = 0.0) -> Trajectory:
        """The whole motion, with sway and tremor laid over it as they go on from sway_from_s."""
        pose = np.concatenate(self._pieces)
        for first, offsets in self._overlays:
            part = pose[first : first + offsets.shape[0]]
            part += offsets[: part.shape[0]]
        gain = np.concatenate(self._gains)
        time_s = sway_from_s + np.arange(pose.shape[0]) / GRID_HZ
        pose += unsteadiness(time_s, pose, gain, sway_rng)
        return Trajectory(pose)

    def _append(self, piece: Floats, gain: Floats) -> None:
        self._pieces.append(piece)
        self._gains.append(self._sway * gain)
        self._ticks += piece.shape[0]

    def _world(self, local_m: Floats) -> Floats:
        angle = np.radians(self._station[Channel.ROTATION])
        c, s = np.cos(angle), np.sin(angle)
        turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
        return np.asarray(self._station[Channel.X :] + local_m @ turn.T, dtype=np.float64)
