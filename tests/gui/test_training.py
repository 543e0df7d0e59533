"""The training screen, told what happened: what is counted says so, what is not counted shows no number."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hiplevel.exercises import list_exercises
from hiplevel.gui.language import speak
from hiplevel.gui.live.bridge import Batch
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.follow import Follower
from hiplevel.gui.live.link_words import link_words
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import ACTIONS, Training
from hiplevel.gui.theme import DARK, LIGHT, Theme
from hiplevel.model.events import (
    Drop,
    DropStarted,
    DropUpdated,
    LinkLost,
    LinkRestored,
    Rep,
    Rezero,
    SetEnded,
    SetStarted,
    Step,
)
from hiplevel.model.holding import Hold, HoldBroken, HoldStarted, HoldUpdated
from hiplevel.model.targets import TargetReached
from hiplevel.sensors.ble.phases import Phase
from hiplevel.session.view import Health

KEPT: list[Training] = []  # a plot must not be collected while Qt still draws it


@pytest.fixture(autouse=True)
def kept_until_the_end(qapp: Any) -> Iterator[None]:
    yield
    for training in KEPT:
        training.hide()
        training.deleteLater()
    qapp.processEvents()
    KEPT.clear()


def screen(theme: Theme = DARK, **choice: Any) -> Training:
    made = Training(theme, Choice(**choice), dict.fromkeys(ACTIONS, lambda: None), "SIMULATED")
    KEPT.append(made)
    made.resize(1100, 760)
    made.show()
    return made


def state_of(training: Training, *events: Any) -> LiveState:
    state = LiveState(training._rule)
    state.take([Rezero(0.0, 1.0), *events])
    training.show_state(state, paused=False)
    return state


def rep(number: int, **what: Any) -> Rep:
    return Rep(0.0, 1.0, 2.0, 11.0, number=number, set_number=1, **what)


def test_repetitions_count_towards_the_target() -> None:
    training = screen(reps=8, sets=3)
    state_of(training, SetStarted(0.0, 1), rep(1), rep(2))
    assert training.count.reps == 2
    assert training.count.target_words == "of 8 repetitions"
    assert training.count.set_words == "set 1 of 3"
    assert "2" in training.count.accessibleDescription()


def test_the_button_says_whether_it_ends_the_rest_or_begins_the_set_anew() -> None:
    training = screen(reps=8, sets=3)
    button = training.buttons["next_set"]
    state = state_of(training)
    assert button.accessibleName() == "Next set"
    state.take([SetStarted(1.0, 1), rep(1)])
    training.show_state(state, paused=False)
    assert button.accessibleName() == "Restart set"
    assert "from nothing again" in button.accessibleDescription()
    state.take([SetEnded(9.0, 1, 8.0, 1)])
    training.show_state(state, paused=False)
    assert button.accessibleName() == "Next set"


def test_a_mark_on_the_trace_says_how_far_the_drop_went_in_the_end() -> None:
    training = screen(stance="left")
    state = LiveState(training._rule)
    follower = Follower(training, state, training._dose, lambda: None)
    follower.take(Batch([DropStarted(5.0, "right", 7.0, 6.0)]), paused=False)
    marks = training.trace._marked
    assert [item.toPlainText() for _, item, _ in marks] == ["▼ right 7°"]
    follower.take(Batch([DropUpdated(5.2, "right", 8.6), Drop(4.9, 6.0, 9.4, "right")]), paused=False)
    assert [item.toPlainText() for _, item, _ in marks] == ["▼ right 9°"]


@pytest.mark.parametrize(("reason", "said"), [("lost", "is lost"), ("stalled", "Nothing comes from the sensor")])
def test_a_link_that_breaks_and_a_sensor_that_falls_silent_are_told_apart(reason: str, said: str) -> None:
    training = screen()
    follower = Follower(training, LiveState(training._rule), training._dose, lambda: None)
    follower.take(Batch([LinkLost(5.0, reason)]), paused=False)
    (notice,) = training.notices.texts
    assert said in notice
    follower.take(Batch([LinkRestored(9.0, 4.0)]), paused=False)
    assert training.notices.texts == []


def test_a_hold_is_shown_in_seconds_while_it_lasts() -> None:
    training = screen(exercise="single-leg-stand")
    state = state_of(training, HoldStarted(5.0, 1), HoldUpdated(17.0, 1, 12.4, 5.0, 0.5))
    assert training.count.reps == 12
    assert training.count.target_words == "of 30 seconds"
    assert training.count.set_words == "hold 1"
    assert not training.count.dimmed
    assert "hold" in training.buttons
    state.take([HoldBroken(20.0, 1, 15.2)])
    training.show_state(state, paused=False)
    assert training.count.reps == 15
    assert training.count.dimmed  # it is over


def test_a_stand_that_may_be_resting_is_neither_timed_nor_numbered_until_it_is_meant() -> None:
    training = screen(exercise="single-leg-stand")
    state = state_of(training, HoldStarted(5.0, 1), HoldUpdated(25.0, 1, 20.0, 5.0, 0.5, meant=False))
    assert (training.count.reps, training.count.dimmed) == (0, True)
    assert training.count.set_words == "ready for the first hold"
    assert "no time is taken" in training.message.text()
    assert "S" in training.message.text()
    state.take([HoldUpdated(26.0, 1, 21.0, 5.0, 0.5)])
    training.show_state(state, paused=False)
    assert (training.count.reps, training.count.dimmed, training.message.text()) == (21, False, "")
    assert training.count.set_words == "hold 1"
    state.take([Hold(5.0, 27.0, number=1, meant=False)])
    training.show_state(state, paused=False)
    assert (training.count.reps, state.holds, training.message.text()) == (0, 0, "")


def test_a_hold_that_sank_stays_at_what_was_held_and_done_is_said_of_one_hold_only() -> None:
    training = screen(exercise="single-leg-stand")
    state = state_of(training, HoldStarted(5.0, 1), HoldUpdated(36.0, 1, 31.0, 5.0, 0.5))
    training.reached(TargetReached(36.0, "hold", 1, 31.0, 30.0))
    state.take([HoldBroken(36.5, 1, 31.5), HoldUpdated(40.0, 1, 35.0, 1.0, 4.0)])
    training.show_state(state, paused=False)
    assert (training.count.reps, training.count.dimmed) == (31, True)
    assert training.message.text().startswith("Done")
    state.take([Hold(5.0, 41.0, number=1, held_s=31.5), HoldStarted(60.0, 2), HoldUpdated(62.0, 2, 2.0, 5.0, 0.5)])
    training.show_state(state, paused=False)
    assert training.message.text() == ""


def test_steps_are_counted_as_steps() -> None:
    training = screen(exercise="walking", stance="both")
    state_of(training, *(Step(0.5 * i, "left") for i in range(7)))
    assert training.count.reps == 7
    assert training.count.target_words == "steps"
    assert "hold" not in training.buttons


def test_where_nothing_can_be_counted_no_number_stands_there() -> None:
    training = screen(exercise="clamshell")
    state_of(training)
    assert training.count.unit == "none"
    assert training.count.target_words == "not counted"


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


def test_marks_do_not_pile_up_on_a_trace_that_nobody_looks_at() -> None:
    trace = screen().trace
    for number in range(500):
        trace.add(np.array([2.0 * number]), np.array([0.0]))
        trace.mark_rep(2.0 * number, number)
    assert len(trace._marked) + len(trace._spare) < 20


def test_a_target_that_is_reached_is_said() -> None:
    training = screen()
    state_of(training)
    training.reached(TargetReached(9.0, "reps", 1, 8, 8))
    assert "all repetitions" in training.message.text()


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (Health(rate_hz=99.7, lost=0, latency_ms=12.2, battery_percent=80.0), "100 samples a second"),
        (Health(lost=None), "losses unknown"),
        (Health(lost=1), "1 sample lost"),
        (Health(phase=Phase.STALLED, silence_s=2.0), "silent for 2 s"),
        (Health(connected=False, phase=Phase.CONNECTING, silence_s=4.0), "link lost 4 s ago, connecting"),
        (Health(overflowed=3), "3 packets dropped"),
    ],
)
def test_the_link_is_said_in_one_line(health: Health, said: str) -> None:
    assert said in link_words(health)


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


@pytest.mark.parametrize(("exercise", "target"), [("clamshell", 0), ("single-leg-stand", 30), ("squat", 8)])
def test_what_is_not_counted_has_neither_a_target_nor_a_last_repetition(exercise: str, target: int) -> None:
    training = screen(exercise=exercise, reps=8)
    assert training.last_rep.isVisible() is (exercise == "squat")
    assert training.count.target == target


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
