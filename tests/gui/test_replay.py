"""Looking back on the real window: playing, stepping, trying limits, correcting, comparing."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

import hiplevel
from gui.bench import BAD_LEFT, OPEN_MS, drag, opened, review_of, session_of, shipped, stops
from hiplevel.gui.replay.timeline import envelope
from hiplevel.gui.replay.transport import tip
from hiplevel.gui.when import moment
from hiplevel.gui.window import Window
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import Drop, Note
from hiplevel.model.rules import DropRule
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter


def test_it_shows_what_analyze_finds(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = shipped(BAD_LEFT, tmp_path / "r")
    replay = opened(qtbot, window, path)
    recording = hiplevel.open_recording(path)
    found = hiplevel.analyze(recording.samples, exercise=recording.exercise, stance="left", rule=recording.info.rule)
    assert replay.page is not None
    figures = review_of(replay).figures("right")
    assert figures.drops == len(found.drops)
    assert figures.over_s == pytest.approx(sum(drop.duration_s for drop in found.drops))
    assert replay.page.panel.count.text() == f"{len(found.reps)} repetitions"
    assert not replay.page.badge.isHidden()  # it is simulated, and says so
    assert replay.page.panel.blocks["left"].isHidden()  # the left leg stands
    assert window.settings.recent() == [path.resolve()]
    assert replay.page.about.text() == replay.page.about.toolTip()  # whole, not cut short


@pytest.mark.parametrize("limit_deg", [3.0, 4.5, 8.0, 12.0])
def test_a_limit_dragged_with_the_mouse_finds_what_analyze_finds_with_it(
    qtbot: QtBot, window: Window, tmp_path: Path, limit_deg: float
) -> None:
    path = shipped(BAD_LEFT, tmp_path / "r")
    replay = opened(qtbot, window, path)
    assert replay.page is not None
    detail = replay.page.detail
    view, viewport = detail.plot.getPlotItem().vb, detail.plot.viewport()

    def at(deg: float) -> QPointF:
        middle = sum(view.viewRange()[0]) / 2.0
        return QPointF(detail.plot.mapFromScene(view.mapViewToScene(QPointF(middle + 3.0, -deg))))

    drag(viewport, at(review_of(replay).rule.limit_deg("right")), at(limit_deg))
    tried = review_of(replay).rule.limit_deg("right")
    assert tried == pytest.approx(limit_deg, abs=0.3)  # as exact as a pixel
    recording = hiplevel.open_recording(path)
    rule = review_of(replay).rule
    found = hiplevel.analyze(recording.samples, exercise=recording.exercise, stance="left", rule=rule)
    figures = review_of(replay).figures("right")
    assert figures.drops == len(found.drops)
    assert figures.over_s == pytest.approx(sum(drop.duration_s for drop in found.drops))
    assert replay.page.panel.blocks["right"].spin.value() == pytest.approx(tried, abs=0.06)
    assert not replay.page.panel.in_brackets.isHidden()
    replay.reset_limits()
    assert replay.page.panel.in_brackets.isHidden()
    assert review_of(replay).rule.limit_deg("right") == recording.info.rule.limit_deg("right")
    assert hiplevel.open_recording(path).events == recording.events  # trying writes nothing


def test_keys_step_by_sample_repetition_and_drop(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    review, player = review_of(replay), replay.player
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(replay, Qt.Key.Key_Right)
    assert player.at_s == pytest.approx(0.01)
    qtbot.keyClick(replay, Qt.Key.Key_Right, control)
    assert player.at_s == review.rep_times_s[0]
    qtbot.keyClick(replay, Qt.Key.Key_Right, control)
    qtbot.keyClick(replay, Qt.Key.Key_Left, control)
    assert player.at_s == review.rep_times_s[0]
    qtbot.keyClick(replay, Qt.Key.Key_Right, shift)
    assert player.at_s in review.spans("right").start_s.tolist()
    before = review.rule.limit_deg("right")
    qtbot.keyClick(replay, Qt.Key.Key_Down)
    assert review_of(replay).rule.limit_deg("right") == before - 0.5
    qtbot.keyClick(replay, Qt.Key.Key_Space)
    assert player.playing
    qtbot.keyClick(replay, Qt.Key.Key_Space)
    assert not player.playing


def test_a_drop_says_how_far_it_went_and_in_which_repetition(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert replay.page is not None
    here = replay.page.panel.here
    assert here.text() == ""
    qtbot.keyClick(replay, Qt.Key.Key_D)
    drop = next(event for event in review_of(replay).computed.events if isinstance(event, Drop))
    assert here.text() == (
        f"Drop 1 of 4: right side {drop.peak_deg:.0f}° low, {drop.duration_s:.1f} s, "
        f"in repetition {drop.rep_number} of set {drop.set_number}"
    )
    shown = [mark.toPlainText() for mark in replay.page.detail._marks]
    assert f"{drop.peak_deg:.0f}°" in shown
    qtbot.keyClick(replay, Qt.Key.Key_D)
    assert here.text().startswith("Drop 2 of 4")
    replay.set_limit("right", 5.0)
    assert here.text().startswith("Drop 3 of 5")


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


def test_the_level_and_the_count_are_those_of_the_moment(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    review, page = review_of(replay), replay.page
    assert page is not None
    at_s = review.rep_times_s[4]
    replay.player.seek(at_s)
    row = int(np.searchsorted(review.computed.time_s, at_s, side="right")) - 1
    assert page.pelvis.level_deg == review.computed.obliquity_deg[row]
    assert page.count.reps == 5
    replay.player.seek(at_s - 0.5)
    assert page.count.reps == 4


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


def test_a_loop_goes_round_and_speed_has_its_bounds(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert replay.page is not None
    player, timeline = replay.player, replay.page.timeline
    viewport = timeline.plot.viewport()
    drag(viewport, QPointF(viewport.width() * 0.4, 30.0), QPointF(viewport.width() * 0.6, 30.0))
    assert player.loop is not None
    qtbot.keyClick(replay, Qt.Key.Key_O)
    assert player.looping
    assert player.at_s == player.loop[0]
    for _ in range(20):
        player.faster()
    assert player.speed == 32.0
    qtbot.keyClick(replay, Qt.Key.Key_Space)
    seen: list[float] = []
    player.moved.connect(seen.append)
    qtbot.waitUntil(lambda: len(seen) > 30, timeout=OPEN_MS)
    assert all(player.loop[0] - 1e-6 <= at_s <= player.loop[1] for at_s in seen)
    for _ in range(20):
        player.slower()
    assert player.speed == 0.1


def test_two_sessions_are_judged_by_the_same_limits(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    replay.compare_with(shipped("pelvic-drop-good-left", tmp_path / "r"))
    page = replay.page
    assert page is not None
    qtbot.waitUntil(lambda: page.view == "compare", timeout=OPEN_MS)
    assert page.compare.reviews is not None
    replay.set_limit("right", 4.0)
    first, second = page.compare.reviews
    assert first.rule.limit_deg("right") == second.rule.limit_deg("right") == 4.0
    rows = {row[0]: row[1:] for row in page.compare.figures()}
    assert rows["Repetitions"] == ("10", "10", "0")
    assert rows["Right drops beyond 4°"][0] == str(first.figures("right").drops)


def test_the_tab_key_comes_to_nothing_without_a_name(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    names = [name for _, name in stops(window)]
    assert {"Right limit", "play or stop"} < set(names)
    assert "" not in names


def test_two_sessions_have_room_in_the_smallest_window(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.resize(window.minimumSize())
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    page = replay.page
    assert page is not None
    replay.compare_with(shipped("pelvic-drop-good-left", tmp_path / "r"))
    qtbot.waitUntil(lambda: page.view == "compare", timeout=OPEN_MS)
    qtbot.waitUntil(
        lambda: all(overlay.height() > window.height() / 3 for overlay in page.compare.overlays), timeout=OPEN_MS
    )
    assert not page.transport.isVisible()  # two sessions have no moment in common
    page.compare.limits["right"].spin.setValue(3.0)
    assert review_of(replay).rule.limit_deg("right") == 3.0
    replay.show_view("detail")
    assert page.transport.isVisible()
    assert page.panel.blocks["right"].spin.value() == 3.0


def test_a_comparison_is_over_when_another_recording_is_opened(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    good = shipped("pelvic-drop-good-left", tmp_path / "r")
    replay.compare_with(good)
    qtbot.waitUntil(lambda: replay.page is not None and replay.page.view == "compare", timeout=OPEN_MS)
    opened(qtbot, window, shipped("squat", tmp_path / "r"))
    asked: list[int] = []
    monkeypatch.setattr(replay, "_ask", lambda: asked.append(1))
    replay.handlers["show_compare"]()
    assert asked == [1]  # what it is to be compared with is asked anew


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


@pytest.mark.parametrize("size", [(1180, 760), (1280, 820), (1440, 900)])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_figures_of_a_side_need_no_scrolling(
    qtbot: QtBot, window: Window, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    window.set_language(language)
    window.resize(*size)
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert replay.page is not None
    area = replay.page.panel.findChild(QScrollArea)
    replay.set_limit("right", 5.0)
    qtbot.waitUntil(replay.page.panel.in_brackets.isVisible)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0, timeout=5_000)


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


def test_repetitions_lie_over_one_another(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    replay.show_view("overlay")
    assert replay.page is not None
    assert len(replay.page.overlay.lines) == 10


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


def test_the_whole_recording_is_drawn_with_its_holes() -> None:
    time_s = np.arange(0.0, 100.0, 0.01)
    time_s = time_s[(time_s < 40.0) | (time_s > 44.0)]
    deg = np.sin(time_s)
    drawn_s, drawn_deg = envelope(time_s, deg, 300)
    assert len(drawn_s) < 700
    assert np.isnan(drawn_deg).sum() == 1
    steps = np.diff(drawn_s[np.isfinite(drawn_deg)])
    before = int(np.argmax(np.isnan(drawn_deg)))
    assert drawn_s[before - 1] < 40.0 < 44.0 <= drawn_s[before + 1]
    assert (steps >= 0.0).all()
    assert np.nanmax(drawn_deg) == deg.max()
