"""Repetition for repetition the same: however the sensor is turned, whatever its rate, and with packets lost."""

from functools import cache

import numpy as np
import pytest

from hiplevel import Calibration, Rep, Samples, analyze
from hiplevel.simulate import exercise, random_mounting

COUNTED = ("pelvic-drop", "squat", "single-leg-squat", "step-down", "single-leg-deadlift", "side-lying-abduction")
REPS = 8
PACKET = 10


def made(exercise_id: str, rate_hz: float = 100.0, mounting: np.ndarray | None = None) -> Samples:
    """The same wearer and the same set, whatever the sensor."""
    done = exercise(exercise_id, reps=REPS, variation=0.1, fatigue=0.2, rate_hz=rate_hz, mounting=mounting, seed=11)
    return done.samples


def counted(exercise_id: str, samples: Samples, calibration: Calibration | None = None) -> tuple[Rep, ...]:
    stance = "both" if exercise_id == "squat" else "left"
    return analyze(samples, exercise=exercise_id, stance=stance, calibration=calibration).reps


@cache
def reference(exercise_id: str) -> tuple[Rep, ...]:
    return counted(exercise_id, made(exercise_id))


def assert_same(exercise_id: str, reps: tuple[Rep, ...]) -> None:
    expected = reference(exercise_id)
    assert len(expected) == REPS
    assert [(r.set_number, r.number) for r in reps] == [(r.set_number, r.number) for r in expected]
    for one, other in zip(reps, expected, strict=True):
        assert one.turn_s == pytest.approx(other.turn_s, abs=0.25)
        assert one.obliquity_rom_deg == pytest.approx(other.obliquity_rom_deg, abs=1.0)


@pytest.mark.parametrize("exercise_id", COUNTED)
@pytest.mark.parametrize("seed", [1, 2])
def test_any_rotation_of_the_sensor_counts_the_same(exercise_id, seed):
    turned = random_mounting(seed)
    reps = counted(exercise_id, made(exercise_id, mounting=turned), Calibration.from_matrix(turned))
    assert_same(exercise_id, reps)


@pytest.mark.parametrize("exercise_id", COUNTED)
@pytest.mark.parametrize("rate_hz", [52.0, 60.0, 104.0, 200.0])
def test_any_rate_counts_the_same(exercise_id, rate_hz):
    assert_same(exercise_id, counted(exercise_id, made(exercise_id, rate_hz=rate_hz)))


@pytest.mark.parametrize("exercise_id", COUNTED)
@pytest.mark.parametrize("seed", [1, 2])
def test_two_packets_in_a_hundred_lost_count_the_same(exercise_id, seed):
    whole = made(exercise_id)
    keep = np.repeat(np.random.default_rng(seed).random(len(whole) // PACKET + 1) >= 0.02, PACKET)[: len(whole)]
    keep[:400] = True  # the start has its own tests
    lost = Samples(whole.time_s[keep], whole.acc_m_s2[keep], whole.gyr_rad_s[keep])
    assert_same(exercise_id, counted(exercise_id, lost))


@pytest.mark.parametrize("exercise_id", COUNTED)
def test_two_packets_in_a_row_lost_at_the_turn_lose_no_repetition(exercise_id):
    whole = made(exercise_id)
    turn_s = reference(exercise_id)[3].turn_s
    keep = (whole.time_s < turn_s - 0.1) | (whole.time_s >= turn_s + 0.13)
    lost = Samples(whole.time_s[keep], whole.acc_m_s2[keep], whole.gyr_rad_s[keep])
    analysis = analyze(lost, exercise=exercise_id, stance="both" if exercise_id == "squat" else "left")
    assert len(analysis.gaps) == 1
    assert_same(exercise_id, analysis.reps)
