"""A session on the virtual sensor, driven as a person drives it: by keys and clicks on the real window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

import hiplevel
from hiplevel.cli.same_events import compare
from hiplevel.cues.speaker import Silent
from hiplevel.gui.live.place import LivePlace
from hiplevel.gui.live.training import Training
from hiplevel.gui.settings import Settings
from hiplevel.gui.window import Window
from hiplevel.model.edits import Correction
from hiplevel.model.errors import LinkError, Reason
from hiplevel.model.events import Drop, Mark, Note, Rep
from hiplevel.session.ble_source import BleSource

CONNECT_MS, SET_MS = 20_000, 60_000


def recordings(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "recordings").glob("*.mcap"))


def begin(qtbot: QtBot, live: LivePlace) -> Training:
    """Through the guide with Enter, until the level is taken."""
    for _ in range(3):
        qtbot.keyClick(live.guide, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: live.training is not None, timeout=CONNECT_MS)
    assert live.training is not None
    qtbot.waitUntil(lambda: live.state.ready, timeout=SET_MS)
    return live.training


def test_a_whole_session_by_keys_and_clicks(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    live = window.live
    training = begin(qtbot, live)
    assert live.choice_badge == "SIMULATED"

    qtbot.waitUntil(lambda: training.edges["right"].isVisible(), timeout=SET_MS)
    assert not training.edges["left"].isVisible()  # the left leg stands: only the right side can fall
    assert "right" in training.edges["right"].accessibleName().lower()
    qtbot.waitUntil(lambda: live.state.reps >= 3, timeout=SET_MS)

    corrections = live.state.edits
    qtbot.keyClick(training, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: live.state.edits == corrections + 1, timeout=CONNECT_MS)
    qtbot.mouseClick(training.buttons["add"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: live.state.edits == corrections + 2, timeout=CONNECT_MS)
    qtbot.keyClick(training, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: live.state.edits == corrections + 3, timeout=CONNECT_MS)
    qtbot.keyClick(training, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: live.state.edits == corrections + 4, timeout=CONNECT_MS)
    live.commands.add_note("the right knee bends")

    qtbot.waitUntil(lambda: training.resting, timeout=SET_MS)
    assert live.state.alarms["right"] == 2
    assert live.state.alarms["left"] == 0
    qtbot.keyClick(training, Qt.Key.Key_N)
    assert not training.resting
    qtbot.keyClick(training, Qt.Key.Key_N)  # once too often: the set that is over stays
    assert any("Set 2 begins by itself" in text for text in training.notices.texts)
    qtbot.keyClick(training, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: live.done is not None and not live.busy, timeout=CONNECT_MS)
    assert live.done is not None
    assert live.done.headline.text() == "8 of 24 repetitions"

    (path,) = recordings(tmp_path)
    recording = hiplevel.open_recording(path)
    assert recording.closed
    assert recording.info.simulated
    assert [event.action for event in recording.events if isinstance(event, Correction)] == [
        "undo",
        "add",
        "revoke",
        "add",
    ]
    assert "the right knee bends" in [event.text for event in recording.events if isinstance(event, Note)]
    again = hiplevel.analyze(
        recording.samples,
        exercise=recording.info.exercise,
        stance="left",
        rule=recording.info.rule,
    )
    assert compare(recording, list(again.events))["equal"] is True
    assert window.settings.recent() == [path.resolve()]


def test_what_happens_in_a_pause_is_recorded_and_not_looked_at(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    live = window.live
    training = begin(qtbot, live)
    qtbot.waitUntil(lambda: live.state.reps >= 1, timeout=SET_MS)
    qtbot.keyClick(training, Qt.Key.Key_Space)
    assert live.paused
    assert training.buttons["pause"].isChecked()
    assert training.pelvis.level_deg is None
    counted = live.state.reps
    session = live.run.session if live.run is not None else None
    assert session is not None
    begun = session.health.samples
    qtbot.waitUntil(lambda: session.health.samples > begun + 2000, timeout=SET_MS)  # two of its drops and more
    assert live.state.reps <= counted + 1  # one may have been over when the key was pressed
    qtbot.keyClick(training, Qt.Key.Key_Space)
    assert not live.paused
    qtbot.waitUntil(lambda: live.state.reps > counted + 1, timeout=SET_MS)
    qtbot.keyClick(training, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: not live.busy, timeout=CONNECT_MS)

    recording = hiplevel.open_recording(recordings(tmp_path)[0])
    pause, resume = (event.time_s for event in recording.events if isinstance(event, Mark))
    inside = [event for event in recording.events if isinstance(event, (Rep, Drop)) and event.start_s > pause]
    assert inside
    assert all(event.start_s >= resume - 0.1 for event in inside)
    time_s = recording.samples.time_s
    assert np.count_nonzero((time_s > pause) & (time_s < resume)) > 1900


def test_the_metronome_leads_again_by_a_key(qtbot: QtBot, window: Window) -> None:
    live = window.live
    training = begin(qtbot, live)
    qtbot.keyClick(training, Qt.Key.Key_B)
    assert any("No metronome is set" in text for text in training.notices.texts)
    window.sound.set_rep_s(4.0)
    for on in (True, False, True):
        qtbot.keyClick(training, Qt.Key.Key_B)
        qtbot.waitUntil(lambda on=on: live.state.beating is on, timeout=CONNECT_MS)


def test_a_screen_that_hangs_costs_no_sample(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    live = window.live
    begin(qtbot, live)
    run = live.run
    assert run is not None
    window.go("live")
    live.end()
    assert run.wait(20.0)  # the window's own loop does not turn meanwhile
    qtbot.waitUntil(lambda: not live.busy, timeout=CONNECT_MS)
    recording = hiplevel.open_recording(recordings(tmp_path)[0])
    assert recording.closed
    assert recording.health is not None
    assert recording.health.lost == 0


def test_closing_in_the_middle_asks_and_closes_the_recording(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(qtbot, window.live)
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    assert not window.close()
    assert window.isVisible()
    assert window.close()
    assert hiplevel.open_recording(recordings(tmp_path)[0]).closed


def test_closing_while_the_sensor_is_looked_for(qtbot: QtBot, window: Window) -> None:
    window.live.guide.start.emit(window.live.guide.choice)
    assert window.live.busy
    assert window.close()


def test_a_sensor_that_is_not_found_is_a_sentence_and_the_way_back(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    def no_sensor(_choice: object) -> BleSource:
        raise LinkError("No sensor was heard.", Reason.SENSOR_NOT_FOUND, "Switch it on.")

    window = Window(settings, make_source=no_sensor, output=Silent(), folder=tmp_path)
    window.show()
    window.live.guide.start.emit(window.live.guide.choice)
    qtbot.waitUntil(lambda: not window.live.busy, timeout=CONNECT_MS)
    assert window.live.guide.isVisible()
    assert window.live.guide.notices.texts == ["No sensor was heard. Switch it on."]
    window.close_now()


def test_what_was_chosen_is_there_the_next_time(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    for _ in range(2):
        window = Window(settings, make_source=lambda _: _never(), output=Silent(), folder=tmp_path)
        guide = window.live.guide
        if guide.choice.exercise == "squat":
            assert guide.choice.stance == "both"
            assert guide.choice.reps == 12
            assert guide.choice.client == "c-007"
            return
        guide.exercise.choose("squat", "both")
        guide.dose.reps.setValue(12)
        guide.dose.client.setText("c-007")
        guide.start.emit(guide.choice)
        qtbot.waitUntil(lambda live=window.live: not live.busy, timeout=CONNECT_MS)
        window.close_now()
    pytest.fail("the second window had forgotten")


def _never() -> BleSource:
    raise LinkError("Nothing here.", Reason.SENSOR_NOT_FOUND)


def test_the_mounting_is_learned_first_where_it_is_asked_for(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    live = window.live
    live.guide.dose.hinges.setChecked(True)
    begin(qtbot, live)
    live.end()
    qtbot.waitUntil(lambda: not live.busy, timeout=CONNECT_MS)
    calibration = hiplevel.open_recording(recordings(tmp_path)[0]).info.calibration
    assert calibration is not None
    assert calibration.gradable
    np.testing.assert_allclose(calibration.matrix, np.eye(3), atol=0.1)  # the simulated clip is worn upright


def test_a_name_is_refused_as_a_code(qtbot: QtBot, window: Window) -> None:
    guide = window.live.guide
    guide.dose.client.setText("Erika Mustermann")
    guide.go(2)
    qtbot.mouseClick(guide.next, Qt.MouseButton.LeftButton)
    assert not window.live.busy
    assert "client code" in guide.notices.texts[0]
