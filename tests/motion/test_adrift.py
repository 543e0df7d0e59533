"""A recording that begins in the middle of a set: level is known exactly, where gravity is and the bias are not."""

import numpy as np
import pytest

from hiplevel import Analysis, Calibration, Pipeline, Samples, analyze, simulate
from hiplevel.motion.uncertainty import SKIN_SIGMA_RAD

SKIN_DEG = np.degrees(SKIN_SIGMA_RAD)


def midway(exercise: str, bias_deg_s: float, seed: int) -> tuple[Samples, Calibration, np.ndarray]:
    """Twenty-five seconds from within a set, how the clip sits, and the true obliquity."""
    imu = simulate.ImuErrors(gyr_bias_deg_s=bias_deg_s)
    made = simulate.exercise(exercise, reps=14, seed=seed, stance="left", imu=imu)
    samples = made.samples[930 + 70 * seed :][:2500]
    true_deg = np.interp(samples.time_s, made.truth.time_s, made.truth.obliquity_deg)
    return samples, Calibration.from_matrix(made.calibration.matrix), true_deg


def errors_deg(seen: Analysis, samples: Samples, true_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Seconds from the beginning, and the error of obliquity."""
    error = seen.obliquity_deg - np.interp(seen.time_s, samples.time_s, true_deg)
    return seen.time_s - samples.time_s[0], error


@pytest.mark.parametrize("bias_deg_s", [0.5, 2.0])
@pytest.mark.parametrize("exercise", ["squat", "single-leg-squat", "step-down", "pelvic-drop"])
def test_the_level_is_right_within_seconds_whatever_the_bias(exercise, bias_deg_s):
    for seed in range(4):
        samples, exact, true_deg = midway(exercise, bias_deg_s, seed)
        seen = analyze(samples, calibration=exact)
        since_s, error = errors_deg(seen, samples, true_deg)
        assert np.abs(error[since_s > 6.0]).max() < 1.3
        assert np.sqrt(np.mean(error[since_s > 10.0] ** 2)) < 0.5


@pytest.mark.parametrize("exercise", ["squat", "single-leg-deadlift", "walking"])
def test_it_says_how_sure_it_is(exercise):
    inside = []
    for seed in range(4):
        samples, exact, true_deg = midway(exercise, 1.0, seed)
        seen = analyze(samples, calibration=exact)
        _, error = errors_deg(seen, samples, true_deg)
        sigma = np.sqrt(seen.obliquity_sigma_deg**2 - SKIN_DEG**2)
        inside.append(np.abs(error) < 2.0 * sigma)
        assert sigma[0] > 3.0 * sigma[-1]
    assert np.concatenate(inside).mean() > 0.9


def test_after_a_long_gap_in_a_set_the_level_is_found_again():
    made = simulate.exercise("single-leg-squat", reps=14, seed=2, stance="left")
    kept = (made.samples.time_s < 16.0) | (made.samples.time_s > 18.5)
    samples = Samples(made.samples.time_s[kept], made.samples.acc_m_s2[kept], made.samples.gyr_rad_s[kept])
    seen = analyze(samples, calibration=Calibration.from_matrix(made.calibration.matrix))
    error = seen.obliquity_deg - np.interp(seen.time_s, made.truth.time_s, made.truth.obliquity_deg)
    assert np.abs(error[seen.time_s > 18.5]).max() < 1.5
    assert np.abs(error[seen.time_s > 23.0]).max() < 0.5


@pytest.mark.parametrize("size", [3, 199])
def test_it_does_not_depend_on_the_cut(size):
    samples, exact, _ = midway("squat", 1.0, 1)
    whole = analyze(samples, calibration=exact)
    pipeline = Pipeline(calibration=exact)
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    for name in ("obliquity_deg", "tilt_deg", "obliquity_sigma_deg"):
        joined = np.concatenate([getattr(out.motion, name) for out in [*outs, pipeline.finish()]])
        assert np.array_equal(joined, getattr(whole, name))
