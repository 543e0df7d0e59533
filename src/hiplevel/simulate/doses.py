"""How differently people do an exercise: ranges, tempi and form, from published figures and clinical description.

Nothing here was chosen by looking at what is counted. Degrees and seconds. Sources: pelvic drop from the geometry of
the block; side-lying abduction Cynn 2006; single-leg squat Nakagawa 2012; walking and running lists Bruening 2015 and
Perpina-Martinez 2023; tempi and holds from the LEAP trial's and other published programmes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

Range = tuple[float, float]


@dataclass(frozen=True)
class Dose:
    """Lowest and highest of what people do; falls as (good form, poor form).

    Attributes
    ----------
    rom_deg, tempo_s, hold_s : of a repetition
    good_fall_deg, poor_fall_deg : of the unsupported side at the turn
    reps : in a set; depth: as a multiple of the usual
    """

    tempo_s: Range
    reps: tuple[int, int] = (6, 12)
    rom_deg: Range | None = None
    good_fall_deg: Range | None = None
    poor_fall_deg: Range | None = None
    hold_s: Range | None = (0.1, 0.8)
    depth: Range = (1.0, 1.0)


DOSES: dict[str, Dose] = {
    "pelvic-drop": Dose((3.0, 6.0), (8, 15), (8.0, 20.0), (3.0, 6.0), (6.0, 11.0), (0.1, 2.0)),
    "standing-abduction": Dose((2.0, 4.0), (8, 12), (1.0, 5.0), (-2.0, 0.0), (1.0, 4.0)),
    "side-lying-abduction": Dose((3.0, 5.0), (8, 12), (4.0, 9.0)),
    "side-lying-hold": Dose((1.0, 1.0), (3, 5), None, (-5.0, -2.0), (-9.0, -5.0), (5.0, 30.0)),
    "clamshell": Dose((2.0, 4.0), (8, 12), (1.0, 4.0)),
    "lateral-band-walk": Dose((0.7, 1.5), (10, 24), None, (2.0, 5.0), (5.0, 9.0), None),
    "single-leg-deadlift": Dose((3.0, 6.0), (6, 10), (40.0, 80.0), (0.0, 3.0), (4.0, 9.0)),
    "sideways-hop": Dose((1.6, 2.6), (6, 12), None, (2.0, 5.0), (6.0, 11.0), None),
    "single-leg-squat": Dose((2.5, 5.0), (5, 10), (8.0, 25.0), (3.6, 7.4), (7.4, 14.0), depth=(0.5, 1.4)),
    "step-down": Dose((2.5, 5.0), (5, 10), (6.0, 20.0), (3.6, 7.4), (7.4, 14.0)),
    "squat": Dose((2.0, 5.0), (6, 12), (15.0, 45.0), (-1.0, 1.0), (2.0, 5.0), depth=(0.6, 1.4)),
    "single-leg-stand": Dose((1.0, 1.0), (1, 1), None, (-10.0, -4.0), (-4.0, 1.0), (30.0, 33.0)),
    "walking": Dose((0.45, 0.65), (40, 80), None, (3.0, 5.0), (5.0, 9.0), None),
    "running": Dose((0.33, 0.41), (60, 120), None, (3.0, 5.0), (5.0, 8.0), None),
    "generic": Dose((1.5, 4.0), (6, 12), (12.0, 40.0)),
}
# In side-lying the pelvis moves because of compensating: more of it in poor form (13.9 degrees, 5.6 stabilised).
POOR_ROM_DEG: dict[str, Range] = {"side-lying-abduction": (9.0, 18.0), "clamshell": (4.0, 10.0)}
STEADY = ("lateral-band-walk", "sideways-hop", "walking", "running", "side-lying-hold", "single-leg-stand")


def drawn(exercise_id: str, rng: np.random.Generator, *, poor: bool) -> dict[str, Any]:
    """Fields of `Work` for one person's way of doing this exercise."""
    dose = DOSES[exercise_id]
    work: dict[str, Any] = {"reps": int(rng.integers(dose.reps[0], dose.reps[1] + 1))}
    rom = POOR_ROM_DEG.get(exercise_id, dose.rom_deg) if poor else dose.rom_deg
    fall = dose.poor_fall_deg if poor else dose.good_fall_deg
    for name, span in (("rom_deg", rom), ("fall_deg", fall), ("hold_s", dose.hold_s), ("depth", dose.depth)):
        if span is not None:
            work[name] = float(rng.uniform(*span))
    if dose.tempo_s[1] > dose.tempo_s[0]:
        work["tempo_s"] = float(rng.uniform(*dose.tempo_s))
    work["pause_s"] = float(rng.uniform(0.0, 1.2)) if exercise_id not in STEADY else None
    work["variation"] = float(rng.uniform(0.06, 0.15) if poor else rng.uniform(0.02, 0.07))
    work["fatigue"] = float(rng.uniform(0.1, 0.4) if poor else rng.uniform(0.0, 0.15))
    work["cheating"] = float(rng.uniform(0.3, 1.0)) if poor else 0.0
    if exercise_id == "pelvic-drop":
        work["knee_bend"] = float(rng.uniform(0.0, 1.0)) if poor else 0.0
    if exercise_id not in STEADY:
        work["trunk_swing"] = float(rng.uniform(0.0, 0.8)) if poor else 0.0
    return work
