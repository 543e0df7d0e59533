"""The exercises that come with hiplevel."""

from functools import cache
from importlib.resources import files

from hiplevel.exercises.parse import parse_exercise
from hiplevel.model.exercise import Exercise

BUILT_IN = (
    "pelvic-drop",
    "standing-abduction",
    "side-lying-abduction",
    "side-lying-hold",
    "clamshell",
    "lateral-band-walk",
    "single-leg-deadlift",
    "sideways-hop",
    "single-leg-squat",
    "step-down",
    "squat",
    "single-leg-stand",
    "walking",
    "running",
    "generic",
)


@cache
def built_in(exercise_id: str) -> Exercise:
    """One of BUILT_IN."""
    name = f"{exercise_id}.toml"
    text = files("hiplevel.exercises").joinpath("catalogue", name).read_text(encoding="utf-8")
    return parse_exercise(text, name)
