"""What a learned repetition was like: how far it turned, the pelvis' angles in it, and how well it was done."""

import numpy as np

from hiplevel.detect.describe import DEG, worst_drop_deg
from hiplevel.detect.form import Form, graded
from hiplevel.detect.history import History, Span
from hiplevel.detect.learned_signal import turned_rad
from hiplevel.detect.traces import travel_m, turned_deg
from hiplevel.model.events import Rep
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats


def described(
    rep: Rep, exercise: Exercise, stance: Stance, history: History, velocity_m_s: Floats, size_m: float
) -> Rep:
    """`rep`, which has only its times, with range, form and confidence. velocity_m_s (6, n): of its frames."""
    limb = exercise.posture == "any"
    span = history.between(rep.start_s, rep.end_s)
    if span is not None and len(span.obliquity_rad) > 1:
        rep = _angles(rep, span, None if limb else stance)
    if limb:
        rom_deg = turned_rad(velocity_m_s) * DEG
    else:
        rom_deg = rep.obliquity_rom_deg if exercise.counting.angle == "obliquity" else rep.tilt_rom_deg
    return graded(rep.but(rom_deg=rom_deg), exercise, Form(100.0 * size_m, 0.0, 0.0))


def _angles(rep: Rep, span: Span, stance: Stance | None) -> Rep:
    swung = span.swung
    obliquity_deg, tilt_deg, _ = (DEG * (swung.max(axis=1) - swung.min(axis=1))).tolist()
    rep = rep.but(obliquity_rom_deg=obliquity_deg, tilt_rom_deg=tilt_deg)
    if stance is None:
        return rep
    shift_m, _ = travel_m(span.left_m_s2)
    return rep.but(
        peak_drop_deg=worst_drop_deg(span.obliquity_rad, stance),
        rotation_rom_deg=turned_deg(span.turn_rad_s),
        shift_cm=float(np.ptp(shift_m)) * 100.0,
    )
