"""The yardsticks of the accuracy benchmark: a wrong ruler would make every figure wrong."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import hiplevel
from accuracy_parts import drops, lead, plain, score, sets
from hiplevel import Calibration, DropRule, Samples


def sway(amplitude_deg: float, period_s: float = 4.0, duration_s: float = 24.0) -> tuple[Samples, np.ndarray]:
    """A pelvis listing about its forward axis on the spot, beginning in the middle of the movement; and its angle."""
    t = np.arange(round(duration_s * 100)) / 100.0
    omega = 2.0 * np.pi / period_s
    angle = np.radians(amplitude_deg) * np.sin(omega * t + 0.4)
    rate = np.radians(amplitude_deg) * omega * np.cos(omega * t + 0.4)
    up = sets.up_of_angles(np.degrees(angle), np.zeros_like(t))
    return Samples(t, 9.80665 * up, np.stack([rate, 0.0 * t, 0.0 * t], axis=1)), np.degrees(angle)


def test_angles_of_the_vertical_are_undone_by_the_vertical_of_the_angles() -> None:
    obliquity, tilt = np.array([5.0, -12.0, 0.0]), np.array([20.0, -3.0, 70.0])
    back = sets.angles_of_up(sets.up_of_angles(obliquity, tilt))
    np.testing.assert_allclose(back, (obliquity, tilt), atol=1e-9)


def test_a_lead_in_joins_without_a_step_in_the_angle() -> None:
    samples, angle = sway(10.0)
    up = sets.up_of_angles(angle[:1], np.zeros(1))[0]
    led, lead_s = lead.led_in(samples, up)
    a = hiplevel.analyze(led, calibration=Calibration.from_matrix(np.eye(3)))
    reference = np.interp(a.time_s, led.time_s, lead.padded(angle, led))
    assert lead_s == pytest.approx(3.0)
    assert np.abs(a.obliquity_deg - reference)[a.time_s < lead_s + 1.0].max() < 0.1


def test_a_mounted_sensor_reads_what_the_mounting_turns_back() -> None:
    samples, _ = sway(10.0)
    perfect = lead.Sensor(acc_noise_m_s2=0.0, gyr_noise_rad_s=0.0, acc_bias_mg=0.0, gyr_bias_deg_s=0.0)
    read, mounting = lead.as_read(samples, seed=4, sensor=perfect)
    assert np.abs(read.acc_m_s2 - samples.acc_m_s2).max() > 1.0
    np.testing.assert_allclose(read.acc_m_s2 @ mounting.T, samples.acc_m_s2, atol=1e-9)


def test_the_plain_script_finds_the_drops_that_the_rule_finds() -> None:
    samples, angle = sway(10.0)
    rule = DropRule(4.0)
    true = drops.true_drops(samples.time_s, angle, rule)
    found = drops.of_plain(samples.time_s, angle, rule)
    assert {d.side for d in true} == {"left", "right"}
    tally = score.EventScore()
    drops.add(tally, found, true, rule)
    assert (tally.f1, tally.wrong_side) == (1.0, 0)
    assert np.abs(tally.delay_s).max() < 0.011


def test_the_plain_filter_follows_a_slow_sway() -> None:
    samples, angle = sway(10.0)
    obliquity, _ = plain.plain_angles(samples, np.eye(3))
    assert np.abs(obliquity - angle)[500:].max() < 1.0


def test_an_event_on_the_other_side_is_neither_found_nor_right() -> None:
    tally = score.EventScore()
    drops.add(tally, [drops.Found("left", 1.0, 2.0, 1.1)], [drops.Found("right", 1.0, 2.0, 1.1)], DropRule())
    assert (tally.hits, tally.wrong_side, tally.f1) == (0, 1, 0.0)


def test_events_are_paired_one_to_one() -> None:
    assert score.paired([(0.0, 1.0), (1.0, 4.0)], [(0.5, 3.0)]) == [(1, 0)]


def test_alarms_before_the_start_was_judged_are_told_apart() -> None:
    tally, rule = score.EventScore(), DropRule(min_duration_s=0.1)
    spans = [drops.Found("left", 1.0, 2.0, 5.0), drops.Found("left", 8.0, 9.0, 8.12)]
    drops.add(tally, spans, [drops.Found("left", d.start_s, d.end_s, d.start_s + 0.1) for d in spans], rule, 5.0)
    np.testing.assert_allclose(sorted(tally.delay_s), [0.02, 3.9], atol=1e-9)
    np.testing.assert_allclose(tally.later_delay_s, [0.02], atol=1e-9)
