"""A session that is behind takes what waits at once: the same events, and the same recording."""

import random
from pathlib import Path

import pytest

from hiplevel import open_recording
from hiplevel.model.prescription import Prescription
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.link import LinkChange, Notification
from hiplevel.sensors.ble.phases import Phase
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.ble_source import BleSource
from hiplevel.session.coach import Coach
from hiplevel.session.session import Session
from hiplevel.session.source import Burst, Item
from session.sitting import PLAN, SPEC, person
from session.test_session import packets

TOLD = packets(person(20.0))
ASKED = Prescription("pelvic-drop", "left", sets=2, reps=2, rest_s=3.0)


def sit(items: list[Item], path: Path) -> Session:
    pipeline = PLAN.pipeline()
    recorder = RecordingWriter(path, RecordingInfo(spec_id=SPEC.id, spec_toml=SPEC.toml_text))
    session = Session(SensorStream(SPEC), pipeline, recorder=recorder, coach=Coach(pipeline.exercise, ASKED))
    for item in items:
        session.feed(item)
    session.finish()
    return session


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bursts_of_any_size_give_the_same_events_and_the_same_bytes(seed: int, tmp_path: Path) -> None:
    chance, items, at = random.Random(seed), list[Item](), 0
    while at < len(TOLD):
        size = chance.choice((1, 2, 7, 40))
        items.append(Burst(tuple(TOLD[at : at + size])))  # type: ignore[arg-type]
        at += size
    one_by_one = sit(list(TOLD), tmp_path / "one.mcap")  # type: ignore[arg-type]
    together = sit(items, tmp_path / "together.mcap")
    assert together.events == one_by_one.events
    assert together.health == one_by_one.health
    notifications = [list(open_recording(tmp_path / name).notifications()) for name in ("one.mcap", "together.mcap")]
    assert notifications[0] == notifications[1]


def test_a_source_that_gathers_waits_once_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    source, waited = BleSource(SPEC, gather_s=0.06), list[float]()

    def wait(seconds: float) -> None:
        waited.append(seconds)
        source._inbox.put(TOLD[1])  # type: ignore[arg-type]
        source._inbox.close()

    monkeypatch.setattr("time.sleep", wait)
    source._inbox.put(TOLD[0])  # type: ignore[arg-type]
    assert list(source.items()) == [Burst((TOLD[0], TOLD[1]))]  # type: ignore[arg-type]
    assert waited == [0.06]


def test_what_waits_comes_as_bursts_and_a_change_of_the_link_in_its_place() -> None:
    source = BleSource(SPEC)
    for item in (*TOLD[:3], LinkChange(Phase.LOST, 0), *TOLD[3:103]):
        source._inbox.put(item)  # type: ignore[arg-type]
    source._inbox.close()
    got = list(source.items())
    assert [len(i.notifications) if isinstance(i, Burst) else type(i).__name__ for i in got] == [
        3,
        "LinkChange",
        64,
        36,
    ]
    flat = [n for i in got for n in (i.notifications if isinstance(i, Burst) else (i,)) if isinstance(n, Notification)]
    assert flat == TOLD[:103]
