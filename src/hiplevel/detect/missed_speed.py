"""A speed that was missed: movement that began while nobody saw it, as in a gap or before the sensor was on.

From rest, or from where one began to see, the height follows from acceleration integrated twice. A speed that was there
already is not in it, and carries the height away until it is where no pelvis can be: that height, by the time since
then, is the speed.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hiplevel.detect.vertical_way import VerticalWay, running
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats


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


class MissedSpeed:
    """`process` tells at which beat a speed was certain to have been missed."""

    def __init__(self, params: MissedParams | None = None) -> None:
        self.params = params or MissedParams()
        self.restart()

    def restart(self) -> None:
        """From here on it is seen, at what speed nobody knows."""
        self.begin(0.0)

    def begin(self, speed_cm_s: float) -> None:
        """From here on it is seen, at this speed."""
        self._way = VerticalWay(0.0, 0.0, 0.0)
        # Where rest, or what is seen, began: that way up to there, the speed, and the height above where one stands.
        self._begin = np.array([0.0, 0.0, 0.0, speed_cm_s, 0.0])

    def go(self, lift_cm_s2: Floats) -> None:
        """On by cells (m,), at least one, in which no beat ends."""
        self._go(*running(lift_cm_s2, self._way), len(lift_cm_s2))

    def process(self, lift_cm_s2: Floats, height_cm: Floats, beats: Beats) -> Missed | None:
        """The first that is certain; the cells after its row are then yet to come, as if not given.

        lift_cm_s2 (m,): vertical acceleration, + = up; height_cm (m,): as far as it is known, for where it rests;
        beats: those that end in it.
        """
        gained, gone = running(lift_cm_s2, self._way)
        missed = self._missed(gained, gone, height_cm, beats) if beats.rows else None
        self._go(gained, gone, len(gained) if missed is None else missed.row + 1)
        return missed

    def _go(self, gained: Floats, gone: Floats, cells: int) -> None:
        self._way = VerticalWay(self._way.cells + cells, gained.item(cells - 1), gone.item(cells - 1))

    def _missed(self, gained: Floats, gone: Floats, height_cm: Floats, beats: Beats) -> Missed | None:
        params, rows, still = self.params, np.array(beats.rows), np.array(beats.still)
        begins = np.zeros((5, len(rows) + 1))
        begins[:, 0] = self._begin
        begins[0, 1:], begins[1, 1:], begins[2, 1:] = self._way.cells + rows + 1.0, gained[rows], gone[rows]
        np.minimum(height_cm[rows], 0.0, out=begins[4, 1:])  # no pelvis rests higher than where one stands
        latest = np.maximum.accumulate(still * np.arange(1, len(rows) + 1))  # of them, for each beat
        *before, speed_cm_s, began_cm = begins[:, latest]
        way = VerticalWay(*begins[:3, 1:]).since(VerticalWay(*before))
        lasted_s = way.cells * CELL_S
        reached_cm = began_cm + speed_cm_s * lasted_s + way.from_rest
        found = (~still & (lasted_s <= params.longest_s) & (reached_cm > params.highest_cm)).nonzero()[0]
        beat = found[0] if len(found) else -1
        self._begin = begins[:, latest[beat]]
        if not len(found):
            return None
        # It is so high because it stands, about where it did: all of that is a way that was never gone.
        since_s = lasted_s.item(beat)
        missed = Missed(beats.rows[beat], reached_cm.item(beat) / since_s, since_s)
        self._begin[3] -= missed.speed_cm_s
        return missed
