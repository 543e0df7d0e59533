"""Whole sessions of people who differ: body, form, tempo, mounting and sensor drawn from a seed."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Mark
from hiplevel.model.rules import Side, Stance
from hiplevel.simulate.doses import STEADY, drawn
from hiplevel.simulate.imu import random_mounting
from hiplevel.simulate.limbs import LIMBS, Placement
from hiplevel.simulate.sessions import session
from hiplevel.simulate.truth import Simulated, Truth
from hiplevel.simulate.wearing import MOUNTINGS, Worn, part, worn
from hiplevel.simulate.work import MISHAPS, Mishap, Rest, Segment, Sit, Still, Stroll, Work

PLACEMENTS: tuple[Placement, ...] = ("pelvis", "thigh", "wrist", "shank")
_BOTH = ("squat", "generic", "lateral-band-walk", "walking", "running")
_LYING = ("side-lying-abduction", "side-lying-hold", "clamshell")


@dataclass(frozen=True, eq=False)
class Volunteer:
    """One simulated person's session.

    Attributes
    ----------
    exercise, stance, calibration : what to tell the pipeline; a clip at the side was calibrated, the others were not
    made : what the sensor gave, and the truth
    traits : what is special about it, in words
    marks : what the person said: every other one says start and stop of a hold
    """

    exercise: str
    stance: Stance
    calibration: Calibration | None
    made: Simulated
    traits: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


def volunteer(exercise_id: str, seed: int, placement: Placement = "pelvis") -> Volunteer:
    """Person number `seed`; every fifth wears the clip straight, leaning, rotated, upside down, or at the side.

    Even numbers are in good form. Same numbers, same bits.
    """
    rng = np.random.default_rng([seed, sum(map(ord, exercise_id)), PLACEMENTS.index(placement)])
    poor = seed % 2 == 1
    sensor, calibration, where = _on_body(placement, seed, rng)
    if placement != "pelvis":
        names = [name for name, limb in LIMBS.items() if limb.placement == placement]
        limb = names[seed % len(names)]
        sensor = replace(sensor, lever_arm_m=LIMBS[limb].lever_arm_m)
        segments, stance, traits = _limb_session(limb, rng, poor=poor)
    else:
        segments, stance, traits = _session(exercise_id, rng, poor=poor)
    made = session(
        segments,
        rate_hz=sensor.rate_hz,
        seed=seed,
        mounting=sensor.mounting,
        imu=sensor.imu,
        lever_arm_m=sensor.lever_arm_m,
        sway=float(rng.uniform(0.7, 1.6)),
    )
    form = "poor form" if poor else "good form"
    marks = _said(made.truth, rng) if seed % 4 in (1, 2) else ()
    traits += ["says start and stop"] if marks else []
    return Volunteer(exercise_id, stance, calibration, made, (where, f"{sensor.rate_hz:g} Hz", form, *traits), marks)


def _said(truth: Truth, rng: np.random.Generator) -> tuple[Mark, ...]:
    """A start and a stop around each hold, a moment late as people are."""
    out: list[Mark] = []
    for start_s, end_s in truth.holds.tolist():
        start, stop = (float(at + rng.uniform(0.0, 0.5)) for at in (start_s, end_s))
        out += [Mark(start, "start", known_s=start), Mark(stop, "stop", known_s=stop)]
    return tuple(out)


def _on_body(placement: Placement, seed: int, rng: np.random.Generator) -> tuple[Worn, Calibration | None, str]:
    if placement != "pelvis":
        arm = (0.0, 0.0, 0.0)  # the limb's own is put in its place
        return Worn(random_mounting(seed), part(rng), arm, float(rng.choice((50.0, 100.0, 200.0)))), None, placement
    kind = MOUNTINGS[seed // 2 % len(MOUNTINGS)]
    sensor = worn(kind, rng)
    return sensor, sensor.learned(seed) if kind == "at the side" else None, kind


def _session(exercise_id: str, rng: np.random.Generator, *, poor: bool) -> tuple[list[Segment], Stance, list[str]]:
    side: Side = "left" if rng.random() < 0.5 else "right"
    takes_turns = exercise_id not in (*_BOTH, *_LYING) and rng.random() < 0.3
    stance: Stance = "both" if exercise_id in _BOTH else "auto" if takes_turns else side
    sets = 1 if exercise_id in ("running", "single-leg-stand") else int(rng.integers(1, 4))
    how = drawn(exercise_id, rng, poor=poor)
    segments: list[Segment] = [Still(float(rng.uniform(3.0, 5.0)))]
    if rng.random() < 0.7:
        segments += [Stroll(int(rng.integers(4, 14)), float(rng.choice((-180.0, -90.0, 90.0, 180.0)))), Still(1.5)]
    traits = ["sides in turn"] if takes_turns else []
    traits += _in_words(how)
    for number in range(sets):
        if number:
            segments += _between(rng)
            side = ("right" if side == "left" else "left") if takes_turns else side
        work = Work(exercise_id, side, **how)
        if exercise_id not in STEADY:
            work = replace(work, mishaps=_mishaps(work, rng, poor=poor))
            traits += sorted(set(work.mishaps.values()))
        segments.append(work)
    segments += _between(rng)
    return [*segments, Still(2.0)], stance, list(dict.fromkeys(traits))


def _limb_session(limb: str, rng: np.random.Generator, *, poor: bool) -> tuple[list[Segment], Stance, list[str]]:
    how: dict[str, Any] = drawn("generic", rng, poor=poor)
    how |= {
        "movement": limb,
        "rom_deg": LIMBS[limb].movement.rom_deg * float(rng.uniform(0.6, 1.1)),
        "trunk_swing": 0.0,
    }
    segments: list[Segment] = [Still(float(rng.uniform(3.0, 5.0)))]
    for number in range(int(rng.integers(1, 4))):
        if number:
            segments.append(Rest(float(rng.uniform(15.0, 30.0))))
        work = Work("generic", **how)
        segments.append(replace(work, mishaps=_mishaps(work, rng, poor=poor)))
    return [*segments, Rest(8.0), Still(2.0)], "both", [limb, *_in_words(how)]


def _in_words(how: dict[str, Any]) -> list[str]:
    """What is usual for this person, as far as it is a matter of size."""
    units = {
        "tempo_s": "{:.1f} s",
        "rom_deg": "{:.0f} degrees",
        "fall_deg": "falls {:.0f} degrees",
        "hold_s": "holds {:.1f} s",
    }
    return [words.format(how[name]) for name, words in units.items() if how.get(name) is not None]


def _between(rng: np.random.Generator) -> list[Segment]:
    """A rest, standing or sitting; now and then after walking somewhere."""
    segments: list[Segment] = [Stroll(int(rng.integers(4, 12)), 180.0)] if rng.random() < 0.4 else []
    length_s = float(rng.uniform(15.0, 30.0))
    return [*segments, Sit(length_s) if rng.random() < 0.3 else Rest(length_s)]


def _mishaps(work: Work, rng: np.random.Generator, *, poor: bool) -> dict[int, Mishap]:
    """One or two in a set, never in its first two repetitions; none in half of the sets in good form."""
    count = int(rng.integers(1, 3)) if poor else int(rng.integers(0, 2))
    reps = work.reps or 10
    places = rng.choice(np.arange(2, reps), size=min(count, reps - 2), replace=False)
    return {int(place): str(rng.choice(MISHAPS)) for place in places}  # type: ignore[misc]
