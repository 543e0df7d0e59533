"""Which way a repetition goes, where out and back may be meant either way round.

The swing down to a drop and the one up from it are half a cycle apart, and each looks like a repetition.
"""

from hiplevel.detect.judge import beyond_neutral
from hiplevel.detect.sets import Sets
from hiplevel.detect.swing import Swing
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance

AS_FAR_SHARE = 0.5  # of two ways beyond neutral: they are alike


class WhichWay:
    """direction: of the latest that counted, 0 before any."""

    def __init__(self, exercise: Exercise, stance: Stance, sets: Sets) -> None:
        self._given, self._least, self._sets = exercise.counting.direction, exercise.counting.min_swing, sets
        # Standing on the left leg the right side falls, which is obliquity going up. Lying on the left the right side
        # is drawn up with its leg (Cynn 2006), which is obliquity going down.
        right = -1 if exercise.posture == "upright" else 1
        self._favoured = {"right": right, "left": -right}.get(stance, 0)  # 0: no side was said
        self.direction = 0

    def counted(self, swing: Swing) -> None:
        """This one is a repetition."""
        self.direction = swing.direction

    def meant(self, home: float, top: float, bottom: float) -> bool:
        """Whether this swing is the repetition, when the opposite one, half a cycle later, could be meant as well.

        It must turn beyond neutral. When the movement crosses neutral both ways, the set's own direction counts; at
        first the favoured one. Where no side was said it is the first that began about as far beyond neutral as it
        ends: what began nearer to level was getting into position.
        """
        if self._given:
            return True
        beyond = beyond_neutral(abs(top - 0.5 * (home + bottom)), self._least)
        direction = 1 if top > home else -1
        known = self._sets.sure and direction == self.direction
        if direction * top < beyond and not known:
            return False
        began, ends = -direction * home, -direction * bottom
        if max(began, ends) < beyond:
            return True
        favoured = self.direction if self._sets.open else self._favoured
        return direction == favoured if favoured else began >= AS_FAR_SHARE * ends

    def has_the_say(self, swing: Swing) -> bool:
        """Raised into position before the first drop: whether this goes the way that is counted, as that did not."""
        return swing.direction == self._favoured != self.direction
