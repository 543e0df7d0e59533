"""The Clinic place: what the command line does, by clicks; in the trainee's role nothing changes a limit."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from clinic.recorded import record, samples
from gui.bench import stops
from hiplevel import DropRule, Prescription
from hiplevel.clinic import keyring
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.audit import lines
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.backup import back_up, backups
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician, unlock
from hiplevel.clinic.course import Course
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import current, programme
from hiplevel.clinic.prescribing import prescribe
from hiplevel.gui.clinic.course_block import CourseBlock
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.clinic.prescribe_form import stop_form
from hiplevel.gui.clinic.wording import course_title
from hiplevel.gui.language import speak
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.theme import DARK, style_sheet
from hiplevel.gui.window import Window
from hiplevel.gui.words import tr
from hiplevel.language import LANGUAGES
from hiplevel.model.limit_change import LimitChanged
from hiplevel.recording.reader import open_recording

PASSPHRASE = "four plain words here"
MS = 60_000


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(keyring.SCRYPT, "n", 2**4)
    monkeypatch.setenv("HIPLEVEL_DB", str(tmp_path / "clinic.db"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a clinician, a client, and something prescribed."""
    path = tmp_path / "clinic.db"
    with Store(path) as store:
        by = add_clinician(store, "Dr. Weber", PASSPHRASE)
        add_client(store, "c-017", name="Erika Mustermann", by=by)
        asked = Prescription("pelvic-drop", "left", 1, 6, per_week=3, rule=DropRule(8.0))
        prescribe(store, "c-017", asked, by=by)
    return path


@pytest.fixture
def place(qtbot: QtBot, path: Path) -> Iterator[ClinicPlace]:
    made = ClinicPlace(DARK, path)
    qtbot.addWidget(made)
    made.resize(1180, 780)
    made.show()
    yield made
    made.shut()


def fields(form: Form) -> dict[str, QLineEdit]:
    return {field.accessibleName(): field for field in form.findChildren(QLineEdit) if field.accessibleName()}


def answer(form: Form, **answers: str) -> Form:
    """Fill in by the names that a screen reader says, and press OK."""
    for name, text in answers.items():
        fields(form)[name.replace("_", " ")].setText(text)
    form.ok.click()
    return form


def cells(place: ClinicPlace, row: int = 0) -> list[str]:
    table = place.programme.table
    items = (table.item(row, column) for column in range(table.columnCount()))
    return [item.text() if item is not None else "" for item in items]


def take_role(place: ClinicPlace) -> None:
    answer(place.people.role_form(["Dr. Weber"]), **{tr("clinic.passphrase"): PASSPHRASE})


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


def test_a_page_scrolls_as_one_and_shows_every_session_whole(place: ClinicPlace, qtbot: QtBot, tmp_path: Path) -> None:
    place.course.add_files([record(tmp_path / f"{day}.mcap", samples({}, seed=day), day=day) for day in range(9)])
    qtbot.waitUntil(lambda: not place.desk.busy, timeout=MS)
    place.setStyleSheet(style_sheet(DARK, 11.0))
    place.resize(850, 600)
    place.pages.setCurrentWidget(place.course)
    qtbot.waitUntil(lambda: len(place.course.findChildren(CourseBlock)) == 1)
    table = place.course.findChild(CourseBlock).table
    page = next(area for area in place.course.findChildren(QScrollArea) if area.isAncestorOf(table))
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert table.verticalScrollBar().maximum() == 0
    assert table.rowViewportPosition(8) + table.rowHeight(8) <= table.viewport().height()
    table.setFocus()
    table.setCurrentCell(0, 0)
    for _ in range(8):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    last = table.viewport().mapTo(page.viewport(), QPoint(0, table.rowViewportPosition(8) + table.rowHeight(8)))
    assert 0 < last.y() <= page.viewport().height()  # keys bring it into sight


