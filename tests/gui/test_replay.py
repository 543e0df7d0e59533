"""Looking back on the real window: what is shown, the keys, a limit that is dragged, a loop."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

import hiplevel
from gui.bench import BAD_LEFT, OPEN_MS, drag, opened, review_of, shipped
from hiplevel.gui.replay.timeline import envelope
from hiplevel.gui.window import Window
from hiplevel.model.events import Drop


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
    replay.set_limit("right", 4.5)
    assert here.text().startswith("Drop 3 of 6")


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
