"""Two sigma hold the true error: of a clip turned about the vertical, after walking, bent forward, and lying."""

import numpy as np
import pytest

from hiplevel import Analysis, Calibration, Pipeline, Rezero, Samples, analyze
from hiplevel.motion.uncertainty import SKIN_SIGMA_RAD
from motion.analytic import G, Worn, clock, path, still, turn, worn


def within_two_sigma(seen: Analysis, plane: str, off_deg: np.ndarray, rows: np.ndarray) -> float:
    """Share of these rows, the part of the sigma that is skin left out: none was put in."""
    sigma_deg = np.sqrt(getattr(seen, f"{plane}_sigma_deg") ** 2 - np.degrees(SKIN_SIGMA_RAD) ** 2)
    return float((np.abs(off_deg) <= 2.0 * sigma_deg)[rows].mean())


def off_deg(seen: Analysis, true: Worn, plane: str) -> np.ndarray:
    return getattr(seen, f"{plane}_deg") - np.interp(seen.time_s, true.samples.time_s, getattr(true, f"{plane}_deg"))


@pytest.mark.parametrize("turned_deg", [-14.0, 8.0, 14.0])
def test_a_clip_placed_turned_makes_tilt_of_obliquity_and_says_so(turned_deg):
    time_s = clock(40.0)
    drops = path(time_s, [(4.0, 0.0), *[(1.5, 12.0), (1.0, 12.0), (1.5, 0.0), (1.0, 0.0)] * 7])
    true = worn(time_s, obliquity=drops, mounting=turn(2, np.radians(turned_deg))[0], noise=1.0)
    seen = analyze(true.samples)
    off = off_deg(seen, true, "tilt")
    assert np.abs(off).max() > 1.2
    assert within_two_sigma(seen, "tilt", off, seen.time_s > 4.0) > 0.9


def test_a_body_that_sways_at_the_start_leaves_the_bias_open_and_a_table_does_not():
    """Leaning on by 0.2 degrees/s while the bias is learned, some of it is taken for bias, and stays."""
    time_s = clock(30.0)
    lean = path(time_s, [(0.5, 0.1), (0.5, 0.15), (0.5, 0.28), (0.5, 0.36), (0.5, 0.48), (0.5, 0.58), (26.0, 0.58)])
    swayed, table = (worn(time_s, obliquity=way, noise=1.0) for way in (lean, still(time_s)))
    exact = Calibration.from_matrix(np.eye(3))
    seen, lay = (analyze(one.samples, calibration=exact) for one in (swayed, table))
    off = off_deg(seen, swayed, "obliquity")
    assert np.abs(off).max() > 0.2
    assert within_two_sigma(seen, "obliquity", off, seen.time_s > 6.0) > 0.9
    assert lay.obliquity_sigma_deg[400] < seen.obliquity_sigma_deg[400]


def walked(plane: str) -> Samples:
    """From standing to 1.1 m/s and back, upright all the while, over heel strikes at 2 Hz."""
    time_s = clock(40.0)
    _, along = path(time_s, [(5.0, 0.0), (0.9, 1.1), (6.0, 1.1), (0.9, 0.0)])
    going = (time_s > 5.0) & (time_s < 12.8)
    still = worn(time_s, noise=1.0, rise_m_s2=2.5 * np.sin(4.0 * np.pi * time_s) * going).samples
    acc = still.acc_m_s2.copy()
    acc[:, 0 if plane == "tilt" else 1] += along + 1.5 * np.cos(8.0 * np.pi * time_s) * going
    return Samples(time_s, acc, still.gyr_rad_s)


@pytest.mark.parametrize("size", [1, 24, 333])
def test_the_sigma_of_a_walk_does_not_depend_on_the_cut(size):
    samples = walked("tilt")
    pipeline = Pipeline()
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    outs.append(pipeline.finish())
    whole = analyze(samples)
    assert np.array_equal(np.concatenate([out.motion.obliquity_sigma_deg for out in outs]), whole.obliquity_sigma_deg)
    assert np.array_equal(np.concatenate([out.motion.tilt_sigma_deg for out in outs]), whole.tilt_sigma_deg)


@pytest.mark.parametrize("plane", ["obliquity", "tilt"])
def test_setting_off_and_stopping_look_like_leaning_and_are_in_the_sigma(plane):
    seen = analyze(walked(plane))
    angle = getattr(seen, f"{plane}_deg")
    assert np.abs(angle).max() > 0.9
    assert within_two_sigma(seen, plane, angle, (seen.time_s > 5.0) & (seen.time_s < 25.0)) > 0.9
    # Standing for a while, it is forgotten.
    sigma = getattr(seen, f"{plane}_sigma_deg")
    assert sigma[-1] == pytest.approx(sigma[450], abs=0.1)


@pytest.mark.parametrize("milli_g", [-15.0, 15.0])
def test_bent_forward_the_offset_of_the_accelerometer_shows_and_is_in_the_sigma(milli_g):
    time_s = clock(30.0)
    bend = path(time_s, [(4.0, 0.0), (2.0, 60.0), (20.0, 60.0), (2.0, 0.0)])
    true = worn(time_s, tilt=bend, noise=1.0)
    acc = true.samples.acc_m_s2 + np.array([0.0, 0.0, milli_g * 1e-3 * G])
    seen = analyze(Samples(time_s, acc, true.samples.gyr_rad_s))
    off = off_deg(seen, true, "tilt")
    assert np.abs(off[seen.time_s > 15.0]).max() > 0.6
    assert within_two_sigma(seen, "tilt", off, seen.time_s > 4.0) > 0.95


@pytest.mark.parametrize("scale", [0.98, 1.02])
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_the_level_of_lying_down_is_right_though_the_gyroscope_turns_too_far(scale, side):
    """Two per cent of 90 degrees are 1.8: they were in the level for as long as it held."""
    time_s = clock(60.0)
    moves = [(4.0, 0.0), (2.5, side * 90.0), (20.0, side * 90.0), *[(1.5, side * 96.0), (1.5, side * 90.0)] * 4]
    true = worn(time_s, obliquity=path(time_s, moves), bias_deg_s=(0.3, -0.2, 0.1), noise=1.0)
    seen = analyze(Samples(time_s, true.samples.acc_m_s2, true.samples.gyr_rad_s * scale))
    lying = [e for e in seen.events if isinstance(e, Rezero) and e.source.startswith("side-lying")]
    assert len(lying) == 1
    assert np.abs(seen.obliquity_deg[(seen.time_s > 20.0) & (seen.time_s < 26.0)]).max() < 0.4
    assert np.abs(seen.obliquity_deg[seen.time_s > 45.0]).max() < 0.4
