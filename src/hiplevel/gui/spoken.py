"""Exercises as the window speaks of them: in its language."""

from hiplevel.exercises import list_exercises, load_exercise
from hiplevel.exercises.translated import in_language
from hiplevel.gui import words
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError
from hiplevel.model.exercise import Exercise


def spoken(exercise: Exercise) -> Exercise:
    """The same exercise with its texts in the language spoken."""
    return in_language(exercise, words.current())


def load_spoken(exercise_id: str) -> Exercise:
    """The exercise of that id. Raises as `load_exercise`."""
    return spoken(load_exercise(exercise_id))


def list_spoken() -> list[Exercise]:
    """Every exercise, as `list_exercises`."""
    return [spoken(exercise) for exercise in list_exercises()]


def known(exercise_id: str) -> Exercise | None:
    """The exercise of that id; None where this computer does not know it."""
    try:
        return load_spoken(exercise_id)
    except HiplevelError:
        return None


def name_of(exercise_id: str) -> str:
    """Its name, or the id where this computer does not know the exercise."""
    exercise = known(exercise_id)
    return exercise_id if exercise is None else exercise.name


def stance_words(stance: str, exercise: Exercise | None) -> str:
    """Which leg stands; of an exercise done lying on the side, on which."""
    return tr(f"live.lies_{stance}") if lies(stance, exercise) else tr(f"live.stance_{stance}")


def lies(stance: str, exercise: Exercise | None) -> bool:
    """Whether `stance` is the side somebody lies on, and no leg that stands."""
    return exercise is not None and exercise.posture == "side-lying" and stance in ("left", "right")
