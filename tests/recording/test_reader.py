import struct
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.samples import Samples
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import Recording, open_recording
from hiplevel.recording.scan import scan
from hiplevel.recording.writer import RecordingWriter

from .conftest import BATCH, CHUNK_MARK, SHARED, arrival_ns, full_info, payload, write_session

END_OF_DATA = b"\x0f\x04\x00\x00\x00\x00\x00\x00\x00"


class StandInStream:
    """A decoder for the stand-in sensor: what the real one would be asked, and nothing else."""

    def __init__(self, spec: object, **spec_vars: object) -> None:
        self.health = {"spec": spec, "vars": spec_vars, "packets": 0}

    def feed_many(
        self, characteristics: Sequence[str], payloads: Sequence[bytes], arrival_ns: Sequence[int]
    ) -> Samples:
        self.health["packets"] = len(arrival_ns)
        told = [p for alias, p in zip(characteristics, payloads, strict=True) if alias == "data"]
        rows = np.concatenate([np.frombuffer(p[4:], "<i2").reshape(-1, 6) for p in told]) * 0.01
        numbers = np.concatenate([struct.unpack("<I", p[:4])[0] * BATCH + np.arange(BATCH) for p in told])
        return Samples(numbers / 100.0, rows[:, :3], rows[:, 3:])

    def finish(self) -> Samples:
        return Samples(np.array([999.0]), np.zeros((1, 3)), np.zeros((1, 3)))


@pytest.fixture
def stand_in_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = types.ModuleType("hiplevel.sensors.spec")
    spec.parse_spec = lambda text, origin: (text, origin)  # type: ignore[attr-defined]
    stream = types.ModuleType("hiplevel.sensors.stream")
    stream.SensorStream = StandInStream  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hiplevel.sensors.spec", spec)
    monkeypatch.setitem(sys.modules, "hiplevel.sensors.stream", stream)


def opened(path: Path) -> tuple[Recording | None, Reason | None]:
    try:
        return open_recording(path), None
    except RecordingError as error:
        return None, error.reason


def test_notifications_come_back_verbatim_and_in_order(session: Path) -> None:
    recording = open_recording(session)
    told = [("data" if n % 10 else "battery", payload(n), arrival_ns(n)) for n in range(100)]
    assert list(recording.notifications()) == told
    assert [event.number for event in recording.events] == [1, 2, 3, 4, 5]  # type: ignore[union-attr]
    assert recording.closed
    assert recording.notices == ()
    assert recording.duration_s == pytest.approx(4.95)
    assert recording.info.exercise == "pelvic-drop"


@pytest.mark.usefixtures("stand_in_decoder")
def test_samples_are_decoded_by_the_spec_inside_the_file(session: Path) -> None:
    recording = open_recording(session)
    assert len(recording.samples) == 90 * BATCH + 1  # and what the stream held back to its end
    assert recording.samples.time_s[-1] == 999.0
    assert recording.samples is recording.samples
    told = full_info()
    assert recording.health == {
        "spec": (told.spec_toml, "the spec stand-in inside the recording"),
        "vars": told.spec_vars,
        "packets": 100,
    }


def test_notifications_without_a_spec_cannot_be_decoded(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "a.mcap", RecordingInfo()) as writer:
        writer.notification("data", b"\x00", 1)
    with pytest.raises(RecordingError, match="spec") as caught:
        _ = open_recording(writer.path).samples
    assert caught.value.reason is Reason.DAMAGED_FILE


def test_a_recording_of_nothing_has_no_samples(tmp_path: Path) -> None:
    write_session(tmp_path / "a.mcap", 0)
    recording = open_recording(str(tmp_path / "a.mcap"))
    assert len(recording.samples) == 0
    assert recording.events == ()
    assert recording.duration_s == 0.0


def test_a_file_still_being_written_opens_and_says_so(tmp_path: Path) -> None:
    writer = write_session(tmp_path / "a.mcap", 50, close=False)
    recording = open_recording(writer.path)
    assert not recording.closed
    assert "never closed" in recording.notices[0]
    assert "still is" in recording.notices[0]
    assert [told[1] for told in recording.notifications()] == [payload(n) for n in range(40)]  # 2 s: events flush
    writer.close()
    assert open_recording(writer.path).closed


@SHARED
@given(data=st.data())
def test_cut_anywhere_it_opens_with_a_prefix_or_says_it_is_empty(session: Path, data: st.DataObject) -> None:
    whole = session.read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    torn = session.with_name("torn.mcap")
    torn.write_bytes(whole[:cut])
    recording, refused = opened(torn)
    if recording is None:
        assert refused is Reason.EMPTY
        assert not scan(whole[:cut]).metadata
        return
    told = list(recording.notifications())
    assert told == list(open_recording(session).notifications())[: len(told)]
    assert not recording.closed
    assert "never closed" in recording.notices[0]


def test_cut_in_the_last_second_only_that_second_is_missing(session: Path) -> None:
    data = session.read_bytes()
    event_chunk = data.rindex(CHUNK_MARK, 0, data.index(END_OF_DATA))
    last_second = data.rindex(CHUNK_MARK, 0, event_chunk)
    torn = session.with_name("torn.mcap")
    torn.write_bytes(data[: last_second + 40])
    recording = open_recording(torn)
    assert len(list(recording.notifications())) == 80
    assert "bytes at the end are torn" in recording.notices[1]


@SHARED
@given(tail=st.binary(min_size=1, max_size=200), closed=st.booleans())
def test_a_garbage_tail_costs_nothing(session: Path, tail: bytes, closed: bool) -> None:
    data = session.read_bytes()
    whole = len(list(open_recording(session).notifications()))
    end = len(data) if closed else data.index(END_OF_DATA)
    torn = session.with_name("torn.mcap")
    torn.write_bytes(data[:end] + tail)
    recording = open_recording(torn)
    assert len(list(recording.notifications())) == whole
    assert recording.notices
    assert recording.closed is closed


@SHARED
@given(data=st.data())
def test_one_flipped_byte_never_ends_in_a_traceback_or_invented_bytes(session: Path, data: st.DataObject) -> None:
    whole = bytearray(session.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    damaged = session.with_name("damaged.mcap")
    damaged.write_bytes(bytes(whole))
    recording, refused = opened(damaged)
    if recording is None:
        assert refused in (Reason.DAMAGED_FILE, Reason.FOREIGN_FILE, Reason.NEWER_FILE, Reason.EMPTY)
        return
    sent = {payload(n) for n in range(100)}
    told = [told[1] for told in recording.notifications()]
    assert set(told) <= sent
    assert len(told) == 100 or recording.notices


def test_a_hole_in_the_middle_costs_only_that_second(session: Path) -> None:
    data = bytearray(session.read_bytes())
    second_chunk = data.index(CHUNK_MARK, data.index(CHUNK_MARK) + 8)
    data[second_chunk - 100 : second_chunk + 300] = bytes(400)  # a block the disk never got
    session.write_bytes(bytes(data))
    recording = open_recording(session)
    numbers = [struct.unpack("<I", told[1][:4])[0] for told in recording.notifications()]
    assert numbers == [*range(20), *range(40, 100)]
    assert any("in the middle are damaged" in notice for notice in recording.notices)


def test_an_event_of_a_later_version_is_left_out_and_named(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hiplevel.model import events

    monkeypatch.delitem(events.EVENT_TYPES, "Rep")
    recording = open_recording(session)
    assert recording.events == ()
    assert "5 events are of a kind this version does not know" in recording.notices[0]
