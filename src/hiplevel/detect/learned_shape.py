"""How alike two repetitions are: velocities around their turns, half a period before and after."""

from collections.abc import Sequence

import numpy as np

from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.model.samples import Floats

EVERYTHING = slice(0, 6)


def shape(course: Course, swing: LearnedSwing, rows: slice = EVERYTHING) -> Floats:
    """Velocities (k * n,) of these k rows, one after the other, of norm 1.

    Nothing where nothing is remembered, or known yet.
    """
    track, half = course.track, round(0.5 * course.period)
    start = swing.turn - half
    first, end = max(start, track.first), min(swing.turn + half, course.at)
    known = track.velocity_m_s(first, end)[rows]
    around = np.zeros((len(known), 2 * half))
    around[:, first - start : end - start] = known
    flat = around.ravel()
    return np.asarray(flat / np.sqrt(np.add.reduce(flat * flat) + 1e-12))


def likeness(one: Floats, others: Sequence[Floats]) -> float:
    """From -1 to 1, with that which it is most like; 0 when there is none."""
    return float(np.add.reduce(np.array(others) * one, axis=1).max()) if len(others) else 0.0


def alike(shapes: Sequence[Floats]) -> list[float]:
    """The likeness of each with the others."""
    return [likeness(one, [other for other in shapes if other is not one]) for one in shapes]
