"""Is a swing a repetition? The catalogue's gates, looked up in the motion that the swing spans."""

import math
from typing import NamedTuple

import numpy as np

from hiplevel.detect.history import History, Span
from hiplevel.detect.landed import landed
from hiplevel.detect.seat import Seat
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swings import Swing, Turned
from hiplevel.detect.traces import extent, least, mean, travel_m, turned_deg
from hiplevel.detect.usual import SLACK, Usual
from hiplevel.model.exercise import Exercise
from hiplevel.model.samples import Floats

DEG = 180.0 / math.pi
ANGLE_FIELD = {"obliquity": "obliquity_rad", "tilt": "tilt_rad"}
BEYOND_SHARE = 0.2  # of a swing's size: so far beyond neutral is on purpose
# A squat has 1.3 to 2.5 times the rms acceleration of a sine of its height and duration; walking has 10 times and more.
EXPLAINED_FACTOR, UNEXPLAINED_M_S2 = 3.5, 0.4
# In a hinge the hips go back, and the clip turns about them at the end of so long a lever.
HINGE_M = 0.3
TURN_SHARE = 1.5
# A clip aside of the stance hip, or behind it, rises with the pelvis that leans: by up to 25 cm of lever sideways and
# 12 to the back. The band-limited height overshoots by a half and more. A bent knee leans the pelvis as well.
RISE_CM_PER_DEG, RISE_CM_PER_DEG_TILT = 0.8, 0.2
# Bowing is no squat: the pelvis sinks at least so many cm for each degree that it leans. What an accelerometer may be
# wrong grows with time squared.
SUNK_CM_PER_DEG, DRIFT_CM_S2 = 0.3, 1.0
# Standing so much higher or lower than before, beyond what is unknown of it, is a step. A speed at the ends comes of
# what accelerates there, for about so long; it is looked for this long before the swing.
STEP_M, EDGE_SHARE_S, DRIFT_M_S2 = 0.03, 0.15, 0.01
# So much of a gravity that was read in movement is the movement's.
GUESSED_M_S2 = 0.5
# Leaning forward still, a clip is lower; and of a squat that stopped on its way up no more than this is missing.
LEANT_SHARE, STOPPED_SHARE = 0.25, 0.33
# Of a frontal swing: so much off, it ends elsewhere than it began. On both feet the pelvis is no further from level.
ELSEWHERE_SHARE, LEVEL_DEG = 0.15, 5.0
LEAST_RISE_CM = 3.0  # a step moves even the high-passed height so far
# In large movements, one after the other, nothing is known of the speed at the ends.
STILL_M_S2, LONGEST_S = 0.2, 4.5
EDGE_S, EDGE_CELLS, LONGEST_STEP_S = 0.4, 20, 6.0
STRIDE_S = 2.0
# Who stands leans less, and accelerates less; nobody sinks without either.
LEAST_LEAN_DEG, RESTING_M_S2 = 2.0, 0.35
# How much too early the integrals show a turn, of a repetition's duration.
EARLY_SHARE, MOST_EARLY_S = 0.04, 0.4


class Seen(NamedTuple):
    """A swing that passed, with what its span shows; way_m and depth_cm only of exercises counted by height."""

    swing: Swing
    span: Span
    start_s: float
    end_s: float
    obliquity_rom_deg: float
    tilt_rom_deg: float
    rotation_deg: float
    rise_cm: float
    acc_m_s2: float
    way_m: Floats | None = None
    depth_cm: float = 0.0

    @property
    def size(self) -> float:
        """Of its swing."""
        return self.swing.size

    @property
    def duration_s(self) -> float:
        """From start to end."""
        return self.end_s - self.start_s

    @property
    def travel_cm(self) -> float:
        """How far the pelvis went: in the time of a stride leaning to and fro is no way."""
        return self.depth_cm if self.duration_s < STRIDE_S else max(self.swing.size, self.depth_cm)

    @property
    def drift_cm(self) -> float:
        """What the accelerometer may be wrong over so long."""
        return DRIFT_CM_S2 * self.duration_s**2


