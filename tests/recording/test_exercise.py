"""A recording keeps the exercise as it was described when it was made."""

import dataclasses
from pathlib import Path

import pytest

from hiplevel.exercises import load_exercise, parse_exercise
from hiplevel.model.errors import Reason, UsageError
from hiplevel.recording.amend import amend
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import open_recording
from hiplevel.recording.writer import RecordingWriter

from .conftest import EVENTS

CHANGED = load_exercise("pelvic-drop").toml_text.replace("min_swing = 2.5", "min_swing = 4.5")


def written(path: Path, **head: str) -> Path:
    RecordingWriter(path, RecordingInfo(**head)).close()  # type: ignore[arg-type]
    return path


def test_the_recorder_keeps_the_description_without_being_told(tmp_path: Path) -> None:
    recording = open_recording(written(tmp_path / "a.mcap", exercise="squat"))
    assert recording.info.exercise_toml == load_exercise("squat").toml_text
    assert recording.exercise == load_exercise("squat")


def test_what_the_catalogue_says_later_changes_nothing(tmp_path: Path) -> None:
    assert "min_swing = 4.5" in CHANGED
    path = written(tmp_path / "a.mcap", exercise="pelvic-drop", exercise_toml=CHANGED)
    exercise = amend(path, EVENTS).exercise
    assert exercise is not None
    assert exercise.counting.min_swing == 4.5
    assert exercise != load_exercise("pelvic-drop")


def test_an_exercise_of_somebody_else_is_understood_from_the_recording_alone(tmp_path: Path) -> None:
    theirs = CHANGED.replace('id = "pelvic-drop"', 'id = "hip-circle"')
    path = written(tmp_path / "a.mcap", exercise="hip-circle", exercise_toml=theirs)
    assert open_recording(path).exercise == dataclasses.replace(parse_exercise(theirs, "theirs"))


def test_older_recordings_have_the_exercise_of_today(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mcap", exercise="squat", exercise_toml='id = "squat"')
    assert open_recording(path).exercise == load_exercise("squat")
    assert open_recording(written(tmp_path / "b.mcap")).exercise is None


def test_an_unknown_id_alone_is_said_when_it_is_asked_for(tmp_path: Path) -> None:
    recording = open_recording(written(tmp_path / "a.mcap", exercise="hip-circle"))
    with pytest.raises(UsageError, match="There is no exercise 'hip-circle'") as refused:
        _ = recording.exercise
    assert refused.value.reason is Reason.UNKNOWN_EXERCISE
