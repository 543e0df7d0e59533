"""Sets and swings on their own: the state machines, driven by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import SetEnded, SetStarted
from hiplevel.detect.sets import SetParams, Sets
from hiplevel.detect.swings import Beat, StopFinder, Swing, SwingParams, Swings

REST = SetParams(rest_s=10.0, rest_reps=2.5)


def test_a_set_starts_with_its_first_repetition_and_is_numbered():
    sets = Sets(REST)
    assert not sets.open
    assert sets.rep(1.0, 4.0, 4.5) == [SetStarted(1.0, 1, known_s=4.5)]
    assert sets.rep(4.0, 7.0, 7.5) == []
    assert (sets.open, sets.number, sets.reps) == (True, 1, 2)
    assert sets.finish(30.0) == [SetEnded(1.0, 7.0, 1, 2, known_s=30.0)]
    assert sets.finish(31.0) == []
    assert sets.rep(40.0, 43.0, 43.5) == [SetStarted(40.0, 2, known_s=43.5)]
    assert sets.reps == 1


@pytest.mark.parametrize(("rep_s", "rest_s"), [(2.0, 10.0), (4.0, 10.0), (6.0, 15.0), (10.0, 25.0)])
def test_slow_repetitions_are_given_a_longer_rest(rep_s, rest_s):
    sets = Sets(REST)
    for k in range(3):
        sets.rep(k * rep_s, (k + 1) * rep_s, (k + 1) * rep_s + 0.3)
    assert sets.over_s == pytest.approx(3.0 * rep_s + rest_s)


def cut(signal: np.ndarray, rest: bool = False) -> tuple[list[int], dict[int, Beat]]:
    """Where a machine looks, and its beats."""
    finder, rows = StopFinder(), list(range(24, len(signal), 25))
    beats = {row: Beat(rest, span, 0.0) for row, span in zip(rows, finder.spans(signal, rows), strict=True)}
    return finder.process(signal, rows), beats


def swings(signal: np.ndarray, sign: int = 1, rest: bool = False, **params: float) -> list[Swing]:
    """What one machine finds in a signal on the 100 Hz grid."""
    machine = Swings(SwingParams(**{"out": 2.5, "reversal": 0.75, "longest_s": 15.0} | params), sign)
    time_s = np.arange(len(signal)) / 100.0
    found = machine.process(time_s, signal, *cut(signal, rest))
    return found + machine.finish(float(time_s[-1]))


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
    machine = Swings(SwingParams(2.5, 0.75, 15.0), 1)

    def feed(signal: np.ndarray, start_s: float) -> int:
        return len(machine.process(start_s + np.arange(len(signal)) / 100.0, signal, *cut(signal)))

    assert feed(wave(3, 20.0)[:-60], 0.0) == 2  # the third is not over
    machine.restart()
    assert feed(wave(1, 6.0), 13.0) == 0  # 6 is hesitation to someone who does 20
    machine.restart()
    assert feed(wave(3, 20.0)[:-60], 26.0) == 2
