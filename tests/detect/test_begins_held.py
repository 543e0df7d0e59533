"""Squats that are held, in a recording that begins within the set: the first thing that is still is a hold."""

from itertools import product

import numpy as np
import pytest

from hiplevel import Calibration, Pipeline, Samples, analyze
from hiplevel.detect.upper_end import UPRIGHT, UpperEnd
from hiplevel.motion.rest import Beats
from hiplevel.simulate import exercise

REPS, LEAN = 8, np.radians(40.0)
LOW = np.array([-np.sin(LEAN), 0.0, np.cos(LEAN)])  # of who stood upright when level was taken, leaning forward


def begun(before_s: float, hold_s: float, seed: int, depth: float = 1.4) -> Samples:
    """A set of REPS with the sensor switched on so long before the first squat begins."""
    how = {"tempo_s": 2.4 + hold_s, "hold_s": hold_s, "pause_s": 0.0, "depth": depth}
    made = exercise("squat", reps=REPS, seed=seed, **how)
    first = int(np.searchsorted(made.samples.time_s, made.truth.reps[0, 0] - before_s))
    return made.samples[first:]


@pytest.mark.parametrize("calibration", [None, Calibration.from_matrix(np.eye(3))], ids=["no calibration", "exact"])
@pytest.mark.parametrize("hold_s", [1.0, 2.0, 3.0])
def test_held_squats_that_a_recording_begins_with_count_but_for_one(hold_s, calibration):
    for before_s, seed in product((0.0, 0.3, 0.6), range(4)):
        reps = analyze(begun(before_s, hold_s, seed), exercise="squat", calibration=calibration).reps
        assert REPS - 1 <= len(reps) <= REPS


@pytest.mark.parametrize("hold_s", [2.0, 3.0])
def test_beginning_in_the_hold_itself_loses_no_more_than_that_squat(hold_s):
    for into_s, seed in product((1.4, 1.8), range(4)):
        reps = analyze(begun(-into_s, hold_s, seed), exercise="squat").reps
        assert REPS - 2 <= len(reps) <= REPS


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_held_set_that_begins_moving_counts_alike_however_it_is_cut(size):
    samples, pipeline, told = begun(0.3, 2.0, 1), Pipeline(exercise="squat"), []
    for at in range(0, len(samples), size):
        told += pipeline.process(samples[at : at + size]).events
    told += pipeline.finish().events
    assert tuple(told) == analyze(samples, exercise="squat").events
    assert [event.known_s for event in told] == sorted(event.known_s for event in told)


def way(*parts_s_m: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Vertical acceleration, and the share of the way that is above, (m,): still, and up or down by so much."""
    height = [np.zeros(1)]
    for lasts_s, up_m in parts_s_m:
        p = np.linspace(0.0, 1.0, round(100 * lasts_s) + 1)[1:]
        height.append(height[-1][-1] + up_m * p**3 * (10 - 15 * p + 6 * p * p))
    whole = np.concatenate(height)[1:]
    return np.gradient(np.gradient(whole)) * 1e4, (whole - whole.min()) / max(np.ptp(whole), 1e-9)


def home_after(lift: np.ndarray, lean_rad: np.ndarray, *, known: bool, upper: UpperEnd | None = None) -> UpperEnd:
    """What is known of home after this way."""
    upper = UpperEnd() if upper is None else upper
    upper.neutral(known=known)
    up = np.stack([-np.sin(lean_rad), np.zeros(len(lean_rad)), np.cos(lean_rad)])
    rows = list(range(24, len(lift), 25))
    still = [bool(np.abs(lift[row - 24 : row + 1]).max() < 0.2) for row in rows]
    upper.process(lift, up, Beats(rows, still, still, still, [False] * len(rows)))
    return upper


HELD = ((1.0, 0.0), (1.5, 0.5), (0.3, 0.0), (1.5, -0.5), (1.0, 0.0))


def test_who_rises_out_of_a_neutral_and_leans_otherwise_up_there_was_not_standing():
    lift, above = way(*HELD)
    home = home_after(lift, LEAN * above, known=True).home
    assert home == pytest.approx(LOW, abs=0.1)


@pytest.mark.parametrize("known", [True, False])
def test_who_goes_down_from_standing_stands_where_he_was(known):
    lift, above = way((1.0, 0.0), (1.5, -0.5), (1.0, 0.0), (1.5, 0.5), (1.0, 0.0))
    assert home_after(lift, LEAN * (1.0 - above), known=known).home == pytest.approx(UPRIGHT, abs=0.1)


def test_rising_on_tiptoe_and_leaning_says_nothing_of_home():
    lift, above = way((1.0, 0.0), (1.0, 0.1), (1.0, 0.0), (1.0, -0.1), (1.0, 0.0))
    assert home_after(lift, LEAN * above, known=True).home is UPRIGHT


def test_a_pelvis_that_leans_alike_at_both_ends_leaves_home_where_it_is():
    lift, above = way(*HELD)
    assert home_after(lift, np.radians(10.0) * above, known=True).home is UPRIGHT


def test_home_that_was_come_back_to_is_doubted_no_more():
    down, above = way((1.0, 0.0), (1.5, -0.5), (1.0, 0.0), (1.5, 0.5), (1.0, 0.0))
    up, lean = way(*HELD)
    lift, lean_rad = np.concatenate([down, up]), LEAN * np.concatenate([1.0 - above, lean])
    assert home_after(lift, lean_rad, known=True).home is UPRIGHT
