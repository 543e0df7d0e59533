"""Sets and swings on their own: the state machines, driven by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import Rep, RepRevised, RepTurned, SetArmed, SetDisarmed, SetEnded, SetStarted
from hiplevel.detect.sets import SetParams, Sets
from hiplevel.detect.stops import StopFinder
from hiplevel.detect.swing import Swing
from hiplevel.detect.swing_size import SwingParams
from hiplevel.detect.swings import Swings
from hiplevel.model.events import Event
from hiplevel.model.kept import kept_reps

REST = SetParams(rest_s=10.0, rest_reps=2.5)


def rep(start_s: float, lasts_s: float = 3.0, size: float = 10.0, quality: float = 1.0) -> Rep:
    end_s = start_s + lasts_s
    return Rep(start_s, start_s + 0.5 * lasts_s, end_s, size, quality=quality, known_s=end_s + 0.5)


def fed(sets: Sets, *reps: Rep) -> list[Event]:
    """What is told of repetitions whose swing is as large as their range."""
    return [event for one in reps for event in sets.rep(one, one.rom_deg)]


def kept(events: list[Event]) -> list[tuple[float, int]]:
    """Start and number of each repetition that stands."""
    return [(one.start_s, one.number) for one in kept_reps(events)]


def test_a_set_starts_with_its_first_repetition_and_is_numbered():
    sets = Sets(REST)
    assert not sets.open
    assert sets.arm(0.9) == [SetArmed(0.9, known_s=0.9)]
    assert sets.arm(1.0) == []
    first = fed(sets, rep(1.0))
    assert first[0] == SetStarted(1.0, 1, known_s=4.5)
    assert [(e.number, e.provisional) for e in first[1:]] == [(1, True)]
    second = fed(sets, rep(4.0))
    assert second[0] == RepRevised(1, 1, True, "alike", known_s=7.5)
    assert [(e.number, e.provisional, e.hold_home_s) for e in second[1:]] == [(2, False, 0.0)]
    assert (sets.open, sets.number, sets.reps) == (True, 1, 2)
    assert sets.finish(30.0) == [SetEnded(1.0, 7.0, 1, 2, known_s=30.0)]
    assert sets.finish(31.0) == []
    sets.arm(39.0)
    assert fed(sets, rep(40.0))[0] == SetStarted(40.0, 2, known_s=43.5)
    assert sets.reps == 1


@pytest.mark.parametrize(("rep_s", "rest_s"), [(2.0, 10.0), (4.0, 10.0), (6.0, 15.0), (10.0, 25.0)])
def test_slow_repetitions_are_given_a_longer_rest(rep_s, rest_s):
    sets = Sets(REST)
    fed(sets, *(rep(k * rep_s, rep_s) for k in range(3)))
    assert sets.over_s == pytest.approx(3.0 * rep_s + rest_s)


def test_who_was_not_seen_ready_is_told_with_the_second_repetition_and_loses_none():
    sets = Sets(REST)
    assert fed(sets, rep(1.0)) == []
    told = fed(sets, rep(4.0))
    assert told[0] == SetStarted(1.0, 1, known_s=7.5)
    assert [(e.number, e.start_s, e.provisional, e.known_s) for e in told[1:]] == [
        (1, 1.0, False, 7.5),
        (2, 4.0, False, 7.5),
    ]


def test_one_that_nothing_followed_counts_when_it_was_done_well():
    for quality, stands in ((1.0, 1), (0.2, 0)):
        sets = Sets(REST)
        told = sets.arm(0.0) + fed(sets, rep(1.0, quality=quality)) + sets.finish(20.0)
        assert len(kept(told)) == stands
        assert told[-1].reps == stands
        assert fed(sets, rep(40.0), rep(43.0))[0].number == 1 + stands  # a set of nothing is no set


def test_getting_into_position_is_taken_back_when_the_movement_turns_out_to_be_larger():
    sets = Sets(REST)
    told = sets.arm(0.0) + fed(sets, rep(1.0, size=3.0), rep(5.0), rep(8.0), rep(11.0)) + sets.finish(40.0)
    assert kept(told) == [(5.0, 1), (8.0, 2), (11.0, 3)]
    assert told[-1].start_s == 5.0


def test_a_large_movement_before_the_set_is_taken_back_when_three_alike_are_much_smaller():
    sets = Sets(REST)
    told = sets.arm(0.0) + fed(sets, rep(1.0, size=30.0), *(rep(5.0 + 3.0 * k, size=8.0) for k in range(4)))
    assert kept(told) == [(5.0, 1), (8.0, 2), (11.0, 3), (14.0, 4)]


def test_a_wobble_after_the_first_repetition_does_not_count():
    sets = Sets(REST)
    told = sets.arm(0.0) + fed(sets, rep(1.0), rep(4.5, 1.5, size=3.0), rep(6.5), rep(9.5))
    assert kept(told) == [(1.0, 1), (6.5, 2), (9.5, 3)]


def test_sitting_down_and_getting_up_are_alike_and_no_set():
    sets = Sets(REST)
    told = sets.arm(0.0) + fed(sets, rep(1.0, size=40.0, quality=0.2), rep(8.0, size=40.0, quality=0.2))
    assert kept(told + sets.finish(40.0)) == []


def test_something_far_larger_within_a_set_is_not_part_of_it():
    sets = Sets(REST)
    told = sets.arm(0.0) + fed(sets, *(rep(1.0 + 3.0 * k) for k in range(4)), rep(14.0, size=40.0))
    assert len(kept(told)) == 4


def test_walking_away_or_lying_down_ends_a_set_and_says_why():
    for leave, reason in ((Sets.walking, "walking"), (lambda s, t: s.disarm(t, "posture"), "posture")):
        sets = Sets(REST)
        fed(sets, rep(1.0), rep(4.0))
        assert sets.walking(9.0) == []  # a quick repetition shakes the pelvis as steps do
        (ended,) = leave(sets, 14.0)
        assert (ended.reason, ended.reps, ended.end_s) == (reason, 2, 7.0)
        sets.arm(20.0)
        assert leave(sets, 21.0) == [SetDisarmed(21.0, reason, known_s=21.0)]


def test_a_repetition_that_begins_just_before_the_rest_is_over_belongs_to_the_set():
    sets = Sets(REST)
    fed(sets, rep(1.0), rep(4.0))
    assert sets.over_s == 17.0
    sets.left(16.0)
    assert sets.over_s == 19.0  # for as long as its repetitions last
    sets.left(18.0)
    assert sets.over_s == 19.0  # once: shifting weight on and on is rest
    fed(sets, rep(15.5))
    assert (sets.reps, sets.number) == (3, 1)


def test_a_quick_repetition_on_its_way_back_is_not_taken_for_walking_away():
    sets = Sets(REST)
    fed(sets, rep(1.0), rep(4.0))
    sets.turn(14.5, 14.8, "left", 8.0)
    assert sets.walking(15.5) == []
    assert [event.number for event in fed(sets, rep(13.0)) if isinstance(event, Rep)] == [3]
    sets.turn(24.5, 24.8, "left", 8.0)
    assert [type(event) for event in sets.walking(28.0)] == [RepRevised, SetEnded]  # it did not come back


def test_a_turn_is_told_before_its_repetition_and_taken_back_when_none_comes():
    sets = Sets(REST)
    assert sets.turn(0.0, 0.3, "left", 8.0) == []  # not ready
    sets.arm(0.5)
    assert sets.turn(2.5, 2.8, "left", 8.0) == [RepTurned(2.5, 1, 1, "left", 8.0, known_s=2.8)]
    assert [type(e) for e in fed(sets, rep(1.0))] == [SetStarted, Rep]
    fed(sets, rep(4.0))
    assert sets.turn(8.5, 8.8, "left", 8.0) == [RepTurned(8.5, 3, 1, "left", 8.0, known_s=8.8)]
    assert sets.no_rep(10.0) == [RepRevised(1, 3, False, "it did not come back", known_s=10.0)]
    assert sets.no_rep(11.0) == []


def looked(machine: Swings, signal: np.ndarray, start_s: float = 0.0) -> list[Swing]:
    """What a machine finds in a signal on the 100 Hz grid, with a beat every quarter of a second."""
    time_s = start_s + np.arange(len(signal)) / 100.0
    stops = StopFinder().process(time_s, signal, list(range(24, len(signal), 25)))
    return [swing for swing, _ in machine.process(time_s, signal, stops)]


def always(swing: Swing) -> Rep:
    """Every swing is a repetition."""
    return Rep(swing.start_s, swing.turn_s, swing.end_s, swing.size)


def swings(signal: np.ndarray, sign: int = 1, **params: float) -> list[Swing]:
    """What one machine finds in a signal, the last of them known with its end."""
    machine = Swings(SwingParams(**{"out": 2.5, "reversal": 0.75, "longest_s": 15.0} | params), sign, always)
    found = looked(machine, signal)
    return found + [swing for swing, _ in machine.finish((len(signal) - 1) / 100.0)]


def wave(cycles: int, size: float, period_s: float = 4.0, offset: float = 0.0) -> np.ndarray:
    """From offset up by size and back, cycles times."""
    time_s = np.arange(round(100 * cycles * period_s) + 1) / 100.0
    return offset + 0.5 * size * (1.0 - np.cos(2.0 * np.pi * time_s / period_s))


@given(st.integers(1, 8), st.floats(5.0, 60.0), st.floats(1.0, 10.0), st.floats(-40.0, 40.0))
def test_a_wave_has_as_many_swings_as_cycles_wherever_it_lies(cycles, size, period_s, offset):
    found = swings(wave(cycles, size, period_s, offset))
    assert len(found) == cycles
    for k, swing in enumerate(found):
        assert swing.turn_s == pytest.approx((k + 0.5) * period_s, abs=0.011)
        assert swing.top == pytest.approx(offset + size, abs=0.01 * size)
        assert 0.75 * size < swing.size < 1.01 * size  # a slow beginning is taken for rest
        assert swing.start_s < swing.turn_s < swing.end_s <= swing.known_s


@given(st.integers(1, 6), st.floats(3.0, 60.0))
def test_the_other_way_out_is_the_other_machines_business(cycles, size):
    assert len(swings(-wave(cycles, size), sign=-1)) == cycles
    # Seen upside down, only the ways between two turns are out and back.
    assert len(swings(wave(cycles, size), sign=-1)) == cycles - 1


@pytest.mark.parametrize("size", [0.5, 1.5, 2.4])
def test_less_than_the_least_way_out_is_no_swing(size):
    assert swings(wave(6, size)) == []


def test_a_way_back_broken_off_early_is_no_swing():
    half = wave(1, 10.0)[:300]  # out, and half way back
    assert swings(half[:290]) == []
    assert len(swings(wave(1, 10.0))) == 1


def test_much_smaller_swings_within_a_set_are_hesitation():
    big, small = wave(3, 20.0), wave(3, 6.0)
    assert len(swings(np.concatenate([big, small, big]))) == 6
    assert len(swings(np.concatenate([small, small]))) == 6


def test_after_a_while_small_ones_are_a_set_of_their_own():
    quiet = np.zeros(1200)
    assert len(swings(np.concatenate([wave(3, 20.0), quiet, wave(3, 6.0)]))) == 6


@pytest.mark.parametrize("noise", [0.02, 0.1])
def test_noise_does_not_split_swings(noise):
    rng = np.random.default_rng(0)
    signal = wave(8, 10.0)
    assert len(swings(signal + noise * rng.standard_normal(len(signal)))) == 8


def test_a_swing_longer_than_any_repetition_is_a_change_of_place():
    slow = np.concatenate([np.zeros(100), wave(1, 10.0, 1.0)[:51], np.full(2500, 10.0), wave(1, 10.0, 1.0)[51:]])
    assert swings(slow) == []


def test_a_gap_forgets_the_swing_under_way_and_remembers_the_usual_size():
    machine = Swings(SwingParams(2.5, 0.75, 15.0), 1, always)
    assert len(looked(machine, wave(3, 20.0)[:-60])) == 2  # the third is not over
    machine.restart()
    assert len(looked(machine, wave(1, 6.0), 13.0)) == 0  # 6 is hesitation to someone who does 20
    machine.restart()
    assert len(looked(machine, wave(3, 20.0)[:-60], 26.0)) == 2
