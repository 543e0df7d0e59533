"""The catalogue of exercises, as TOML, and those that a clinician added."""

from hiplevel.exercises.loader import list_exercises, load_exercise
from hiplevel.exercises.parse import parse_exercise

__all__ = ["list_exercises", "load_exercise", "parse_exercise"]
