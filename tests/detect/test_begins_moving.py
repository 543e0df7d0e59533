"""Squats that are under way when they are first seen: after a still moment in which nobody saw them begin, or a gap."""

import numpy as np
import pytest

from hiplevel import Calibration, Pipeline, Rep, Samples, analyze
from hiplevel.detect.first_seen import before_rest, first_seen
from hiplevel.detect.missed_speed import MissedSpeed
from hiplevel.motion.rest import Beats
from motion.analytic import clock, worn

LEAD_S, REPS, LEAN_DEG = 3.0, 8, 25.0
# A repetition's time and depth: (s, m); the quickest moves with 1.2 m/s half way down.
KINDS = [(2.0, 0.75), (2.5, 0.6), (4.0, 0.5)]


def moving_from(phase: float, tempo_s: float, depth_m: float, lead_s: float = LEAD_S) -> tuple[Samples, np.ndarray]:
    """Still as it will be at `phase` of a squat (0 up, pi down), then at once in the middle of it; and the turns."""
    omega, time_s = 2.0 * np.pi / tempo_s, clock(lead_s + REPS * tempo_s)
    at = np.where(time_s < lead_s, phase, omega * (time_s - lead_s) + phase)
    moving = time_s >= lead_s
    rise_m_s2 = np.where(moving, -0.5 * depth_m * omega**2 * np.cos(at), 0.0)
    tilt = 0.5 * LEAN_DEG * (1.0 - np.cos(at)), np.where(moving, 0.5 * LEAN_DEG * omega * np.sin(at), 0.0)
    turns = lead_s + (np.pi + 2.0 * np.pi * np.arange(-1, REPS + 1) - phase) / omega
    within = (turns > lead_s + 0.05) & (turns < time_s[-1])
    return worn(time_s, tilt=tilt, rise_m_s2=rise_m_s2, noise=1.0).samples, turns[within]


def phases(speed_m_s: float, tempo_s: float, depth_m: float) -> list[float]:
    """Where a squat is so fast: on the way down before and after the middle, then on the way up."""
    share = speed_m_s * tempo_s / (np.pi * depth_m)
    first = float(np.arcsin(min(share, 1.0)))
    return [first, np.pi - first, np.pi + first, 2.0 * np.pi - first] if share < 1.02 else []


def lost(reps: tuple[Rep, ...], turns: np.ndarray, tempo_s: float, lead_s: float = LEAD_S) -> int:
    """Of the turns whose repetition is all but over when the recording ends."""
    turns = turns[turns < lead_s + (REPS - 0.4) * tempo_s]
    return sum(not any(abs(rep.turn_s - turn_s) < 0.35 * tempo_s for rep in reps) for turn_s in turns)


CASES = [
    (tempo_s, depth_m, speed_m_s, phase)
    for tempo_s, depth_m in KINDS
    for speed_m_s in (0.3, 0.8, 1.2)
    for phase in phases(speed_m_s, tempo_s, depth_m)
]


@pytest.mark.parametrize(("tempo_s", "depth_m", "speed_m_s", "phase"), CASES)
def test_a_set_that_nobody_saw_begin_loses_one_repetition_at_most(tempo_s, depth_m, speed_m_s, phase):
    samples, turns = moving_from(phase, tempo_s, depth_m)
    reps = analyze(samples, exercise="squat").reps
    assert lost(reps, turns, tempo_s) <= 1
    assert len(reps) <= len(turns)


@pytest.mark.parametrize("gap_s", [0.6, 1.0, 2.5])
@pytest.mark.parametrize(("tempo_s", "depth_m"), KINDS)
def test_after_a_gap_within_a_set_one_repetition_at_most_is_lost(tempo_s, depth_m, gap_s):
    whole, turns = moving_from(0.0, tempo_s, depth_m)
    for share in np.arange(0.0, 1.0, 0.125):
        end_s = LEAD_S + (3.0 + share) * tempo_s
        kept = (whole.time_s <= end_s - gap_s) | (whole.time_s >= end_s)
        samples = Samples(whole.time_s[kept], whole.acc_m_s2[kept], whole.gyr_rad_s[kept])
        reps = analyze(samples, exercise="squat").reps
        assert lost(reps, turns[turns > end_s + 0.05], tempo_s) <= 1


@pytest.mark.parametrize("calibration", [None, Calibration.from_matrix(np.eye(3))], ids=["no calibration", "exact"])
@pytest.mark.parametrize(("tempo_s", "depth_m"), KINDS)
def test_a_sensor_that_wakes_up_within_a_set_loses_one_repetition_at_most_and_is_not_called_badly_scaled(
    tempo_s, depth_m, calibration
):
    for phase in np.arange(0.0, 2.0 * np.pi, 0.25 * np.pi):
        samples, turns = moving_from(phase, tempo_s, depth_m, lead_s=0.0)
        analysis = analyze(samples, exercise="squat", calibration=calibration)
        assert [note.code for note in analysis.notes] == ["no-still-start"]
        assert lost(analysis.reps, turns, tempo_s, lead_s=0.0) <= 1


