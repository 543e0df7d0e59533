"""How far the pelvis sinks and rises, from vertical acceleration."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import Samples
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.chain import Motion
from hiplevel.motion.height import CORNER_HZ, Height, lead_s
from motion.analytic import clock, path, worn


def sunk(depth_m: float, tempo_s: float, cycles: int = 1, rest_s: float = 30.0) -> tuple[np.ndarray, np.ndarray]:
    """Vertical acceleration (m,) of cycles like squats, and the height (m,) they reach: 1 - cos, then standing."""
    time_s = clock(2.0 + cycles * tempo_s + rest_s)
    phase = 2.0 * np.pi * np.clip(time_s - 2.0, 0.0, cycles * tempo_s) / tempo_s
    moving = (time_s > 2.0) & (time_s < 2.0 + cycles * tempo_s)
    omega = 2.0 * np.pi / tempo_s
    return np.where(moving, -0.5 * depth_m * omega**2 * np.cos(phase), 0.0), -0.5 * depth_m * (1.0 - np.cos(phase))


def test_at_rest_it_is_exactly_zero():
    assert not Height().process(np.zeros(1000)).any()


@pytest.mark.parametrize("tempo_s", [0.7, 1.0, 1.5])
def test_a_single_quick_squat_is_mostly_seen(tempo_s):
    acc, true = sunk(0.4, tempo_s)
    seen = Height().process(acc)
    at_bottom = slice(200, 200 + round(100 * tempo_s))
    assert np.ptp(seen[at_bottom]) > 0.5 * np.ptp(true)
    assert seen[at_bottom].min() < -0.2


@pytest.mark.parametrize("tempo_s", [1.5, 2.0, 3.0, 4.0])
def test_in_the_rhythm_of_a_set_the_swing_is_what_theory_says(tempo_s):
    """The filter is three first-order high-passes: what they leave of a sine is known in closed form."""
    acc, _ = sunk(0.4, tempo_s, cycles=20)
    last = Height().process(acc)[200 + round(1800 * tempo_s) : 200 + round(2000 * tempo_s)]
    left = (1.0 / np.sqrt(1.0 + (CORNER_HZ * tempo_s) ** 2)) ** 3
    assert np.ptp(last) == pytest.approx(0.4 * left, rel=0.03)


@pytest.mark.parametrize("tempo_s", [2.0, 3.0, 4.0])
def test_turns_are_seen_early_by_the_lead_that_is_taken_off(tempo_s):
    acc, true = sunk(0.4, tempo_s, cycles=20)
    last = slice(200 + round(1800 * tempo_s), 200 + round(1900 * tempo_s))
    early_s = (int(np.argmin(true[last])) - int(np.argmin(Height().process(acc)[last]))) / 100.0
    assert early_s == pytest.approx(lead_s(tempo_s), abs=0.03)


def test_it_forgets_where_it_was_and_comes_back_to_zero():
    """Sitting down for good is a change of place, not a height that stays."""
    time_s = clock(60.0)
    _, speed = path(time_s, [(2.0, 0.0), (1.5, -0.4), (56.0, -0.4)])
    seen = Height().process(np.gradient(speed, 0.01))
    assert seen.min() < -0.15
    assert abs(seen[-1]) < 0.002


@given(st.floats(-0.2, 0.2))
def test_a_constant_error_of_the_accelerometer_does_not_run_away(error):
    seen = Height().process(np.full(12000, error))
    assert abs(seen[-1]) < 1e-3
    assert np.abs(seen).max() <= abs(error) * 2.3 + 1e-9  # 1 / (2 pi corner)^2, times what is left of a step


def test_leaning_while_standing_in_place_is_no_height():
    time_s = clock(20.0)
    lean = path(time_s, [(4.0, 0.0), (2.0, 30.0), (2.0, 0.0), (2.0, 30.0), (2.0, 0.0)])
    blocks = [b for b in Motion().process(worn(time_s, tilt=lean).samples) if isinstance(b, MotionBlock)]
    assert np.abs(np.concatenate([b.height_m for b in blocks])).max() < 0.02


def test_rising_and_sinking_is_height_however_the_clip_sits():
    time_s = clock(20.0)
    moves = [(4.0, 0.0), *[(1.0, -0.4), (1.0, 0.0)] * 5]
    _, speed = path(time_s, moves)
    rise = np.gradient(speed, 0.01)
    swings = []
    for mounting in (np.eye(3), np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])):
        samples: Samples = worn(time_s, rise_m_s2=rise, mounting=mounting).samples
        blocks = [b for b in Motion().process(samples) if isinstance(b, MotionBlock)]
        swings.append(np.ptp(np.concatenate([b.height_m for b in blocks])))
    assert swings[0] == pytest.approx(swings[1], rel=0.01)
    assert 0.35 < swings[0] < 0.65
