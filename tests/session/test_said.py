"""What people say while a session runs: recorded in its midst, counted at once, the same in replay."""

from pathlib import Path

from hiplevel.cli.live.board import Board
from hiplevel.model.edits import Correction
from hiplevel.model.events import Note, Rep, Rezero, said_by_person
from hiplevel.model.metronome import BeatChecked, MetronomeStarted
from hiplevel.model.prescription import Prescription
from hiplevel.model.targets import TargetReached
from hiplevel.model.tempo import Tempo
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import open_recording
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.link import Notification
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.coach import Coach
from hiplevel.session.metronome_start import LEAD_IN_S, StartsBeat
from hiplevel.session.session import Session
from hiplevel.session.source import FileSource
from session.sitting import PLAN, SPEC, person

START_NS = 1_700_000_000_000_000_000


def recorded(path: Path, asked: Prescription | None = None) -> tuple[Session, Board]:
    """A sitting in which a person corrects after every sixtieth packet."""
    info = RecordingInfo(
        spec_id=SPEC.id,
        spec_toml=SPEC.toml_text,
        exercise="pelvic-drop",
        stance="left",
        started_ns=START_NS,
        prescription=asked,
    )
    board = Board("clip", PLAN.pipeline().rule)
    session = Session(
        SensorStream(SPEC),
        PLAN.pipeline(),
        recorder=RecordingWriter(path, info),
        views=[board],
        coach=Coach(PLAN.pipeline().exercise, asked),
    )
    samples = person()
    says = [
        lambda: session.said.correct("undo"),
        lambda: session.said.correct("add"),
        lambda: session.said.note("Too easy.", "c-007"),
        lambda: session.said.warm_up(1),
        lambda: session.said.correct("revoke"),
    ]
    for number, (alias, payload) in enumerate(SPEC.encoder().encode(samples.acc_m_s2, samples.gyr_rad_s)):
        if number % 60 == 59 and says:
            says.pop(0)()
        session.feed(Notification(alias, payload, START_NS + number * 50_000_000))
    for say in says:
        say()
    session.finish()
    return session, board


def refused(session: Session) -> list[Note]:
    return [event for event in session.events if isinstance(event, Note) and event.code == "not-corrected"]


def test_it_is_recorded_where_it_was_said_and_replay_shows_it_there(tmp_path: Path) -> None:
    live, board = recorded(tmp_path / "a.mcap")
    recording = open_recording(tmp_path / "a.mcap")
    assert recording.events == tuple(live.events)
    assert sum(said_by_person(event) for event in live.events) == 4
    again = Board("clip", PLAN.pipeline().rule)
    replay = Session(SensorStream(SPEC), PLAN.pipeline(), views=[again])
    replay.run(FileSource(recording))
    assert replay.events == [event for event in live.events if event not in refused(live)]
    assert (again.reps, again.reps_in_set, again.set_number) == (board.reps, board.reps_in_set, board.set_number)


def test_with_nothing_to_take_back_a_note_says_so(tmp_path: Path) -> None:
    live, _ = recorded(tmp_path / "a.mcap")
    (note,) = refused(live)
    assert not any(isinstance(event, Rep) and event.known_s <= note.known_s for event in live.events)
    assert note.text == "There is no repetition to take back."


def test_corrections_added_later_come_at_the_end_of_a_replay(tmp_path: Path) -> None:
    from hiplevel.recording.amend import amend

    live, board = recorded(tmp_path / "a.mcap")
    amend(tmp_path / "a.mcap", [Correction(9.0, "add", 1, made_ns=1, known_s=9.0)])
    again = Board("clip", PLAN.pipeline().rule)
    replay = Session(SensorStream(SPEC), PLAN.pipeline(), views=[again])
    replay.run(FileSource(open_recording(tmp_path / "a.mcap")))
    computed = [event for event in live.events if not said_by_person(event) and event not in refused(live)]
    assert [event for event in replay.events if not said_by_person(event)] == computed
    assert isinstance(next(e for e in reversed(replay.events) if said_by_person(e)), Correction)
    assert again.reps == board.reps + 1


def test_what_was_prescribed_is_told_when_it_is_reached_live_as_in_replay(tmp_path: Path) -> None:
    asked = Prescription("pelvic-drop", "left", sets=2, reps=3, rest_s=1.5)
    live, _ = recorded(tmp_path / "a.mcap", asked)
    told = [(e.what, e.done) for e in live.events if isinstance(e, TargetReached)]
    assert ("reps", 3) in told
    assert ("rest", 1.5) in told
    replay = Session(SensorStream(SPEC), PLAN.pipeline(), coach=Coach(PLAN.pipeline().exercise, asked))
    replay.run(FileSource(open_recording(tmp_path / "a.mcap")))
    assert replay.events == [event for event in live.events if event not in refused(live)]


def test_a_planned_metronome_begins_once_the_level_is_taken_and_replay_hears_it(tmp_path: Path) -> None:
    info = RecordingInfo(spec_id=SPEC.id, spec_toml=SPEC.toml_text, exercise="pelvic-drop", stance="left")
    coach = Coach(PLAN.pipeline().exercise)
    writer = RecordingWriter(tmp_path / "a.mcap", info)
    session = Session(SensorStream(SPEC), PLAN.pipeline(), recorder=writer, coach=coach)
    session.show(StartsBeat(session.said, Tempo(1.0, 0.0, 1.0)))
    samples = person()
    for number, (alias, payload) in enumerate(SPEC.encoder().encode(samples.acc_m_s2, samples.gyr_rad_s)):
        session.feed(Notification(alias, payload, START_NS + number * 50_000_000))
    session.said.stop_metronome()
    session.finish()
    level_s = next(event.known_s for event in session.events if isinstance(event, Rezero))
    begun = [event for event in session.events if isinstance(event, MetronomeStarted)]
    assert len(begun) == 1
    assert level_s + LEAD_IN_S <= begun[0].time_s < level_s + LEAD_IN_S + 1.0
    numbers = [beat.number for beat in session.events if isinstance(beat, BeatChecked)]
    assert numbers == list(range(1, 1 + int((samples.time_s[-1] - begun[0].time_s) / 2.0)))
    replay = Session(SensorStream(SPEC), PLAN.pipeline(), coach=Coach(PLAN.pipeline().exercise))
    replay.run(FileSource(open_recording(tmp_path / "a.mcap")))
    assert replay.events == session.events