def test_after_a_gap_in_which_one_stood_a_repetition_is_told_as_soon_as_ever():
    whole, turns = moving_from(0.0, 2.5, 0.6, lead_s=6.0)
    kept = (whole.time_s <= 2.5) | (whole.time_s >= 4.5)
    samples = Samples(whole.time_s[kept], whole.acc_m_s2[kept], whole.gyr_rad_s[kept])
    first = analyze(samples, exercise="squat").reps[0]
    assert first.turn_s == pytest.approx(turns[0], abs=0.3)
    assert first.known_s - first.end_s < 0.5


@pytest.mark.parametrize("size", [3, 64])
@pytest.mark.parametrize("gap_s", [0.3, 1.0, 2.5])
def test_what_was_held_back_is_told_in_order_and_alike_however_it_is_cut(gap_s, size):
    whole, _ = moving_from(0.0, 2.5, 0.6)
    kept = (whole.time_s <= 11.0) | (whole.time_s >= 11.0 + gap_s)
    samples = Samples(whole.time_s[kept], whole.acc_m_s2[kept], whole.gyr_rad_s[kept])
    pipeline, told = Pipeline(exercise="squat"), []
    for at in range(0, len(samples), size):
        told += pipeline.process(samples[at : at + size]).events
    told += pipeline.finish().events
    assert tuple(told) == analyze(samples, exercise="squat").events
    assert [event.known_s for event in told] == sorted(event.known_s for event in told)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("period_s", [1.6, 2.4, 3.6])
def test_speed_and_place_of_a_swing_that_is_seen_for_some_seconds_are_found(period_s, known):
    omega, lasts_s, off_m_s2 = 2.0 * np.pi / period_s, 3.0 if known else 4.0, 0.0 if known else 0.2
    for phase in np.arange(0.0, 2.0 * np.pi, 0.25 * np.pi):
        lift = -0.3 * omega**2 * np.cos(omega * np.arange(1, 1 + round(100 * lasts_s)) / 100.0 + phase)
        found = first_seen(lift + off_m_s2, known=known, at_rest=False)
        assert found.height_cm == pytest.approx(30.0 * np.cos(phase), abs=6.0 if known else 12.0)
        assert found.speed_cm_s == pytest.approx(-30.0 * omega * np.sin(phase), abs=5.0 if known else 20.0)


def test_before_a_rest_it_had_the_speed_it_lost_and_stood_where_it_was_highest():
    lift = (
        np.concatenate([np.full(50, 1.2), np.full(100, -1.2), np.full(50, 1.2)]) + 0.1
    )  # up to a stop, and down again
    seen = before_rest(lift, 0.1)
    assert seen.speed_cm_s == pytest.approx(0.0, abs=0.5)
    assert seen.height_cm == pytest.approx(-30.0, abs=1.0)
    assert (seen.error_cm_s2, seen.sure_s) == pytest.approx((10.0, 2.0))


def test_at_rest_in_the_end_its_speed_was_what_it_lost_since():
    lift = np.concatenate([np.full(50, -1.2), np.zeros(30)])
    assert first_seen(lift, known=True, at_rest=True).speed_cm_s == pytest.approx(60.0, abs=5.0)


@pytest.mark.parametrize("size", [3, 60])
def test_what_was_missed_is_found_however_the_samples_are_cut(size):
    samples, _ = moving_from(0.75 * np.pi, 2.0, 0.75)
    pipeline = Pipeline(exercise="squat")
    told = [event for at in range(0, len(samples), size) for event in pipeline.process(samples[at : at + size]).events]
    assert (*told, *pipeline.finish().events) == analyze(samples, exercise="squat").events


def rising(way_m: float, lasts_s: float) -> tuple[np.ndarray, Beats]:
    """Vertical acceleration, cm/s2, of a body that rests for a second, rises smoothly, and goes on without a rest."""
    share = np.clip((np.arange(400) / 100.0 - 1.0) / lasts_s, 0.0, 1.0)
    lift = 100.0 * way_m / lasts_s**2 * (60.0 * share - 180.0 * share**2 + 120.0 * share**3)
    rows = list(range(24, 400, 25))
    still = [row < 100 for row in rows]
    return lift, Beats(rows, still, still, still, [False] * len(rows))


@pytest.mark.parametrize("lasts_s", [1.0, 1.5, 2.5])
@pytest.mark.parametrize(("from_m", "way_m"), [(0.0, 0.2), (0.0, 0.5), (-0.45, 0.5), (-0.8, 0.85)])
def test_stairs_and_getting_up_from_chair_and_floor_are_no_speed_that_was_missed(from_m, way_m, lasts_s):
    lift, beats = rising(way_m, lasts_s)
    assert MissedSpeed().process(lift, np.full(len(lift), 100.0 * from_m), beats) is None


@pytest.mark.parametrize("speed_m_s", [0.4, 0.8, 1.2])
def test_a_speed_that_was_missed_is_found_as_large_as_it_is(speed_m_s):
    """Sinking with it when it is first seen, and stopped within a second: that looks like rising, and goes on."""
    lift, beats = np.zeros(400), Beats(list(range(24, 400, 25)), *([[False] * 16] * 4))
    lift[:100] = 100.0 * speed_m_s
    found = MissedSpeed().process(lift, np.zeros(400), beats)
    assert found is not None
    way_m = speed_m_s * found.since_s - 0.5 * speed_m_s  # it had sunk by half of that when it stopped
    assert found.speed_cm_s == pytest.approx(100.0 * way_m / found.since_s, abs=1.0)
