"""What is said of a recording while looking back, and what is saved of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import hiplevel
from gui.bench import BAD_LEFT, OPEN_MS, opened, review_of, shipped
from hiplevel.gui.replay.transport import tip
from hiplevel.gui.window import Window
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import Note


def test_a_set_is_warm_up_by_a_key_and_work_again(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    replay.player.seek(20.0)
    done = review_of(replay).counted.done
    qtbot.keyClick(replay, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: len(review_of(replay).said) == 1, timeout=OPEN_MS)
    assert review_of(replay).counted.done == 0
    qtbot.keyClick(replay, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: len(review_of(replay).said) == 2, timeout=OPEN_MS)
    assert review_of(replay).counted.done == done


def test_what_is_not_to_be_trusted_is_marked_without_a_mouse(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert replay.page is not None
    replay.player.seek(12.0)
    qtbot.keyClick(replay, Qt.Key.Key_I)
    assert any("press I again" in text for text in replay.page.notices.texts)
    replay.player.seek(9.0)
    qtbot.keyClick(replay, Qt.Key.Key_I)
    assert replay.page.notices.texts == []
    qtbot.keyClick(replay, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: len(review_of(replay).said) == 1, timeout=OPEN_MS)
    (bad,) = review_of(replay).bad
    assert (bad.start_s, bad.end_s) == (9.0, 12.0)


def test_corrections_notes_and_bad_spans_are_saved_beside_the_raw_data(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = shipped(BAD_LEFT, tmp_path / "r")
    before = hiplevel.open_recording(path)
    raw = list(before.notifications())
    replay = opened(qtbot, window, path)
    assert replay.page is not None
    counted = review_of(replay).counted.done

    def saved(number: int) -> None:
        qtbot.waitUntil(lambda: len(review_of(replay).said) == number, timeout=OPEN_MS)

    replay.player.seek(review_of(replay).rep_times_s[2])
    qtbot.keyClick(replay, Qt.Key.Key_R)
    saved(1)
    assert review_of(replay).counted.done == counted - 1
    assert "10" in replay.page.panel.counted_words.text()  # what the machine counted still stands there
    qtbot.keyClick(replay, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    saved(2)
    assert review_of(replay).counted.done == counted
    replay.commands.add_note("band slipped")
    saved(3)
    drops = review_of(replay).figures("right").drops
    first = review_of(replay).spans("right").start_s[0]
    replay.player.select((first - 1.0, first + 3.0))
    qtbot.keyClick(replay, Qt.Key.Key_B)
    saved(4)
    assert review_of(replay).figures("right").drops == drops - 1

    after = hiplevel.open_recording(path)
    assert list(after.notifications()) == raw
    added = after.events[len(before.events) :]
    assert [type(event) for event in added] == [Correction, Correction, Note, BadSpan]


def test_corrections_fold_where_the_figures_need_the_room(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert replay.page is not None
    edits = replay.page.panel.edits
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not edits.folded.isVisible())
    window.resize(window.minimumSize())
    qtbot.waitUntil(edits.folded.isVisible)
    replay.player.seek(12.0)
    done = review_of(replay).counted.done
    next(one for one in edits.menu.actions() if one.text() == tip("add_rep")).trigger()
    qtbot.waitUntil(lambda: review_of(replay).counted.done == done + 1, timeout=OPEN_MS)


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("csv", b"set,")])
def test_a_report_of_the_session_is_saved(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, begins: bytes
) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    target = tmp_path / f"told.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    assert replay.page is not None
    replay.page.panel.edits.buttons["save_report"].click()
    qtbot.waitUntil(lambda: f"told.{kind} is written." in replay.page.notices.texts, timeout=OPEN_MS)
    assert target.read_bytes().lower().startswith(begins.lower())


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_plot_is_saved_and_copied(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    target = tmp_path / f"plot.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.keyClick(replay, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert target.read_bytes()[:5] == (b"\x89PNG\r" if kind == "png" else b"<?xml")
    qtbot.keyClick(replay, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "where.png"), ""))
    replay.commands.save_plot()
    assert replay.page is not None
    assert "cannot be written" in replay.page.notices.texts[0]