def test_sessions_limits_and_a_report(place: ClinicPlace, qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mcap"
    bad.write_bytes(b"no recording")
    place.course.add_files([record(tmp_path / "a.mcap", samples({1: 9.0, 4: 9.0})), bad])
    qtbot.waitUntil(lambda: not place.desk.busy, timeout=MS)
    assert len(place.course.courses[0].points) == 1
    assert "1 new session." in place.notices.texts
    assert any("not a recording" in text for text in place.notices.texts)
    place.limits.try_limits()
    qtbot.waitUntil(lambda: place.limits.table.rowCount() > 0, timeout=MS)
    rows = {place.limits.table.item(r, 1).text(): r for r in range(place.limits.table.rowCount())}
    at = rows["8°"]
    assert [place.limits.table.item(at, c).text() for c in (0, 2, 4, 5)] == ["right", "2", "4 of 6", "◀"]
    place.limits.ask_baseline()
    qtbot.waitUntil(lambda: any(text.startswith("Baseline, right side") for text in place.notices.texts), timeout=MS)
    assert place.limits.table.rowCount() == len(rows)  # asking something else leaves what was tried
    place.course.save_report(tmp_path / "course.pdf")
    qtbot.waitUntil(lambda: "course.pdf is written." in place.notices.texts, timeout=MS)
    assert (tmp_path / "course.pdf").read_bytes().startswith(b"%PDF")
    speak("de")
    page = tmp_path / "course.html"
    place.course.save_report(page)
    qtbot.waitUntil(page.exists, timeout=MS)
    assert "Verlauf von c-017" in page.read_text(encoding="utf-8")


def test_a_session_is_looked_at_from_the_list_of_sessions(place: ClinicPlace, qtbot: QtBot, tmp_path: Path) -> None:
    steady, falling = record(tmp_path / "a.mcap", samples({})), record(tmp_path / "b.mcap", samples({1: 9.0, 4: 9.0}))
    place.course.add_files([falling, steady])
    qtbot.waitUntil(lambda: not place.desk.busy, timeout=MS)
    place.pages.setCurrentWidget(place.course)
    qtbot.waitUntil(lambda: len(place.course.findChildren(CourseBlock)) == 1)
    assert not place.course.look.isEnabled()
    table = place.course.findChild(CourseBlock).table
    table.sort_by(5)  # drops
    assert [table.item(row, 5).text() for row in range(2)] == ["2", "0"]
    table.setCurrentCell(0, 0)
    with qtbot.waitSignal(place.course.look_back) as told:
        place.course.look.click()
    assert told.args == [falling]
    falling.unlink()
    place.course.look.click()
    assert any("no longer where it was" in text for text in place.notices.texts)


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


def test_a_signed_file_goes_out_and_comes_in(place: ClinicPlace, qtbot: QtBot, tmp_path: Path) -> None:
    take_role(place)
    file = tmp_path / "c-017.hlp.toml"
    place.programme.write_to(file)
    home = ClinicPlace(DARK, tmp_path / "home.db")
    qtbot.addWidget(home)
    form = home.programme.read_form(file)
    assert form is not None
    form.ok.click()
    assert "new here" in form.refusal.text()
    assert place.desk.clinician is not None
    answer(form, **{"Fingerprint,_compared": place.desk.clinician.fingerprint})
    assert home.title.text() == "c-017"
    file.write_bytes(file.read_bytes().replace(b"8.0", b"9.0"))
    assert home.programme.read_form(file) is None
    assert any("changed after it was signed" in text for text in home.notices.texts)


def test_the_trail_is_shown_and_verified(place: ClinicPlace, path: Path, tmp_path: Path) -> None:
    assert place.trail.table.item(0, 3).text() == "prescribed"
    place.trail.check.click()
    assert place.trail.verdict.text() == "Whole: 4 lines."
    place.trail.copy_to(tmp_path / "copy.db")
    with Store(tmp_path / "copy.db") as copy:
        assert verify(copy).whole
    with Store(path) as store, store.transaction():
        store.run("DELETE FROM audit_detail WHERE number = 2")
    place.trail.check.click()
    assert place.trail.verdict.text().startswith("NOT whole")


def test_erasing_asks_for_the_code(place: ClinicPlace, path: Path) -> None:
    take_role(place)
    form = place.trail.erase_form()
    answer(form, Code="c-018")
    assert "Type c-017" in form.refusal.text()
    answer(form, Code="c-017")
    assert place.title.text() == "No client yet"
    with Store(path) as store:
        assert store.value("SELECT count(*) FROM client") == 0
        assert verify(store).whole


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
