"""Standing higher or lower than before, told from both ends, at which the body stood still: a step, sitting down.

The speed at either end is taken to be zero; the more it accelerates there the less that is so.
"""

import math

import numpy as np

from hiplevel.detect.gates import HINGE_M
from hiplevel.detect.history import History
from hiplevel.detect.landed import AWAY_SHARE, landed
from hiplevel.detect.seen import DEG
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Swing
from hiplevel.detect.swing_size import SwingParams
from hiplevel.detect.traces import mean
from hiplevel.detect.vertical_way import summed
from hiplevel.model.exercise import Counting

# Standing so much higher or lower than before, beyond what is unknown of it, is a step. A speed at the ends comes of
# what accelerates there, for about so long; it is looked for this long before the swing.
STEP_M, EDGE_SHARE_S, DRIFT_M_S2 = 0.03, 0.15, 0.01
EDGE_S, EDGE_CELLS, LONGEST_STEP_S = 0.4, 20, 6.0
# So much of a gravity that was read in movement is the movement's.
GUESSED_M_S2 = 0.5
# Leaning forward still, a clip is lower.
LEANT_SHARE = 0.25
LEAST_LEAN_DEG = 3.0  # who stands lower stands as upright as before; in a squat the hips are bent
# In large movements, one after the other, nothing is known of the speed at the ends.
STILL_M_S2, LONGEST_S = 0.2, 4.5


class Stepped:
    """`told(swing)` after each."""

    def __init__(self, counting: Counting, history: History) -> None:
        self._counting, self._history, self._drift_m_s2 = counting, history, DRIFT_M_S2

    def neutral(self, *, known: bool) -> None:
        """Whether gravity was read standing still."""
        self._drift_m_s2 = DRIFT_M_S2 if known else GUESSED_M_S2

    def told(self, swing: Swing) -> bool:
        """Whether the body stands elsewhere after it, as far as that shows."""
        by_height = self._counting.signal == "height"
        if by_height and landed(self._history, swing):
            return True
        if self._counting.signal == "tilt" and max(swing.home, swing.bottom) > LEANT_SHARE * swing.size:
            return False
        way = self._way(swing.start_s - DELAY_S, swing.known_s)
        if way is None:
            return False
        up_m, unknown_m = way
        if self._counting.signal == "tilt":  # leaning back, as on a chair, a clip is lower or higher
            unknown_m += HINGE_M / DEG * abs(swing.home - swing.bottom)
        least_m = STEP_M
        if by_height:
            share = AWAY_SHARE if self._still_leans(swing) else SwingParams.stopped_share
            least_m = max(STEP_M, share * swing.size / 100.0)
        return abs(up_m) - unknown_m > least_m

    def away_cm(self, home_s: float, rested_s: float, now_s: float) -> float | None:
        """How far out the body came since it rested, less what is unknown of it at first; None where nothing is known.

        Who leans as at home stands, if lower: that is a step.
        """
        if rested_s > home_s:
            way = self._way(rested_s, now_s)
            return way and 100.0 * self._counting.direction * way[0]
        way = self._way(home_s - DELAY_S, now_s)
        if way is None or not self._leans(home_s - DELAY_S, now_s):
            return None
        return 100.0 * (self._counting.direction * way[0] - way[1])

    def _still_leans(self, swing: Swing) -> bool:
        """Whether the pelvis is tilted as at the turn, if less: who stops on the way up is, who stands or sits not."""
        span = self._history.between(swing.start_s - DELAY_S, swing.known_s)
        if span is None:
            return False
        tilt_rad = span.tilt_rad
        turned = int(span.time_s.searchsorted(swing.turn_s - DELAY_S))
        leant, leans = tilt_rad.item(turned) - tilt_rad.item(0), tilt_rad.item(-1) - tilt_rad.item(0)
        return abs(leans) * DEG > LEAST_LEAN_DEG and leans * leant > LEANT_SHARE * leant**2

    def _leans(self, home_s: float, now_s: float) -> bool:
        """Whether the pelvis is tilted otherwise than at home: standing lower it is not."""
        span = self._history.between(home_s, now_s)
        return span is not None and abs(span.tilt_rad[0] - span.tilt_rad[-1]) * DEG > LEAST_LEAN_DEG

    def _way(self, start_s: float, end_s: float) -> tuple[float, float] | None:
        """How far the body is up between two rests, m, and what is unknown of it; None where nothing is known."""
        lasted_s, sagittal = end_s - start_s + EDGE_S, self._counting.signal != "obliquity"
        if lasted_s > (LONGEST_S if sagittal else LONGEST_STEP_S):
            return None
        span = self._history.between(start_s - EDGE_S, end_s)
        if span is None:
            return None
        lift = span.lift_m_s2
        edge = math.sqrt(max(mean(np.square(lift[:EDGE_CELLS])), mean(np.square(lift[-EDGE_CELLS:]))))
        if sagittal and edge > STILL_M_S2:
            return None
        unknown_m = EDGE_SHARE_S * edge * lasted_s + 0.5 * self._drift_m_s2 * lasted_s**2
        return summed(lift).between_rests, unknown_m
