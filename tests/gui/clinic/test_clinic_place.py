"""The Clinic place: what the command line does, by clicks; in the trainee's role nothing changes a limit."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from clinic.recorded import record, samples
from gui.bench import stops
from gui.clinic_bench import MS, PASSPHRASE, answer, cells, take_role
from hiplevel import DropRule, Prescription
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.backup import back_up
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import unlock
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.gui.clinic.course_block import CourseBlock
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.language import speak
from hiplevel.gui.theme import DARK, style_sheet
from hiplevel.gui.window import Window
from hiplevel.language import LANGUAGES


def test_it_is_a_place_of_the_window(window: Window, qtbot: QtBot) -> None:
    shown = window.go("clinic")
    assert isinstance(shown, ClinicPlace)
    assert shown.title.text() == "No client yet"


def test_an_empty_store_says_what_to_do_first(qtbot: QtBot, tmp_path: Path) -> None:
    place = ClinicPlace(DARK, tmp_path / "new.db")
    qtbot.addWidget(place)
    told = place.programme.table.empty.text()
    for part in (place.people.take, place.people.add, place.programme.new, place.programme.read):
        assert part.text() in told


@pytest.mark.parametrize("size", [(1070, 740), (850, 600)])  # of a window of 1180 x 760, and of the smallest
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_in_a_small_window(qtbot: QtBot, path: Path, language: str, size: tuple[int, int]) -> None:
    speak(language)
    place = ClinicPlace(DARK, path)
    qtbot.addWidget(place)
    place.setStyleSheet(style_sheet(DARK, 11.0))
    place.resize(*size)
    place.show()
    for page in (place.programme, place.limits, place.trail):
        place.pages.setCurrentWidget(page)
        assert page.table.horizontalScrollBar().maximum() == 0
        buttons = [made for made in place.findChildren(QPushButton) if made.isVisible()]
        assert [made.text() for made in buttons if made.width() < made.minimumSizeHint().width()] == []
    form = place.programme.form()
    form.show()
    boxes = form.findChildren(QComboBox)
    assert boxes
    for box in boxes:
        assert box.width() >= box.sizeHint().width()
    form.close()
    place.shut()


def test_a_trainee_looks_and_changes_nothing(place: ClinicPlace) -> None:
    assert place.title.text() == "c-017"
    assert "Erika" not in place.people.list.item(0).text()
    assert cells(place)[1:5] == ["Pelvic drop and hike on a block", "left leg", "1 × 6, 3 a week", "8°"]
    for part in (place.programme.new, place.programme.stop, place.limits.change, place.trail.erase):
        assert not part.isEnabled()
        assert "clinician's role" in part.toolTip()


def test_the_passphrase_opens_the_role(place: ClinicPlace) -> None:
    form = place.people.role_form(["Dr. Weber"])
    answer(form, Passphrase="wrong words entirely")
    assert "not the passphrase" in form.refusal.text()
    assert place.desk.clinician is None
    take_role(place)
    assert place.people.role.text() == "Dr. Weber"
    assert "Erika Mustermann" in place.people.list.item(0).text()
    assert place.programme.new.isEnabled()
    place.people.take.click()
    assert place.desk.clinician is None
    assert "Erika" not in place.people.list.item(0).text()


def test_the_first_key_is_made_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    place = ClinicPlace(DARK, tmp_path / "new.db")
    qtbot.addWidget(place)
    form = place.people.key_form()
    answer(form, Name="Dr. Weber", Passphrase=PASSPHRASE, Once_more="something else")
    assert "not the same" in form.refusal.text()
    answer(form, Once_more=PASSPHRASE)
    assert place.people.role.text() == "Dr. Weber"
    answer(place.people.client_form(), Code="c-1")
    assert place.title.text() == "c-1"


def test_the_tab_key_goes_through_tables_and_not_their_cells(place: ClinicPlace, qtbot: QtBot, tmp_path: Path) -> None:
    place.course.add_files([record(tmp_path / "a.mcap", samples({}))])
    qtbot.waitUntil(lambda: not place.desk.busy, timeout=MS)
    take_role(place)
    place.pages.setCurrentWidget(place.course)
    qtbot.waitUntil(lambda: len(place.course.findChildren(CourseBlock)) == 1)
    names = [name for _, name in stops(place)]
    assert "" not in names
    table = place.course.findChild(CourseBlock).table
    assert names[0] == "Leave the role"
    assert names[-3:] == [table.accessibleName(), "Add recordings", "Save a report"]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()


def test_somebody_is_found_among_many_clients(qtbot: QtBot, path: Path) -> None:
    with Store(path) as store:
        for number in range(20):
            add_client(store, f"c-{200 + number}")
        add_client(store, "c-9")
        add_session(store, record(path.parent / "a.mcap", samples({})), client="c-017")
    place = ClinicPlace(DARK, path)
    qtbot.addWidget(place)
    place.show()

    def shown() -> list[str]:
        return [place.people.list.item(row).text() for row in range(place.people.list.count())]

    assert len(shown()) == 22
    assert [text.split("\n")[0] for text in shown()[:2]] == ["c-9", "c-017"]  # as people count
    take_role(place)
    qtbot.keyClicks(place.people.sought, "muster")
    assert [text.split("  ")[0] for text in shown()] == ["c-017"]
    assert "1 session, last 20" in shown()[0]
    place.people.sought.clear()
    place.people.order.setCurrentIndex(1)
    assert shown()[-1].startswith("c-017")  # the only one who has trained: the others have paused longer
    assert place.desk.client == "c-017"
    place.shut()


def test_a_store_that_cannot_be_read_is_a_sentence(qtbot: QtBot, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:500])
    place = ClinicPlace(DARK, path)
    qtbot.addWidget(place)
    place.show_all()
    assert any("only half there" in text for text in place.notices.texts)
    form = place.trail.restore_form()
    form.ok.click()
    assert "no backup" in form.refusal.text()


def test_a_damaged_store_comes_back_in_the_window(qtbot: QtBot, path: Path) -> None:
    with Store(path) as store:
        back_up(store)
    path.write_bytes(path.read_bytes()[:500])
    place = ClinicPlace(DARK, path)
    qtbot.addWidget(place)
    place.trail.restore_form().ok.click()
    assert place.title.text() == "c-017"
    assert any(text.startswith("Restored from") for text in place.notices.texts)


def test_doses_limits_and_the_trail_are_told_in_german(qtbot: QtBot, path: Path) -> None:
    with Store(path) as store:
        by = unlock(store, PASSPHRASE)
        rule = DropRule(8.5, right_deg=7.5, warn_deg=5.0)
        asked = Prescription("single-leg-stand", "right", 3, 0, hold_s=12.5, rest_s=60.0, per_week=2, rule=rule)
        prescribe(store, "c-017", asked, by=by)
    speak("de")
    place = ClinicPlace(DARK, path)
    qtbot.addWidget(place)
    dose, limits = "3 Sätze, 12,5 s halten, 60 s Pause, 2 je Woche", "8,5°, rechts 7,5°, Warnung 5°"
    assert cells(place)[1:5] == ["Einbeinstand, 30 s", "rechtes Bein", dose, limits]
    assert place.limits.exercise.itemText(0) == "Becken senken und heben auf einer Stufe, linkes Bein"
    told = [place.trail.table.item(row, 3).text() for row in range(place.trail.table.rowCount())]
    assert told == ["verordnet", "verordnet", "Name vergeben", "Klient hinzugefügt", "Behandelnde hinzugefügt"]
    place.shut()
