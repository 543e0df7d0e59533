"""Home of who squats: how the pelvis leans at the upper end of its way, in whatever movement a recording begins.

Without a still start the level is that of some moment, which may be the bottom of a squat that is held. Counting by
height needs to know which end of a way is home, and no more. Who comes up by more than anybody rises on tiptoe, and
leans otherwise there, was not standing before: home is up there.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from hiplevel.detect.upper_way import Ends, UpperWay
from hiplevel.detect.vertical_way import VerticalWay, running
from hiplevel.model.samples import Floats
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

UPRIGHT = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class UpperEndParams:
    """Angles in rad, time in s."""

    # Nearer together either end may be home: as little is lost, and people stand so differently.
    apart_rad: float = math.radians(15.0)
    there_rad: float = math.radians(10.0)
    # A neutral from standing still is doubted by what comes right after it: later one gets up from chairs as well.
    doubted_s: float = 30.0


class UpperEnd:
    """home (3,): the vertical there, in the pelvis frame, None while nobody knows. Found: another, not come to yet."""

    def __init__(self, params: UpperEndParams | None = None) -> None:
        self.params = params or UpperEndParams()
        self._ways = UpperWay()
        self._way = VerticalWay(0.0, 0.0, 0.0)
        self.home: Floats | None = None
        self.found: Floats | None = None
        self.neutral(known=True)

    def neutral(self, *, known: bool) -> None:
        """Another neutral, and whether it was seen still, as far as that shows standing."""
        self.home = UPRIGHT if known else None
        self._sure, self._beats = False, 0  # whether the upper end of a way was at home; since the neutral
        self.restart()

    def levelled(self, turn: Floats, *, known: bool) -> None:
        """The neutral was taken about where it was before, and ways tell as much; turn (3, 3): from that to this.

        known: as above.
        """
        self._ways.turn(turn)
        self.home = None if self.home is None else turn @ self.home
        self.found = None if self.found is None else turn @ self.found
        if known and self.home is None and self.found is None:
            self.home = UPRIGHT

    def restart(self) -> None:
        """A gap: nothing is known of the way."""
        self.found = None
        self._ways.restart()
        self._way = VerticalWay(0.0, 0.0, 0.0)

    def from_here(self) -> Self:
        """Another one that knows as much of home, and begins anew with the way."""
        other = type(self)(self.params)
        other.home, other._sure, other._beats = self.home if self.found is None else self.found, self._sure, self._beats
        return other

    def process(self, lift_m_s2: Floats, up: Floats, beats: Beats) -> tuple[list[int], list[tuple[int, Floats]]]:
        """After which rows another home was found; and after which the pelvis came there, which is home from then on.

        lift_m_s2 (m,): vertical acceleration; up (3, m): the vertical.
        """
        if self._settled():
            return [], []
        gained, gone = running(lift_m_s2, self._way)
        cells, found, come = self._way.cells, list[int](), list[tuple[int, Floats]]()
        self._way = VerticalWay(cells + len(lift_m_s2), gained.item(-1), gone.item(-1))
        for row, still in zip(beats.rows, beats.still, strict=True):
            if self._settled():
                break
            self._beats += 1
            now = up[:, row].copy()
            ends = self._ways.process(
                VerticalWay(cells + row + 1.0, gained.item(row), gone.item(row)), now, still=still
            )
            home = None if ends is None else self._another(ends)
            if home is not None:
                self.found = home
                found.append(row)
            if self.found is not None and apart_rad(now, self.found) < self.params.there_rad:
                self.home, self.found = self.found, None
                come.append((row, self.home))
        return found, come

    def _settled(self) -> bool:
        """Whether nobody doubts any longer where home is."""
        known = self.home is not None and self.found is None
        return known and (self._sure or self._beats * BEAT_S > self.params.doubted_s)

    def _another(self, ends: Ends) -> Floats | None:
        """Home, where these ends of a way show that it is another."""
        home, apart = self.home if self.found is None else self.found, self.params.apart_rad
        if home is None:
            upper = min(ends.tops, key=lambda top: abs(top.speed_m_s)).up
            return None if apart_rad(ends.lower, upper) < apart else _unit(upper)
        if self._settled():
            return None
        # In doubt it was at home.
        upper = min((top.up for top in ends.tops), key=lambda up: apart_rad(up, home))
        off = apart_rad(upper, home)
        self._sure = off < apart
        doubted = off > max(apart, apart_rad(ends.lower, home)) and apart_rad(ends.lower, upper) >= apart
        return _unit(upper) if doubted else None


def apart_rad(a: Floats, b: Floats) -> float:
    """The angle between two vectors (3,)."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    across = math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    return math.atan2(across, ax * bx + ay * by + az * bz)


def _unit(up: Floats) -> Floats:
    x, y, z = up.tolist()
    return up / math.hypot(x, y, z)


def turned_rad(turn: Floats) -> float:
    """By how much a rotation (3, 3) turns."""
    (a, _, _), (_, b, _), (_, _, c) = turn.tolist()
    return math.acos(min(1.0, max(-1.0, 0.5 * (a + b + c - 1.0))))
