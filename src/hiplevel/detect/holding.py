"""Out, and at rest there: is the turn of a repetition held, or does somebody stand where he came to?"""

import numpy as np

from hiplevel.detect.gates import Gates
from hiplevel.detect.history import History
from hiplevel.detect.seen import DEG
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.traces import extent
from hiplevel.model.exercise import Counting
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

# Who stands leans less, and accelerates less; nobody sinks without either.
LEAST_LEAN_DEG, RESTING_M_S2 = 2.0, 0.35
# From so little of a way to so much of it one is for half of the time that all of it takes, with the least jerk.
LEAST_SHARE, MOST_SHARE, MIDDLE_SHARE = 0.1, 0.9, 0.5


class Holding:
    """Looks back at the way out."""

    def __init__(self, counting: Counting, history: History, gates: Gates) -> None:
        self._by_height, self._history, self._gates = counting.signal == "height", history, gates

    def may_be(self, home_s: float, now_s: float) -> bool:
        """Whether a way out from home_s, at rest now, may be that of a repetition.

        Walking up to here is none: the way back takes as long, and shakes not at all. Nor is standing still, whatever
        is left in the integral of the height.
        """
        history = self._history
        if self._by_height and self._stood(home_s, now_s):
            return False
        start_s = home_s - DELAY_S
        if not (self._by_height or history.louder(start_s, now_s)):
            return True
        span = history.between(start_s, now_s - DELAY_S)
        if span is None:
            return False
        way, out_s = _went(span.signal)
        acc2_m2_s4 = history.acc2_m2_s4(span) * len(span) * CELL_S / (2.0 * out_s)
        return acc2_m2_s4 <= self._gates.most_acc_m_s2(2.0 * out_s, way) ** 2

    def _stood(self, home_s: float, now_s: float) -> bool:
        span = self._history.between(home_s, now_s)
        if span is None or self._history.acc2_m2_s4(span) >= RESTING_M_S2**2:
            return False
        return all(extent(angle) * DEG < LEAST_LEAN_DEG for angle in (span.tilt_rad, span.obliquity_rad))


def _went(signal: Floats) -> tuple[float, float]:
    """How far (m,) went from where it began, and how long that took, s: neither rest before it nor holding after it."""
    went = np.abs(signal - signal[0])
    way = float(went.max())
    there = int((went >= MOST_SHARE * way).argmax())
    took = int((went[there::-1] <= LEAST_SHARE * way).argmax())
    return way, min(max(took / MIDDLE_SHARE, 1.0), float(len(signal))) * CELL_S
