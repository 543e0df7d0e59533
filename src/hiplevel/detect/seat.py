"""Sitting on a chair: the pelvis went down further than for a while, stayed there, and came up again.

From one moment of rest to the next the way up or down is known to a few centimetres, for the speed is zero at both.
Who holds a squat is up again soon; who stays down sits, and has been sitting since going down: leaning and looking
round on a chair is no repetition, nor is getting up.
"""

from typing import NamedTuple

from hiplevel.detect.history import History
from hiplevel.detect.traces import extent, most, travel_m
from hiplevel.detect.vertical_way import summed
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

CHAIR_M = 0.25  # a pelvis stands 85 to 105 cm high, and sits at 45 to 60
SAME_M = 0.1  # leaning and looking round moves a clip by less
SEATED_S = 6.0  # nobody holds the turn of a squat for so long
STILL_SHARE = 0.5  # of that time: a slow squat is still at its turns only
# Nor takes longer to sit down, nor leans further doing so: then the ends of the way tell nothing sure of the height.
LONGEST_S, MOST_LEAN_RAD = 4.0, 1.05


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
        self._rest_s: float | None = None  # the end of the last beat of rest
        self._since_s: float | None = None  # the height has been the same, give or take, since then
        self._still_s = 0.0  # of that
        self._down_s: float | None = None  # when it began to go down to where it is; None: it stands, or who knows
        self._depth_m = 0.0
        self._stands = self._seated = False

    def seated(self, when_s: float) -> bool:
        """Whether at that time it was certain that the wearer sat."""
        return next((one.seated for one in reversed(self._told) if one.known_s <= when_s), False)

    def process(self, time_s: list[float], beats: Beats) -> list[Sat]:
        """time_s: when each of the beats ended."""
        out: list[Sat] = []
        for now_s, rest, still in zip(time_s, beats.rest, beats.still, strict=True):
            if still:
                self._still_s += BEAT_S
            if not rest:
                continue
            if self._rest_s is not None and now_s - self._rest_s > 1.5 * BEAT_S:
                out += self._moved(self._rest_s, now_s)
            self._rest_s = now_s
            self._since_s = now_s if self._since_s is None else self._since_s
            if self._down_s is not None and not self._seated and self._stayed(now_s):
                self._seated = True
                out.append(Sat(now_s, self._down_s, seated=True))
        self._told = [*self._told[-1:], *out]
        return out

    def _stayed(self, now_s: float) -> bool:
        lasted_s = 0.0 if self._since_s is None else now_s - self._since_s
        return lasted_s >= SEATED_S and self._still_s >= STILL_SHARE * lasted_s

    def _moved(self, rest_s: float, now_s: float) -> list[Sat]:
        """From one moment of rest to the next."""
        span = self._history.between(rest_s, now_s) if now_s - rest_s <= LONGEST_S else None
        if span is None or extent(span.tilt_rad) > MOST_LEAN_RAD:
            return self._came_to(rest_s, now_s, 0.0)
        rose_m = summed(span.lift_m_s2).between_rests
        if rose_m <= -CHAIR_M or rose_m >= (CHAIR_M if self._down_s is None else 0.5 * self._depth_m):
            return self._came_to(rest_s, now_s, rose_m)
        if abs(rose_m) >= SAME_M or most(travel_m(span.lift_m_s2)) >= max(SAME_M, 0.5 * self._depth_m):
            self._since_s, self._still_s = now_s, 0.0
        return []

    def _came_to(self, rest_s: float, now_s: float, rose_m: float) -> list[Sat]:
        """rose_m: 0 when nobody knows."""
        before_s, sat, stood, down = self._since_s, self._seated, self._stands, self._down_s is not None
        stayed = self._stayed(rest_s)
        self._still_s = 0.0
        self._since_s, self._seated, self._stands = now_s, False, rose_m > 0.0
        self._down_s, self._depth_m = (rest_s, -rose_m) if rose_m < 0.0 else (None, 0.0)
        if sat:
            return [Sat(now_s, rest_s, seated=False)]
        if rose_m > 0.0 and not (stood or down) and before_s is not None and stayed:
            return [Sat(now_s, before_s, seated=False)]  # nobody saw the wearer sit down
        return []
