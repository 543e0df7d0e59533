"""The exercise of a recording: as it was described when it was made, whatever the catalogue says today."""

import dataclasses

from hiplevel.exercises import load_exercise, parse_exercise
from hiplevel.model.errors import HiplevelError, SpecError
from hiplevel.model.exercise import Exercise
from hiplevel.recording.info import RecordingInfo


def described(info: RecordingInfo) -> RecordingInfo:
    """The head with the description of its exercise, as far as one is known."""
    if not info.exercise or info.exercise_toml:
        return info
    try:
        return dataclasses.replace(info, exercise_toml=load_exercise(info.exercise).toml_text)
    except HiplevelError:  # an exercise of somebody else: its id is all there is
        return info


def exercise_of(info: RecordingInfo) -> Exercise | None:
    """The exercise by its recorded description, else by its id; None when none was named.

    Raises
    ------
    UsageError
        UNKNOWN_EXERCISE when neither is known here.
    """
    if not info.exercise:
        return None
    if info.exercise_toml:
        try:
            return parse_exercise(info.exercise_toml, f"{info.exercise} in the recording")
        except SpecError:  # of a version whose exercises were described otherwise
            pass
    return load_exercise(info.exercise)
