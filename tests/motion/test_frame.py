"""The clinical angles: names, signs and order of rotations as the documentation promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from hiplevel.motion.frame import carried, levelling, obliquity_rad, tilt_rad
from hiplevel.motion.posture import Posture, frontal_rad
from motion.analytic import turn

angle = st.floats(-80.0, 80.0)
heading = st.floats(-180.0, 180.0)
component = st.floats(-1.0, 1.0)


def up_of(pelvis_to_world: np.ndarray) -> np.ndarray:
    """(3, 1) the vertical in the pelvis frame."""
    return pelvis_to_world[2][:, None]


def pelvis(rotation_deg: float = 0.0, obliquity_deg: float = 0.0, tilt_deg: float = 0.0) -> np.ndarray:
    r, o, t = np.radians([rotation_deg, obliquity_deg, tilt_deg])
    return turn(2, r)[0] @ turn(0, o)[0] @ turn(1, t)[0]


def obliquity_deg(pelvis_to_world: np.ndarray) -> float:
    return float(np.degrees(obliquity_rad(up_of(pelvis_to_world))[0]))


def tilt_deg(pelvis_to_world: np.ndarray) -> float:
    return float(np.degrees(tilt_rad(up_of(pelvis_to_world))[0]))


@pytest.mark.parametrize(("tilt", "rotation", "conventional"), [(15.0, 10.0, -2.6), (25.0, 15.0, -6.3)])
def test_level_hips_read_zero_where_the_conventional_order_invents_a_drop(tilt, rotation, conventional):
    level = pelvis(rotation, 0.0, tilt)
    left_axis = level[:, 1]
    assert left_axis[2] == pytest.approx(0.0, abs=1e-12)
    assert obliquity_deg(level) == pytest.approx(0.0, abs=1e-9)
    tilt_first = Rotation.from_matrix(level).as_euler("YXZ", degrees=True)
    assert tilt_first[1] == pytest.approx(conventional, abs=0.05)


@given(rotation=heading, obliquity=angle, tilt=heading)
def test_obliquity_and_tilt_come_back_whatever_the_heading(rotation, obliquity, tilt):
    attitude = pelvis(rotation, obliquity, tilt)
    assert obliquity_deg(attitude) == pytest.approx(obliquity, abs=1e-6)
    assert np.cos(np.radians(tilt_deg(attitude) - tilt)) == pytest.approx(1.0, abs=1e-9)


@given(rotation=heading, obliquity=angle, tilt=heading)
def test_obliquity_is_the_elevation_of_the_left_axis(rotation, obliquity, tilt):
    attitude = pelvis(rotation, obliquity, tilt)
    height_of_left_over_right = attitude[2, 1]
    assert obliquity_deg(attitude) == pytest.approx(np.degrees(np.arcsin(height_of_left_over_right)), abs=1e-6)


def test_signs_are_left_side_up_and_anterior_tilt():
    left_up = turn(0, np.radians(6.0))[0]  # about forward, right-handed: left goes up
    assert left_up[2, 1] > 0.0
    assert obliquity_deg(left_up) == pytest.approx(6.0)
    lying = frontal_rad(Posture.LEFT_SIDE, up_of(turn(0, np.radians(-84.0))[0]))  # about forward: well conditioned
    assert np.degrees(lying[0]) == pytest.approx(-84.0)
    front_down = turn(1, np.radians(12.0))[0]  # about left: forward goes down, the pelvis tips forward
    assert front_down[2, 0] < 0.0
    assert tilt_deg(front_down) == pytest.approx(12.0)


def test_angles_are_finite_where_rounding_makes_the_vertical_too_long():
    too_long = np.array([[0.0], [1.0 + 1e-12], [0.0]])
    assert np.degrees(obliquity_rad(too_long)[0]) == pytest.approx(90.0)


@given(st.tuples(component, component, component))
def test_levelling_is_a_rotation_that_brings_the_vertical_up(vector):
    length = np.linalg.norm(vector)
    if length < 1e-3:
        return
    up = np.array(vector) / length
    matrix = levelling(up)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-6)
    assert np.linalg.det(matrix) == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(matrix @ up, [0.0, 0.0, 1.0], atol=1e-6)


@pytest.mark.parametrize("off", [0.0, 1e-12, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3])
@pytest.mark.parametrize("direction_deg", [0.0, 30.0, 90.0, 200.0])
def test_levelling_holds_up_for_a_clip_worn_upside_down_or_nearly(off, direction_deg):
    direction = np.radians(direction_deg)
    up = np.array([np.sin(off) * np.cos(direction), np.sin(off) * np.sin(direction), -np.cos(off)])
    matrix = levelling(up)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-6)
    assert np.linalg.det(matrix) == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(matrix @ up, [0.0, 0.0, 1.0], atol=1e-4)


@given(direction=heading, by=st.floats(0.0, 60.0))
def test_levelling_a_leaning_clip_does_not_turn_it_sideways(direction, by):
    """Forward of a leaning clip stays forward: the smallest rotation is the one about the horizontal axis it leant."""
    d = np.radians(direction)
    leant = Rotation.from_rotvec(np.radians(by) * np.array([np.cos(d), np.sin(d), 0.0])).as_matrix()
    np.testing.assert_allclose(levelling(leant[2]), leant, atol=1e-9)


@given(o=angle, t=angle, rate=st.lists(st.floats(-5.0, 5.0), min_size=3, max_size=3))
def test_carried_on_for_a_moment_the_vertical_is_where_the_turning_frame_will_have_it(o, t, rate):
    before = pelvis(0.0, o, t)
    moment_s = 1e-3
    after = before @ Rotation.from_rotvec(moment_s * np.array(rate)).as_matrix()
    there = carried(up_of(before), np.array(rate)[:, None], moment_s)
    np.testing.assert_allclose(there, up_of(after), atol=5e-5)
