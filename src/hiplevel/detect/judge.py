"""Is a swing a repetition? The catalogue's gates, looked up in the motion that the swing spans."""

import math

import numpy as np

from hiplevel.detect.history import History, Span
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swings import Swing
from hiplevel.model.events import Rep
from hiplevel.model.exercise import Counting
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion import height
from hiplevel.motion.grid import GRID_HZ

DEG = 180.0 / math.pi
ANGLE_FIELD = {"obliquity": "obliquity_rad", "tilt": "tilt_rad"}
# A squat has 1.3 to 2.5 times the rms acceleration of a sine of its height and duration; walking has 10 times and more.
EXPLAINED_FACTOR, UNEXPLAINED_M_S2 = 3.5, 0.4
TURN_SHARE = 1.5


class Judge:
    """Turns swings of one exercise into repetitions."""

    def __init__(self, counting: Counting, stance: Stance) -> None:
        self._counting, self._stance = counting, stance

    def rep(self, swing: Swing, history: History) -> Rep | None:
        """The swing as a repetition, or None when a gate says it is something else."""
        start_s, turn_s, end_s = self._times(swing)
        shortest_s, longest_s = self._counting.rep_s
        if not shortest_s <= end_s - start_s <= longest_s:
            return None
        span = history.between(start_s, end_s)
        if span is None:
            return None
        obliquity_rom_deg, tilt_rom_deg = _range(span.obliquity_rad) * DEG, _range(span.tilt_rad) * DEG
        rom_deg = obliquity_rom_deg if self._counting.angle == "obliquity" else tilt_rom_deg
        if not self._passes(swing, span, end_s - start_s, rom_deg, tilt_rom_deg):
            return None
        return Rep(
            start_s,
            turn_s,
            end_s,
            rom_deg,
            side=self._stance,
            peak_drop_deg=self._worst_drop_deg(span.obliquity_rad),
            obliquity_rom_deg=obliquity_rom_deg,
            tilt_rom_deg=tilt_rom_deg,
            known_s=swing.known_s,
        )

    def _times(self, swing: Swing) -> tuple[float, float, float]:
        """Start, turn and end without the delay of the filters, s."""
        late_s = DELAY_S
        if self._counting.signal == "height":
            late_s -= height.lead_s(max(swing.end_s - swing.start_s, self._counting.rep_s[0]))
        return swing.start_s - late_s, swing.turn_s - late_s, min(swing.end_s - late_s, swing.known_s)

    def _passes(self, swing: Swing, span: Span, duration_s: float, rom_deg: float, tilt_rom_deg: float) -> bool:
        counting = self._counting
        return (
            rom_deg >= counting.min_angle_deg
            and tilt_rom_deg <= counting.max_tilt_deg
            and math.sqrt(float(span.acc2_m2_s4.mean())) <= self._most_acc_m_s2(swing, duration_s)
            and self._turn_deg(span) <= min(counting.max_turn_deg, self._most_turn_deg(rom_deg))
            and _range(span.height_m) * 100.0 <= counting.max_rise_cm
        )

    def _turn_deg(self, span: Span) -> float:
        """How far the whole body turned to and fro about the vertical."""
        heading = np.cumsum(span.turn_rad_s)
        return float(heading.max() - heading.min()) / GRID_HZ * DEG

    def _most_turn_deg(self, rom_deg: float) -> float:
        """Lifting one side of the pelvis turns it less than it lifts it; shifting weight turns it more."""
        return TURN_SHARE * rom_deg if self._counting.signal == "obliquity" else math.inf

    def _most_acc_m_s2(self, swing: Swing, duration_s: float) -> float:
        """The acceleration a repetition may have, rms: steps and impacts shake more than the swing itself explains."""
        most = self._counting.max_acc_m_s2
        if self._counting.signal != "height":
            return most
        omega = 2.0 * math.pi / duration_s
        explained = swing.size / 100.0 / 2.0 * omega * omega / math.sqrt(2.0)
        return min(most, UNEXPLAINED_M_S2 + EXPLAINED_FACTOR * explained)

    def _worst_drop_deg(self, obliquity_rad: Floats) -> float:
        right, left = float(obliquity_rad.max()) * DEG, float(-obliquity_rad.min()) * DEG
        worst = {"left": right, "right": left}.get(self._stance, max(left, right))
        return max(0.0, worst)


def _range(x: Floats) -> float:
    return float(np.ptp(x))
