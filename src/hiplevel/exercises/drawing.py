"""The drawing of how to get ready for an exercise, as SVG."""

from importlib.resources import files

from hiplevel.exercises.builtin import BUILT_IN


def drawing_of(exercise_id: str) -> str | None:
    """The SVG text of an exercise of the catalogue; None for one of your own."""
    if exercise_id not in BUILT_IN:
        return None
    return files("hiplevel.exercises").joinpath("drawings", f"{exercise_id}.svg").read_text(encoding="utf-8")
