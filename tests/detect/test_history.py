"""What running sums tell of a span is what its cells tell, wherever they lie in what is kept."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel.detect.history import CAPACITY, History
from hiplevel.motion.block import MotionBlock

RNG = np.random.default_rng(3)
CELLS = CAPACITY + 5000  # so that what is kept was moved up
LOUD_M_S2 = 3.0


@pytest.fixture(scope="module")
def filled() -> tuple[History, np.ndarray, np.ndarray]:
    time_s, acc = np.arange(1, CELLS + 1) / 100.0, RNG.standard_normal((3, CELLS))
    history = History(LOUD_M_S2)
    for first in range(0, CELLS, 700):
        cells = slice(first, first + 700)
        nothing = np.zeros(len(time_s[cells]))
        none = np.zeros((3, len(nothing)))
        block = MotionBlock(time_s[cells], *[nothing] * 5, none, acc[:, cells], none, nothing)
        history.append(block, nothing, acc[2, cells])
    return history, time_s, np.square(acc).sum(axis=0)


@pytest.mark.parametrize("ago_s", [0.5, 7.0, 60.0])
def test_the_mean_of_a_span_is_that_of_its_cells(filled, ago_s):
    history, time_s, acc2 = filled
    start_s, end_s = float(time_s[-1]) - ago_s, float(time_s[-1]) - 0.2
    inside = (time_s >= start_s) & (time_s <= end_s + 1e-6)
    assert history.mean_acc2_m2_s4(start_s, end_s) == pytest.approx(acc2[inside].mean(), rel=1e-9)


def test_nothing_is_known_of_what_has_not_come(filled):
    history, time_s, _ = filled
    assert history.mean_acc2_m2_s4(float(time_s[-1]) + 1.0, float(time_s[-1]) + 2.0) == math.inf


def test_a_loud_moment_is_known_to_the_cell(filled):
    history, time_s, acc2 = filled
    loud = [float(at) for at in time_s[acc2 > LOUD_M_S2**2] if at > time_s[-1] - 3.9]  # of the newest block
    assert len(loud) > 1
    assert history.louder(loud[0], loud[0])
    assert not history.louder(loud[0] + 0.001, loud[1] - 0.001)
    assert not history.louder(loud[-1] + 0.001, float(time_s[-1]))


@pytest.mark.parametrize("origin_s", [0.0, 1.7e9])
@given(st.integers(0, 400), st.integers(-2, 2), st.integers(1, 300))
def test_which_cells_a_span_holds_does_not_depend_on_the_newest(origin_s, cell, ulps, size):
    """Stamps that count from 1970 are rounded to a quarter of a microsecond, and times that are asked for as well."""
    time_s = origin_s + np.arange(1, 1201) / 100.0
    asked_s = time_s[cell] + ulps * float(np.spacing(time_s[cell]))
    history = History()
    for first in range(0, len(time_s), size):
        cells = slice(first, first + size)
        nothing = np.zeros(len(time_s[cells]))
        none = np.zeros((3, len(nothing)))
        history.append(MotionBlock(time_s[cells], *[nothing] * 5, none, none, none, nothing), nothing, nothing)
        if cells.stop > cell + 1:
            span = history.between(asked_s, asked_s + 0.5)
            assert span is not None
            assert span.time_s[0] == time_s[time_s >= asked_s][0]
