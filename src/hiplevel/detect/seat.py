"""Sitting on a chair: the pelvis went down further than for a while, stayed there, and came up again.

From one moment of rest to the next the way up or down is known to a few centimetres, for the speed is zero at both.
Who holds a squat is up again soon; who stays down sits, and has been sitting since going down: leaning and looking
round on a chair is no repetition, nor is getting up. How the pelvis is tilted does not tell one from the other: people
squat with it tipped back and sit with it upright. Two things do: who holds a squat keeps still, and there is a rhythm:
who has just held one for long, and stood up, holds the next as long.
"""

from typing import NamedTuple

from hiplevel.detect.history import History
from hiplevel.detect.stays import SEATED_S, Stay, Stays
from hiplevel.detect.swing import Swing
from hiplevel.detect.traces import extent, most, travel_m
from hiplevel.detect.vertical_way import VerticalWay, running, summed
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

CHAIR_M = 0.25  # a pelvis stands 85 to 105 cm high, and sits at 45 to 60
SAME_M = 0.1  # leaning and looking round moves a clip by less
STILL_SHARE = 0.5  # of that time: a slow squat is still at its turns only
# Nor takes longer to sit down, nor leans further doing so: then the ends of the way tell nothing sure of the height.
LONGEST_S, MOST_LEAN_RAD = 4.0, 1.05
# With the speed known at one end only, the way is known for less long, and to so much times half of time squared.
RISE_S, DRIFT_M_S2 = 2.5, 0.05
# Who holds a squat sways, by less than who leans on a chair and looks round.
STEADY_RAD = 0.1


class Sat(NamedTuple):
    """When it was certain that the wearer sits, or has risen, and since when nothing was a repetition."""

    known_s: float
    since_s: float
    seated: bool


