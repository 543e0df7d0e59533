"""Which way a repetition goes, where out and back may be meant either way round.

The swing down to a drop and the one up from it are half a cycle apart, and each looks like a repetition.
"""

from hiplevel.detect.judge import beyond_neutral
from hiplevel.detect.sets import Sets
from hiplevel.detect.swing import Swing
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance

# A swing that ends further from where it left was getting into position.
CAME_BACK_SHARE = 0.4


class WhichWay:
    """direction: of the latest that counted, 0 before any."""

    def __init__(self, exercise: Exercise, stance: Stance, sets: Sets) -> None:
        self._given, self._said, self._sets = exercise.counting.direction, stance in ("left", "right"), sets
        self._least = exercise.counting.min_swing
        # Standing on the left leg the right side falls, which is obliquity going up. Lying on the left the right side
        # is drawn up with its leg (Cynn 2006), which is obliquity going down.
        self._favoured = -1 if (stance == "right") == (exercise.posture == "upright") else 1
        self.direction, self._came_back = 0, True

    def counted(self, swing: Swing) -> None:
        """This one is a repetition."""
        self.direction, self._came_back = swing.direction, _came_back(swing)

    def meant(self, home: float, top: float, bottom: float) -> bool:
        """Whether this swing is the repetition, when the opposite one, half a cycle later, could be meant as well.

        It must turn beyond neutral. When the movement crosses neutral both ways, the set's own direction counts, at
        first the favoured one.
        """
        if self._given:
            return True
        beyond = beyond_neutral(abs(top - 0.5 * (home + bottom)), self._least)
        direction, favoured = 1 if top > home else -1, self.direction if self._sets.open else self._favoured
        known = self._sets.sure and direction == self.direction
        if direction * top < beyond and not known:
            return False
        return direction == favoured or max(-direction * home, -direction * bottom) < beyond

    def has_the_say(self, swing: Swing) -> bool:
        """Raised into position before the first drop: which of the two is the repetition.

        The one that goes the way that is to be counted; where no side was said, the one that came back where it left.
        """
        if swing.direction == self.direction:
            return False
        return self.overturns(swing) or (swing.direction == self._favoured and self._said)

    def overturns(self, swing: Swing) -> bool:
        """No side was said, and this one came back as the one before it, the only one, did not."""
        unsaid = not self._said and self._sets.open and not self._sets.sure
        return unsaid and not self._came_back and _came_back(swing)


def _came_back(swing: Swing) -> bool:
    return abs(swing.home - swing.bottom) <= CAME_BACK_SHARE * swing.size
