"""The moving frame: the pose asked for, and rates and accelerations that agree with it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hiplevel.simulate.kinematics import CHANNELS, GRID_HZ, Channel, Trajectory, frontal_deg, obliquity_deg


def wobbly(duration_s: float, seed: int = 0, size_deg: float = 12.0) -> Trajectory:
    rng = np.random.default_rng(seed)
    t = np.arange(round(duration_s * GRID_HZ) + 1) / GRID_HZ
    channels = np.zeros((t.size, CHANNELS))
    for channel in Channel:
        size = size_deg if channel < Channel.X else 0.05
        for f in (0.11, 0.37, 0.83):
            channels[:, channel] += size / 3 * np.sin(2 * np.pi * f * t + rng.uniform(0, 6))
    channels[:, Channel.ROLL] = 0.0
    return Trajectory(channels)


def constant(**angles: float) -> Trajectory:
    channels = np.zeros((40, CHANNELS))
    for name, value in angles.items():
        channels[:, Channel[name]] = value
    return Trajectory(channels)


@given(st.floats(-80, 80), st.floats(-85, 85), st.floats(-180, 180))
def test_obliquity_is_the_elevation_of_the_left_axis_whatever_tilt_and_rotation(obliquity, tilt, rotation):
    state = constant(OBLIQUITY=obliquity, TILT=tilt, ROTATION=rotation).state(np.array([0.05]))
    left_axis = state.rotation[0] @ [0.0, 1.0, 0.0]
    assert np.degrees(np.arcsin(left_axis[2])) == pytest.approx(obliquity, abs=1e-9)
    assert obliquity_deg(state.up_pelvis)[0] == pytest.approx(obliquity, abs=1e-9)


def test_signs_left_up_and_leaning_forward_are_positive():
    left_up = constant(OBLIQUITY=10.0).state(np.array([0.05])).rotation[0]
    assert (left_up @ [0.0, 1.0, 0.0])[2] > 0.1
    forward = constant(TILT=10.0).state(np.array([0.05])).rotation[0]
    assert (forward @ [0.0, 0.0, 1.0])[0] > 0.1
    turned = constant(ROTATION=10.0).state(np.array([0.05])).rotation[0]
    assert (turned @ [1.0, 0.0, 0.0])[1] > 0.1


def test_lying_on_the_left_reads_minus_ninety_about_the_forward_axis():
    lying = constant(OBLIQUITY=-95.0).state(np.array([0.05]))
    assert frontal_deg(lying.up_pelvis)[0] == pytest.approx(-95.0)


def test_gyroscope_integrates_back_to_the_pose_over_a_minute():
    trajectory = wobbly(60.0)
    rate_hz = 500
    t = np.arange(60 * rate_hz) / rate_hz
    middle = trajectory.state(t + 0.5 / rate_hz).rate_pelvis_rad_s
    pose = Rotation.from_matrix(trajectory.state(np.array([0.0])).rotation[0])
    # Products of 30000 rotations, pairwise.
    turns = Rotation.from_rotvec(middle / rate_hz)
    quaternions = turns
    while len(quaternions) > 1:
        if len(quaternions) % 2:
            quaternions = Rotation.concatenate([quaternions, Rotation.identity(1)])
        quaternions = quaternions[0::2] * quaternions[1::2]
    end = pose * quaternions[0]
    expected = Rotation.from_matrix(trajectory.state(np.array([60.0])).rotation[0])
    assert np.degrees((end.inv() * expected).magnitude()) < 0.01


def test_angular_acceleration_is_the_derivative_of_the_rate():
    trajectory = wobbly(5.0)
    t, h = np.linspace(0.5, 4.5, 50), 1e-4
    ahead, behind = (trajectory.state(t + d).rate_pelvis_rad_s for d in (h, -h))
    np.testing.assert_allclose(trajectory.state(t).angular_acc_pelvis_rad_s2, (ahead - behind) / (2 * h), atol=1e-5)


def test_acceleration_is_the_second_derivative_of_the_position():
    trajectory = wobbly(5.0)
    t, h = np.linspace(0.5, 4.5, 50), 1e-3
    near = [trajectory.state(t + d).position_m for d in (-h, 0.0, h)]
    second = (near[0] - 2 * near[1] + near[2]) / h**2
    np.testing.assert_allclose(trajectory.state(t).acc_m_s2, second, atol=1e-4)
