from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcap.reader import make_reader

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.recording.reader import open_recording
from hiplevel.recording.recover import recover

from .conftest import payload, write_session


def test_a_recovered_file_is_closed_indexed_and_complete(session: Path) -> None:
    data = session.read_bytes()
    torn = session.with_name("torn.mcap")
    torn.write_bytes(data[:-700])
    out = session.with_name("whole.mcap")
    report = recover(torn, out)
    recovered, original = open_recording(out), open_recording(session)
    assert recovered.closed
    assert recovered.notices == ()
    assert list(recovered.notifications()) == list(original.notifications())
    assert recovered.events == original.events
    assert recovered.info.to_json() == original.info.to_json()
    assert (report.notifications, report.events, report.was_closed) == (100, 5, False)
    assert report.seconds == pytest.approx(4.95)
    assert "never closed" in report.notices[0]
    with out.open("rb") as file:
        summary = make_reader(file).get_summary()
        assert summary is not None
        assert summary.statistics is not None
        assert summary.statistics.message_count == report.messages == original.messages
        assert len(summary.chunk_indexes) > 4
    assert torn.read_bytes() == data[:-700]


def test_a_whole_file_loses_nothing(session: Path) -> None:
    report = recover(session, session.with_name("copy.mcap"))
    assert report.bytes_lost == 0
    assert report.was_closed
    assert str(report).endswith("Nothing was lost.")


def test_damage_in_the_middle_is_counted(session: Path) -> None:
    data = bytearray(session.read_bytes())
    mark = b"\x04\x00\x00\x00zstd"
    chunk = data.index(mark, data.index(mark) + len(mark))
    data[chunk : chunk + 50] = bytes(50)
    session.write_bytes(bytes(data))
    report = recover(session, session.with_name("copy.mcap"))
    assert report.bytes_lost > 50
    assert f"{report.bytes_lost} of {len(data)} bytes could not be read" in str(report)
    assert report.notifications == 80


def test_a_file_still_being_written_can_be_saved_elsewhere(tmp_path: Path) -> None:
    writer = write_session(tmp_path / "a.mcap", 45, close=False)
    report = recover(writer.path, tmp_path / "b.mcap")
    writer.close()
    assert report.notifications == 40
    assert len(list(open_recording(writer.path).notifications())) == 45


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_cut_anywhere_recovering_keeps_what_opening_shows(session: Path, data: st.DataObject) -> None:
    whole = session.read_bytes()
    torn, out = session.with_name("torn.mcap"), session.with_name("out.mcap")
    torn.write_bytes(whole[: data.draw(st.integers(4000, len(whole)))])
    out.unlink(missing_ok=True)
    report = recover(torn, out)
    assert list(open_recording(out).notifications()) == list(open_recording(torn).notifications())
    assert open_recording(out).closed
    assert report.bytes_total == torn.stat().st_size


@pytest.mark.parametrize("target", ["session.mcap", "other.mcap"])
def test_nothing_is_written_over(session: Path, target: str) -> None:
    session.with_name("other.mcap").write_text("precious")
    before = {path: path.read_bytes() for path in session.parent.iterdir()}
    with pytest.raises(RecordingError) as caught:
        recover(session, session.with_name(target))
    assert caught.value.reason is Reason.EXISTS
    assert {path: path.read_bytes() for path in session.parent.iterdir()} == before


def test_a_foreign_file_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(RecordingError) as caught:
        recover(tmp_path / "a.txt", tmp_path / "out.mcap")
    assert caught.value.reason is Reason.FOREIGN_FILE
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_target_that_cannot_be_written_is_named(session: Path) -> None:
    session.with_name("file").write_text("x")
    with pytest.raises(RecordingError, match="cannot be written") as caught:
        recover(session, session.with_name("file") / "out.mcap")
    assert caught.value.reason is Reason.DISK


def test_recovering_twice_gives_the_same_bytes(session: Path) -> None:
    recover(session, session.with_name("a.mcap"))
    recover(session.with_name("a.mcap"), session.with_name("b.mcap"))
    assert session.with_name("a.mcap").read_bytes() == session.with_name("b.mcap").read_bytes()
    assert payload(3) in {told[1] for told in open_recording(session.with_name("b.mcap")).notifications()}
