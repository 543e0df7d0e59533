"""A repetition in figures, from a swing that passed."""

import numpy as np

from hiplevel.detect.form import Form, graded
from hiplevel.detect.seen import DEG, Seen
from hiplevel.detect.sinking import SinkParams
from hiplevel.detect.traces import dwell, extent, least, most
from hiplevel.model.events import Rep
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats

# In so short a time the way is known well, and a lean from a neutral that was only assumed misleads.
QUICK_S = 3.0
# And in so long a time it is not known at all.
SLOW_S = 8.0


def described(seen: Seen, exercise: Exercise, stance: Stance, reversal: float) -> Rep:
    """The repetition; `reversal` is what is noise in the unit of the count signal."""
    span, swing = seen.span, seen.swing
    time_s = span.time_s
    shape = _shape(seen)
    at = int(shape.argmax() if swing.top > swing.home else shape.argmin())
    turn = dwell(shape, at, extent(shape), reversal)
    middle = (turn.first + turn.last) // 2
    by_obliquity = exercise.counting.angle == "obliquity"
    angle = span.obliquity_rad if by_obliquity else span.tilt_rad
    rep = Rep(
        seen.start_s,
        min(0.5 * (time_s.item(turn.first) + time_s.item(turn.last)), seen.end_s),
        seen.end_s,
        seen.obliquity_rom_deg if by_obliquity else seen.tilt_rom_deg,
        side=stance,
        peak_drop_deg=worst_drop_deg(span.obliquity_rad, stance),
        obliquity_rom_deg=seen.obliquity_rom_deg,
        tilt_rom_deg=seen.tilt_rom_deg,
        peak_deg=angle.item(middle) * DEG,
        hold_turn_s=turn.hold_s,
        rotation_rom_deg=seen.rotation_deg,
        shift_cm=seen.shift_cm,
        known_s=swing.known_s,
    )
    return graded(rep, exercise, Form(seen.size, seen.rise_cm, seen.depth_cm))


def _shape(seen: Seen) -> Floats:
    """The swing's signal, undelayed; of exercises counted by height the way itself, of slow ones with the lean.

    What an accelerometer has wrong in it grows with the lean: it bends both ways alike, and leaves the turn alone.
    """
    if seen.way_m is None:
        return seen.span.signal
    if seen.duration_s < QUICK_S:
        return np.asarray(seen.way_m[0] * 100.0)
    obliquity, tilt = seen.span.obliquity_rad, seen.span.tilt_rad
    lean = np.sqrt(obliquity * obliquity + tilt * tilt)
    sunk_cm: Floats = SinkParams.lean_cm_per_deg * DEG * lean
    return -sunk_cm if seen.duration_s > SLOW_S else seen.way_m[0] * 100.0 - sunk_cm


def worst_drop_deg(obliquity_rad: Floats, stance: Stance) -> float:
    """The furthest fall of the side that this stance leaves without support; of either, where both stand."""
    right = 0.0 if stance == "right" else most(obliquity_rad) * DEG
    left = 0.0 if stance == "left" else -least(obliquity_rad) * DEG
    return max(0.0, left, right)
