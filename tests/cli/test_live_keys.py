"""What the keys do while someone trains in the terminal."""

import os
import sys
import threading
from pathlib import Path

import pytest

from hiplevel.cli.live.board import Board
from hiplevel.cli.live.board_words import level_words
from hiplevel.cli.live.keyboard import keys
from hiplevel.cli.live.keys import KEYS, LiveKeys
from hiplevel.clinic import keyring
from hiplevel.clinic.audit import lines
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import current
from hiplevel.clinic.prescribing import prescribe
from hiplevel.detect.metronome import metronome_count
from hiplevel.model.edits import Correction
from hiplevel.model.events import Gap, LimitChanged, Mark, Note, Rep
from hiplevel.model.metronome import MetronomeStopped
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule
from hiplevel.model.tempo import Tempo
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.coach import Coach
from hiplevel.session.session import Session
from session.sitting import PLAN, SPEC, person
from session.test_session import packets


def sitting() -> tuple[Session, Board, LiveKeys, list[str]]:
    session = Session(SensorStream(SPEC), PLAN.pipeline())
    board, quits = Board("clip", DropRule(6.0)), list[str]()
    return session, board, LiveKeys(session, board, lambda: quits.append("quit")), quits


def test_keys_correct_the_count_mark_holds_and_quit() -> None:
    session, _, press, quits = sitting()
    told = packets(person())
    for item in told[:300]:
        session.feed(item)
    before = len([e for e in session.events if isinstance(e, Rep)])
    assert before >= 2
    for key in "uaU  q?":
        press(key)
    for item in told[300:]:
        session.feed(item)
    session.finish()
    said = [e.action for e in session.events if isinstance(e, Correction)]
    assert said == ["undo", "add", "undo"]
    assert [e.what for e in session.events if isinstance(e, Mark)] == ["start", "stop"]
    assert quits == ["quit"]


def test_pausing_levelling_and_the_next_set_are_said_to_the_pipeline_and_stand_on_the_board() -> None:
    session, board, press, _ = sitting()
    told = packets(person(12.0))
    for item in told[:100]:
        session.feed(item)
    press("r")
    assert "Stand still" in board.message
    press("n")
    board.level_deg = 7.0
    press("p")
    assert board.paused
    assert board.level_deg is None
    assert level_words(board) == "not looked at"
    for item in told[100:160]:
        session.feed(item)
    press("p")
    assert not board.paused
    for item in told[160:]:
        session.feed(item)
    session.finish()
    assert [e.what for e in session.events if isinstance(e, Mark)] == ["rezero", "next", "pause", "resume"]
    assert [e.reason for e in session.events if isinstance(e, Gap)] == ["paused"]
    assert session.health.samples == 1200


def test_a_note_is_typed_seen_and_kept_or_thrown_away() -> None:
    session, board, press, quits = sitting()
    for key in "mqu\x7f left knee\r":
        press(key)
    assert board.keys.startswith("r level anew")
    press("m")
    press("x")
    assert board.keys.startswith("note: x_")
    press("\x1b")
    for item in packets(person(3.0)):
        session.feed(item)
    assert [e.text for e in session.events if isinstance(e, Note) and e.author == "person"] == ["q left knee"]
    assert quits == []


def test_the_metronome_is_switched_off_by_a_key() -> None:
    session = Session(SensorStream(SPEC), PLAN.pipeline(), coach=Coach(PLAN.pipeline().exercise))
    board = Board("clip", DropRule(6.0))
    press = LiveKeys(session, board, lambda: None)
    session.show(board)
    press("t")
    assert "No metronome" in board.message
    session.said.metronome(Tempo(1.0, 0.0, 1.0), 1.0)
    told = packets(person(8.0))
    for item in told[:100]:
        session.feed(item)
    assert board.beat is not None
    press("t")
    for item in told[100:]:
        session.feed(item)
    session.finish()
    assert board.beat is None
    assert len([e for e in session.events if isinstance(e, MetronomeStopped)]) == 1
    count = metronome_count(session.events)
    assert count is not None
    assert 1 <= count.beats <= 2


