"""In the window too, what a clinician prescribed is what is trained."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from clinic.recorded import record, samples
from cues.ear import Ear, drop
from hiplevel import DropRule, Prescription
from hiplevel.clinic import keyring
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.sessions import sessions
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.done import Done
from hiplevel.gui.live.guide import Guide
from hiplevel.gui.live.run import LiveRun
from hiplevel.gui.settings import Settings
from hiplevel.gui.sound import Sound
from hiplevel.gui.theme import DARK
from hiplevel.gui.window import Window
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


def test_a_damaged_store_stops_the_start_with_a_sentence(qtbot: QtBot, here: Path) -> None:
    here.write_bytes(here.read_bytes()[:200])
    guide = Guide(DARK, Choice())
    qtbot.addWidget(guide)
    guide.dose.client.setText("c-017")
    guide.dose.client.editingFinished.emit()
    assert "only half there" in guide.dose.problem()
