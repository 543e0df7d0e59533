"""Samples to angles, against motion whose angles are known in closed form."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from hiplevel import Analysis, Calibration, analyze
from hiplevel.simulate import mounting_from_euler
from motion.analytic import Curve, Worn, axis_mountings, clock, lean, path, sine, still, worn

STILL_S = 3.0
WITHIN_DEG = 0.3


def known(mounting: np.ndarray) -> Calibration:
    return Calibration.from_matrix(mounting)


def errors_deg(seen: Analysis, true: Worn, after_s: float = 0.0) -> tuple[float, float]:
    """The largest errors of obliquity and tilt."""
    later = seen.time_s >= after_s
    time_s = seen.time_s[later]
    obliquity = seen.obliquity_deg[later] - np.interp(time_s, true.samples.time_s, true.obliquity_deg)
    tilt = seen.tilt_deg[later] - np.interp(time_s, true.samples.time_s, true.tilt_deg)
    return float(np.abs(obliquity).max()), float(np.abs((tilt + 180.0) % 360.0 - 180.0).max())


def pelvis_at_work(time_s: np.ndarray) -> dict[str, Curve]:
    """All three axes at once, at different paces."""
    return {
        "obliquity": sine(time_s, 12.0, 0.25, STILL_S),
        "tilt": sine(time_s, 25.0, 0.17, STILL_S),
        "rotation": sine(time_s, 30.0, 0.4, STILL_S),
    }


@pytest.mark.parametrize("axis", ["obliquity", "tilt", "rotation"])
@pytest.mark.parametrize("hz", [0.1, 0.5, 2.0])
@pytest.mark.parametrize("rate_hz", [52.0, 100.0, 208.0])
def test_a_sine_about_each_axis_reads_true_and_leaks_into_no_other(axis, hz, rate_hz):
    time_s = clock(15.0, rate_hz)
    true = worn(time_s, **{axis: sine(time_s, 15.0, hz, STILL_S)})
    assert max(errors_deg(analyze(true.samples, calibration=known(np.eye(3))), true)) < WITHIN_DEG


@pytest.mark.parametrize("deg_s", [5.0, -40.0, 180.0])
def test_a_somersault_keeps_tilt_through_the_whole_circle(deg_s):
    time_s = clock(STILL_S + 1.5 * 360.0 / abs(deg_s))
    going = time_s >= STILL_S
    tilt = (np.where(going, deg_s * (time_s - STILL_S), 0.0), np.where(going, deg_s, 0.0))
    true = worn(time_s, tilt=tilt)
    seen = analyze(true.samples, calibration=known(np.eye(3)))
    # Where the rate jumps from standing to turning the straight line between two samples is not the truth: half a cell.
    assert max(errors_deg(seen, true)) < WITHIN_DEG + 0.005 * abs(deg_s)


@pytest.mark.parametrize("deg_s", [120.0, -200.0])  # slower is lying down
def test_a_cartwheel_reads_the_elevation_of_the_left_axis(deg_s):
    """Past the vertical the left axis comes down again: obliquity is an elevation, not an angle of roll."""
    time_s = clock(STILL_S + 360.0 / abs(deg_s))
    going = time_s >= STILL_S
    roll = np.where(going, deg_s * (time_s - STILL_S), 0.0)
    true = worn(time_s, obliquity=(roll, np.where(going, deg_s, 0.0)))
    seen = analyze(true.samples, calibration=known(np.eye(3)))
    # Compared as elevations: at the very top an arcsine makes much of nothing.
    expected = np.interp(seen.time_s, time_s, np.sin(np.radians(roll)))
    off_deg = np.degrees(np.abs(np.sin(np.radians(seen.obliquity_deg)) - expected))
    assert off_deg.max() < WITHIN_DEG + 0.005 * abs(deg_s)


def test_turning_on_the_spot_is_neither_obliquity_nor_tilt():
    time_s = clock(30.0)
    going = time_s >= STILL_S
    spin = (np.where(going, 90.0 * (time_s - STILL_S), 0.0), np.where(going, 90.0, 0.0))
    true = worn(time_s, rotation=spin)
    assert max(errors_deg(analyze(true.samples, calibration=known(np.eye(3))), true)) < WITHIN_DEG


@pytest.mark.parametrize(
    "mounting", axis_mountings(), ids=lambda m: "".join("xyzXYZ"[int(i)] for i in [*(m @ [1, 2, 3])])
)
def test_any_side_of_the_sensor_may_face_out_when_it_is_known(mounting):
    time_s = clock(15.0)
    true = worn(time_s, mounting=mounting, **pelvis_at_work(time_s))
    assert max(errors_deg(analyze(true.samples, calibration=known(mounting)), true)) < WITHIN_DEG


@pytest.mark.parametrize("seed", range(8))
def test_any_slant_of_the_sensor_will_do_when_it_is_known(seed):
    mounting = Rotation.random(random_state=seed).as_matrix()
    time_s = clock(15.0)
    true = worn(time_s, mounting=mounting, noise=1.0, seed=seed, **pelvis_at_work(time_s))
    assert max(errors_deg(analyze(true.samples, calibration=known(mounting)), true)) < WITHIN_DEG


@pytest.mark.parametrize("direction_deg", range(0, 360, 45))
@pytest.mark.parametrize("by_deg", [5.0, 15.0, 30.0])
def test_a_leaning_clip_is_levelled_by_the_still_start(direction_deg, by_deg):
    mounting = lean(direction_deg, by_deg)
    time_s = clock(15.0)
    true = worn(time_s, mounting=mounting, noise=1.0, **pelvis_at_work(time_s))
    seen = analyze(true.samples)
    assert max(errors_deg(seen, true)) < WITHIN_DEG
    rezero = seen.events[0]
    offsets = (rezero.obliquity_offset_deg, rezero.tilt_offset_deg)
    up_in_sensor = mounting[2]
    assert offsets[0] == pytest.approx(np.degrees(np.arcsin(up_in_sensor[1])), abs=0.2)
    assert offsets[1] == pytest.approx(np.degrees(np.arctan2(-up_in_sensor[0], up_in_sensor[2])), abs=0.2)


@pytest.mark.parametrize("direction_deg", range(0, 360, 45))
@pytest.mark.parametrize("by_deg", [0.0, 1.0, 5.0, 20.0])
def test_a_clip_worn_upside_down_measures_the_same_however_it_leans(direction_deg, by_deg):
    """Turned over in the frontal plane, as a clip on a waistband is: its face still looks forward."""
    mounting = lean(direction_deg, by_deg) @ np.diag([1.0, -1.0, -1.0])
    time_s = clock(15.0)
    true = worn(time_s, mounting=mounting, **pelvis_at_work(time_s))
    assert max(errors_deg(analyze(true.samples), true)) < WITHIN_DEG


@pytest.mark.parametrize("up_axis", [(0.0, 90.0, 0.0), (0.0, -90.0, 0.0), (0.0, 0.0, 90.0), (0.0, 0.0, -90.0)])
@pytest.mark.parametrize("direction_deg", [0.0, 90.0, 210.0])
def test_a_clip_lying_on_an_edge_measures_the_same_however_it_leans(up_axis, direction_deg):
    """Quarter turns about forward or left: the shortest way to upright undoes them."""
    quarter = mounting_from_euler(*up_axis)
    time_s = clock(15.0)
    for by_deg in (0.0, 0.5, 3.0):
        true = worn(time_s, mounting=lean(direction_deg, by_deg) @ quarter, **pelvis_at_work(time_s))
        # A lean out of the quarter turn's own plane turns the clip sideways by about as much.
        assert errors_deg(analyze(true.samples), true)[0] < WITHIN_DEG + 0.5 * by_deg


@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_standing_still_reads_zero(noise):
    time_s = clock(10.0)
    true = worn(time_s, mounting=lean(110.0, 12.0), noise=noise)
    seen = analyze(true.samples)
    assert abs(seen.obliquity_deg.mean()) < 0.05
    assert abs(seen.tilt_deg.mean()) < 0.05
    assert max(errors_deg(seen, true)) < 0.2


@pytest.mark.parametrize("axis", range(3))
@pytest.mark.parametrize("bias_deg_s", [-3.0, 3.0])
def test_a_gyroscope_that_is_3_degrees_a_second_off_is_put_right_by_the_still_start(axis, bias_deg_s):
    bias = np.zeros(3)
    bias[axis] = bias_deg_s
    time_s = clock(40.0)
    true = worn(time_s, bias_deg_s=bias, noise=1.0, **pelvis_at_work(time_s))
    assert max(errors_deg(analyze(true.samples), true)) < WITHIN_DEG


def test_an_absolute_calibration_keeps_a_real_lean():
    """Given the mounting exactly, standing with one side 4 degrees low is shown, not zeroed away."""
    time_s = clock(8.0)
    true = worn(time_s, obliquity=(np.full_like(time_s, 4.0), still(time_s)[1]))
    assert analyze(true.samples, calibration=known(np.eye(3))).obliquity_deg == pytest.approx(4.0, abs=0.1)
    assert analyze(true.samples).obliquity_deg == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("gravity", [9.5, 9.83, 14.0])
def test_a_badly_scaled_accelerometer_gives_the_same_angles(gravity):
    time_s = clock(15.0)
    true = worn(time_s, gravity=gravity, **pelvis_at_work(time_s))
    assert max(errors_deg(analyze(true.samples), true)) < WITHIN_DEG


@pytest.mark.parametrize("gap_s", [0.3, 0.9])
def test_a_short_gap_is_ridden_on_the_gyroscope(gap_s):
    time_s = clock(20.0)
    true = worn(time_s, **pelvis_at_work(time_s))
    keep = (time_s < 10.0) | (time_s >= 10.0 + gap_s)
    s = true.samples
    seen = analyze(type(s)(time_s[keep], s.acc_m_s2[keep], s.gyr_rad_s[keep]))
    assert len(seen.gaps) == 1
    assert not np.any((seen.time_s > 10.0) & (seen.time_s < 10.0 + gap_s - 0.01))
    assert seen.time_s[seen.time_s > 10.1][0] == pytest.approx(10.0 + gap_s, abs=0.011)
    assert max(errors_deg(seen, true, after_s=10.0)) < 3.0 * gap_s


@pytest.mark.parametrize("gap_s", [1.5, 30.0])
def test_after_a_long_gap_angles_wait_until_gravity_has_found_them_again(gap_s):
    """The pelvis stands elsewhere after the gap, 20 degrees over: nothing before may leak into what is shown."""
    time_s = clock(20.0 + gap_s)
    true = worn(time_s, obliquity=path(time_s, [(10.0, 0.0), (gap_s, 20.0), (10.0, 20.0)]))
    keep = (time_s < 10.0) | (time_s >= 10.0 + gap_s)
    s = true.samples
    seen = analyze(type(s)(time_s[keep], s.acc_m_s2[keep], s.gyr_rad_s[keep]))
    assert seen.time_s[seen.time_s > 10.1][0] == pytest.approx(11.0 + gap_s, abs=0.011)
    assert max(errors_deg(seen, true, after_s=10.0)) < WITHIN_DEG


def test_a_gap_broken_by_a_lone_sample_is_as_long_as_both_halves():
    """0.9 s, one sample, 0.9 s: nobody can ride 1.8 s on two readings, so the attitude is found anew."""
    time_s = clock(20.0)
    true = worn(time_s, obliquity=path(time_s, [(10.0, 0.0), (1.8, 25.0), (8.2, 25.0)]))
    keep = (time_s < 10.0) | (time_s >= 11.8) | (np.abs(time_s - 10.9) < 1e-6)
    s = true.samples
    seen = analyze(type(s)(time_s[keep], s.acc_m_s2[keep], s.gyr_rad_s[keep]))
    assert len(seen.gaps) == 2
    assert max(errors_deg(seen, true, after_s=10.0)) < WITHIN_DEG