def test_every_key_is_named_once() -> None:
    assert len({one.key for one in KEYS}) == len(KEYS)
    _, board, _, _ = sitting()
    assert all(one.words in board.keys for one in KEYS)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_keys_come_from_a_terminal_at_once_and_it_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    got, enough = list[str](), threading.Event()

    def take(key: str) -> None:
        got.append(key)
        if key == "q":
            enough.set()

    with os.fdopen(theirs, "r") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        before = termios.tcgetattr(theirs)
        with keys(take) as there:
            assert there
            os.write(ours, b"\x1b[A")
            os.write(ours, "uäq".encode())
            assert enough.wait(20.0)
        assert termios.tcgetattr(theirs) == before
    os.close(ours)
    assert "".join(got) == "uäq"


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nothing:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdin", nothing)
        with keys(lambda key: pytest.fail(key)) as there:
            assert not there


@pytest.fixture
def prescribed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a clinician and c-007, to whom the exercise of PLAN is prescribed with a limit of 6 degrees."""
    path = tmp_path / "clinic.db"
    monkeypatch.setenv("HIPLEVEL_DB", str(path))
    monkeypatch.setitem(keyring.SCRYPT, "n", 2**4)
    with Store(path) as store:
        by = add_clinician(store, "Dr. Weber", "four plain words here")
        add_client(store, "c-007")
        prescribe(store, "c-007", Prescription("pelvic-drop", "left", 1, 6, rule=DropRule(6.0)), by=by)
    return path


def typed(press: LiveKeys, *lines: str) -> None:
    press("l")
    for text in lines:
        for key in f"{text}\r":
            press(key)


def test_a_clinician_changes_the_limit_by_key_and_the_trail_tells_of_it(prescribed: Path) -> None:
    session, board, _, quits = sitting()
    session.show(board)
    press = LiveKeys(session, board, lambda: quits.append("quit"), plan=PLAN)
    items = packets(person(8.0))
    for item in items[:80]:
        session.feed(item)  # type: ignore[arg-type]
    typed(press, "7,5", "tired today")
    assert board.keys.startswith("the clinician's passphrase: _")
    press("x")
    assert board.keys.startswith("the clinician's passphrase: •_")
    press("\r")
    assert "not the passphrase" in board.message
    typed(press, "7,5", "tired today", "four plain words here")
    for item in items[80:]:
        session.feed(item)  # type: ignore[arg-type]
    session.finish()
    (change,) = [event for event in session.events if isinstance(event, LimitChanged)]
    assert (change.from_deg, change.to_deg, change.author, change.reason) == (6.0, 7.5, "Dr. Weber", "tired today")
    assert board.rule.threshold_deg == 7.5
    with Store(prescribed) as store:
        asked = current(store, "c-007", "pelvic-drop", "left")
        assert asked is not None
        assert asked.prescription.rule.threshold_deg == 7.5
        assert [line.action for line in lines(store)][-2:] == ["limit-changed-live", "prescription-changed"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (["much"], "is no limit"),
        (["-3"], "cannot be meant"),
        (["6", "tired today", "four plain words here"], "the limit already"),
    ],
)
def test_a_limit_that_cannot_be_set_is_said_on_the_board(prescribed: Path, told: list[str], says: str) -> None:
    session, board, _, quits = sitting()
    press = LiveKeys(session, board, lambda: quits.append("quit"), plan=PLAN)
    typed(press, *told)
    assert says in board.message
    assert session.rule == DropRule(6.0)
    assert board.keys.startswith("r level anew")


def test_without_a_client_there_is_no_limit_to_change() -> None:
    _, board, press, _ = sitting()
    press("l")
    assert "begin with --client" in board.message
    assert board.keys.startswith("r level anew")
