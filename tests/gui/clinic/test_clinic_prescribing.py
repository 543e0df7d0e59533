"""Prescribing by clicks: limits with a reason, doses, what is heard."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from gui.clinic_bench import MS, PASSPHRASE, answer, cells, take_role
from hiplevel import DropRule, Prescription
from hiplevel.clinic.audit import lines
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.backup import backups
from hiplevel.clinic.clinicians import unlock
from hiplevel.clinic.course import Course
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import current, programme
from hiplevel.clinic.prescribing import prescribe
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.clinic.prescribe_form import stop_form
from hiplevel.gui.clinic.wording import course_title
from hiplevel.gui.language import speak
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.theme import DARK
from hiplevel.gui.window import Window
from hiplevel.model.limit_change import LimitChanged
from hiplevel.recording.reader import open_recording


@pytest.mark.parametrize(("language", "side"), [("en", "lies on the left"), ("de", "liegt auf der linken Seite")])
def test_who_lies_is_told_the_side(qtbot: QtBot, path: Path, language: str, side: str) -> None:
    speak(language)
    place = ClinicPlace(DARK, path)
    qtbot.addWidget(place)
    take_role(place)
    form = place.programme.form()
    exercise, stance = form.findChildren(QComboBox)[:2]
    exercise.setCurrentIndex(exercise.findData("clamshell"))
    stance.setCurrentIndex(stance.findData("left"))
    assert stance.currentText() == side
    form.findChildren(QLineEdit)[-1].setText("lying is easier")
    form.ok.click()
    assert cells(place)[2] == side
    assert any(place.limits.exercise.itemText(at).endswith(side) for at in range(place.limits.exercise.count()))
    course = Course("clamshell", "left", (), (), (), ())
    assert not re.search(r"\b(leg|Bein)\b", course_title(course))
    place.shut()


def test_a_limit_changes_with_a_reason_only(place: ClinicPlace, path: Path) -> None:
    take_role(place)
    form = place.limits.form()
    for spin in form.findChildren(QDoubleSpinBox):
        spin.setValue(6.5)
    form.ok.click()
    assert "says why" in form.refusal.text()
    answer(form, Why="steady for a week")
    with Store(path) as store:
        asked = current(store, "c-017", "pelvic-drop", "left")
        assert asked is not None
        assert (asked.prescription.rule.threshold_deg, asked.prescription.reason) == (6.5, "steady for a week")
        assert verify(store).whole
    assert place.limits.now.text() == "6.5°, set by Dr. Weber"
    assert len(backups(path)) == 1
    assert [cells(place, row)[4] for row in range(2)] == ["6.5°", "8°"]


def test_a_limit_changes_while_somebody_trains(window: Window, qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    window.train(Choice(client="c-017", exercise="pelvic-drop", stance="left"))
    qtbot.waitUntil(lambda: window.live.training is not None and window.live.state.ready, timeout=MS)
    assert window.live.state.rule == DropRule(8.0)
    place = window.go("clinic")
    assert isinstance(place, ClinicPlace)
    take_role(place)
    form = place.limits.form()
    for spin in form.findChildren(QDoubleSpinBox):
        spin.setValue(12.0)
    answer(form, Why="tired today")
    qtbot.waitUntil(lambda: window.live.state.rule == DropRule(12.0), timeout=MS)
    window.live.end()
    qtbot.waitUntil(lambda: not window.live.busy, timeout=MS)
    (file,) = (tmp_path / "recordings").glob("*.mcap")
    (event,) = [event for event in open_recording(file).events if isinstance(event, LimitChanged)]
    assert (event.author, event.reason, event.from_deg, event.to_deg) == ("Dr. Weber", "tired today", 8.0, 12.0)
    with Store(path) as store:
        (line,) = [line for line in lines(store) if line.action == "limit-changed-live"]
        assert line.number == event.line
        asked = current(store, "c-017", "pelvic-drop", "left")
        assert asked is not None
        assert asked.prescription.rule == DropRule(12.0)
        assert verify(store).whole


def test_prescribing_and_stopping(place: ClinicPlace, path: Path) -> None:
    take_role(place)
    place.programme.table.selectRow(0)
    form = place.programme.form()
    exercise = next(box for box in form.findChildren(QComboBox) if box.accessibleName() == "Exercise")
    exercise.setCurrentIndex(exercise.findData("single-leg-squat"))
    form.ok.click()
    with Store(path) as store:
        assert [p.prescription.exercise for p in programme(store, "c-017")] == ["pelvic-drop", "single-leg-squat"]
    answer(stop_form(place.desk, place.programme.found[-1].prescription, place), Why="done with it")
    with Store(path) as store:
        assert [p.prescription.exercise for p in programme(store, "c-017")] == ["single-leg-squat"]


def test_what_the_form_does_not_ask_for_anew_stays_prescribed(place: ClinicPlace, path: Path) -> None:
    asked = Prescription(
        "walking", "auto", hold_s=2.5, rule=DropRule(9.0, left_deg=6.0), feedback="set-end", band="red"
    )
    with Store(path) as store:
        prescribe(store, "c-017", asked, by=unlock(store, PASSPHRASE))
    take_role(place)
    at = next(at for at, one in enumerate(place.programme.found) if one.prescription.exercise == "walking")
    place.programme.table.selectRow(at)
    answer(place.programme.form(), Why="nothing else")
    with Store(path) as store:
        kept = current(store, "c-017", "walking", "auto").prescription
    assert (kept.version, kept.feedback, kept.hold_s, kept.band) == (2, "set-end", 2.5, "red")
    assert (kept.rule.limit_deg("left"), kept.rule.limit_deg("right")) == (6.0, 9.0)


def test_how_much_is_heard_of_drops_is_prescribed_in_the_window(place: ClinicPlace, path: Path) -> None:
    take_role(place)
    place.programme.table.selectRow(0)
    form = place.programme.form()
    heard = next(box for box in form.findChildren(QComboBox) if box.accessibleName() == "A drop is heard")
    heard.setCurrentIndex(heard.findText("less from set to set"))
    answer(form, Why="it is known by now")
    with Store(path) as store:
        assert current(store, "c-017", "pelvic-drop", "left").prescription.feedback == "fading"
    assert "drops heard less from set to set" in cells(place)[3]
