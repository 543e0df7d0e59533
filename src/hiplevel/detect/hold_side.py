"""Which side a hold raises, and how far: lying, the upper one; standing, that without support."""

import math

from hiplevel.detect.ticks import Tick
from hiplevel.model.rules import Stance
from hiplevel.motion.posture import Posture

SIGN = {"left": -1.0, "right": 1.0}  # of obliquity when the unsupported side is raised


class RaisedSide:
    """Angles are those away from rest, in degrees. A stance that is not declared is learned from what is raised."""

    def __init__(self, stance: Stance, *, lying: bool) -> None:
        self._stance, self._lying = stance, lying
        self.forget()

    def forget(self) -> None:
        """Only what was declared is known."""
        self._sign = SIGN.get(self._stance, 1.0)

    def size(self, frontal: float, roll: float) -> float:
        """How far from rest, whatever way."""
        return math.hypot(frontal, roll) if self._lying else abs(frontal)

    def raise_deg(self, frontal: float, tick: Tick) -> float:
        """How far the upper, or the unsupported, side is raised: towards the ribs, above neutral."""
        if self._lying:
            return -frontal if tick.posture is Posture.LEFT_SIDE else frontal
        return self._sign * frontal

    def falls(self, frontal: float) -> bool:
        """Whether the side that should be raised is lower than at rest; only a declared stance tells."""
        return not self._lying and self._stance in SIGN and self._sign * frontal < 0.0

    def learn(self, frontal: float) -> None:
        """This is a raise: without a declared stance, of the side that is higher."""
        self._sign = SIGN.get(self._stance, math.copysign(1.0, frontal))

    def turns(self, frontal: float) -> bool:
        """Whether, with no declared stance, the other side turns out to be raised."""
        other = not self._lying and self._stance not in SIGN and self._sign * frontal < 0.0
        if other:
            self._sign = -self._sign
        return other

    def name(self, tick: Tick) -> str:
        """left or right: the raised side is the one without support."""
        if self._lying:
            return "left" if tick.posture is Posture.LEFT_SIDE else "right"
        return "left" if self._sign < 0.0 else "right"