class Judge:
    """Tells which swings of one exercise are repetitions."""

    def __init__(self, exercise: Exercise, history: History, seat: Seat | None) -> None:
        self._counting, self._history, self._seat = exercise.counting, history, seat
        self._by_height, self._upright = self._counting.signal == "height", exercise.posture == "upright"
        self._usual, self._drift_m_s2 = Usual(), DRIFT_M_S2
        self._sagittal = self._counting.signal != "obliquity"
        self._unit_m = 0.01 if self._by_height else HINGE_M / DEG

    def passes(self, swing: Swing) -> Seen | None:
        """What is seen of a swing that is a repetition, or None when a gate says it is something else."""
        if self.sits(swing.known_s):
            return None
        direction = 1 if swing.top > swing.home else -1
        alike = self._usual.alike(direction, swing.start_s, swing.size)
        seen = self.seen(swing) if alike or self._beyond_neutral(swing) else None
        if seen is None or not self._fits(seen, SLACK if alike else 1.0):
            return None
        if self._upright and seen.rise_cm > LEAST_RISE_CM and self.stepped(swing):
            return None
        if self._steps_down(seen, direction):
            return None
        self._usual.add(direction, seen)
        return seen

    def rom_deg(self, seen: Seen) -> float:
        """The range of the angle that the exercise reports."""
        return seen.obliquity_rom_deg if self._counting.angle == "obliquity" else seen.tilt_rom_deg

    def neutral(self, *, known: bool) -> None:
        """Whether gravity was read standing still."""
        self._drift_m_s2 = DRIFT_M_S2 if known else GUESSED_M_S2

    def restart(self) -> None:
        """A gap, or another posture or neutral."""
        self._usual.clear()

    def may_be(self, turned: Turned) -> bool:
        """Whether a swing that has just turned may become a repetition, as far as it has gone."""
        start_s, turn_s = turned.home_s - DELAY_S, turned.turn_s - DELAY_S
        if turn_s - start_s < 0.2 * self._counting.rep_s[0] or self.sits(turned.known_s):
            return False
        loud = self._history.louder(start_s, turned.known_s)
        return not loud or self._history.mean_acc2_m2_s4(start_s, turn_s) <= self._counting.max_acc_m_s2**2

    def sits(self, when_s: float) -> bool:
        """Whether at that time it was certain that the wearer sits."""
        return self._seat is not None and self._seat.seated(when_s)

    def held(self, home_s: float, now_s: float) -> bool:
        """Whether a way out from home_s, at rest now, may be that of a repetition.

        Walking up to here is none: the way back takes as long, and shakes not at all. Nor is standing still, whatever
        is left in the integral of the height.
        """
        if self._by_height and self._stood(home_s, now_s):
            return False
        start_s, end_s = home_s - DELAY_S, now_s - DELAY_S
        if not (self._by_height or self._history.louder(start_s, now_s)):
            return True
        span = self._history.between(start_s, end_s)
        if span is None:
            return False
        half_m2_s4 = 0.5 * self._history.acc2_m2_s4(span)
        needless_m_s2 = UNEXPLAINED_M_S2 if self._by_height else self._counting.max_acc_m_s2
        if half_m2_s4 <= needless_m_s2**2:  # more needs a way to explain it
            return True
        way_m = self._unit_m * extent(span.signal)
        return bool(half_m2_s4 <= self._most_acc_m_s2(2.0 * (now_s - home_s), way_m) ** 2)

    def _stood(self, home_s: float, now_s: float) -> bool:
        if not self._history.mean_acc2_m2_s4(home_s, now_s) < RESTING_M_S2**2:
            return False
        span = self._history.between(home_s, now_s)
        if span is None:
            return False
        return all(extent(angle) * DEG < LEAST_LEAN_DEG for angle in (span.tilt_rad, span.obliquity_rad))

    def seen(self, swing: Swing) -> Seen | None:
        """What the span of a swing shows; None when it is too short or too long, or not seen whole."""
        start_s, end_s = self._times(swing)
        shortest_s, longest_s = self._counting.rep_s
        if not shortest_s <= end_s - start_s <= longest_s:
            return None
        span = self._history.between(start_s, end_s)
        if span is None or len(span) < 2:
            return None
        way_m, depth_cm = None, 0.0
        if self._by_height:
            way_m, _ = travel_m(span.lift_m_s2)
            depth_cm = -least(way_m) * 100.0
        obliquity, tilt, height = _extents(span.swung)
        return Seen(
            swing,
            span,
            start_s,
            end_s,
            obliquity * DEG,
            tilt * DEG,
            turned_deg(span.turn_rad_s),
            height * 100.0,
            math.sqrt(max(self._history.acc2_m2_s4(span), 0.0)),
            way_m,
            depth_cm,
        )

    def stepped(self, swing: Swing) -> bool:
        """Whether the body stands higher or lower after this swing than before it: a step, sitting down, getting up.

        The speed at either end is taken to be zero; the more it accelerates there the less that is so.
        """
        if self._by_height and landed(self._history, swing):
            return True
        if self._counting.signal == "tilt" and max(swing.home, swing.bottom) > LEANT_SHARE * swing.size:
            return False
        start_s, end_s = swing.start_s - DELAY_S - EDGE_S, swing.known_s
        lasted_s = end_s - start_s
        longest_s = LONGEST_S if self._sagittal else LONGEST_STEP_S
        span = self._history.between(start_s, end_s) if lasted_s <= longest_s else None
        if span is None:
            return False
        lift = span.lift_m_s2
        edge = math.sqrt(max(mean(np.square(lift[:EDGE_CELLS])), mean(np.square(lift[-EDGE_CELLS:]))))
        if self._sagittal and edge > STILL_M_S2:
            return False
        unknown_m = EDGE_SHARE_S * edge * lasted_s + 0.5 * self._drift_m_s2 * lasted_s**2
        if self._counting.signal == "tilt":  # leaning back, as on a chair, a clip is lower or higher
            unknown_m += self._unit_m * abs(swing.home - swing.bottom)
        least_m = max(STEP_M, STOPPED_SHARE * swing.size / 100.0) if self._by_height else STEP_M
        return abs(self._history.rose_m(span)) - unknown_m > least_m

    def _steps_down(self, seen: Seen, direction: int) -> bool:
        """Off the block: the body rises and sinks by more than the movement does, and leans, or ends elsewhere."""
        if not self._upright or self._sagittal or not self._usual.rises_more(direction, seen):
            return False
        home, bottom = seen.swing.home, seen.swing.bottom
        from_floor = min(abs(home), abs(bottom)) < LEVEL_DEG
        elsewhere = from_floor and abs(home - bottom) > ELSEWHERE_SHARE * seen.size
        return elsewhere or self._usual.leans_more(direction, seen)

    def _beyond_neutral(self, swing: Swing) -> bool:
        """A movement that may go either way must turn beyond neutral."""
        if self._counting.direction:
            return True
        return (swing.top if swing.top > swing.home else -swing.top) >= BEYOND_SHARE * swing.size

    def _times(self, swing: Swing) -> tuple[float, float]:
        """Start and end without the delay of the filters, s."""
        late_s = DELAY_S
        if self._by_height:
            late_s -= min(EARLY_SHARE * (swing.end_s - swing.start_s), MOST_EARLY_S)
        return swing.start_s - late_s, min(swing.end_s - late_s, swing.known_s)

    def _fits(self, seen: Seen, slack: float) -> bool:
        """Whether it passes the gates of the catalogue; slack: by how much they are wider for what is known already."""
        counting, rom_deg = self._counting, self.rom_deg(seen)
        return (
            rom_deg >= counting.min_angle_deg
            and seen.tilt_rom_deg <= counting.max_tilt_deg
            and seen.acc_m_s2 <= self._most_acc_m_s2(seen.duration_s, self._way_m(seen))
            and seen.rotation_deg <= slack * min(counting.max_turn_deg, self._most_turn_deg(rom_deg))
            and self._leans_as_it_rises(seen, slack)
            and (not self._by_height or self._sank(seen, slack))
        )

    def _way_m(self, seen: Seen) -> float:
        """How far the clip went with the swing."""
        return self._unit_m * (seen.travel_cm if self._by_height else seen.swing.size)

    def _sank(self, seen: Seen, slack: float) -> bool:
        """Whether the pelvis sank as it does in a squat: in a bow it hardly does."""
        lean_deg = max(seen.tilt_rom_deg, seen.obliquity_rom_deg)
        return slack * (seen.depth_cm + 0.25 * seen.drift_cm) >= SUNK_CM_PER_DEG * lean_deg

    def _most_turn_deg(self, rom_deg: float) -> float:
        """Standing, lifting one side of the pelvis turns it less than it lifts it; shifting weight turns it more."""
        return TURN_SHARE * rom_deg if self._upright and not self._sagittal else math.inf

    def _leans_as_it_rises(self, seen: Seen, slack: float) -> bool:
        """Leaning takes the clip up or down, on the way out as on the whole; what rises without leaning is a step."""
        if not self._within_rise(seen.rise_cm / slack, self.rom_deg(seen), seen.tilt_rom_deg):
            return False
        if self._counting.signal != "obliquity" or seen.rise_cm <= self._counting.max_rise_cm:
            return True
        turned = int(seen.span.time_s.searchsorted(seen.swing.turn_s - DELAY_S)) + 1
        obliquity, tilt, height = _extents(seen.span.swung[:, :turned])
        return self._within_rise(height * 100.0 / slack, obliquity * DEG, tilt * DEG)

    def _within_rise(self, rise_cm: float, rom_deg: float, tilt_deg: float) -> bool:
        most = self._counting.max_rise_cm
        if self._counting.signal != "obliquity":
            return rise_cm <= most
        return rise_cm <= max(most, RISE_CM_PER_DEG * rom_deg + RISE_CM_PER_DEG_TILT * tilt_deg)

    def _most_acc_m_s2(self, duration_s: float, way_m: float) -> float:
        """The acceleration a repetition may have, rms: steps and impacts shake more than the swing itself explains."""
        most = self._counting.max_acc_m_s2
        if self._counting.signal == "obliquity":
            return most
        omega = 2.0 * math.pi / duration_s
        explained = way_m / 2.0 * omega * omega / math.sqrt(2.0)
        return min(most, UNEXPLAINED_M_S2 + EXPLAINED_FACTOR * explained) if self._by_height else most + explained


def _extents(rows: Floats) -> list[float]:
    """Of each row, from the least to the most."""
    found: list[float] = (np.maximum.reduce(rows, axis=1) - np.minimum.reduce(rows, axis=1)).tolist()
    return found
