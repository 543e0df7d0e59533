"""A limit changed while somebody trains: judged from then on, recorded, replayed to the last bit, and in the trail."""

from pathlib import Path

import numpy as np
import pytest

from clinic.conftest import CODE
from hiplevel import ClinicError, DropRule, Pipeline, Prescription, UsageError, simulate
from hiplevel.clinic.audit import TRAINEE, lines
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.live_limit import change_live
from hiplevel.clinic.prescribed import current
from hiplevel.clinic.prescribing import prescribe
from hiplevel.model.events import Drop, Event
from hiplevel.model.limit_change import LimitChanged
from hiplevel.pipeline import analyze
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import open_recording
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.link import Notification
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.session import Session

STARTED_NS = 1_800_000_000_000_000_000
SIX = simulate.exercise("pelvic-drop", stance="left", reps=6, drops={1: 9.0, 4: 9.0}, seed=7).samples
CHANGE = LimitChanged.between(DropRule(6.0), DropRule(12.0), "Dr. Weber", "enough for today")


def drops(events: list[Event]) -> list[Drop]:
    return [event for event in events if isinstance(event, Drop)]


def run(cut: int, at: int) -> list[Event]:
    """Blocks of `cut` samples, the limit changed after sample `at`."""
    pipeline = Pipeline(exercise="pelvic-drop", stance="left", rule=DropRule(6.0))
    events: list[Event] = []
    for part in (SIX[:at], SIX[at:]):
        for start in range(0, len(part), cut):
            events += pipeline.process(part[start : start + cut]).events
        if part.time_s[-1] < SIX.time_s[-1]:
            pipeline.change_limits(CHANGE)
    return events + list(pipeline.finish().events)


@pytest.mark.parametrize(("at_s", "limits_deg"), [(4.0, []), (11.03, []), (18.0, [6.0]), (33.0, [6.0, 6.0])])
def test_from_the_next_sample_on_whatever_the_cut(at_s: float, limits_deg: list[float]) -> None:
    """Two fall 9 degrees: beyond the limit before the change, within the one after it."""
    at = int(np.searchsorted(SIX.time_s, at_s))
    whole = run(10**6, at)
    assert run(7, at) == whole
    (change,) = [event for event in whole if isinstance(event, LimitChanged)]
    assert change.time_s == SIX.time_s[at - 1]
    assert [drop.limit_deg for drop in drops(whole)] == limits_deg
    assert list(analyze(SIX, exercise="pelvic-drop", stance="left", rule=DropRule(6.0), marks=whole).events) == whole


def test_an_open_drop_ends_at_the_change() -> None:
    first = drops(run(50, len(SIX) - 1))[0]
    middle_s = 0.5 * (first.start_s + first.end_s)
    cut = drops(run(50, int(np.searchsorted(SIX.time_s, middle_s))))
    assert len(cut) == 1
    assert not cut[0].complete
    assert abs(cut[0].end_s - middle_s) < 0.05


@pytest.fixture
def live(tmp_path: Path) -> Session:
    spec = load_spec("hiplevel.reference")
    info = RecordingInfo(
        client=CODE,
        spec_id=spec.id,
        spec_toml=spec.toml_text,
        exercise="pelvic-drop",
        stance="left",
        rule=DropRule(6.0),
        started_ns=STARTED_NS,
        simulated=True,
        source="simulation",
    )
    pipeline = Pipeline(exercise="pelvic-drop", stance="left", rule=DropRule(6.0))
    return Session(SensorStream(spec), pipeline, recorder=RecordingWriter(tmp_path / "live.mcap", info))


def feed(session: Session, part: slice) -> None:
    sent = list(load_spec("hiplevel.reference").encoder().encode(SIX.acc_m_s2, SIX.gyr_rad_s))
    numbered = list(enumerate(sent, 1))[part]
    for number, (characteristic, payload) in numbered:
        session.feed(Notification(characteristic, payload, STARTED_NS + number * 50_000_000))


def test_it_is_in_the_recording_and_in_the_trail_and_in_the_prescription(
    store: Store, clinician: Clinician, live: Session, tmp_path: Path
) -> None:
    prescribe(store, CODE, Prescription("pelvic-drop", "left", 1, 6, rule=DropRule(6.0)), by=clinician)
    feed(live, slice(0, 300))
    change_live(store, live, CODE, "pelvic-drop", "left", DropRule(12.0), "enough for today", by=clinician)
    feed(live, slice(300, None))
    live.finish()
    recording = open_recording(tmp_path / "live.mcap")
    (event,) = [event for event in recording.events if isinstance(event, LimitChanged)]
    (line,) = [line for line in lines(store) if line.action == "limit-changed-live"]
    assert line.detail is not None
    assert (event.author, event.reason, event.line) == (line.who, line.detail["why"], line.number)
    assert (event.from_deg, event.to_deg) == (6.0, 12.0)
    assert line.detail["to"]["threshold_deg"] == 12.0
    asked = current(store, CODE, "pelvic-drop", "left")
    assert asked is not None
    assert asked.prescription.rule.threshold_deg == 12.0
    again = analyze(
        recording.samples, exercise="pelvic-drop", stance="left", rule=recording.info.rule, marks=recording.events
    )
    assert list(again.events) == list(recording.events)
    assert [drop.limit_deg for drop in again.drops] == [6.0]


def test_a_trainee_changes_nothing(store: Store, live: Session) -> None:
    with pytest.raises(ClinicError, match="clinician's role"):
        change_live(store, live, CODE, "pelvic-drop", "left", DropRule(12.0), "I can", by=TRAINEE)  # type: ignore[arg-type]
    assert live.rule == DropRule(6.0)
    live.finish()


@pytest.mark.parametrize(
    ("rule", "reason", "said"), [(DropRule(9.0), " ", "says why"), (DropRule(6.0), "x", "already")]
)
def test_no_change_without_a_reason(
    store: Store, clinician: Clinician, live: Session, rule: DropRule, reason: str, said: str
) -> None:
    before = len(lines(store))
    with pytest.raises(UsageError, match=said):
        change_live(store, live, CODE, "pelvic-drop", "left", rule, reason, by=clinician)
    assert len(lines(store)) == before
    live.finish()


def test_when_the_session_refuses_the_trail_tells_of_nothing(store: Store, clinician: Clinician) -> None:
    class Broken:
        rule = DropRule(6.0)

        def change_limits(self, change: LimitChanged) -> None:
            raise RuntimeError(f"gone before {change.to_deg}")

    before = len(lines(store))
    with pytest.raises(RuntimeError):
        change_live(store, Broken(), CODE, "pelvic-drop", "left", DropRule(9.0), "x", by=clinician)
    assert len(lines(store)) == before
