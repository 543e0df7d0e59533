"""What people add later: beside what was recorded, never in its place, and safe from kills."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.events import Event, Note
from hiplevel.recording import locking
from hiplevel.recording.amend import BEFORE_SUFFIX, amend, amend_with
from hiplevel.recording.reader import Recording, open_recording

from .conftest import write_session

SAID: list[Event] = [
    Correction(2.0, "undo", 1, 2, author="c-017", made_ns=5, known_s=2.0),
    Note(3.0, "Band slipped.", "note", author="c-017", known_s=3.0),
    BadSpan(1.0, 2.0, "somebody else walked by", known_s=1.0),
]


def raw(recording: Recording) -> list[tuple[str, bytes, int]]:
    return list(recording.notifications())


def test_what_was_said_stands_behind_what_was_recorded(session: Path) -> None:
    before = open_recording(session)
    after = amend(session, SAID)
    assert after.events == (*before.events, *SAID)
    assert raw(after) == raw(before)
    assert after.info.to_json() == before.info.to_json()
    assert (after.closed, after.notices, after.duration_s) == (True, (), before.duration_s)
    assert [path.name for path in session.parent.iterdir()] == [session.name]


def test_one_after_another_each_stays(session: Path) -> None:
    for said in SAID:
        amend(session, [said])
    assert list(open_recording(session).events[-3:]) == SAID


def test_saying_nothing_leaves_the_file_alone(session: Path) -> None:
    before = session.read_bytes()
    amend(session, [])
    assert session.read_bytes() == before


def test_a_recording_without_any_event_takes_one(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    write_session(path, 3)
    assert amend(path, SAID[:1]).events == (SAID[0],)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0.3, 1.0))
def test_a_recording_never_closed_keeps_saying_so_and_loses_nothing(session: Path, cut: float) -> None:
    torn, kept = session.with_name("torn.mcap"), session.with_name("torn.mcap" + BEFORE_SUFFIX)
    kept.unlink(missing_ok=True)
    data = session.read_bytes()
    torn.write_bytes(data[: int(cut * len(data))])
    before, length = open_recording(torn), torn.stat().st_size
    after = amend(amend(torn, SAID[:1]).path, SAID[1:])
    assert raw(after) == raw(before)
    assert after.events == (*before.events, *SAID)
    assert (after.closed, after.notices) == (before.closed, before.notices)
    assert kept.exists() == any("torn" in notice for notice in before.notices)
    assert not kept.exists() or kept.stat().st_size == length


def test_while_it_is_being_recorded_nothing_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "PATIENCE_S", 0.0)
    writer = write_session(tmp_path / "a.mcap", 45, close=False)
    with pytest.raises(RecordingError, match="still being recorded") as refused:
        amend(writer.path, SAID)
    assert refused.value.reason is Reason.IN_USE
    writer.close()
    assert len(raw(amend(writer.path, SAID))) == 45


def test_two_who_add_at_once_both_stay(session: Path) -> None:
    threads = [threading.Thread(target=amend, args=(session, [Note(float(i), "x", author=f"p{i}")])) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [event.author for event in open_recording(session).events if isinstance(event, Note)]
    assert sorted(said) == [f"p{i}" for i in range(8)]


def test_what_is_said_may_depend_on_what_stands_there(session: Path) -> None:
    def say(recording: Recording) -> list[Event]:
        return [Note(0.0, f"{len(recording.events)} events", author="c-017")]

    amend_with(session, say)
    told = amend_with(session, say).events[-1]
    assert isinstance(told, Note)
    assert told.text == "6 events"


def test_a_full_disk_leaves_the_old_file(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = session.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hiplevel.recording.sink.os.fsync", full)
    with pytest.raises(RecordingError, match="No space left") as refused:
        amend(session, SAID)
    assert refused.value.reason is Reason.DISK
    assert session.read_bytes() == before
    assert [path.name for path in session.parent.iterdir()] == [session.name]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello, world")
    for name, reason in (("a.txt", Reason.FOREIGN_FILE), ("b.mcap", Reason.NOT_FOUND)):
        with pytest.raises(RecordingError) as refused:
            amend(tmp_path / name, SAID)
        assert refused.value.reason is reason


def test_a_link_stays_a_link(session: Path) -> None:
    link = session.with_name("link.mcap")
    try:
        link.symlink_to(session)
    except OSError:
        pytest.skip("this system has no links")
    amend(link, SAID)
    assert link.is_symlink()
    assert list(open_recording(session).events[-3:]) == SAID


AMENDER = """
import sys
from pathlib import Path
from hiplevel.model.events import Note
from hiplevel.recording.amend import amend
for number in range(10_000):
    amend(Path(sys.argv[1]), [Note(1.0, str(number), author="c-017")])
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize("numbers", [1, 2, 5, 9])
def test_a_kill_while_adding_leaves_a_whole_file(session: Path, numbers: int) -> None:
    before = open_recording(session)
    with subprocess.Popen(
        [sys.executable, "-c", AMENDER, str(session)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(numbers)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
    after = open_recording(session)
    assert after.closed
    assert raw(after) == raw(before)
    notes = [event.text for event in after.events if isinstance(event, Note)]
    assert notes == [str(number) for number in range(len(notes))]
    assert len(notes) >= len(lines)
    amend(session, SAID)
    assert [path.name for path in session.parent.iterdir()] == [session.name]
