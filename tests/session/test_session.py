"""What a session does with what it is given, and when something goes wrong."""

from typing import Any, NoReturn

import numpy as np
import pytest

from hiplevel.model.events import LinkLost, LinkRestored, Note, Rezero
from hiplevel.model.samples import Samples
from hiplevel.pipeline import Pipeline
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.phases import Phase
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.session import Session
from session.scripted import START_NS, Recorder, Script, make, notes, packets
from session.sitting import PLAN, SPEC, Seen, person


def test_the_raw_bytes_are_kept_before_anything_computed_from_them() -> None:
    recorder = Recorder()
    session, seen = make(recorder)
    source = Script(packets(person(4.0)))
    session.run(source)
    calls = recorder.calls
    assert calls.count("raw") == 80
    assert calls.index("raw") < calls.index("Rezero") < calls.index("angles")
    assert any(isinstance(event, Rezero) for event in seen.events)
    assert recorder.closed


def test_a_full_disk_is_said_once_and_the_session_goes_on() -> None:
    recorder = Recorder()
    session, seen = make(recorder)
    items = packets(person(8.0))
    items.insert(40, lambda: setattr(recorder, "refusing", True))
    items.insert(60, lambda: setattr(recorder, "refusing", False))
    session.run(Script(items))
    assert notes(seen.events) == [("disk", "warning")]
    assert any(health.trouble == "The disk is full." for health in seen.healths)
    assert seen.healths[-1].trouble == ""
    assert recorder.calls.count("raw") == 160
    assert seen.blocks[-1].time_s[-1] == pytest.approx(7.99, abs=0.02)
    assert recorder.closed


def test_when_counting_fails_recording_goes_on() -> None:
    recorder = Recorder()
    session, seen = make(recorder)
    samples = person(4.0)
    wrong_units = Samples(samples.time_s, samples.acc_m_s2 / 9.80665, samples.gyr_rad_s)
    session.run(Script(packets(wrong_units)))
    assert notes(seen.events) == [("not-computed", "warning")]
    assert recorder.calls.count("raw") == 80
    assert recorder.closed


@pytest.mark.parametrize("step", ["process", "finish"])
def test_an_error_nobody_expected_in_counting_costs_the_count_and_not_the_recording(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder()
    session, seen = make(recorder)

    def broken(*_: object) -> NoReturn:
        raise IndexError("index 7 is out of bounds")

    monkeypatch.setattr(Pipeline, step, broken)
    session.run(Script(packets(person(4.0))))
    (note,) = [event for event in seen.events if isinstance(event, Note) and event.level == "warning"]
    assert note.text == "Counting and drop warnings have ended: IndexError: index 7 is out of bounds"
    assert recorder.calls.count("raw") == 80
    assert recorder.closed


@pytest.mark.parametrize("part", ["on_events", "on_motion", "on_health"])
def test_a_view_that_fails_is_put_away_and_everything_else_goes_on(part: str) -> None:
    class Fails(Seen):
        """Fails the first time it is told this."""

        def __getattribute__(self, name: str) -> Any:
            return self._fail if name == part else super().__getattribute__(name)

        def _fail(self, _told: object) -> None:
            raise ZeroDivisionError("no width")

    recorder = Recorder()
    session, seen = make(recorder)
    session.show(Fails())
    session.run(Script(packets(person(8.0))))
    assert notes(seen.events) == [("view-failed", "warning")]
    assert "Fails shows nothing any more (ZeroDivisionError: no width)" in str(seen.events)
    assert recorder.calls.count("raw") == 160
    assert recorder.calls.count("Note") == 1
    assert seen.blocks[-1].time_s[-1] == pytest.approx(7.99, abs=0.02)
    assert recorder.closed


def test_a_reader_that_has_gone_ends_the_session_in_order() -> None:
    class Gone(Seen):
        def on_events(self, events: object) -> None:  # noqa: ARG002 - the protocol names it
            raise BrokenPipeError

    recorder = Recorder()
    session, _ = make(recorder)
    session.show(Gone())
    with pytest.raises(BrokenPipeError):
        session.run(Script(packets(person(8.0))))
    assert recorder.closed


def test_packets_lost_in_this_computer_are_said() -> None:
    session, seen = make()
    source = Script([])
    source._items = packets(person(2.0))
    source._items.insert(10, lambda: setattr(source, "overflowed", 4))
    session.run(source)
    assert notes(seen.events) == [("overflow", "warning")]
    assert "4 packets" in next(e.text for e in seen.events if isinstance(e, Note))
    assert seen.healths[-1].overflowed == 4


def test_a_lost_link_is_an_event_and_its_return_is_known_with_the_first_sample() -> None:
    session, seen = make()
    items = packets(person(8.0))
    lost = LinkChange(Phase.LOST, START_NS + 2_000_000_000)
    session.run(Script([*items[:40], lost, LinkChange(Phase.STREAMING, START_NS + 4_900_000_000), *items[100:]]))
    events = [event for event in seen.events if isinstance(event, (LinkLost, LinkRestored))]
    assert events == [
        LinkLost(pytest.approx(1.99), "lost", known_s=pytest.approx(1.99)),  # type: ignore[arg-type]
        LinkRestored(pytest.approx(5.0), pytest.approx(3.01), known_s=pytest.approx(5.0)),  # type: ignore[arg-type]
    ]
    assert [health.connected for health in seen.healths][-1]
    assert session.events == seen.events


def test_a_link_that_never_comes_back_leaves_the_loss_as_the_last_word() -> None:
    session, seen = make()
    session.run(Script([*packets(person(4.0)), LinkChange(Phase.LOST, START_NS + 4_000_000_000)]))
    assert [type(event).__name__ for event in seen.events][-1] == "LinkLost"
    assert not seen.healths[-1].connected


def test_samples_of_an_import_take_the_same_way() -> None:
    recorder = Recorder()
    session, seen = make(recorder)
    samples = person(4.0)
    session.run(Script([samples[:100], samples[100:]]))
    assert recorder.calls.count("rows") == 2
    assert any(isinstance(event, Rezero) for event in seen.events)
    assert session.duration_s == pytest.approx(3.99)


def test_health_is_told_twice_a_second_and_knows_the_latency_of_a_live_session() -> None:
    told, now = packets(person(4.0)), [0]
    seen = Seen()
    clock = HostClock(lambda: START_NS, lambda: now[0])
    session = Session(SensorStream(SPEC), PLAN.pipeline(), views=[seen], clock=clock)
    for number, item in enumerate(told):
        assert isinstance(item, Notification)
        now[0] = number * 50_000_000 + 3_000_000
        session.feed(item)
    session.finish()
    assert len(seen.healths) == 8 + 1
    assert seen.healths[-1].latency_ms == pytest.approx(3.0)
    assert session.latency_ms(0.5) == pytest.approx(3.0)
    replayed, _ = make()
    assert replayed.latency_ms(0.5) is None


def test_finishing_twice_changes_nothing() -> None:
    session, seen = make(Recorder())
    session.run(Script(packets(person(4.0))))
    before = list(seen.events)
    session.finish()
    assert seen.events == before
    assert np.isfinite(session.duration_s)
