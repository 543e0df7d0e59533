"""How fast and where a body was when it was first seen, in movement: from some seconds of vertical acceleration.

Integrated twice from nothing it gives the way up to a place, a speed and, where gravity was only guessed, a constant
acceleration that are not known. What is left without them is a body that stays in its place and is drawn back to its
middle, the more, the further away it is: so it is in any swing, and of a sine that is all there is.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S


@dataclass(frozen=True)
class FirstParams:
    """One sigma of what is not known, in m and s, and of what a body does beside a sine, correlated for so long."""

    place_m: float = 0.3
    speed_m_s: float = 0.5
    guessed_m_s2: float = 0.3
    known_m_s2: float = 0.03
    # Of its distance a sine of period T has (2 pi / T)^2 as acceleration towards its middle: here 2 s, 3 s, 4 s.
    drawn_s2: float = 0.25
    drawn_sigma_s2: float = 0.15
    beside_m: float = 0.1
    beside_s: float = 0.3
    rest_m_s: float = 0.05


class FirstSeen(NamedTuple):
    """Where it was, above its middle, how fast it went up, and what the acceleration is off by: cm and s."""

    height_cm: float
    speed_cm_s: float
    error_cm_s2: float
    sure_s: float = 0.0  # for so long all that is sure


def before_rest(lift_m_s2: Floats, error_m_s2: float) -> FirstSeen:
    """The same of a body that rests in the end: how it moved until then is known, and where it was highest it stood.

    lift_m_s2 (n,): since it was first seen; error_m_s2: what of it is the accelerometer's, as rest showed.
    """
    speed = np.cumsum(lift_m_s2 - error_m_s2) * CELL_S
    way = np.cumsum(speed - speed[-1]) * CELL_S
    highest, missed = max(0.0, float(way.max())), float(speed[-1])
    return FirstSeen(-100.0 * highest, -100.0 * missed, 100.0 * error_m_s2, len(lift_m_s2) * CELL_S)


def first_seen(lift_m_s2: Floats, *, known: bool, at_rest: bool, params: FirstParams | None = None) -> FirstSeen:
    """lift_m_s2 (n,): since it was first seen; known: gravity; at_rest: whether it is, in the end."""
    params = params or FirstParams()
    time_s = CELL_S * np.arange(1.0, len(lift_m_s2) + 1.0)
    speed = np.cumsum(lift_m_s2) * CELL_S
    way = np.cumsum(speed) * CELL_S
    columns = np.stack([np.ones(len(way)), time_s, 0.5 * time_s**2, lift_m_s2])
    guess = np.array([0.0, 0.0, 0.0, -params.drawn_s2])
    off = params.known_m_s2 if known else params.guessed_m_s2
    sure = np.diag(np.array([params.place_m, params.speed_m_s, off, params.drawn_sigma_s2]) ** -2.0)
    weight = CELL_S / (2.0 * params.beside_s * params.beside_m**2)
    # Sums in a fixed order: those of a matrix product depend on the machine.
    left = weight * np.add.reduce(columns[:, None] * columns, axis=2) + sure
    right = weight * np.add.reduce(columns * way, axis=1) + sure @ guess
    if at_rest:
        ends = np.array([0.0, 1.0, time_s[-1], 0.0])
        left += np.outer(ends, ends) / params.rest_m_s**2
        right += ends * float(speed[-1]) / params.rest_m_s**2
    place, missed, error, _ = (100.0 * np.linalg.solve(left, right)).tolist()
    return FirstSeen(-place, -missed, error)
