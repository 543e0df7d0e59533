"""A repetition unlike all others counts once one like them follows: what ends a set of small ones was stepping down.

Getting off the leg, or shifting weight while resting, inclines the pelvis as much as a repetition does, once.
"""

from collections import deque
from statistics import median

from hiplevel.detect.learned_course import Course
from hiplevel.detect.learned_frontal import FRONTAL
from hiplevel.detect.learned_shape import alike, likeness, shape
from hiplevel.detect.learned_swing import LearnedSwing
from hiplevel.model.samples import Floats

LIKENESS = 0.5
USUAL_SHARE = 0.8  # of how alike they usually are, when that is less


class Doubt:
    """Remembers how the newest that counted went around their turns."""

    def __init__(self, course: Course) -> None:
        self._course = course
        memory = course.params.memory
        self._shapes: deque[Floats] = deque(maxlen=memory)
        self._alike: deque[float] = deque(maxlen=memory)  # each with that which was most like it
        self._held: list[tuple[LearnedSwing, Floats, float]] = []

    def settled(self, swings: list[LearnedSwing]) -> list[LearnedSwing]:
        """Those of these, and of the ones that were held back, that count now; all of the first."""
        if not self._shapes:
            shapes = [shape(self._course, swing, FRONTAL) for swing in swings]
            self._alike.extend(alike(shapes))
            self._shapes.extend(shapes)
            return swings
        out = list[LearnedSwing]()
        for swing in swings:
            own = shape(self._course, swing, FRONTAL)
            most = likeness(own, [*self._shapes, *(held for _, held, _ in self._held)])
            self._held.append((swing, own, most))
            if swing.cut or most >= min(LIKENESS, USUAL_SHARE * median(self._alike)):
                for one, own, most in self._held:
                    out.append(one)
                    self._shapes.append(own)
                    self._alike.append(most)
                self._held = []
        return out
