"""A repetition unlike all others counts once one like them follows: what ends a set of small ones was stepping down.

Getting off the leg, or shifting weight while resting, inclines the pelvis as much as a repetition does, once.
"""

from collections import deque
from statistics import median

import numpy as np

from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frontal import FRONTAL
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.model.samples import Floats

LIKENESS = 0.5
USUAL_SHARE = 0.8  # of how alike they usually are, when that is less
HALF_SHARE = 0.5  # of the period, before and after a turn


class Doubt:
    """Remembers how the newest that counted went around their turns."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._half = round(HALF_SHARE * course.period)
        memory = course.params.memory
        self._ways: deque[Floats] = deque(maxlen=memory)
        self._alike: deque[float] = deque(maxlen=memory)  # each with that which was most like it
        self._held: list[tuple[LearnedSwing, Floats, float]] = []

    def settled(self, swings: list[LearnedSwing]) -> list[LearnedSwing]:
        """Those of these, and of the ones that were held back, that count now; all of the first."""
        if not self._ways:
            ways = [self._way(swing) for swing in swings]
            self._alike.extend(_most(way, [other for other in ways if other is not way]) for way in ways)
            self._ways.extend(ways)
            return swings
        out = list[LearnedSwing]()
        for swing in swings:
            way = self._way(swing)
            most = _most(way, [*self._ways, *(held for _, held, _ in self._held)])
            self._held.append((swing, way, most))
            if swing.cut or most >= min(LIKENESS, USUAL_SHARE * median(self._alike)):
                for one, way, most in self._held:
                    out.append(one)
                    self._ways.append(way)
                    self._alike.append(most)
                self._held = []
        return out

    def _way(self, swing: LearnedSwing) -> Floats:
        """Frontal velocities around its turn, one after another (n,), of norm 1; nothing where nothing is known."""
        track, out = self._course.track, np.zeros((len(FRONTAL), 2 * self._half))
        start = swing.turn - self._half
        first, end = max(start, track.first), min(swing.turn + self._half, self._course.at)
        out[:, first - start : end - start] = track.velocity_m_s(first, end)[FRONTAL]
        way = out.ravel()
        return np.asarray(way / np.sqrt(np.add.reduce(way * way) + 1e-12))


def _most(way: Floats, others: list[Floats]) -> float:
    """How alike it is to that which is most like it, from -1 to 1; 0 when there is none."""
    return float(np.add.reduce(np.array(others) * way, axis=1).max()) if others else 0.0
