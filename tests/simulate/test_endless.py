"""The endless wearer, and the movements a mounting is learned from."""

import numpy as np
import pytest

from hiplevel.model.errors import UsageError
from hiplevel.simulate import ImuErrors, calibration_movements, random_mounting, wearer
from hiplevel.simulate.kinematics import obliquity_deg


def test_blocks_of_any_size_are_the_same_stream():
    whole = wearer("squat", reps=2, rest_s=5.0, seed=3).take(6000)
    pieces = wearer("squat", reps=2, rest_s=5.0, seed=3)
    first = pieces.take(1)
    joined = first.joined(*(pieces.take(n) for n in (0, 7, 1992, 4000)))
    assert joined.acc_m_s2.tobytes() == whole.acc_m_s2.tobytes()
    assert joined.time_s.tobytes() == whole.time_s.tobytes()


def test_it_goes_on_for_ever_on_one_clock_and_says_what_it_did():
    endless = wearer("pelvic-drop", reps=4, rest_s=5.0, rate_hz=50.0, seed=1)
    samples = endless.take(9000)
    np.testing.assert_allclose(np.diff(samples.time_s), 0.02, atol=1e-9)
    assert len(endless.truths) > 3
    reps = np.concatenate([t.reps for t in endless.truths])
    assert len(reps) == 4 * len(endless.truths)
    assert np.all(np.diff(reps[:, 0]) > 0.0)
    assert all(len(t.drops(6.0)) == 1 for t in endless.truths)


def test_rounds_join_without_a_seam_and_keep_the_bias_of_the_sensor():
    endless = wearer("squat", reps=2, rest_s=8.0, seed=1, imu=ImuErrors(0.0, 0.0, 0.0, (3.0, 0.0, 0.0), 0.0, 0.0))
    samples = endless.take(8000)
    joint = int(np.searchsorted(samples.time_s, endless.truths[1].time_s[0]))
    near = slice(joint - 50, joint + 50)
    assert np.max(np.abs(np.diff(samples.acc_m_s2[near], axis=0))) < 0.05
    np.testing.assert_allclose(np.degrees(np.mean(samples.gyr_rad_s[near, 0])), 3.0, atol=0.5)
    # The rounds are not copies of each other.
    lengths = [np.ptp(t.time_s) for t in endless.truths[1:3]]
    assert lengths[0] != lengths[1]


def test_a_negative_block_is_refused():
    with pytest.raises(UsageError):
        wearer("squat").take(-1)


@pytest.mark.parametrize("seed", range(4))
def test_hinges_turn_about_the_left_axis_whatever_the_mounting(seed):
    made = calibration_movements(random_mounting(seed), seed, imu=ImuErrors.none())
    still, hinges = made.truth.parts[0], made.truth.parts[1]
    t = made.samples.time_s
    assert np.max(np.std(made.samples.acc_m_s2[t < still.end_s], axis=0)) < 0.1
    during = (t >= hinges.start_s) & (t < hinges.end_s)
    values, axes = np.linalg.eigh(np.cov(made.samples.gyr_rad_s[during].T))
    assert values[-1] / values.sum() > 0.9
    left_axis = made.calibration.matrix @ axes[:, -1]
    assert abs(left_axis[1]) > 0.99
    tilt = made.truth.tilt_deg[during]
    assert np.count_nonzero((tilt[1:] >= 30.0) & (tilt[:-1] < 30.0)) == 3


def test_sloppy_hinges_list_sideways():
    clean, sloppy = (calibration_movements(sideways_deg=s, seed=1).truth for s in (0.0, 15.0))
    assert np.max(sloppy.obliquity_deg) > np.max(clean.obliquity_deg) + 10.0


def test_still_part_shows_the_mounting():
    made = calibration_movements(random_mounting(9), imu=ImuErrors.none())
    up = made.samples.acc_m_s2[:300] @ made.calibration.matrix.T / 9.80665
    assert np.max(np.abs(obliquity_deg(up))) < 1.5
