"""Sessions, their course, files that go out and come in, the trail."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from clinic.recorded import record, samples
from gui.clinic_bench import MS, answer, take_role
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.database import Store
from hiplevel.clinic.training import keep_session, look_anew
from hiplevel.gui.clinic.course_block import CourseBlock
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.language import speak
from hiplevel.gui.theme import DARK, style_sheet
from hiplevel.model.edits import Correction
from hiplevel.recording.amend import amend


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


def test_what_was_trained_while_another_place_was_seen_is_there(place: ClinicPlace, path: Path, tmp_path: Path) -> None:
    assert place.course.courses[0].points == ()
    place.hide()
    recorded = record(tmp_path / "s.mcap", samples({1: 9.0}), simulated=False)
    assert keep_session(recorded, "c-017", path=path) == ""
    place.show()
    (point,) = place.course.courses[0].points
    assert point.reps == 6
    amend(recorded, [Correction(20.0, "undo", 1, 1, made_ns=1, known_s=20.0)])
    place.hide()
    assert look_anew(recorded, path=path) == ""
    place.show()
    assert place.course.courses[0].points[0].reps == 5
