"""The catalogue of exercises, as TOML, and its loader."""

from hiplevel.exercises.loader import list_exercises, load_exercise, parse_exercises

__all__ = ["list_exercises", "load_exercise", "parse_exercises"]
