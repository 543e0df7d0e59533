"""A speed that was missed: movement that began while nobody saw it, as in a gap or before the sensor was on.

From rest, or from where one began to see, the height follows from acceleration integrated twice. A speed that was there
already is not in it, and carries the height away until it is where no pelvis can be: that height, by the time since
then, is the speed.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats

NEAR_CM = 0.1  # more than any rounding
FEW_BEATS = 8  # are looked at one by one


@dataclass(frozen=True)
class MissedParams:
    """Height in cm, time in s."""

    # From sitting on the floor to standing: no pelvis has further to rise.
    highest_cm: float = 80.0
    longest_s: float = 2.5  # later most of it has faded, and an accelerometer's own error is a way as long


class Missed(NamedTuple):
    """The row at which it was certain, a speed in cm/s, + = up, to be taken out, and for how long it was in, s."""

    row: int
    speed_cm_s: float
    since_s: float


@dataclass
class MissedState:
    """Since rest or the beginning: speed in cm/s, height above where one stands in cm, cells."""

    speed_cm_s: float = 0.0
    height_cm: float = 0.0
    cells: int = 0


class MissedSpeed:
    """`process` tells at which beat a speed was certain to have been missed."""

    def __init__(self, params: MissedParams | None = None) -> None:
        self.params = params or MissedParams()
        self.restart()

    def restart(self, height_cm: float = 0.0) -> None:
        """From here on it is seen, at what speed nobody knows; no pelvis rests higher than where one stands."""
        self.state = MissedState(height_cm=min(height_cm, 0.0))

    def begin(self, speed_cm_s: float) -> None:
        """From here on it is seen, at this speed."""
        self.state = MissedState(speed_cm_s)

    def process(self, lift_cm_s2: Floats, height_cm: Floats, beats: Beats) -> Missed | None:
        """The first that is certain; the cells after its row are then yet to come, as if not given.

        lift_cm_s2 (m,): vertical acceleration, + = up; height_cm (m,): as far as it is known, for where it rests;
        beats: those that end in it.
        """
        if len(beats.rows) > FEW_BEATS and not self._may_miss(lift_cm_s2, height_cm, beats):
            row = next((row for row, still in zip(beats.rows[::-1], beats.still[::-1], strict=True) if still), -1)
            if row >= 0:
                self.restart(float(height_cm[row]))
            self.go(lift_cm_s2[row + 1 :])
            return None
        first = 0
        for row, still in zip(beats.rows, beats.still, strict=True):
            if still:
                self.restart(float(height_cm[row]))
            else:
                self.go(lift_cm_s2[first : row + 1])
                missed = self._missed(row)
                if missed is not None:
                    return missed
            first = row + 1
        self.go(lift_cm_s2[first:])
        return None

    def go(self, lift_cm_s2: Floats) -> None:
        """On by cells (m,) in which no beat ends."""
        state = self.state
        state.cells += len(lift_cm_s2)
        if not len(lift_cm_s2) or state.cells * CELL_S > self.params.longest_s:
            return
        speed = lift_cm_s2 * CELL_S
        speed[0] += state.speed_cm_s
        np.add.accumulate(speed, out=speed)
        state.speed_cm_s = float(speed[-1])
        speed *= CELL_S
        speed[0] += state.height_cm
        state.height_cm = float(np.add.accumulate(speed)[-1])

    def _may_miss(self, lift_cm_s2: Floats, height_cm: Floats, beats: Beats) -> bool:
        """Whether the height comes near that of a speed that was missed, at any of these beats.

        All are looked at together, so that the sums are good to a millimetre and not to the last bit.
        """
        state, params = self.state, self.params
        still, beat = np.array(beats.still), np.arange(len(beats.still) + 1)
        ends = np.array(beats.rows)
        rows = np.concatenate([[-1], ends])  # as if a beat had ended where what is known ends
        sums = lift_cm_s2.cumsum()
        speed = np.concatenate([[0.0], CELL_S * sums[ends]])
        height = np.concatenate([[0.0], CELL_S * CELL_S * np.add.accumulate(sums, out=sums)[ends]])
        rest_cm = np.concatenate([[state.height_cm], np.minimum(height_cm[ends], 0.0)])
        since = np.maximum.accumulate(np.where(still, beat[1:], 0))  # the beat that each goes on from
        lasted_s = (rows[1:] - rows[since]) * CELL_S
        at_first = since == 0
        gained_cm = height[1:] - height[since] + lasted_s * (at_first * state.speed_cm_s - speed[since])
        soon = lasted_s + at_first * state.cells * CELL_S <= params.longest_s + 0.5 * CELL_S
        near = rest_cm[since] + gained_cm > params.highest_cm - NEAR_CM
        return bool((~still & soon & near).any())

    def _missed(self, row: int) -> Missed | None:
        state, since_s = self.state, self.state.cells * CELL_S
        if since_s > self.params.longest_s or state.height_cm <= self.params.highest_cm:
            return None
        # It is so high because it stands, about where it did: all of that is a way that was never gone.
        missed = Missed(row, state.height_cm / since_s, since_s)
        state.speed_cm_s, state.height_cm = state.speed_cm_s - missed.speed_cm_s, 0.0
        return missed
