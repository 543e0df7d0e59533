"""What the large number counts in an exercise."""

from hiplevel.detect.hold_params import hold_params
from hiplevel.gui.widgets.count import Unit
from hiplevel.gui.words import count, tr
from hiplevel.model.exercise import Exercise


def unit_of(exercise: Exercise | None) -> Unit:
    """Repetitions, seconds of a hold, steps; or nothing, where nothing can be counted from the pelvis."""
    if exercise is None:
        return "none"
    if hold_params(exercise) is not None:
        return "seconds"
    if exercise.counting.signal != "none":
        return "reps"
    return "none" if exercise.steps == "none" else "steps"


def total_words(unit: Unit, reps: int, holds: int, steps: int) -> str:
    """What a session came to, in what its exercise counts; repetitions where somebody added any."""
    if unit == "reps" or reps:
        return count("live.total", reps)
    if unit == "seconds":
        return count("live.total_holds", holds)
    return count("live.total_steps", steps) if unit == "steps" else tr("live.total_none")
