"""In the window too, what a clinician prescribed is what is trained."""

import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from clinic.recorded import DAY_NS, STARTED_NS, record, samples
from cues.ear import Ear, drop
from hiplevel import DropRule, Prescription
from hiplevel.clinic import keyring
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician, unlock
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.sessions import sessions
from hiplevel.gui.live.afterwards import Afterwards
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.done import Done
from hiplevel.gui.live.guide import Guide
from hiplevel.gui.live.next_up import next_up
from hiplevel.gui.live.run import LiveRun
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.settings import Settings
from hiplevel.gui.sound import Sound
from hiplevel.gui.theme import DARK
from hiplevel.gui.window import Window
from hiplevel.model.events import Rep, SetStarted
from hiplevel.session.plan import Plan

ASKED = Prescription("single-leg-squat", "left", sets=2, reps=5, rule=DropRule(8.0), feedback="set-end")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store in which something is prescribed."""
    path = tmp_path / "clinic.db"
    monkeypatch.setenv("HIPLEVEL_DB", str(path))
    monkeypatch.setitem(keyring.SCRYPT, "n", 2**4)
    with Store(path) as store:
        by = add_clinician(store, "Dr. Weber", "four plain words here")
        add_client(store, "c-017", by=by)
        prescribe(store, "c-017", ASKED, by=by)
    return path


def test_the_guide_shows_it_and_asks_for_nothing_else(qtbot: QtBot) -> None:
    guide = Guide(DARK, Choice())
    qtbot.addWidget(guide)
    guide.exercise.choose("single-leg-squat", "left")
    assert guide.dose.own.isEnabled()
    guide.dose.client.setText("c-017")
    guide.dose.client.editingFinished.emit()
    assert "Prescribed by Dr. Weber: 2 sets of 5" in guide.dose._preset.text()
    assert guide.dose.right.value() == 8.0
    assert not guide.dose.own.isEnabled()
    assert not guide.dose.right.isEnabled()
    guide.dose.client.setText("c-2")
    guide.dose.client.editingFinished.emit()
    assert guide.dose.own.isEnabled()


def test_the_exercises_of_the_programme_are_marked(qtbot: QtBot) -> None:
    guide = Guide(DARK, Choice(client="c-017"))
    qtbot.addWidget(guide)
    shown = [guide.exercise.list.item(row).text() for row in range(guide.exercise.list.count())]
    assert [text for text in shown if text.endswith("prescribed")] == ["Single-leg squat – prescribed"]


def test_the_plan_of_the_session_is_the_prescription() -> None:
    choice = Choice(client="c-017", exercise="single-leg-squat", stance="left", own_limit=True, right_deg=20.0, reps=99)
    plan = choice.plan()
    assert plan.rule == DropRule(8.0)
    assert plan.prescription is not None
    assert (plan.prescription.reps, plan.prescription.author) == (5, "Dr. Weber")
    assert Choice(client="c-2", exercise="single-leg-squat", stance="left").plan().rule != DropRule(8.0)


def test_of_drops_as_much_is_heard_as_was_prescribed_else_as_is_set_here(tmp_path: Path) -> None:
    ear = Ear()
    sound = Sound(Settings(tmp_path / "settings.ini"), ear)
    choices = [Choice(client=client, exercise="single-leg-squat", stance="left") for client in ("c-017", "c-2")]
    for feedback, beeps in (("every", [0, 1]), ("set-end", [0, 0])):
        sound.set_feedback(feedback)
        heard = []
        for choice in choices:
            ear.heard.clear()
            (view,) = sound.cues(choice)
            view.on_events([drop(3.0)])
            heard.append(len(ear.heard))
        assert heard == beeps


def test_a_real_session_is_in_the_store_afterwards(qtbot: QtBot, here: Path, tmp_path: Path) -> None:
    run = LiveRun(lambda: None, Plan("pelvic-drop", "left", client="c-017"), [])  # type: ignore[arg-type, return-value]
    run._session = object()  # type: ignore[assignment]
    path = record(tmp_path / "a.mcap", samples({1: 9.0}), simulated=False)
    for simulated, kept in ((True, 0), (False, 1)):
        run._source = SimpleNamespace(identity=SimpleNamespace(simulated=simulated))  # type: ignore[assignment]
        run._keep(path)
        with Store(here) as store:
            assert len(sessions(store, "c-017")) == kept
    path.write_bytes(b"no recording")
    with qtbot.waitSignal(run.not_kept) as said:
        run._keep(path)
    assert "recorded, but not added" in said.args[0]


def test_what_was_not_kept_is_said_on_the_page_that_is_shown(qtbot: QtBot, window: Window) -> None:
    window.live._not_kept("a sentence")
    assert window.live.guide.notices.texts == ["a sentence"]
    done = Done(window.live.state, None, ("right",), lambda: None, lambda: None)
    qtbot.addWidget(done)
    window.live._show(done)
    window.live._not_kept("another one")
    assert done.notices.texts == ["another one"]


def test_after_a_session_comes_what_is_left_of_the_programme(here: Path, tmp_path: Path) -> None:
    with Store(here) as store:
        by = unlock(store, "four plain words here")
        for exercise, stance in (("single-leg-squat", "right"), ("pelvic-drop", "left")):
            prescribe(store, "c-017", Prescription(exercise, stance, 2, 5), by=by)  # type: ignore[arg-type]
    squat = Choice(client="c-017", exercise="single-leg-squat", stance="left", sensor="movesense.gsp-imu6")

    def after(*trained: tuple[str, str]) -> tuple[str, str] | None:
        upcoming = next_up(squat, set(trained))
        assert upcoming is None or (upcoming.client, upcoming.sensor) == (squat.client, squat.sensor)
        return None if upcoming is None else (upcoming.exercise, upcoming.stance)

    assert after() == ("single-leg-squat", "right")
    assert after(("single-leg-squat", "right")) == ("pelvic-drop", "left")
    assert after(("single-leg-squat", "right"), ("pelvic-drop", "left")) is None
    with Store(here) as store:  # once this morning, before this window was opened
        path = record(tmp_path / "a.mcap", samples({}), day=(time.time_ns() - STARTED_NS) / DAY_NS)
        add_session(store, path, client="c-017")
    assert after(("single-leg-squat", "right")) is None


def test_where_nothing_is_prescribed_the_other_leg_comes_next() -> None:
    left = Choice(stance="left")
    assert next_up(left, set()) == replace(left, stance="right")
    assert next_up(left, {("pelvic-drop", "right")}) is None
    assert next_up(Choice(exercise="squat", stance="both"), set()) is None


def test_the_last_screen_says_how_much_of_what_was_asked_for_and_goes_on(qtbot: QtBot) -> None:
    begun: list[Choice] = []
    afterwards = Afterwards(lambda: None, lambda: None, begun.append)
    choice = Choice(reps=8, sets=3)
    state = LiveState(choice.rule)
    state.take([SetStarted(0.0, 1), Rep(0.0, 1.0, 2.0, 11.0, number=1, set_number=1)])
    done = afterwards.screen(choice, state, None)
    qtbot.addWidget(done)
    assert done.headline.text() == "1 of 24 repetitions"
    assert done.go_on is not None
    assert done.go_on.text() == "Next: Right leg stands"
    done.go_on.click()
    assert begun == [replace(choice, stance="right")]
    last = afterwards.screen(begun[0], state, None)
    qtbot.addWidget(last)
    assert last.go_on is None


def test_a_damaged_store_stops_the_start_with_a_sentence(qtbot: QtBot, here: Path) -> None:
    here.write_bytes(here.read_bytes()[:200])
    guide = Guide(DARK, Choice())
    qtbot.addWidget(guide)
    guide.dose.client.setText("c-017")
    guide.dose.client.editingFinished.emit()
    assert "only half there" in guide.dose.problem()


def test_the_guide_tells_what_is_prescribed_also_when_that_changed_meanwhile(qtbot: QtBot, here: Path) -> None:
    guide = Guide(DARK, Choice(client="c-017", exercise="single-leg-squat", stance="left", sets=3, reps=8))
    qtbot.addWidget(guide)
    guide.show()
    assert guide.summary.text().endswith("2\xa0×\xa05")  # what will be trained, not what was set here
    guide.hide()
    with Store(here) as store:
        by = unlock(store, "four plain words here")
        prescribe(store, "c-017", replace(ASKED, sets=1, reps=7, rule=DropRule(6.5), reason="sore"), by=by)
    guide.show()
    assert guide.summary.text().endswith("1\xa0×\xa07")
    assert guide.dose.right.value() == 6.5
