"""Limits from the literature, each with its source and the people it was measured on. Presets, never a verdict."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Preset:
    """A limit to start from. basis: what the numbers are; population: on whom; strength: how far to trust it."""

    exercises: tuple[str, ...]
    warn_deg: float
    alarm_deg: float
    basis: str
    population: str
    source: str
    strength: str


NO_CONSENSUS = (
    "There is no agreed angle at which a pelvic drop becomes a problem. These are presets to start from; "
    "the limit is set by the clinician, for one client, one exercise and one side."
)

PRESETS: tuple[Preset, ...] = (
    Preset(
        ("single-leg-squat", "step-down"),
        7.0,
        10.0,
        "Mean drop of the other side in a single-leg squat: 7.4 (SD 3.8) degrees without and 10.3 (SD 4.7) with "
        "kneecap pain; rounded.",
        "Adults with and without patellofemoral pain, measured in a laboratory with cameras.",
        "Nakagawa et al. 2012, J Orthop Sports Phys Ther",
        "Group means of two groups that overlap widely.",
    ),
    Preset(
        ("running",),
        5.0,
        7.0,
        "Below 5 degrees is called usual by running clinics; a sacral sensor found a range of 7.8 to 9.3 degrees in "
        "men from the highest to the lowest point.",
        "Recreational runners.",
        "Clinic page (weak); Perpina-Martinez et al. 2023, Int J Environ Res Public Health 20:3631",
        "Weak: no study set these numbers as limits.",
    ),
    Preset(
        ("walking",),
        7.0,
        10.0,
        "The swinging side falls about 4 to 5 degrees in ordinary walking, more in women than in men.",
        "Adults without complaints.",
        "Bruening et al. 2015 for the sexes; the degrees are common knowledge without one source.",
        "Weak: compare a client with their own baseline.",
    ),
    Preset(
        ("side-lying-abduction", "side-lying-hold"),
        6.0,
        10.0,
        "Sideways tilt of the pelvis 13.9 (SD 4.7) degrees uncontrolled and 5.6 (SD 4.2) degrees stabilised.",
        "Adults without complaints, lying on their side, with and without pressure feedback.",
        "Cynn et al. 2006, Arch Phys Med Rehabil",
        "One study; the limits lie between its two conditions.",
    ),
    Preset(
        ("standing-abduction", "single-leg-stand"),
        3.0,
        5.0,
        "For tasks in which the pelvis is to stay level: little above what one sensor can tell from no movement.",
        "Nobody: from the accuracy of the measurement.",
        "No source; accuracy as in docs/accuracy.md",
        "A convention.",
    ),
    Preset(
        ("pelvic-drop",),
        7.0,
        10.0,
        "The exercise itself lowers the side by 5 to 12 degrees; one degree is about 3 mm of foot height at 17 cm "
        "between the hips.",
        "Nobody: from the geometry of the block.",
        "No source",
        "A convention: set the depth that you prescribe.",
    ),
)


def presets(exercise: str, language: str = "en") -> tuple[Preset, ...]:
    """The presets for an exercise, told in a language as far as there are words; none where nothing is known."""
    told = _translations(language)
    return tuple(replace(one, **told.get(one.exercises[0], {})) for one in PRESETS if exercise in one.exercises)


@cache
def _translations(language: str) -> dict[str, dict[str, Any]]:
    """Texts by the first exercise of a preset; empty for English and an unknown language."""
    file = files("hiplevel.clinic").joinpath("translations", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
