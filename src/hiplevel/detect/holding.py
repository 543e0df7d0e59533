"""Out, and at rest there: is the turn of a repetition held, or does somebody stand where he came to?"""

from hiplevel.detect.gates import Gates
from hiplevel.detect.history import History
from hiplevel.detect.seen import DEG
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.traces import extent, least, most, went
from hiplevel.model.exercise import Counting
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

# Who stands leans less, and accelerates less; nobody sinks without either.
LEAST_LEAN_DEG, RESTING_M_S2 = 2.0, 0.35


class Holding:
    """Looks back at the way out."""

    def __init__(self, counting: Counting, history: History, gates: Gates) -> None:
        self._by_height, self._history, self._gates = counting.signal == "height", history, gates
        self._asked = (0.0, 0.0, False)  # the latest way out, and whether it was calm
        self._gone = (0.0, 0, 0.0, 0.0)  # since when, in how many cells, how far, and in what time

    def may_be(self, home_s: float, top_s: float, now_s: float) -> bool:
        """Whether a way out from home_s, furthest at top_s and at rest now, may be that of a repetition.

        Walking up to here is none: the way back takes as long, and shakes not at all. Nor is standing still, whatever
        is left in the integral of the height. An angle may stay as it is while one walks on; a height does not, and who
        rests on the way back up has shaken since.
        """
        if not self._by_height:
            return not self._history.louder(home_s - DELAY_S, now_s) or self._calm(home_s, now_s)
        if self._stood(home_s, now_s):
            return False
        if self._asked[:2] != (home_s, top_s):
            self._asked = home_s, top_s, self._calm(home_s, top_s)
        return self._asked[2]

    def _calm(self, home_s: float, end_s: float) -> bool:
        span = self._history.between(home_s - DELAY_S, end_s - DELAY_S)
        if span is None:
            return False
        way, out_s = self._went(home_s, span.signal)
        acc2_m2_s4 = self._history.acc2_m2_s4(span) * len(span) * CELL_S / (2.0 * out_s)
        return acc2_m2_s4 <= self._gates.most_acc_m_s2(2.0 * out_s, way) ** 2

    def _went(self, home_s: float, signal: Floats) -> tuple[float, float]:
        """`went` of the signal since then; of one that rests no more is looked at than is new."""
        since_s, cells, way, out_s = self._gone
        new, home = signal[cells:], signal.item(0)
        known = home_s == since_s and out_s < cells * CELL_S
        if not known or (len(new) and max(most(new) - home, home - least(new)) > way):
            way, out_s = went(signal)
        self._gone = home_s, len(signal), way, out_s
        return way, out_s

    def _stood(self, home_s: float, now_s: float) -> bool:
        span = self._history.between(home_s, now_s)
        if span is None or self._history.acc2_m2_s4(span) >= RESTING_M_S2**2:
            return False
        return all(extent(angle) * DEG < LEAST_LEAN_DEG for angle in (span.tilt_rad, span.obliquity_rad))
