"""What a person reads while training."""

import numpy as np
import pytest

from hiplevel.cli.live.board import Board
from hiplevel.cli.live.board_words import beat_words, level_words, link_words, rest_words
from hiplevel.cli.live.event_words import limit_words
from hiplevel.model.edits import Correction
from hiplevel.model.events import (
    Drop,
    DropStarted,
    LinkLost,
    LinkRestored,
    Note,
    Rep,
    RepRevised,
    RepTurned,
    Rezero,
    SetEnded,
    SetStarted,
)
from hiplevel.model.holding import HoldStarted
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.rules import DropRule
from hiplevel.model.targets import RestStarted, TargetReached
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health


def board(**rule: float) -> Board:
    return Board("clip (simulated)", DropRule(**{"threshold_deg": 5.0, **rule}), "set by your clinician")


def level(deg: float) -> MotionOutput:
    return MotionOutput(np.array([1.0, 1.1]), np.array([0.0, deg]), *np.zeros((3, 2)))


@pytest.mark.parametrize(
    ("deg", "words", "beyond"),
    [
        (0.4, "level", False),
        (4.2, "right side 4° low", False),
        (-3.0, "left side 3° low", False),
        (7.0, "right side 7° low", True),
        (-5.1, "left side 5° low", True),
    ],
)
def test_the_level_is_said_with_its_side_and_never_as_a_signed_number(deg: float, words: str, beyond: bool) -> None:
    shown = board()
    assert level_words(shown) == "not known yet"
    shown.on_motion(level(deg))
    assert level_words(shown) == words
    assert (shown.beyond >= 1.0) is beyond


def test_each_side_has_its_own_limit_and_says_whose_it_is() -> None:
    shown = board(right_deg=8.0)
    shown.on_motion(level(7.0))
    assert shown.beyond < 1.0
    shown.on_motion(level(-7.0))
    assert shown.beyond > 1.0
    assert limit_words(shown.rule, shown.limit_source) == "limits 5° left, 8° right, set by your clinician"
    assert limit_words(board().rule, board().limit_source) == "limit 5°, set by your clinician"


def test_sets_repetitions_and_drops_are_counted() -> None:
    shown = board()
    assert "Stand still" in shown.message
    shown.on_events([Rezero(0.0, 1.0)])
    assert shown.message == "Ready."
    shown.on_events([SetStarted(2.0, 1), *(Rep(0.0, 1.0, 2.0, 9.0, number=n, set_number=1) for n in (1, 2, 3))])
    shown.on_events([DropStarted(3.0, "right", 6.0, 5.0), DropStarted(4.0, "right", 7.0, 5.0)])
    assert (shown.set_number, shown.reps_in_set, shown.reps, shown.resting) == (1, 3, 3, False)
    assert shown.drops == {"left": 0, "right": 2}
    shown.on_events([Drop(3.0, 3.4, 6.0, "right"), Drop(0.5, 1.0, 6.0, "left", alarmed=False)])
    assert shown.drops == {"left": 1, "right": 2}
    shown.on_events([SetEnded(2.0, 9.0, 1, 3)])
    assert shown.resting
    assert shown.message == "Set 1 done: 3 repetitions."
    shown.on_events([SetStarted(20.0, 2), Rep(20.0, 21.0, 22.0, 9.0, number=1, set_number=2)])
    assert (shown.set_number, shown.reps_in_set, shown.reps, shown.resting) == (2, 1, 4, False)


def test_a_repetition_taken_back_leaves_the_count_and_a_turn_taken_back_does_not() -> None:
    shown = board()
    shown.on_events([SetStarted(2.0, 1), Rep(0.0, 1.0, 2.0, 9.0, number=1, set_number=1, provisional=True)])
    shown.on_events([RepRevised(1, 2, False, "no way back")])
    assert (shown.reps_in_set, shown.reps) == (1, 1)
    shown.on_events([RepRevised(1, 1, False, "smaller than those that followed")])
    assert (shown.reps_in_set, shown.reps) == (0, 0)


def test_the_count_on_the_board_is_the_one_after_all_corrections() -> None:
    shown = board()
    shown.on_events([SetStarted(2.0, 1), *(Rep(n, n + 0.5, n + 1.0, 9.0, number=n, set_number=1) for n in (1, 2, 3))])
    shown.on_events([Correction(4.0, "undo", 1, 3)])
    assert (shown.reps_in_set, shown.reps, shown.message) == (2, 2, "One repetition taken back.")
    shown.on_events([Correction(4.0, "add", 1), Correction(4.0, "add", 1)])
    assert (shown.reps_in_set, shown.reps) == (4, 4)
    shown.on_events([Correction(5.0, "warm-up", 1)])
    assert (shown.reps_in_set, shown.reps) == (4, 0)
    shown.on_events([SetEnded(2.0, 4.0, 1, 3), SetStarted(20.0, 2)])
    assert (shown.set_number, shown.reps_in_set, shown.reps) == (2, 0, 0)
    shown.on_events([Rep(20.0, 21.0, 22.0, 9.0, number=1, set_number=2), Correction(23.0, "work", 1)])
    assert (shown.set_number, shown.reps_in_set, shown.reps) == (2, 1, 5)


