"""Stays down: how long the next may last before it is sitting, and what a swing with one in it was.

A set of held squats is one rhythm, down, hold and up, each held about as long as the others and as still. Sitting down
to rest is none: it comes once, lasts far longer than any hold before it, and one leans and looks round meanwhile.
"""

from typing import NamedTuple

from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Swing

SEATED_S = 6.0  # nobody holds the turn of a first squat for so long
TIMES = 2.0  # two holds of one set differ by no more
PAUSE_S = 10.0  # standing for longer between them is a rest: the next is a first one again
MOST_S = 15.0  # no repetition lasts longer
MEMORY = 3
KEPT = 8  # more than fit into one swing


class Stay(NamedTuple):
    """Down at rest from low_s to until_s, up again at up_s as was certain at known_s.

    sat: so long that it was taken for sitting; steady: without leaning or turning meanwhile.
    """

    low_s: float
    until_s: float
    up_s: float
    known_s: float
    sat: bool
    steady: bool


class Stays:
    """The latest, in order."""

    def __init__(self) -> None:
        self._stays: list[Stay] = []
        self._held_s: list[float] = []  # the latest of one set

    def add(self, stay: Stay) -> None:
        """One that is over."""
        goes_on = stay.steady and self._stays and stay.low_s - self._stays[-1].until_s <= PAUSE_S
        self._stays.append(stay)
        self._held_s = [*(self._held_s[1 - MEMORY :] if goes_on else ()), stay.until_s - stay.low_s]
        if not stay.steady:
            self._held_s = []

    def forget(self) -> None:
        """Keep what the next swing may ask for: before a block, all of whose stays come before its swings."""
        del self._stays[:-KEPT]

    def patience_s(self, down_s: float) -> float:
        """How long who began to go down at down_s may stay there steadily without sitting."""
        if not self._held_s or down_s - self._stays[-1].until_s > PAUSE_S:
            return SEATED_S
        return max(SEATED_S, min(TIMES * max(self._held_s), MOST_S))

    def held(self, swing: Swing) -> bool | None:
        """Whether it has a stay in it that was taken for sitting; None: it was sitting down, or began on the chair."""
        start_s = swing.start_s - DELAY_S
        sat = [one for one in self._stays if one.sat and one.known_s <= swing.known_s and start_s <= one.up_s]
        if any(one.low_s <= start_s or not one.steady for one in sat):
            return None
        return bool(sat)
