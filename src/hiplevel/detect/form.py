"""How well a repetition was done and how sure it is that it was one, against what the catalogue asks for."""

from dataclasses import dataclass

from hiplevel.model.events import Rep
from hiplevel.model.exercise import Exercise

# In a repetition of a frontal exercise the other planes move less than this, degrees and a share of its range.
ASIDE_DEG, ASIDE_SHARE = 5.0, 0.6
OBLIQUITY_DEG, ROTATION_DEG = 7.0, 12.0
# A pelvis swinging about the stance hip sinks so many cm for each degree; the knee adds to it.
RISE_CM, RISE_SHARE = 2.5, 0.15
# What an accelerometer shows of a shift to the side is good for so much, cm and cm / s2.
SHIFT_CM, SHIFT_DRIFT_CM_S2 = 8.0, 0.5
# A band's edge is not sharp: so much beyond it nothing is said.
TOLERANCE = 0.1
# Confidence at the least swing that counts; it is full at twice that. Where the pelvis hardly moves it is never full.
LEAST_CONFIDENCE, HARDLY = 0.5, 0.7


@dataclass(frozen=True)
class Form:
    """What a Rep does not carry: size of the swing in the count signal's unit, rise of the body, depth of a squat."""

    size: float
    rise_cm: float
    depth_cm: float


def graded(rep: Rep, exercise: Exercise, form: Form) -> Rep:
    """The repetition with quality, faults and confidence."""
    found, quality = _faults(rep, exercise, form), 1.0
    for _, score in found:
        quality *= score
    faults = tuple([code for code, _ in found])
    return rep.but(quality=quality, faults=faults, confidence=_confidence(exercise, form))


def _confidence(exercise: Exercise, form: Form) -> float:
    beyond = form.size / exercise.counting.min_swing - 1.0
    sure = min(1.0, LEAST_CONFIDENCE + (1.0 - LEAST_CONFIDENCE) * max(beyond, 0.0))
    return sure * (HARDLY if exercise.pelvis_moves == "hardly" else 1.0)


def _faults(rep: Rep, exercise: Exercise, form: Form) -> list[tuple[str, float]]:
    """Codes of `model.faults`, each with what remains of the quality."""
    aside_deg, duration_s = max(ASIDE_DEG, ASIDE_SHARE * rep.rom_deg), rep.end_s - rep.start_s
    most: list[tuple[str, float, float]] = []
    if exercise.counting.angle == "obliquity":
        if exercise.posture == "upright":  # lying on the side the pelvis has no tilt, and hardly a height
            most.append(("tilt", rep.tilt_rom_deg, aside_deg))
            most.append(("rise", form.rise_cm, RISE_CM + RISE_SHARE * rep.rom_deg))
    else:
        most.append(("obliquity", rep.obliquity_rom_deg, OBLIQUITY_DEG))
    most.append(("rotation", rep.rotation_rom_deg, max(ROTATION_DEG, aside_deg)))
    most.append(("shift", rep.shift_cm, SHIFT_CM + SHIFT_DRIFT_CM_S2 * duration_s**2))
    return [
        *_band(rep.rom_deg, exercise.typical_deg, "range-short", "range-long"),
        *_band(rep.out_s + rep.back_s, exercise.counting.tempo_s, "too-fast", "too-slow"),
        *[(code, limit / value) for code, value, limit in most if value > limit],
    ]


def _band(value: float, band: tuple[float, float], below: str, above: str) -> list[tuple[str, float]]:
    least, most = band
    if most > 0.0 and value < (1.0 - TOLERANCE) * least:
        return [(below, value / least)]
    return [(above, most / value)] if most > 0.0 and value > (1.0 + TOLERANCE) * most else []
