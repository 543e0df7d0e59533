"""What the large number counts in an exercise."""

from hiplevel.detect.hold_params import hold_params
from hiplevel.gui.widgets.count import Unit
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
