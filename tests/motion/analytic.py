"""Pelvis motion in closed form, and what an ideal sensor on it reads: answers known without the simulator."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial.transform import Rotation

from hiplevel import Samples

G = 9.80665
Curve = tuple[np.ndarray, np.ndarray]  # value and its derivative in time


@dataclass(frozen=True, eq=False)
class Worn:
    """Samples and the angles that made them, degrees."""

    samples: Samples
    obliquity_deg: np.ndarray
    tilt_deg: np.ndarray


def clock(duration_s: float, rate_hz: float = 100.0, start_s: float = 0.0) -> np.ndarray:
    return start_s + np.arange(round(duration_s * rate_hz) + 1) / rate_hz


def turn(axis: int, angle: ArrayLike) -> np.ndarray:
    """(n, 3, 3) right-handed rotations by angle (n,), rad."""
    vector = np.zeros((np.size(angle), 3))
    vector[:, axis] = np.ravel(angle)
    return Rotation.from_rotvec(vector).as_matrix()


def axis_mountings() -> list[np.ndarray]:
    """The 24 ways to put a box onto a wall: every proper rotation made of the axes."""
    found = []
    for order, signs in product(permutations(range(3)), product((1.0, -1.0), repeat=3)):
        matrix = np.zeros((3, 3))
        matrix[range(3), order] = signs
        if np.linalg.det(matrix) > 0.0:
            found.append(matrix)
    return found


def lean(direction_deg: float, by_deg: float) -> np.ndarray:
    """(3, 3) sensor to pelvis for a clip that leans by so much towards any horizontal direction."""
    direction = np.radians(direction_deg)
    return Rotation.from_rotvec(np.radians(by_deg) * np.array([np.cos(direction), np.sin(direction), 0.0])).as_matrix()


def still(time_s: np.ndarray) -> Curve:
    return np.zeros_like(time_s), np.zeros_like(time_s)


def sine(time_s: np.ndarray, size_deg: float, hz: float, start_s: float = 0.0) -> Curve:
    """Zero until start_s, then size_deg * sin, growing over the first second: a rate that jumps is nobody's."""
    size, growth = path(time_s, [(start_s, 0.0), (1.0, size_deg)] if start_s else [(1.0, size_deg)])
    phase = 2.0 * np.pi * hz * (time_s - start_s)
    return size * np.sin(phase), growth * np.sin(phase) + size * 2.0 * np.pi * hz * np.cos(phase)


def path(time_s: np.ndarray, moves: Iterable[tuple[float, float]], begin: float = 0.0) -> Curve:
    """Smooth moves one after the other: (how long, where to); minimum jerk, so rates are continuous."""
    value, rate = np.full_like(time_s, begin), np.zeros_like(time_s)
    at_s, at = float(time_s[0]), begin
    for lasts_s, to in moves:
        share = np.clip((time_s - at_s) / lasts_s, 0.0, 1.0)
        value += (to - at) * share**3 * (10.0 - 15.0 * share + 6.0 * share**2)
        rate += (to - at) * 30.0 * share**2 * (1.0 - share) ** 2 / lasts_s
        at_s, at = at_s + lasts_s, to
    return value, rate


def lasting(moves: Iterable[tuple[float, float]]) -> float:
    return sum(lasts_s for lasts_s, _ in moves)


def worn(
    time_s: np.ndarray,
    *,
    obliquity: Curve | None = None,
    tilt: Curve | None = None,
    rotation: Curve | None = None,
    rise_m_s2: np.ndarray | None = None,
    mounting: ArrayLike = ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    bias_deg_s: ArrayLike = (0.0, 0.0, 0.0),
    gravity: float = G,
    noise: float = 0.0,
    seed: int = 0,
) -> Worn:
    """The readings of a sensor at the centre of a pelvis that turns by rotation, obliquity, tilt (in this order).

    Curves are degrees and degrees/s. mounting is sensor to pelvis. noise scales 0.02 m/s2 and 0.1 degrees/s (rms).
    """
    (o, do), (t, dt), (_, dr) = (still(time_s) if c is None else c for c in (obliquity, tilt, rotation))
    onto_obliquity, onto_tilt = turn(0, np.radians(o)), turn(1, np.radians(t))
    zero = np.zeros_like(time_s)
    rate = np.einsum("nji,nj->ni", onto_obliquity, np.stack([zero, zero, dr], axis=1))
    rate[:, 0] += do
    rate = np.einsum("nji,nj->ni", onto_tilt, rate)
    rate[:, 1] += dt
    up = np.einsum("nji,nj->ni", onto_tilt, onto_obliquity[:, 2, :])
    force = up * (gravity + (zero if rise_m_s2 is None else rise_m_s2))[:, None]
    matrix = np.asarray(mounting, dtype=float)
    rng = np.random.default_rng(seed)
    acc = force @ matrix + noise * 0.02 * rng.standard_normal(force.shape)
    gyr = np.radians(rate @ matrix + np.asarray(bias_deg_s) + noise * 0.1 * rng.standard_normal(rate.shape))
    return Worn(Samples(time_s, acc, gyr), o, t)
