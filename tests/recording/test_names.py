from pathlib import Path

import pytest

from hiplevel.model.errors import Reason, UsageError
from hiplevel.recording.names import default_folder, new_path, recording_name, told_by_name

from .conftest import START_NS


def test_a_name_has_code_time_and_exercise() -> None:
    assert recording_name("c-017", "pelvic-drop", START_NS) == "c-017_2026-11-18T110640Z_pelvic-drop.mcap"
    assert recording_name("", "", START_NS) == "nobody_2026-11-18T110640Z.mcap"


@pytest.mark.parametrize(
    ("client", "exercise"), [("c-017", "pelvic-drop"), ("", "squat"), ("a_b", ""), ("", "lateral-band-walk")]
)
def test_a_name_tells_what_it_was_made_from(client: str, exercise: str, tmp_path: Path) -> None:
    second = START_NS - START_NS % 1_000_000_000
    for _ in range(2):  # the second of the same second too
        path = new_path(client, exercise, START_NS, tmp_path)
        assert told_by_name(path.name) == (client, exercise, second)
        path.touch()


@pytest.mark.parametrize("name", ["squat.mcap", "c-1_2026-13-18T110640Z_squat.mcap", "c-1_2026-11-18T110640Z.csv"])
def test_other_names_tell_nothing(name: str) -> None:
    assert told_by_name(name) is None


@pytest.mark.parametrize("code", ["Erika Mustermann", "a/b", "..", "ä", "x" * 33, "-x"])
def test_what_could_be_a_name_or_a_path_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="never a name") as caught:
        recording_name(code, "squat", START_NS)
    assert caught.value.reason is Reason.USAGE


def test_a_second_recording_in_the_same_second_gets_its_own_name(tmp_path: Path) -> None:
    first = new_path("c-1", "squat", START_NS, tmp_path)
    first.touch()
    second = new_path("c-1", "squat", START_NS, tmp_path)
    second.touch()
    third = new_path("c-1", "squat", START_NS, tmp_path)
    assert [second.name, third.name] == [f"{first.stem}-2.mcap", f"{first.stem}-3.mcap"]


def test_the_default_folder_belongs_to_the_user() -> None:
    assert default_folder().is_absolute()
    assert default_folder().name == "recordings"
    assert new_path("c-1", "squat", START_NS).parent == default_folder()
