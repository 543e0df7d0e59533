"""The axis along which vectors spread most is the one that LAPACK finds, however they lie."""

import numpy as np
import pytest

from hiplevel.detect.main_axis import main_axis
from hiplevel.model.samples import Floats


def along_it(vectors: Floats) -> tuple[float, float]:
    """How much of the spread is along the axis that was found, and how much can be."""
    spread = vectors @ vectors.T
    axis = main_axis(spread)
    assert np.isclose(np.linalg.norm(axis), 1.0)
    return float(axis @ spread @ axis), float(np.linalg.eigvalsh(spread)[-1])


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e6])
@pytest.mark.parametrize("seed", range(5))
def test_no_axis_has_more_of_the_spread(seed: int, size: float) -> None:
    found, most = along_it(size * np.random.default_rng(seed).normal(size=(3, 40)))
    assert found == pytest.approx(most)


def test_motion_along_one_line_is_all_along_it() -> None:
    found, most = along_it(np.outer([0.6, 0.0, -0.8], np.sin(np.arange(50.0))))
    assert found == pytest.approx(most)


def test_of_a_circle_any_of_its_diameters_is_as_good() -> None:
    angle = np.arange(60) * np.pi / 30.0
    tilted = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))[0]
    found, most = along_it(tilted[:, :2] @ np.array([np.cos(angle), np.sin(angle)]))
    assert found == pytest.approx(most)


@pytest.mark.parametrize("size", [0.0, 1e-70, 1e-160])
def test_where_nothing_moves_there_is_an_axis_all_the_same(size: float) -> None:
    assert np.linalg.norm(main_axis(size * np.diag([1.0, 2.0, 3.0]))) == 1.0
