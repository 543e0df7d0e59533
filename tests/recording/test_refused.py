"""What cannot be opened, in a sentence that is right about it; and what a damaged head costs."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcap.writer import Writer

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.events import Note
from hiplevel.recording.amend import amend
from hiplevel.recording.info import INFO_RECORD
from hiplevel.recording.reader import open_recording
from hiplevel.recording.recover import recover
from hiplevel.recording.scan import scan

from .conftest import CHUNK_MARK, SHARED, write_session


def refusal(path: Path) -> RecordingError:
    with pytest.raises(RecordingError) as caught:
        open_recording(path)
    assert str(caught.value).endswith(".")
    return caught.value


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.mcap").reason is Reason.NOT_FOUND


def test_a_folder(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert error.reason is Reason.FOREIGN_FILE
    assert "folder" in str(error)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.mcap").touch()
    assert refusal(tmp_path / "a.mcap").reason is Reason.EMPTY


@pytest.mark.parametrize("text", ["time_s,acc_x\n0,1\n", "t;ax\n0;1\n", "\ufefft,ax\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_is_sent_to_the_import(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding=encoding)
    error = refusal(tmp_path / "a.csv")
    assert error.reason is Reason.FOREIGN_FILE
    assert "recordings import" in str(error)


def test_something_else_entirely(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    error = refusal(tmp_path / "a.png")
    assert error.reason is Reason.FOREIGN_FILE
    assert ".png cannot be opened" in str(error)


def test_the_mcap_of_another_program(tmp_path: Path) -> None:
    output = BytesIO()
    writer = Writer(output)
    writer.start(profile="ros2")
    channel = writer.register_channel("/imu/raw/data", "cdr", 0)
    writer.add_message(channel, 1, b"\x00" * 50, 1)
    writer.finish()
    (tmp_path / "a.mcap").write_bytes(output.getvalue())
    error = refusal(tmp_path / "a.mcap")
    assert error.reason is Reason.FOREIGN_FILE
    assert "another program" in str(error)


def test_a_newer_recording(session: Path) -> None:
    data = session.read_bytes().replace(
        b"\x06\x00\x00\x00schema\x01\x00\x00\x001", b"\x06\x00\x00\x00schema\x01\x00\x00\x009"
    )
    session.write_bytes(data)
    assert refusal(session).reason is Reason.NEWER_FILE


def damaged_copies(data: bytes) -> Iterator[bytes]:
    """The file, each with another byte between the magic and the first chunk turned over."""
    for at in range(8, data.index(CHUNK_MARK) - 40, 61):
        yield data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def recovered(path: Path) -> Path:
    write_session(path, close=False)
    return recover(path, path.with_name("recovered.mcap")).path


def amended(path: Path) -> Path:
    write_session(path)
    for text in ("Band slipped.", "Tired."):
        amend(path, [Note(1.0, text, "note", author="person", known_s=1.0)])
    return path


@pytest.mark.parametrize(("made", "events"), [(lambda path: write_session(path).path, 5), (recovered, 5), (amended, 7)])
def test_no_byte_of_the_head_costs_the_session(tmp_path: Path, made: Callable[[Path], Path], events: int) -> None:
    path = made(tmp_path / "session.mcap")
    copies = list(damaged_copies(path.read_bytes()))
    assert len(copies) > 20
    for copy in copies:
        path.write_bytes(copy)
        recording = open_recording(path)
        assert (len(list(recording.notifications())), len(recording.events)) == (100, events)
        assert recording.info.exercise == "pelvic-drop"


def test_however_often_a_recording_is_amended_its_head_stands_twice(tmp_path: Path) -> None:
    path = amended(tmp_path / "session.mcap")
    assert [name for name, _ in scan(path.read_bytes()).metadata].count(INFO_RECORD) == 2


def test_a_head_that_is_damaged_before_there_is_another_is_nothing_to_delete(tmp_path: Path) -> None:
    path = tmp_path / "killed.mcap"
    write_session(path, close=False)
    refused = []
    for copy in damaged_copies(path.read_bytes()):
        path.write_bytes(copy)
        try:
            open_recording(path)
        except RecordingError as error:
            refused.append(error)
    assert len(refused) > 5
    assert {error.reason for error in refused} == {Reason.DAMAGED_FILE}
    assert all("keep the file" in error.hint for error in refused)


def test_both_heads_damaged(session: Path) -> None:
    session.write_bytes(session.read_bytes().replace(b'"c-017"', b'"c-017 '))
    error = refusal(session)
    assert error.reason is Reason.DAMAGED_FILE
    assert session.name in str(error)


@SHARED
@given(tail=st.binary(max_size=300))
def test_any_bytes_behind_the_magic_are_refused_in_a_sentence(session: Path, tail: bytes) -> None:
    path = session.with_name("odd.mcap")
    path.write_bytes(session.read_bytes()[:8] + tail)
    assert refusal(path).reason in (Reason.EMPTY, Reason.FOREIGN_FILE, Reason.DAMAGED_FILE)
