"""What a learned repetition was like: how far it turned, the pelvis' angles in it, and how well it was done."""

from hiplevel.detect.describe import worst_drop_deg
from hiplevel.detect.form import Form, graded
from hiplevel.detect.history import History, Span
from hiplevel.detect.learned_signal import turned_rad
from hiplevel.detect.seen import DEG
from hiplevel.detect.traces import extent, travel_m, turned_deg
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
    angles = {} if span is None or len(span) < 2 else _angles(span, None if limb else stance)
    if limb:
        angles["rom_deg"] = turned_rad(velocity_m_s) * DEG
    else:
        angles["rom_deg"] = angles.get(f"{exercise.counting.angle}_rom_deg", 0.0)
    return graded(rep.but(**angles), exercise, Form(100.0 * size_m, 0.0, 0.0))


def _angles(span: Span, stance: Stance | None) -> dict[str, float]:
    """By the name that a Rep has for them; without a stance only how far the pelvis swung."""
    obliquity_rad = span.obliquity_rad
    swung = {"obliquity_rom_deg": extent(obliquity_rad) * DEG, "tilt_rom_deg": extent(span.tilt_rad) * DEG}
    if stance is None:
        return swung
    shift_m = travel_m(span.left_m_s2)
    return swung | {
        "peak_drop_deg": worst_drop_deg(obliquity_rad, stance),
        "rotation_rom_deg": turned_deg(span.turn_rad_s),
        "shift_cm": extent(shift_m) * 100.0,
    }
