"""What is seen of a swing in the motion that it spans: ranges of the angles, the way of the pelvis, acceleration."""

import math
from typing import NamedTuple

from hiplevel.detect.history import History, Span
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Swing
from hiplevel.detect.traces import extent, travel_m, turned_deg
from hiplevel.model.samples import Floats

DEG = 180.0 / math.pi
# How much too early the integrals show a turn, of a repetition's duration.
EARLY_SHARE, MOST_EARLY_S = 0.04, 0.4
STRIDE_S = 2.0
DRIFT_CM_S2 = 1.0  # what an accelerometer may be wrong grows with time squared


class Seen(NamedTuple):
    """A swing with what its span shows. way_m (2, k), up and to the left, and depth_cm only where height counts."""

    swing: Swing
    size: float
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
    def duration_s(self) -> float:
        """From start to end."""
        return self.end_s - self.start_s

    @property
    def travel_cm(self) -> float:
        """How far the pelvis went: in the time of a stride leaning to and fro is no way."""
        return self.depth_cm if self.duration_s < STRIDE_S else max(self.size, self.depth_cm)

    @property
    def drift_cm(self) -> float:
        """What the accelerometer may be wrong over so long."""
        return DRIFT_CM_S2 * self.duration_s**2

    @property
    def shift_cm(self) -> float:
        """How far the pelvis went to the side."""
        return extent(travel_m(self.span.left_m_s2) if self.way_m is None else self.way_m[1]) * 100.0


def look(history: History, swing: Swing, rep_s: tuple[float, float], *, by_height: bool) -> Seen | None:
    """None when it lasts less or longer than rep_s, or was not seen whole."""
    start_s, end_s = _times(swing, by_height=by_height)
    shortest_s, longest_s = rep_s
    if not shortest_s <= end_s - start_s <= longest_s:
        return None
    span = history.between(start_s, end_s)
    if span is None or len(span) < 2:
        return None
    way_m, depth_cm = None, 0.0
    if by_height:
        way_m = travel_m(span.pulled_m_s2)
        depth_cm = -way_m[0].item(way_m[0].argmin()) * 100.0
    obliquity, tilt, height = extents(span.swung)
    return Seen(
        swing,
        swing.size,
        span,
        start_s,
        end_s,
        obliquity * DEG,
        tilt * DEG,
        turned_deg(span.turn_rad_s),
        height * 100.0,
        math.sqrt(max(history.acc2_m2_s4(span), 0.0)),
        way_m,
        depth_cm,
    )


def extents(rows: Floats) -> list[float]:
    """Of each row."""
    return [extent(row) for row in rows]


def _times(swing: Swing, *, by_height: bool) -> tuple[float, float]:
    """Start and end without the delay of the filters, s."""
    late_s = DELAY_S
    if by_height:
        late_s -= min(EARLY_SHARE * (swing.end_s - swing.start_s), MOST_EARLY_S)
    return swing.start_s - late_s, min(swing.end_s - late_s, swing.known_s)
