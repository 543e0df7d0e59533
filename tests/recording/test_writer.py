import json
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from mcap.reader import make_reader

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.samples import Samples
from hiplevel.recording.reader import open_recording
from hiplevel.recording.writer import RecordingWriter

from .conftest import EVENTS, START_NS, arrival_ns, full_info, payload, write_session


@pytest.fixture
def full_disk() -> Iterator[Callable[[int | None], None]]:
    """Let files grow to so many bytes only; None lifts the limit."""
    old_limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old_handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(size: int | None) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (old_limits[0] if size is None else size, old_limits[1]))

    yield limit
    limit(None)
    signal.signal(signal.SIGXFSZ, old_handler)


def test_any_mcap_reader_sees_topics_schemas_and_index(session: Path) -> None:
    with session.open("rb") as file:
        reader = make_reader(file)
        summary = reader.get_summary()
        assert summary is not None
        topics = {channel.topic for channel in summary.channels.values()}
        assert topics == {"/imu/raw/data", "/imu/raw/battery", "/pelvis/angles", "/events"}
        angles = [(schema, json.loads(m.data)) for schema, _, m in reader.iter_messages(topics=["/pelvis/angles"])]
    schema, first = angles[0]
    assert schema is not None
    assert schema.encoding == "jsonschema"
    assert set(json.loads(schema.data)["properties"]) == set(first) == {"time_s", "obliquity_deg", "tilt_deg"}


def test_angles_are_thinned_to_25_hz_and_keep_their_time(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    with RecordingWriter(path, full_info()) as writer:
        for start in range(0, 400, 4):  # 200 Hz in blocks of 4
            time_s = np.arange(start, start + 4) / 200.0
            writer.motion(time_s, time_s, -time_s, START_NS + int(1e9 * time_s[-1]))
        writer.motion([2.0], [np.nan], [0.0], START_NS + 2_000_000_000)
    with path.open("rb") as file:
        stored = [(m.log_time, json.loads(m.data)) for _, _, m in make_reader(file).iter_messages()]
    np.testing.assert_allclose([angles["time_s"] for _, angles in stored], np.arange(50) / 25.0)
    assert all(abs(log_ns - START_NS - angles["time_s"] * 1e9) < 100 for log_ns, angles in stored)


def test_a_file_is_never_written_over(session: Path) -> None:
    before = session.read_bytes()
    with pytest.raises(RecordingError, match="already there") as caught:
        RecordingWriter(session, full_info())
    assert caught.value.reason is Reason.EXISTS
    assert session.read_bytes() == before


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("x")
    with pytest.raises(RecordingError, match="cannot be created") as caught:
        RecordingWriter(tmp_path / "notes" / "a.mcap", full_info())
    assert caught.value.reason is Reason.DISK


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "2026" / "11" / "a.mcap"
    RecordingWriter(path, full_info()).close()
    assert open_recording(path).closed


def test_closing_twice_does_nothing_and_writing_afterwards_is_refused(tmp_path: Path) -> None:
    writer = write_session(tmp_path / "a.mcap", 5)
    size = writer.path.stat().st_size
    writer.close()
    assert writer.path.stat().st_size == size
    with pytest.raises(ValueError, match="closed"):
        writer.notification("data", b"late", arrival_ns(6))


def test_an_exception_inside_still_closes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"

    def session_that_fails() -> None:
        with RecordingWriter(path, full_info()) as writer:
            writer.notification("data", payload(0), arrival_ns(0))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        session_that_fails()
    recording = open_recording(path)
    assert recording.closed
    assert list(recording.notifications()) == [("data", payload(0), arrival_ns(0))]


def test_an_event_is_safe_when_the_call_returns(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "a.mcap", full_info()) as writer:
        writer.notification("data", payload(0), arrival_ns(0))
        writer.event(EVENTS[0], arrival_ns(0))
        seen = open_recording(writer.path)
        assert seen.events == EVENTS[:1]
        assert len(list(seen.notifications())) == 1


def test_every_second_of_arrival_time_is_safe_while_writing(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "a.mcap", full_info()) as writer:
        for number in range(100):
            writer.notification("data", payload(number), arrival_ns(number))
            kept = [arrival for _, _, arrival in open_recording(writer.path).notifications()]
            newest = kept[-1] if kept else START_NS - 1
            assert arrival_ns(number) - newest <= 1_000_000_000


def test_what_nobody_follows_up_is_safe_after_a_second(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "a.mcap", full_info()) as writer:
        writer.notification("data", payload(0), arrival_ns(0))
        while not list(open_recording(writer.path).notifications()):  # ended by the test's timeout if it never comes
            os.sched_yield()


def test_a_full_disk_is_reported_and_recording_goes_on_once_there_is_room(
    tmp_path: Path, full_disk: Callable[[int | None], None]
) -> None:
    writer = RecordingWriter(tmp_path / "a.mcap", full_info())
    writer.notification("data", payload(0), arrival_ns(0))
    writer.event(EVENTS[0], arrival_ns(0))
    full_disk(writer.path.stat().st_size + 700)
    refusals = []
    for number in range(1, 200):
        try:
            writer.notification("data", payload(number), arrival_ns(number))
        except RecordingError as error:
            refusals.append(error)
    assert 0 < len(refusals) <= 15
    assert {error.reason for error in refusals} == {Reason.DISK}
    assert "Free some space" in str(refusals[0])
    torn = open_recording(writer.path)
    assert torn.events == EVENTS[:1]
    assert torn.notices
    full_disk(None)
    writer.close()
    whole = open_recording(writer.path)
    assert [told[1] for told in whole.notifications()] == [payload(n) for n in range(200)]
    assert whole.notices == ()


def test_closing_on_a_full_disk_says_so_and_leaves_a_readable_file(
    tmp_path: Path, full_disk: Callable[[int | None], None]
) -> None:
    writer = write_session(tmp_path / "a.mcap", 40, close=False)
    full_disk(writer.path.stat().st_size)
    with pytest.raises(RecordingError) as caught:
        writer.close()
    assert caught.value.reason is Reason.DISK
    full_disk(None)
    assert len(list(open_recording(writer.path).notifications())) == 40


def test_a_disk_full_from_the_start_leaves_no_file(tmp_path: Path, full_disk: Callable[[int | None], None]) -> None:
    full_disk(20)
    with pytest.raises(RecordingError) as caught:
        RecordingWriter(tmp_path / "a.mcap", full_info())
    full_disk(None)  # before pytest writes its own output, which may be a file
    assert caught.value.reason is Reason.DISK
    assert list(tmp_path.iterdir()) == []


def test_imported_samples_come_back_to_the_last_bit(tmp_path: Path, still_samples: Callable[[int], Samples]) -> None:
    samples = still_samples(1300)
    with RecordingWriter(tmp_path / "a.mcap", full_info()) as writer:
        writer.samples(Samples.empty())
        writer.samples(samples[:7])
        writer.samples(samples[7:])
    recording = open_recording(writer.path)
    for name in ("time_s", "acc_m_s2", "gyr_rad_s"):
        np.testing.assert_array_equal(getattr(recording.samples, name), getattr(samples, name))
    assert recording.health is None
    assert recording.duration_s == pytest.approx(12.99)