def test_targets_and_the_rest_are_said() -> None:
    shown = board()
    shown.on_events([TargetReached(20.0, "reps", 1, 10, 10), RestStarted(20.0, 80.0, 1)])
    assert (shown.message, shown.rest_until_s) == ("Set 1: 10 of 10 done.", 80.0)
    shown.on_events([TargetReached(80.0, "rest", 1, 60.0, 60.0)])
    assert (shown.message, shown.rest_until_s) == ("The rest is over.", None)
    shown.on_events([TargetReached(99.0, "sets", 0, 3, 3)])
    assert shown.message == "All 3 sets are done."
    shown.on_events([TargetReached(99.0, "hold", 1, 30.2, 30.0), RestStarted(99.0, 120.0, 1), HoldStarted(110.0)])
    assert (shown.message, shown.rest_until_s) == ("Held 30 s.", None)


def test_a_repetition_is_shown_at_its_turn_where_that_was_chosen() -> None:
    events = [SetStarted(2.0, 1), RepTurned(3.0, 1, 1)]
    at_turn, at_end = Board("clip", DropRule(), at_turn=True), board()
    for shown in (at_turn, at_end):
        shown.on_events(events)
    assert (at_turn.reps, at_end.reps) == (1, 0)
    at_turn.on_events([Rep(2.0, 3.0, 4.0, 9.0, number=1, set_number=1)])
    assert at_turn.reps == 1


def test_the_beat_and_the_rest_are_counted_down() -> None:
    shown = board()
    assert (beat_words(shown), rest_words(shown)) == ("", "")
    shown.on_events([MetronomeStarted(4.0, 2.0, 1.0, 2.0, 0.5), RestStarted(0.0, 30.0, 1)])
    at = {1.1: "first repetition in 3 s", 4.0: "beat 1: out", 6.5: "beat 1: hold", 8.9: "beat 1: back"}
    for time_s, words in {**at, 9.2: "beat 1: wait", 9.5: "beat 2: out"}.items():
        shown.on_motion(MotionOutput(np.array([time_s]), *np.zeros((4, 1))))
        assert beat_words(shown) == words
    assert rest_words(shown) == "rest, 20 s"
    shown.on_events([MetronomeStopped(10.0)])
    assert beat_words(shown) == ""


def test_the_link_is_told_in_words() -> None:
    shown = board()
    shown.on_health(Health(rate_hz=99.8, lost=3, latency_ms=4.4, battery_percent=87.0))
    assert link_words(shown) == "connected, 100 samples a second · 3 samples lost · 4 ms behind · battery 87 %"
    shown.on_health(Health(lost=None, clipped=2, overflowed=5))
    assert link_words(shown) == "connected · losses unknown · 5 packets dropped here · 2 samples at the sensor's limit"
    shown.on_motion(level(3.0))
    shown.on_health(Health(connected=False, silence_s=12.3))
    assert link_words(shown).startswith("link lost 12 s ago, looking for the sensor")
    assert level_words(shown) == "no link to the sensor"


def test_what_still_comes_in_a_pause_is_not_shown() -> None:
    shown = board()
    shown.paused = True
    shown.on_motion(level(30.0))
    assert shown.beyond == 0.0
    assert level_words(shown) == "not looked at"


def test_what_goes_wrong_is_said_and_what_is_only_information_is_not() -> None:
    shown = board()
    shown.on_motion(level(30.0))
    shown.on_events([LinkLost(5.0)])
    assert shown.beyond == 0.0  # the level was far beyond the limit, and now nobody knows
    assert level_words(shown) == "not known yet"
    assert "lost" in shown.message
    assert "safe" in shown.message
    shown.on_events([LinkRestored(9.0, 4.0)])
    assert shown.message == "The sensor is back after 4.0 s."
    shown.on_events([Note(9.0, "The clip has slipped.", "slipped", "warning")])
    assert shown.message == "The clip has slipped."
    shown.on_events([Note(9.0, "By the way.", "info", "info")])
    assert shown.message == "The clip has slipped."
