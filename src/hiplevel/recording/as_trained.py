"""How a recording was trained, for a pipeline that is to say the same of it."""

from typing import TypedDict

from hiplevel.model.calibration import Calibration
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import DropRule, Stance
from hiplevel.recording.reader import Recording


class AsTrained(TypedDict):
    """Arguments of `Pipeline` and `analyze`."""

    exercise: Exercise | None
    stance: Stance
    rule: DropRule
    calibration: Calibration | None
    hold_s: float | None


def as_trained(recording: Recording) -> AsTrained:
    """Its own exercise, stance, limits, calibration and hold; what was said meanwhile is among its events.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE when only the exercise's id was kept and that is not known here.
    """
    info = recording.info
    return {
        "exercise": recording.exercise,
        "stance": info.stance,  # type: ignore[typeddict-item] # the head is JSON; the pipeline judges it
        "rule": info.rule,
        "calibration": info.calibration,
        "hold_s": None if info.prescription is None else info.prescription.asked_hold_s,
    }
