"""What changes while somebody trains changes on the screen: a limit, a count put right; and the last page."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.training_bench import rep, screen
from hiplevel.gui.live.bridge import Batch
from hiplevel.gui.live.done import Done
from hiplevel.gui.live.follow import Follower
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import Training
from hiplevel.gui.widgets.count import Unit
from hiplevel.model.edits import Correction
from hiplevel.model.events import Drop, Note, SetEnded, SetStarted, Step
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import DropRule


def following(training: Training) -> tuple[Follower, LiveState]:
    state = LiveState(training._rule)
    return Follower(training, state, training._dose), state


def words(widget: object) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]  # type: ignore[attr-defined]


def test_a_limit_that_a_clinician_changes_stands_in_the_head_as_well() -> None:
    training = screen(reps=8)
    follower, state = following(training)
    assert "limit 10° right, preset" in training._about.text()
    change = LimitChanged.between(state.rule, DropRule(7.5), "Dr. Weber", "steady")
    follower.take(Batch([change]), paused=False)
    assert "limit 7.5° right, set by your clinician" in training._about.text()


def test_the_rest_tells_the_count_as_it_is_put_right() -> None:
    training = screen(reps=3, sets=2, rest_s=30.0)
    follower, _ = following(training)
    follower.take(Batch([SetStarted(1.0, 1), rep(1), rep(2), rep(3), SetEnded(20.0, 1, 1.0, 3)]), paused=False)
    assert training.resting
    left_s = training.rest.left_s
    assert "3 of 3" in words(training.rest)
    follower.take(Batch([Correction(21.0, "undo", 1, 3)]), paused=False)
    assert "2 of 3" in words(training.rest)
    assert "3 of 3" not in words(training.rest)
    assert training.rest.left_s == left_s > 0


def test_a_correction_that_does_not_fit_is_answered() -> None:
    training = screen(reps=8)
    follower, _ = following(training)
    follower.take(Batch([Note(3.0, "There is no repetition to take back.", "not-corrected")]), paused=False)
    assert training.notices.texts == ["There is no repetition to take back."]


@pytest.mark.parametrize(
    ("unit", "headline"), [("steps", "2 steps"), ("seconds", "0 holds"), ("reps", "0 repetitions")]
)
def test_the_last_page_says_what_the_exercise_counts(qtbot: QtBot, unit: Unit, headline: str) -> None:
    state = LiveState(DropRule(5.0))
    state.take([Step(3.0, "left"), Step(3.6, "right"), Drop(4.0, 5.0, 7.0, "right")])
    done = Done(state, None, ("left", "right"), lambda: None, lambda: None, unit=unit)
    qtbot.addWidget(done)
    assert done.headline.text() == headline
    assert "1, worst 7°" in words(done)  # no set, and the drop is told all the same
