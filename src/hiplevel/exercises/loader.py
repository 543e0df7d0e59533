"""An exercise by its id: of the catalogue, or one of your own."""

from difflib import get_close_matches

from hiplevel.exercises.builtin import BUILT_IN, built_in
from hiplevel.exercises.own import own_exercises, own_files, read_own
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.exercise import Exercise


def load_exercise(exercise_id: str) -> Exercise:
    """The exercise of that id.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE, naming the nearest id.
    SpecError
        when it is one of your own, and its file is wrong.
    """
    if not isinstance(exercise_id, str):
        raise _unknown(str(exercise_id))
    if exercise_id in BUILT_IN:
        return built_in(exercise_id)
    path = own_files().get(exercise_id)
    if path is None:
        raise _unknown(exercise_id)
    exercise = read_own(path)
    if exercise.id != exercise_id:
        raise _unknown(exercise_id)
    return exercise


def list_exercises() -> list[Exercise]:
    """Every exercise: the catalogue's in its order, then your own that can be used."""
    return [built_in(exercise_id) for exercise_id in BUILT_IN] + own_exercises()[0]


def _unknown(exercise_id: str) -> UsageError:
    known = [*BUILT_IN, *(name for name in own_files() if name not in BUILT_IN)]
    asked = exercise_id.strip().lower().replace("_", "-").replace(" ", "-")
    containing = sorted((name for name in known if asked and asked in name), key=len)
    near = containing or get_close_matches(asked, known, n=1)
    hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return UsageError(
        f"There is no exercise {exercise_id!r}. {hint}".strip(), Reason.UNKNOWN_EXERCISE, f"Known: {', '.join(known)}."
    )
