"""A gyroscope that met its limit leaves the angle about that axis less sure, until gravity has set it right."""

import numpy as np
import pytest

from hiplevel import Analysis, Calibration, Pipeline, Samples, analyze
from motion.analytic import clock, path, worn

LIMIT_RAD_S = np.radians(250.0)
# To 60 degrees in 0.3 s is 375 degrees/s.
FAST = [(5.0, 0.0), (0.3, 60.0), (1.0, 60.0), (0.3, 0.0)]
OUTWARDS = np.array([[0.0, -1.0, 0.0], [0.0, 0.0, -1.0], [1.0, 0.0, 0.0]])


def moved(angle: str, mounting: np.ndarray, rate_hz: float = 100.0) -> tuple[Samples, np.ndarray]:
    """Samples of a quick move seen by a clip that reads up to 250 degrees/s, and the true angle."""
    time_s = clock(45.0, rate_hz)
    seen = worn(time_s, **{angle: path(time_s, FAST)}, noise=1.0, mounting=mounting)
    gyr = np.clip(seen.samples.gyr_rad_s, -LIMIT_RAD_S, LIMIT_RAD_S)
    return Samples(time_s, seen.samples.acc_m_s2, gyr), getattr(seen, f"{angle}_deg")


def sigma_deg(seen: Analysis, angle: str, from_s: float, to_s: float) -> np.ndarray:
    rows = slice(*np.searchsorted(seen.time_s, (from_s, to_s)))
    return np.asarray(getattr(seen, f"{angle}_sigma_deg")[rows])


@pytest.mark.parametrize("rate_hz", [100.0, 208.0])
@pytest.mark.parametrize("mounting", [np.eye(3), OUTWARDS])
@pytest.mark.parametrize(("angle", "other"), [("obliquity", "tilt"), ("tilt", "obliquity")])
def test_the_turn_that_was_missed_is_in_the_uncertainty(angle, other, mounting, rate_hz):
    samples, true_deg = moved(angle, mounting, rate_hz)
    seen = analyze(samples, calibration=Calibration.from_matrix(mounting))
    error_deg = getattr(seen, f"{angle}_deg") - np.interp(seen.time_s, samples.time_s, true_deg)
    after = seen.time_s > 5.3
    assert np.abs(error_deg[after]).max() > 8.0
    assert np.mean(np.abs(error_deg[after]) < 2.0 * getattr(seen, f"{angle}_sigma_deg")[after]) > 0.98
    assert sigma_deg(seen, angle, 5.3, 6.0).min() > 5.0
    assert sigma_deg(seen, other, 5.3, 45.0).max() < 2.0


def test_it_is_forgotten_as_gravity_sets_the_angle_right():
    samples, true_deg = moved("obliquity", np.eye(3))
    seen = analyze(samples, calibration=Calibration.from_matrix(np.eye(3)))
    assert sigma_deg(seen, "obliquity", 37.0, 45.0).max() < 1.0
    assert abs(seen.obliquity_deg[-1] - true_deg[-1]) < 0.5


def test_within_the_range_nothing_is_added():
    time_s = clock(20.0)
    slow = worn(time_s, obliquity=path(time_s, [(5.0, 0.0), (0.6, 60.0), (1.0, 60.0), (0.6, 0.0)]), noise=1.0)
    seen = analyze(slow.samples, calibration=Calibration.from_matrix(np.eye(3)))
    assert sigma_deg(seen, "obliquity", 0.0, 20.0).max() < 2.0


def test_an_axis_that_sticks_at_its_limit_from_the_first_sample_is_not_trusted():
    time_s = clock(10.0)
    still = worn(time_s, noise=1.0).samples
    gyr = still.gyr_rad_s.copy()
    gyr[:, 0] = LIMIT_RAD_S
    seen = analyze(Samples(time_s, still.acc_m_s2, gyr), calibration=Calibration.from_matrix(np.eye(3)))
    assert np.median(sigma_deg(seen, "obliquity", 5.0, 10.0)) > 45.0


@pytest.mark.parametrize("size", [1, 2, 7, 199])
def test_it_does_not_depend_on_the_cut(size):
    samples, _ = moved("obliquity", OUTWARDS)
    samples = samples[:1200]
    calibration = Calibration.from_matrix(OUTWARDS)
    whole = analyze(samples, calibration=calibration)
    pipeline = Pipeline(calibration=calibration)
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    sigma = np.concatenate([out.motion.obliquity_sigma_deg for out in [*outs, pipeline.finish()]])
    assert np.array_equal(sigma, whole.obliquity_sigma_deg)
