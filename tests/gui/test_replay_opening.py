"""Opening recordings: dropped, damaged, long, still being written."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

import hiplevel
from gui.bench import BAD_LEFT, OPEN_MS, opened, review_of, session_of, shipped
from hiplevel.gui.when import moment
from hiplevel.gui.window import Window
from hiplevel.model.events import Note
from hiplevel.model.rules import DropRule
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter


def test_there_is_a_way_back_to_the_list_which_says_what_a_recording_is(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = shipped(BAD_LEFT, tmp_path / "r")
    own = path.rename(path.with_name("c-017_2026-03-05T101500Z_pelvic-drop.mcap"))
    replay = opened(qtbot, window, own)
    qtbot.keyClick(replay, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert replay.page is None
    lines = [replay.empty.list.item(at).text().strip() for at in range(replay.empty.list.count())]
    told = f"{moment(1_772_705_700_000_000_000)}  ·  Pelvic drop and hike on a block  ·  c-017"
    assert lines[:2] == ["Opened lately", told]
    assert "squat" in lines  # a name that tells nothing else
    replay.empty.list.setFocus()
    qtbot.keyClick(replay.empty.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: replay.review is not None and replay.review.computed.complete, timeout=OPEN_MS)


def test_a_dropped_file_opens(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(shipped(BAD_LEFT, tmp_path / "r")))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: window.replay.review is not None, timeout=OPEN_MS)


@pytest.mark.parametrize("content", [b"", b"time,acc\n1,2\n", b"\x89MCAP0\r\n rubbish"])
def test_what_cannot_be_opened_is_a_sentence(qtbot: QtBot, window: Window, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.mcap"
    path.write_bytes(content)
    window.open_files([path])
    qtbot.waitUntil(lambda: bool(window.replay.empty.notices.texts), timeout=OPEN_MS)
    assert "broken.mcap" in window.replay.empty.notices.texts[0]


def test_only_the_last_file_that_could_not_be_opened_is_told_of(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    for name in ("one.txt", "other.txt"):
        (tmp_path / name).write_text("nothing")
        window.open_files([tmp_path / name])
        qtbot.waitUntil(lambda name=name: any(name in text for text in window.replay.empty.notices.texts))
    assert len(window.replay.empty.notices.texts) == 1


def test_after_a_file_that_cannot_be_opened_the_last_one_is_gone(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    window.open_files([tmp_path / "nothing-here.mcap"])
    qtbot.waitUntil(lambda: bool(window.replay.empty.notices.texts), timeout=OPEN_MS)
    assert window.replay.review is None
    assert window.replay.empty.isVisible()


def test_a_recording_that_is_still_written_grows_on_the_screen(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    whole = hiplevel.open_recording(shipped(BAD_LEFT, tmp_path / "r"))
    samples = whole.samples
    info = RecordingInfo(exercise="pelvic-drop", stance="left", rule=DropRule(6.0), source="import")
    path = tmp_path / "growing.mcap"
    with RecordingWriter(path, info) as writer:
        writer.samples(samples[:2000])
        writer.event(Note(1.0, "so far"), 0)
        replay = opened(qtbot, window, path)
        first_s = review_of(replay).computed.end_s
        replay.player.seek(first_s)
        writer.samples(samples[2000:])
        writer.event(Note(2.0, "more"), 0)
        replay.opening.look_again()
        qtbot.waitUntil(lambda: review_of(replay).computed.end_s > first_s + 10.0, timeout=OPEN_MS)
        assert replay.player.at_s == review_of(replay).computed.end_s  # it stood at the end: it follows
        replay.commands.add_note("too early")
        assert replay.page is not None
        page = replay.page
        qtbot.waitUntil(lambda: any("growing.mcap" in text for text in page.notices.texts), timeout=OPEN_MS)


def test_an_hour_opens_plays_and_takes_a_limit(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = session_of(1.0, tmp_path / "r" / "long.mcap")
    replay = opened(qtbot, window, path)
    review = review_of(replay)
    assert review.computed.end_s == pytest.approx(3600.0, abs=1.0)
    assert review.counted.done > 250
    drops = review.figures("right").drops
    replay.set_limit("right", 3.0)
    assert review_of(replay).figures("right").drops > drops
    replay.player.seek(3000.0)
    assert replay.page is not None
    assert len(replay.page.timeline.line.getData()[0]) < 10_000  # an envelope, not 360,000 points


def test_closing_while_a_file_is_read(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.open_files([session_of(0.5, tmp_path / "r" / "half.mcap")])
    assert window.close()


def test_what_was_recorded_while_another_place_was_seen_is_in_the_list(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.go("replay")
    window.replay.notice("a sentence")
    before = window.replay.empty.list.count()
    window.go("live")
    shipped(BAD_LEFT, tmp_path / "recordings")
    window.go("replay")
    listed = window.replay.empty.list
    assert listed.count() > before
    assert any(BAD_LEFT in listed.item(row).toolTip() for row in range(listed.count()))
    assert window.replay.empty.notices.texts == ["a sentence"]
