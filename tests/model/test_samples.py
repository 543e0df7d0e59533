"""Samples: shapes that belong together, units told once, and arrays of any make."""

import numpy as np
import pytest

from hiplevel import Calibration, InputError, Samples
from hiplevel.model.errors import Reason


def some(n: int = 5) -> Samples:
    rng = np.random.default_rng(0)
    return Samples(np.arange(n) / 100.0, rng.standard_normal((n, 3)), rng.standard_normal((n, 3)))


@pytest.mark.parametrize(
    ("time_s", "acc", "gyr", "names"),
    [
        (np.zeros((2, 2)), np.zeros((2, 3)), np.zeros((2, 3)), "time_s"),
        (np.zeros(4), np.zeros((3, 3)), np.zeros((4, 3)), "acc_m_s2"),
        (np.zeros(4), np.zeros((4, 3)), np.zeros((4, 2)), "gyr_rad_s"),
        (np.zeros(4), np.zeros((3, 4)), np.zeros((4, 3)), "acc_m_s2"),
        (np.zeros(4), np.zeros(12), np.zeros((4, 3)), "acc_m_s2"),
        (["a", "b"], np.zeros((2, 3)), np.zeros((2, 3)), "time_s"),
        (np.zeros(2), [[1, 2, 3], [4, 5]], np.zeros((2, 3)), "acc_m_s2"),
        (np.zeros(2), np.zeros((2, 3)), {"x": 1}, "gyr_rad_s"),
        (None, None, None, "acc_m_s2"),
    ],
)
def test_arrays_that_do_not_belong_together_are_named(time_s, acc, gyr, names):
    with pytest.raises(InputError, match=names) as refused:
        Samples(time_s, acc, gyr)
    assert refused.value.reason == Reason.SHAPE


def test_no_samples_are_samples():
    assert len(Samples.empty()) == 0
    assert Samples([], [], []).acc_m_s2.shape == (0, 3)
    assert len(Samples.empty().joined(some())) == 5


@pytest.mark.parametrize("dtype", [np.float32, np.int16, object])
def test_numbers_of_any_type_become_floats(dtype):
    samples = Samples(np.arange(3), np.ones((3, 3), dtype), np.ones((3, 3), dtype))
    assert samples.acc_m_s2.dtype == np.float64
    assert samples.time_s.dtype == np.float64


def test_strided_and_fortran_arrays_become_contiguous():
    wide = np.arange(60.0).reshape(10, 6)
    samples = Samples(np.arange(20.0)[::2], wide[:, ::2], np.asfortranarray(wide)[:, 1::2])
    assert samples.acc_m_s2.flags.c_contiguous
    assert samples.gyr_rad_s.flags.c_contiguous
    np.testing.assert_array_equal(samples.acc_m_s2[0], [0.0, 2.0, 4.0])


def test_slices_and_joins_are_inverse():
    samples = some(7)
    again = samples[:3].joined(samples[3:4], samples[4:])
    np.testing.assert_array_equal(again.time_s, samples.time_s)
    np.testing.assert_array_equal(again.gyr_rad_s, samples.gyr_rad_s)


@pytest.mark.parametrize(
    ("acc_unit", "gyr_unit", "acc", "gyr"),
    [
        ("m/s2", "rad/s", 9.80665, np.pi),
        ("g", "deg/s", 1.0, 180.0),
        ("mg", "mdeg/s", 1000.0, 180000.0),
    ],
)
def test_units_come_out_as_si(acc_unit, gyr_unit, acc, gyr):
    samples = Samples.from_units([0.0], [[acc, 0, 0]], [[0, 0, gyr]], acc_unit=acc_unit, gyr_unit=gyr_unit)
    assert samples.acc_m_s2[0, 0] == pytest.approx(9.80665)
    assert samples.gyr_rad_s[0, 2] == pytest.approx(np.pi)


@pytest.mark.parametrize("units", [{"acc_unit": "G"}, {"gyr_unit": "dps"}, {"acc_unit": ""}])
def test_an_unknown_unit_lists_the_known_ones(units):
    with pytest.raises(InputError, match="Accelerometer: m/s2, g, mg; gyroscope: rad/s, deg/s, mdeg/s") as refused:
        Samples.from_units([0.0], [[0, 0, 1]], [[0, 0, 0]], **units)
    assert refused.value.reason == Reason.UNITS


@pytest.mark.parametrize(
    "matrix",
    [
        np.eye(2),
        np.zeros((3, 3)),
        2.0 * np.eye(3),
        np.diag([1.0, 1.0, -1.0]),
        np.full((3, 3), np.nan),
        [[1, 0, 0], [0, 1, 0]],
        [[1, 0.1, 0], [0, 1, 0], [0, 0, 1]],
        "north",
        [[1, 2], [3]],
        None,
    ],
)
def test_a_calibration_that_is_no_rotation_is_refused(matrix):
    with pytest.raises(InputError, match="calibration") as refused:
        Calibration.from_matrix(matrix)
    assert refused.value.reason == Reason.CALIBRATION


def test_a_rotation_of_few_digits_is_accepted():
    angle = np.radians(30.0)
    matrix = np.round([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]], 4)
    np.testing.assert_allclose(Calibration.from_matrix(matrix).matrix, matrix)
