"""How well a repetition was done and how sure it is that it was one, against what the catalogue asks for."""

from collections.abc import Iterator
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
    """The repetition with quality, faults and confidence; one without a fault is as it came, but for the confidence."""
    found, quality = list(_faults(rep, exercise, form)), 1.0
    for _, score in found:
        quality *= score
    faults = tuple(code for code, _ in found)
    return rep.but(quality=quality, faults=faults, confidence=_confidence(exercise, form))


def _confidence(exercise: Exercise, form: Form) -> float:
    beyond = form.size / exercise.counting.min_swing - 1.0
    sure = min(1.0, LEAST_CONFIDENCE + (1.0 - LEAST_CONFIDENCE) * max(beyond, 0.0))
    return sure * (HARDLY if exercise.pelvis_moves == "hardly" else 1.0)


def _faults(rep: Rep, exercise: Exercise, form: Form) -> Iterator[tuple[str, float]]:
    """Codes of `model.faults`, each with what remains of the quality."""
    yield from _band(rep.rom_deg, exercise.typical_deg, "range-short", "range-long")
    yield from _band(rep.out_s + rep.back_s, exercise.counting.tempo_s, "too-fast", "too-slow")
    aside_deg = max(ASIDE_DEG, ASIDE_SHARE * rep.rom_deg)
    if exercise.counting.angle == "obliquity":
        if exercise.posture == "upright":  # lying on the side the pelvis has no tilt, and hardly a height
            yield from _beyond(rep.tilt_rom_deg, aside_deg, "tilt")
            yield from _beyond(form.rise_cm, RISE_CM + RISE_SHARE * rep.rom_deg, "rise")
    else:
        yield from _beyond(rep.obliquity_rom_deg, OBLIQUITY_DEG, "obliquity")
    yield from _beyond(rep.rotation_rom_deg, max(ROTATION_DEG, aside_deg), "rotation")
    duration_s = rep.end_s - rep.start_s
    yield from _beyond(rep.shift_cm, SHIFT_CM + SHIFT_DRIFT_CM_S2 * duration_s**2, "shift")


def _band(value: float, band: tuple[float, float], below: str, above: str) -> Iterator[tuple[str, float]]:
    least, most = band
    if most <= 0.0:
        return
    if value < (1.0 - TOLERANCE) * least:
        yield below, value / least
    elif value > (1.0 + TOLERANCE) * most:
        yield above, most / value


def _beyond(value: float, most: float, code: str) -> Iterator[tuple[str, float]]:
    if value > most:
        yield code, most / value
