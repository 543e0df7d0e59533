"""Stepping on to the step and off it again is no repetition; repetitions that end at rest are."""

import numpy as np
import pytest

from detect.moving import motion, plateau
from hiplevel import analyze
from hiplevel.detect.history import History
from hiplevel.detect.landed import landed
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Swing
from hiplevel.simulate import volunteer

DT_S = 0.01


def seen(height_cm: np.ndarray, error_m_s2: float = 0.0) -> History:
    """A history of a body at these heights, from an accelerometer that is wrong by so much."""
    lift = np.gradient(np.gradient(height_cm * 0.01, DT_S), DT_S) + error_m_s2
    acc = np.stack([np.zeros_like(lift), np.zeros_like(lift), lift])
    block = motion(np.zeros(len(height_cm)), acc_m_s2=acc)
    history = History()
    history.append(block, height_cm, lift)
    return history


def swing(start_s: float, turn_s: float, end_s: float, size_cm: float) -> Swing:
    return Swing(start_s + DELAY_S, turn_s + DELAY_S, end_s, end_s, 0.0, -size_cm, 0.0)


@pytest.mark.parametrize("error_m_s2", [-0.05, 0.0, 0.05])
@pytest.mark.parametrize("step_cm", [10.0, 15.0, 20.0])
def test_down_from_a_step_and_standing_there_is_seen(step_cm, error_m_s2):
    height = plateau((10.0, step_cm), (3.0, 0.0), ramp_s=1.0)
    assert landed(seen(height, error_m_s2), swing(9.5, 11.0, 12.4, step_cm))


@pytest.mark.parametrize("error_m_s2", [-0.05, 0.0, 0.05])
@pytest.mark.parametrize("step_cm", [10.0, 15.0, 20.0])
def test_up_onto_a_step_is_seen(step_cm, error_m_s2):
    rise = plateau((10.0, 0.0), (3.0, step_cm), ramp_s=1.0)
    dip = plateau((9.4, 0.0), (0.0, -0.4 * step_cm), (3.4, 0.0), ramp_s=0.6)
    height = rise + dip
    assert landed(seen(height, error_m_s2), swing(9.4, 10.0, 10.9, 0.4 * step_cm))


@pytest.mark.parametrize("error_m_s2", [-0.05, 0.0, 0.05])
@pytest.mark.parametrize("way_s", [0.6, 1.0, 1.5, 3.0])
@pytest.mark.parametrize("depth_cm", [8.0, 20.0, 40.0])
def test_down_and_up_again_is_none(depth_cm, way_s, error_m_s2):
    height = plateau((10.0, 0.0), (0.3, -depth_cm), (3.0, 0.0), ramp_s=way_s)
    turn_s, end_s = 10.0 + way_s + 0.15, 10.0 + 2 * way_s + 0.3 + 0.4
    assert not landed(seen(height, error_m_s2), swing(10.0, turn_s, end_s, depth_cm))


def test_rising_evenly_for_a_while_is_no_standing():
    """A slow squat, looked at on its way up: it does not accelerate, and leans on."""
    height = plateau((10.0, 0.0), (0.3, -40.0), (3.0, 0.0), ramp_s=4.0)
    assert not landed(seen(height), swing(10.0, 14.2, 16.3, 20.0))


@pytest.mark.parametrize("seed", [212, 216, 218, 239])
def test_a_step_down_set_counts_neither_the_step_up_nor_the_step_off(seed):
    who = volunteer("step-down", seed)
    told = {"stance": who.stance, "calibration": who.calibration, "marks": who.marks}
    reps = analyze(who.made.samples, exercise="step-down", **told).reps
    done = who.made.truth.sets
    assert len(reps) == len(who.made.truth.reps)
    for rep in reps:
        assert any(start_s - 0.75 <= rep.turn_s <= end_s + 0.75 for start_s, end_s in done)
