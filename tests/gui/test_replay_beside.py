"""Two sessions and many repetitions beside one another, and room for all of it in small windows."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from gui.bench import BAD_LEFT, OPEN_MS, opened, review_of, shipped, stops
from hiplevel.gui.window import LEAST, Window


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


def test_repetitions_lie_over_one_another(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    replay.show_view("overlay")
    assert replay.page is not None
    assert len(replay.page.overlay.lines) == 10


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_time_is_whole_in_the_smallest_window(qtbot: QtBot, window: Window, tmp_path: Path, language: str) -> None:
    window.set_language(language)
    window.resize(*LEAST)
    replay = opened(qtbot, window, shipped(BAD_LEFT, tmp_path / "r"))
    assert replay.page is not None
    time, speed = replay.page.transport.time, replay.page.transport.speed
    assert "/ 0:58" in time.text()
    qtbot.waitUntil(lambda: time.width() >= time.sizeHint().width() and time.geometry().right() < speed.x())
