"""The training screen, told what happened: what is counted says so, what is not counted shows no number."""

import pytest
from pytestqt.qtbot import QtBot

from gui.training_bench import rep, screen, state_of
from hiplevel.gui.live.bridge import Batch
from hiplevel.gui.live.follow import Follower
from hiplevel.gui.live.link_words import link_words
from hiplevel.gui.live.state import LiveState
from hiplevel.model.events import (
    DropStarted,
    LinkLost,
    LinkRestored,
    SetEnded,
    SetStarted,
    Step,
)
from hiplevel.model.holding import Hold, HoldBroken, HoldStarted, HoldUpdated
from hiplevel.model.targets import TargetReached
from hiplevel.sensors.ble.phases import Phase
from hiplevel.session.view import Health


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


@pytest.mark.parametrize(("reason", "said"), [("lost", "is lost"), ("stalled", "Nothing comes from the sensor")])
def test_a_link_that_breaks_and_a_sensor_that_falls_silent_are_told_apart(qtbot: QtBot, reason: str, said: str) -> None:
    training = screen()
    follower = Follower(training, LiveState(training._rule), training._dose)
    training.pelvis.set_level(7.0)
    training.alarm(DropStarted(4.0, "right", 7.0, 6.0))
    follower.take(Batch([LinkLost(5.0, reason)]), paused=False)
    qtbot.waitUntil(lambda: not training.edges["right"].isVisible(), timeout=5000)  # nobody knows how it went on
    (notice,) = training.notices.texts
    assert said in notice
    assert training.pelvis.level_deg is None
    training.show_health(Health())
    assert training.pelvis.words == "not seen now"
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


@pytest.mark.parametrize(("exercise", "target"), [("clamshell", 0), ("single-leg-stand", 30), ("squat", 8)])
def test_what_is_not_counted_has_neither_a_target_nor_a_last_repetition(exercise: str, target: int) -> None:
    training = screen(exercise=exercise, reps=8)
    assert training.last_rep.isVisible() is (exercise == "squat")
    assert training.count.target == target
