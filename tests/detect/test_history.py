"""The mean square acceleration of a span is that of its cells, wherever they lie in what is kept."""

import math

import numpy as np
import pytest

from hiplevel.detect.history import CAPACITY, History
from hiplevel.motion.block import MotionBlock

RNG = np.random.default_rng(3)
CELLS = CAPACITY + 5000  # so that what is kept was moved up


@pytest.fixture(scope="module")
def filled() -> tuple[History, np.ndarray, np.ndarray]:
    time_s, acc = np.arange(1, CELLS + 1) / 100.0, RNG.standard_normal((3, CELLS))
    history = History()
    for first in range(0, CELLS, 700):
        cells = slice(first, first + 700)
        nothing = np.zeros(len(time_s[cells]))
        none = np.zeros((3, len(nothing)))
        block = MotionBlock(time_s[cells], *[nothing] * 5, none, acc[:, cells], none, nothing)
        history.append(block, nothing, nothing)
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