class Seat:
    """`process` takes the beats of a block, and tells what they made certain."""

    def __init__(self, history: History) -> None:
        """history: the motion that the beats end in."""
        self._history = history
        self.restart()

    def restart(self) -> None:
        """A gap or another posture: nothing is known of the height."""
        self._told: list[Sat] = []
        self._stays = Stays()
        self._rest_s: float | None = None  # the end of the last beat of rest
        self._since_s: float | None = None  # the height has been the same, give or take, since then
        self._low_s = 0.0  # when it came there
        self._still_s = 0.0  # of that
        self._down_s: float | None = None  # when it began to go down to where it is; None: it stands, or who knows
        self._depth_m = 0.0
        self._stands = self._seated = False
        self._rising = False  # it was told so, and no rest has said yet where to

    def seated(self, when_s: float) -> bool:
        """Whether at that time it was certain that the wearer sat."""
        return next((one.seated for one in reversed(self._told) if one.known_s <= when_s), False)

    def held(self, swing: Swing) -> bool | None:
        """Whether it was held so long that it was taken for sitting down and getting up; None: it was that."""
        return None if self.seated(swing.known_s) else self._stays.held(swing)

    def process(self, time_s: list[float], beats: Beats) -> list[Sat]:
        """time_s: when each of the beats ended."""
        self._stays.forget()
        out: list[Sat] = []
        for now_s, rest, still in zip(time_s, beats.rest, beats.still, strict=True):
            if still:
                self._still_s += BEAT_S
            if not rest:
                if self._seated and self._rest_s is not None and self._rises(self._rest_s, now_s):
                    self._over(self._rest_s, now_s - BEAT_S, now_s)
                    self._seated, self._rising = False, True
                    out.append(Sat(now_s, self._rest_s, seated=False))
                continue
            if self._rest_s is not None and now_s - self._rest_s > 1.5 * BEAT_S:
                out += self._moved(self._rest_s, now_s)
            self._rest_s = now_s
            if self._since_s is None:
                self._low_s = self._since_s = now_s
            down_s = self._down_s
            if down_s is not None and not self._seated and self._stayed(now_s, SEATED_S) and self._sits(down_s, now_s):
                self._seated = True
                out.append(Sat(now_s, down_s, seated=True))
        self._told = [*self._told[-1:], *out]
        return out

    def _stayed(self, now_s: float, least_s: float) -> bool:
        lasted_s = 0.0 if self._since_s is None else now_s - self._since_s
        return lasted_s >= least_s and self._still_s >= STILL_SHARE * lasted_s

    def _sits(self, down_s: float, now_s: float) -> bool:
        """Whether one who went down and stays there has stayed too long for a squat that is held."""
        return self._stayed(now_s, self._stays.patience_s(down_s)) or not self._steady(now_s)

    def _steady(self, now_s: float) -> bool:
        """Whether the pelvis has kept its attitude since it came down."""
        span = self._history.between(self._low_s, now_s)
        return span is not None and max(extent(span.tilt_rad), extent(span.obliquity_rad)) < STEADY_RAD

    def _over(self, rest_s: float, up_s: float, known_s: float) -> None:
        """It was down there until rest_s, and up at up_s."""
        steady = not self._seated or self._steady(rest_s)
        self._stays.add(Stay(self._low_s, rest_s, up_s, known_s, self._seated, steady))

    @property
    def _up_m(self) -> float:
        """Who rises by so much has left the chair, were it as high as they are."""
        return max(SAME_M, min(0.5 * self._depth_m, CHAIR_M))

    def _rises(self, rest_s: float, now_s: float) -> bool:
        """Whether it has gone up since it rested, though it rests no more: at the top of a squat nobody need rest."""
        span = self._history.between(rest_s, now_s) if now_s - rest_s <= RISE_S else None
        if span is None:
            return False
        _, gone = running(span.lift_m_s2, VerticalWay(0.0, 0.0, 0.0))
        return most(gone) * CELL_S * CELL_S >= self._up_m + 0.5 * DRIFT_M_S2 * (now_s - rest_s) ** 2

    def _moved(self, rest_s: float, now_s: float) -> list[Sat]:
        """From one moment of rest to the next."""
        rising, self._rising = self._rising, False
        span = self._history.between(rest_s, now_s) if now_s - rest_s <= LONGEST_S else None
        if span is None or extent(span.tilt_rad) > MOST_LEAN_RAD:
            return self._came_to(rest_s, now_s, 0.0, rising=rising)
        rose_m = summed(span.lift_m_s2).between_rests
        if rose_m <= -CHAIR_M or rose_m >= (CHAIR_M if self._down_s is None else 0.5 * self._depth_m):
            return self._came_to(rest_s, now_s, rose_m, rising=rising)
        way_m = travel_m(span.lift_m_s2)
        if self._down_s is not None and most(way_m) >= self._up_m:
            top = int(way_m.argmax())
            return self._came_again(rest_s, now_s, span.time_s.item(top), way_m.item(top), rising=rising)
        if abs(rose_m) >= SAME_M or most(way_m) >= SAME_M:
            self._since_s, self._still_s = now_s, 0.0
            self._low_s = now_s if self._down_s is None else self._low_s
        if rising and self._down_s is not None:
            self._seated = True
            return [Sat(now_s, self._down_s, seated=True)]
        return []

    def _came_to(self, rest_s: float, now_s: float, rose_m: float, *, rising: bool) -> list[Sat]:
        """rose_m: 0 when nobody knows."""
        before_s, sat, stood, down = self._since_s, self._seated, self._stands, self._down_s is not None
        stayed = before_s is not None and self._stayed(rest_s, self._stays.patience_s(before_s))
        if rose_m > 0.0 and not rising:  # seen going down or not, it was low
            self._over(rest_s, now_s - BEAT_S, now_s)
        self._low_s, self._still_s = now_s, 0.0
        self._since_s, self._seated, self._stands = now_s, False, rose_m > 0.0
        self._down_s, self._depth_m = (rest_s, -rose_m) if rose_m < 0.0 else (None, 0.0)
        if sat:
            return [Sat(now_s, rest_s, seated=False)]
        if rose_m > 0.0 and not (stood or down) and before_s is not None and stayed:
            return [Sat(now_s, before_s, seated=False)]  # nobody saw the wearer sit down
        return []

    def _came_again(self, rest_s: float, now_s: float, top_s: float, up_m: float, *, rising: bool) -> list[Sat]:
        """Up, and down to where it was, without a rest between."""
        sat = self._seated
        if not rising:
            self._over(rest_s, top_s, now_s)
        self._low_s, self._since_s, self._still_s, self._seated = now_s, now_s, 0.0, False
        self._down_s, self._depth_m = top_s, up_m
        return [Sat(now_s, rest_s, seated=False)] if sat else []
