"""The catalogue's gates: what a swing of an exercise may look like, to be a repetition."""

import math

from hiplevel.detect.seen import DEG, Seen, extents
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.traces import went
from hiplevel.model.exercise import Exercise

# A squat has 1.3 to 2.5 times the rms acceleration of a sine of its height and duration; walking has 10 times and more.
EXPLAINED_FACTOR, UNEXPLAINED_M_S2 = 3.5, 0.4
# Nobody walks listing so far to and fro: what does shakes the more, the further it goes.
WALKED_DEG = 15.0
HELD_S = 1.0  # so long at least, where the way out alone tells how quick the movement is
# In a hinge the hips go back, and the clip turns about them at the end of so long a lever.
HINGE_M = 0.3
TURN_SHARE = 1.5
# A hinge bends at the hips; who turns nearly as far as they bend reaches for something.
HINGE_TURN_SHARE = 0.75
# A clip aside of the stance hip, or behind it, rises with the pelvis that leans: by up to 25 cm of lever sideways and
# 12 to the back. The band-limited height overshoots by a half and more. A bent knee leans the pelvis as well.
RISE_CM_PER_DEG, RISE_CM_PER_DEG_TILT = 0.8, 0.2
# Bowing is no squat: for each degree that it leans a pelvis sinks by 0.3 cm at least, a clip behind it by 0.2 less.
SUNK_CM_PER_DEG = 0.1
DRIFT_SHARE = 0.15  # of what an accelerometer may be wrong: there and back it leaves so much of it in the depth


class Gates:
    """Those of one exercise."""

    def __init__(self, exercise: Exercise) -> None:
        self._counting = exercise.counting
        self._by_height, self._sideways = self._counting.signal == "height", self._counting.signal == "obliquity"
        self._upright = exercise.posture == "upright"
        self._unit_m = 0.01 if self._by_height else HINGE_M / DEG
        # So much acceleration needs no way that explains it.
        self.unexplained_m_s2 = UNEXPLAINED_M_S2 if self._by_height else self._counting.max_acc_m_s2

    def fit(self, seen: Seen, slack: float) -> bool:
        """Whether it passes them all; slack: by how much they are wider for what is known already."""
        counting, rom_deg = self._counting, self._rom_deg(seen)
        return (
            rom_deg >= counting.min_angle_deg
            and seen.tilt_rom_deg <= slack * counting.max_tilt_deg
            and self._explained(seen, slack)
            and seen.rotation_deg <= slack * min(counting.max_turn_deg, self._most_turn_deg(rom_deg))
            and self._leans_as_it_rises(seen, slack)
            and (not self._by_height or self._sank(seen, slack))
        )

    def most_acc_m_s2(self, duration_s: float, way: float) -> float:
        """The acceleration a repetition may have, rms: steps and impacts shake more than the swing itself explains.

        way: in the unit of the count signal.
        """
        most = self._counting.max_acc_m_s2
        if self._sideways:
            return most * max(1.0, way / WALKED_DEG)
        omega = 2.0 * math.pi / duration_s
        explained = self._unit_m * way / 2.0 * omega * omega / math.sqrt(2.0)
        return min(most, UNEXPLAINED_M_S2 + EXPLAINED_FACTOR * explained) if self._by_height else most + explained

    def _explained(self, seen: Seen, slack: float) -> bool:
        """Whether it accelerates by no more than its way takes, as long as it moves: a hold takes none."""
        way, duration_s = seen.travel_cm if self._by_height else seen.size, seen.duration_s
        if seen.acc_m_s2 <= slack * self.most_acc_m_s2(duration_s, way):
            return True
        if not self._by_height:
            return False
        moving_s = 2.0 * went(seen.span.signal[: self._turned(seen)])[1]
        acc2_m2_s4 = seen.acc_m_s2**2 * duration_s / moving_s
        held = duration_s - moving_s >= HELD_S
        return held and acc2_m2_s4 <= (slack * self.most_acc_m_s2(moving_s, way)) ** 2

    def _turned(self, seen: Seen) -> int:
        return int(seen.span.time_s.searchsorted(seen.swing.turn_s - DELAY_S)) + 1

    def _rom_deg(self, seen: Seen) -> float:
        """The range of the angle that the exercise reports."""
        return seen.obliquity_rom_deg if self._counting.angle == "obliquity" else seen.tilt_rom_deg

    def _sank(self, seen: Seen, slack: float) -> bool:
        """Whether the pelvis sank as it does in a squat: in a bow it hardly does."""
        lean_deg = max(seen.tilt_rom_deg, seen.obliquity_rom_deg)
        return slack * (seen.depth_cm + DRIFT_SHARE * seen.drift_cm) >= SUNK_CM_PER_DEG * lean_deg

    def _most_turn_deg(self, rom_deg: float) -> float:
        """Lifting one side of the pelvis turns it less than shifting weight does; a hinge turns it by little."""
        if not self._upright or self._by_height:
            return math.inf
        return (TURN_SHARE if self._sideways else HINGE_TURN_SHARE) * rom_deg

    def _leans_as_it_rises(self, seen: Seen, slack: float) -> bool:
        """Leaning takes the clip up or down, on the way out as on the whole; what rises without leaning is a step."""
        if not self._within_rise(seen.rise_cm / slack, self._rom_deg(seen), seen.tilt_rom_deg):
            return False
        if not self._sideways or seen.rise_cm <= self._counting.max_rise_cm:
            return True
        turned = self._turned(seen)
        obliquity, tilt, height = extents(seen.span.swung[:, :turned])
        return self._within_rise(height * 100.0 / slack, obliquity * DEG, tilt * DEG)

    def _within_rise(self, rise_cm: float, rom_deg: float, tilt_deg: float) -> bool:
        most = self._counting.max_rise_cm
        if not self._sideways:
            return rise_cm <= most
        return rise_cm <= max(most, RISE_CM_PER_DEG * rom_deg + RISE_CM_PER_DEG_TILT * tilt_deg)
