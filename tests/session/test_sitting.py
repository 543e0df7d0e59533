"""All the way: virtual sensor, Bluetooth, decoder, pipeline, recorder, and the file replayed to the last bit."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel import analyze, open_recording
from hiplevel.model.errors import LinkError, Reason
from hiplevel.model.events import Drop, DropStarted, Gap, LinkLost, LinkRestored, Rep
from hiplevel.recording.reader import Recording
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.stream import SensorStream
from hiplevel.sensors.virtual.sensor import Faults
from hiplevel.session.ble_source import BleSource
from hiplevel.session.session import Session
from hiplevel.session.source import FileSource
from session.sitting import AWAY_S, PLAN, SPEC, Seen, computed, person, sit, virtual_source

PERSON = person()


def assert_replays(recording: Recording, session: Session, seen: Seen) -> None:
    """The file holds what was shown, and computing it again from the raw bytes gives the same bits."""
    info = recording.info
    again = analyze(
        recording.samples, exercise=info.exercise, stance=info.stance, rule=info.rule, calibration=info.calibration
    )
    assert recording.closed
    assert list(recording.events) == session.events == seen.events
    assert computed(session.events) == list(again.events)
    for live, replayed in zip(seen.angles(), (again.time_s, again.obliquity_deg, again.tilt_deg), strict=True):
        assert np.array_equal(live, replayed)


def test_what_was_seen_live_is_what_the_recording_gives_to_the_last_bit(tmp_path: Path) -> None:
    path = tmp_path / "sitting.mcap"
    session, seen = sit(path, PERSON)
    recording = open_recording(path)
    assert_replays(recording, session, seen)
    assert len(recording.samples) == len(PERSON)
    assert session.health.lost == 0
    reps = [e for e in session.events if isinstance(e, Rep)]
    drops = [e for e in session.events if isinstance(e, Drop)]
    assert len(reps) >= 3
    assert [d.side for d in drops] == ["right", "right"]
    assert all(d.peak_deg > 6.0 for d in drops)


@pytest.mark.usefixtures("in_tokyo")
def test_the_recording_says_who_where_what_and_that_it_was_simulated(tmp_path: Path) -> None:
    path = tmp_path / "sitting.mcap"
    session, seen = sit(path, PERSON[:600])
    info = open_recording(path).info
    assert info.simulated
    assert info.source == "simulation"
    assert info.utc_offset_min == 9 * 60
    assert (info.client, info.exercise, info.stance, info.rule) == ("c-007", "pelvic-drop", "left", PLAN.rule)
    assert info.sensor_name == "hiplevel-SIM-0001"
    assert info.spec_vars == {"rate": 100, "acc_range": 16, "gyr_range": 2000, "per_packet": 5}
    assert session.health.battery_percent == 87.0
    assert seen.healths[-1].samples == 600
    assert seen.healths[-1].rate_hz == pytest.approx(100.0)


def test_lost_and_doubled_packets_are_counted_and_replay_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "lossy.mcap"
    session, seen = sit(path, PERSON, Faults(drop=0.05, duplicate=0.05, seed=2))
    recording = open_recording(path)
    assert_replays(recording, session, seen)
    lost = session.health.lost
    assert lost is not None
    assert lost >= 20
    assert len(recording.samples) + lost == pytest.approx(len(PERSON), abs=10)
    assert session.health.duplicates > 5


def test_a_broken_link_is_mended_in_the_same_recording_with_the_gap_marked(tmp_path: Path) -> None:
    path = tmp_path / "broken.mcap"
    session, seen = sit(path, PERSON, Faults(break_after=120))
    recording = open_recording(path)
    assert_replays(recording, session, seen)
    lost = next(e for e in session.events if isinstance(e, LinkLost))
    back = next(e for e in session.events if isinstance(e, LinkRestored))
    gap = next(e for e in session.events if isinstance(e, Gap))
    assert lost.time_s == pytest.approx(6.0, abs=0.3)
    assert back.time_s - lost.time_s == back.gap_s == pytest.approx(AWAY_S, abs=0.5)
    assert gap.end_s - gap.start_s == pytest.approx(AWAY_S, abs=0.5)
    assert session.duration_s == pytest.approx(17.0, abs=0.2)
    assert any(isinstance(e, DropStarted) for e in session.events if e.known_s > back.known_s)


def test_a_file_as_source_gives_the_same_session(tmp_path: Path) -> None:
    path = tmp_path / "sitting.mcap"
    session, seen = sit(path, PERSON)
    recording = open_recording(path)
    info = recording.info
    again = Seen()
    replay = Session(SensorStream(SPEC, **info.spec_vars), PLAN.pipeline(), views=[again])
    replay.run(FileSource(recording))
    assert replay.events == session.events
    for live, replayed in zip(seen.angles(), again.angles(), strict=True):
        assert np.array_equal(live, replayed)


def test_no_sensor_is_a_sentence_and_leaves_no_thread_behind() -> None:
    source = virtual_source(PERSON)
    source._wanted, source._find_s = Wanted(address="C0:FF:EE:00:00:01"), 0.05
    with pytest.raises(LinkError) as caught, source:
        pass
    assert caught.value.reason is Reason.OTHER_SENSOR
    assert not source._host.running


def test_a_radio_that_cannot_be_opened_is_told_to_the_caller() -> None:
    def broken(_inbox):  # type: ignore[no-untyped-def]
        raise LinkError("No adapter here.", Reason.NO_ADAPTER)

    with pytest.raises(LinkError, match="No adapter here"), BleSource(SPEC, open_radio=broken):
        pass


def test_a_replay_tells_the_broken_link_at_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.mcap"
    session, _ = sit(path, PERSON, Faults(break_after=120))
    recording = open_recording(path)
    replay = Session(SensorStream(SPEC, **recording.info.spec_vars), PLAN.pipeline())
    replay.run(FileSource(recording))
    assert replay.events == session.events
    assert [type(e) for e in replay.events if isinstance(e, (LinkLost, LinkRestored))] == [LinkLost, LinkRestored]
