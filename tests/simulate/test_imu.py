"""What the sensor reads: gravity, mounting, lever arm, errors, range, clock."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiplevel.model.errors import InputError, UsageError
from hiplevel.simulate import ImuErrors, Still, exercise, mounting_from_euler, random_mounting, session
from hiplevel.simulate.imu import SensorDraw, read, sensor_clock
from hiplevel.simulate.kinematics import CHANNELS, GRID_HZ, Channel, Trajectory

PERFECT = ImuErrors.none()


def still(**angles: float) -> Trajectory:
    channels = np.zeros((GRID_HZ, CHANNELS))
    for name, value in angles.items():
        channels[:, Channel[name]] = value
    return Trajectory(channels)


def reading(trajectory: Trajectory, mounting=None, arm=(0.0, 0.0, 0.0), errors=PERFECT, rate_hz=100.0):
    true_s, stamp_s = sensor_clock(trajectory.duration_s, rate_hz, errors)
    drawn = SensorDraw.of(errors, np.random.default_rng(1), np.random.default_rng(2))
    return read(trajectory, true_s, stamp_s, np.eye(3) if mounting is None else mounting, arm, errors, drawn)


def test_at_rest_the_accelerometer_reads_gravity_upwards():
    samples = reading(still())
    np.testing.assert_allclose(samples.acc_m_s2, np.tile([0.0, 0.0, 9.80665], (len(samples), 1)), atol=1e-9)
    np.testing.assert_allclose(samples.gyr_rad_s, 0.0, atol=1e-12)


def test_a_pelvis_with_its_left_side_up_shows_gravity_on_the_left_axis():
    assert reading(still(OBLIQUITY=10.0)).acc_m_s2[0, 1] == pytest.approx(9.80665 * np.sin(np.radians(10.0)))


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_any_mounting_maps_the_readings_back_into_the_pelvis_frame(seed):
    mounting = random_mounting(seed)
    worn_straight = session([Still(1.0)], imu=PERFECT, seed=5)
    worn_anyhow = session([Still(1.0)], imu=PERFECT, seed=5, mounting=mounting)
    back = worn_anyhow.calibration.matrix
    np.testing.assert_allclose(worn_anyhow.samples.acc_m_s2 @ back.T, worn_straight.samples.acc_m_s2, atol=1e-9)
    np.testing.assert_allclose(worn_anyhow.samples.gyr_rad_s @ back.T, worn_straight.samples.gyr_rad_s, atol=1e-9)
    assert not np.allclose(worn_anyhow.samples.acc_m_s2, worn_straight.samples.acc_m_s2, atol=1e-3)


def test_euler_mounting_turns_the_sensor_to_the_left():
    # The sensor's own x axis, seen from the pelvis, points to the wearer's left.
    np.testing.assert_allclose(mounting_from_euler(yaw_deg=90.0) @ [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], atol=1e-12)


def test_a_steady_turn_pulls_the_sensor_towards_the_centre():
    channels = np.zeros((2 * GRID_HZ, CHANNELS))
    rate_deg_s = 90.0
    channels[:, Channel.ROTATION] = rate_deg_s * np.arange(2 * GRID_HZ) / GRID_HZ
    acc = reading(Trajectory(channels), arm=(-0.10, 0.0, 0.0)).acc_m_s2[50]
    # The sensor is 0.10 m behind: centripetal acceleration points forward.
    np.testing.assert_allclose(acc, [np.radians(rate_deg_s) ** 2 * 0.10, 0.0, 9.80665], atol=1e-6)


def test_speeding_up_a_turn_is_felt_across_the_lever_arm():
    t = np.arange(GRID_HZ) / GRID_HZ
    channels = np.zeros((GRID_HZ, CHANNELS))
    channels[:, Channel.ROTATION] = 0.5 * 200.0 * t**2
    acc = reading(Trajectory(channels), arm=(-0.10, 0.0, 0.0)).acc_m_s2[20]
    assert acc[1] == pytest.approx(-np.radians(200.0) * 0.10, abs=1e-5)


def test_the_lever_arm_agrees_with_the_path_of_the_sensor():
    rng = np.random.default_rng(0)
    t = np.arange(4 * GRID_HZ) / GRID_HZ
    channels = np.stack([np.sin(2 * np.pi * rng.uniform(0.2, 1.0) * t) for _ in Channel], axis=1)
    channels *= [20.0, 30.0, 40.0, 0.0, 0.1, 0.1, 0.1]
    trajectory, arm = Trajectory(channels), np.array([-0.1, 0.03, 0.02])
    at, h = np.linspace(0.5, 3.5, 40), 1e-3

    def place(when):
        state = trajectory.state(when)
        return state.position_m + state.rotation @ arm

    second = (place(at - h) - 2 * place(at) + place(at + h)) / h**2
    rotation = trajectory.state(at).rotation
    expected = np.einsum("nji,nj->ni", rotation, second + np.array([0.0, 0.0, 9.80665]))
    drawn = SensorDraw.of(PERFECT, rng, rng)
    np.testing.assert_allclose(read(trajectory, at, at, np.eye(3), arm, PERFECT, drawn).acc_m_s2, expected, atol=2e-3)


def test_readings_saturate_at_full_scale():
    hop = exercise("sideways-hop", reps=2, imu=ImuErrors(acc_range_g=2.0, gyr_range_deg_s=20.0))
    assert np.max(np.abs(hop.samples.acc_m_s2)) == pytest.approx(2.0 * 9.80665)
    assert np.max(np.abs(hop.samples.gyr_rad_s)) == pytest.approx(np.radians(20.0))


def test_quantised_readings_are_whole_counts():
    samples = session([Still(1.0)], imu=ImuErrors(acc_range_g=8.0, bits=12)).samples
    counts = samples.acc_m_s2 / (8.0 * 9.80665 / 2048)
    np.testing.assert_allclose(counts, np.round(counts), atol=1e-6)
    assert len(np.unique(counts[:, 2])) < 40


def test_biases_are_added_in_the_sensor_frame():
    errors = ImuErrors(0.0, 0.0, (10.0, 0.0, -20.0), (1.0, -2.0, 0.5), 0.0, 0.0)
    samples = reading(still(), errors=errors)
    np.testing.assert_allclose(samples.acc_m_s2[0], [0.0980665, 0.0, 9.80665 - 0.196133], atol=1e-9)
    np.testing.assert_allclose(np.degrees(samples.gyr_rad_s[0]), [1.0, -2.0, 0.5], atol=1e-9)


def test_a_bias_given_as_a_size_has_that_size():
    errors = ImuErrors(0.0, 0.0, 30.0, 0.0, 0.0, 0.0)
    extra = reading(still(), errors=errors).acc_m_s2[0] - [0.0, 0.0, 9.80665]
    assert np.linalg.norm(extra) == pytest.approx(30.0e-3 * 9.80665)


def test_noise_has_the_density_asked_for():
    errors = ImuErrors(200.0, 10.0, 0.0, 0.0, 0.0, 0.0)
    samples = reading(Trajectory(np.zeros((60 * GRID_HZ, CHANNELS))), errors=errors, rate_hz=200.0)
    np.testing.assert_allclose(samples.acc_m_s2.std(axis=0), 200e-6 * 9.80665 * np.sqrt(100.0), rtol=0.05)
    np.testing.assert_allclose(np.degrees(samples.gyr_rad_s).std(axis=0), 0.010 * np.sqrt(100.0), rtol=0.05)


def test_a_fast_crystal_takes_more_samples_and_thinks_more_time_went_by():
    slow = exercise("squat", reps=3, imu=ImuErrors())
    fast = exercise("squat", reps=3, imu=ImuErrors(rate_ppm=10_000.0))
    assert len(fast.samples) == pytest.approx(1.01 * len(slow.samples), abs=2)
    np.testing.assert_allclose(np.diff(fast.samples.time_s), 0.01, atol=1e-9)
    # The truth is told on the sensor's own clock.
    np.testing.assert_allclose(fast.truth.reps, 1.01 * slow.truth.reps, atol=1e-9)


def test_jitter_moves_the_stamps_but_never_backwards():
    samples = session([Still(20.0)], imu=ImuErrors(jitter_s=0.02)).samples
    assert np.std(np.diff(samples.time_s)) > 1e-3
    assert np.all(np.diff(samples.time_s) > 0.0)


def test_the_first_stamp_is_the_start_asked_for():
    assert session([Still(1.0)], start_s=1234.5).samples.time_s[0] == 1234.5


def test_impossible_rates_and_mountings_are_refused_in_a_sentence():
    with pytest.raises(UsageError, match="rate above 0"):
        session([Still(1.0)], rate_hz=0.0)
    with pytest.raises(InputError, match="not a rotation"):
        session([Still(1.0)], mounting=2.0 * np.eye(3))
