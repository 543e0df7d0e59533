"""Holds, hops and passes are the same however the sensor is turned, at whatever rate, and with packets lost."""

import numpy as np
import pytest

from hiplevel import Calibration, Pass, Samples, analyze, list_exercises
from hiplevel.detect.forms import Forms
from hiplevel.simulate import exercise, random_mounting

MADE = {
    "sideways-hop": {"reps": 6, "seed": 5},
    "side-lying-hold": {"reps": 3, "hold_s": 6.0, "seed": 4},
    "single-leg-stand": {"fall_deg": -6.0, "hold_s": 12.0, "seed": 2},
    "lateral-band-walk": {"reps": 12, "seed": 3, "tempo_s": 0.9},
}


def found(samples, exercise_id, calibration=None):
    a = analyze(samples, exercise=exercise_id, stance="left", calibration=calibration)
    passes = [(event.direction, event.steps) for event in a.events if isinstance(event, Pass)]
    return [rep.side for rep in a.reps], [hold.side for hold in a.holds], passes


def usual(exercise_id):
    return found(exercise(exercise_id, **MADE[exercise_id]).samples, exercise_id)


def with_loss(samples, seed, share=0.02, packet=5):
    """2 % of the packets are lost, none in the still start."""
    keep = np.repeat(np.random.default_rng(seed).random(len(samples) // packet + 1) >= share, packet)[: len(samples)]
    keep[:200] = True
    return Samples(samples.time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep])


@pytest.mark.parametrize("exercise_id", MADE)
def test_something_is_found_at_all(exercise_id):
    assert any(usual(exercise_id))


@pytest.mark.parametrize("exercise_id", MADE)
def test_any_rotation_of_the_sensor_gives_the_same(exercise_id):
    for seed in range(3):
        mounting = random_mounting(seed)
        turned = exercise(exercise_id, mounting=mounting, **MADE[exercise_id])
        assert found(turned.samples, exercise_id, Calibration.from_matrix(mounting)) == usual(exercise_id)


@pytest.mark.parametrize("rate_hz", [52.0, 60.0, 104.0, 200.0])
@pytest.mark.parametrize("exercise_id", MADE)
def test_any_rate_gives_the_same(exercise_id, rate_hz):
    made = exercise(exercise_id, rate_hz=rate_hz, **MADE[exercise_id])
    assert found(made.samples, exercise_id) == usual(exercise_id)


@pytest.mark.parametrize("exercise_id", MADE)
def test_lost_packets_change_nothing(exercise_id):
    samples = exercise(exercise_id, **MADE[exercise_id]).samples
    for seed in range(3):
        assert found(with_loss(samples, seed), exercise_id) == usual(exercise_id)


def test_what_is_watched_in_which_exercise():
    watched = {e.id: [type(form).__name__ for form in Forms(e, "left")._forms] for e in list_exercises()}
    assert {name: forms for name, forms in watched.items() if forms} == {
        "side-lying-abduction": ["RollBack"],
        "side-lying-hold": ["Holds", "RollBack"],
        "clamshell": ["RollBack"],
        "lateral-band-walk": ["Passes"],
        "sideways-hop": ["Hops"],
        "single-leg-stand": ["Holds"],
    }
