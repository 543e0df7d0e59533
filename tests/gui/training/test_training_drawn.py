"""What the training screen draws: edges, pelvis, trace; and that nothing stands in the way of another."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.training_bench import screen
from hiplevel.exercises import list_exercises
from hiplevel.gui.language import speak
from hiplevel.gui.live.bridge import Batch
from hiplevel.gui.live.follow import Follower
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.theme import DARK, LIGHT
from hiplevel.model.events import (
    Drop,
    DropStarted,
    DropUpdated,
)


def test_a_mark_on_the_trace_says_how_far_the_drop_went_in_the_end() -> None:
    training = screen(stance="left")
    state = LiveState(training._rule)
    follower = Follower(training, state, training._dose)
    follower.take(Batch([DropStarted(5.0, "right", 7.0, 6.0)]), paused=False)
    marks = training.trace._marked
    assert [item.toPlainText() for _, item, _ in marks] == ["▼ right 7°"]
    follower.take(Batch([DropUpdated(5.2, "right", 8.6), Drop(4.9, 6.0, 9.4, "right")]), paused=False)
    assert [item.toPlainText() for _, item, _ in marks] == ["▼ right 9°"]


@pytest.mark.parametrize("exercise", [exercise.id for exercise in list_exercises()])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_exercise_can_be_drawn(exercise: str, theme: Any) -> None:
    for stance in ("left", "right", "both"):
        training = screen(theme, exercise=exercise, stance=stance)
        training.pelvis.set_level(7.5)
        assert not training.grab().isNull()


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_edge_of_the_side_that_fell_lights_up_and_names_it(qtbot: QtBot, side: Any) -> None:
    training = screen(stance="both")
    training.alarm(DropStarted(1.0, side, 7.0, 6.0))
    edge = training.edges[side]
    assert edge.isVisible()
    assert edge.accessibleName() == f"{side.upper()} SIDE LOW"
    assert (edge.x() == 0) == (side == "left")
    assert edge.height() == training.height()
    assert not training.edges["right" if side == "left" else "left"].isVisible()
    training.alarm(Drop(1.0, 2.0, 7.0, side))
    qtbot.waitUntil(lambda: not edge.isVisible(), timeout=5000)


def test_nothing_that_must_be_read_stands_in_the_edges() -> None:
    for width in (1000, 1280, 2560):
        training = screen(stance="both")
        training.resize(width, 800)
        training.alarm(DropStarted(1.0, "left", 7.0, 6.0))
        training.alarm(DropStarted(1.0, "right", 7.0, 6.0))
        left, right = training.edges["left"].geometry(), training.edges["right"].geometry()
        read = [words for words in training.findChildren(QLabel) if words.text() and words.isVisible()]
        assert len(read) > 5
        for words in read:
            at = words.mapTo(training, words.rect().topLeft()).x()
            assert at >= left.right()
            assert at + words.width() <= right.left() + 1


def test_the_level_names_the_side_and_never_a_sign() -> None:
    pelvis = screen(stance="both").pelvis
    for level, words in ((4.4, "right side 4° low"), (-4.4, "left side 4° low"), (0.4, "level"), (None, "stand still")):
        pelvis.set_level(level)
        assert pelvis.words == words


def test_a_pelvis_whose_level_nobody_knows_is_not_drawn_as_level() -> None:
    pelvis = screen(stance="both").pelvis

    def drawn(level_deg: float | None) -> bytes:
        """The lower part, without the words."""
        pelvis.set_level(level_deg)
        image = pelvis.grab().toImage()
        return bytes(image.copy(0, image.height() // 4, image.width(), image.height()).constBits())

    level = drawn(0.0)
    assert drawn(None) != level
    assert drawn(0.0) == level


def test_marks_do_not_pile_up_on_a_trace_that_nobody_looks_at() -> None:
    trace = screen().trace
    for number in range(500):
        trace.add(np.array([2.0 * number]), np.array([0.0]))
        trace.mark_rep(2.0 * number, number)
    assert len(trace._marked) + len(trace._spare) < 20


def test_marks_pass_behind_the_words_in_the_corner(qapp: Any) -> None:
    training = screen()
    training.trace.add(np.array([0.0, 20.0]), np.array([0.0, 0.0]))
    plot = training.trace.plot
    corner = next(item for item in plot.getPlotItem().vb.childItems() if getattr(item, "text", "").startswith("▼"))

    def picture() -> Any:
        training.trace.draw()
        qapp.processEvents()
        return plot.grab(plot.mapFromScene(corner.mapRectToScene(corner.itemRect())).boundingRect()).toImage()

    before = picture()
    training.trace.mark_rep(0.5, 1)
    assert picture() == before
    training.trace.mark_rep(0.1, 12)
    training.trace.mark_drop(1.5, "left", 9.0)
    assert picture() == before


def test_the_scale_of_the_trace_grows_with_the_movement_and_comes_back() -> None:
    trace = screen(exercise="side-lying-abduction").trace

    def top_deg() -> float:
        trace.draw()
        return float(trace.plot.viewRange()[1][1])

    time_s = np.arange(0.0, 25.0, 0.04)
    trace.add(time_s, np.zeros_like(time_s))
    still_deg = top_deg()
    trace.add(time_s + 25.0, np.interp(time_s, [20.0, 22.0], [0.0, -90.0]))  # lying down
    assert still_deg < top_deg() < 60.0
    trace.add(time_s + 50.0, np.zeros_like(time_s))
    assert top_deg() == still_deg
    trace.mark_rep(74.0, 3)
    trace.add(time_s + 75.0, 30.0 * np.sin(time_s))
    assert top_deg() > 30.0


def test_words_under_the_number_are_never_cut(qtbot: QtBot) -> None:
    speak("de")
    count = screen(exercise="clamshell").count
    for width in (220, 300, 900):
        count.resize(width, 500)
        drawn = count.grab().toImage()
        edge = [drawn.pixelColor(0, y) for y in range(drawn.height())]
        assert len({colour.name() for colour in edge}) == 1


@pytest.mark.parametrize(("stance", "side"), [("left", "right"), ("right", "left")])
def test_the_side_that_may_fall_is_drawn_down_when_it_is_low(stance: Any, side: Any) -> None:
    trace = screen(stance=stance).trace
    low_deg = 4.0 if side == "right" else -4.0  # + = left side up
    trace.add(np.array([0.0, 1.0]), np.array([0.0, low_deg]))
    trace.draw()
    assert trace._line.getData()[1][-1] == -4.0
    corners = {where: made.text for where, made in trace._words.labels.items()}
    assert corners == {"top": f"▲ {side} side high", "bottom": f"▼ {side} side low"}
    trace.mark_drop(1.0, side, 9.0)
    ((_, mark, share),) = trace._marked
    assert mark.toPlainText() == f"▼ {side} 9°"
    assert share < 0.0


def test_where_both_sides_may_fall_each_has_its_end() -> None:
    trace = screen(exercise="walking", stance="both").trace
    trace.add(np.array([0.0, 1.0]), np.array([0.0, 4.0]))
    trace.draw()
    assert trace._line.getData()[1][-1] == 4.0
    assert trace._words.labels["top"].text == "▲ right side low"
    assert trace._words.labels["bottom"].text == "▼ left side low"
