"""Walking, however slow, is no pelvic drop: the pelvis rises over each leg while it lists to and fro once."""

import numpy as np
import pytest

from detect.listing import listing
from hiplevel import analyze
from hiplevel.detect.strode import turns


@pytest.mark.parametrize("stride_s", [1.5, 1.75, 2.0])
def test_a_slow_walk_is_no_set_of_pelvic_drops(stride_s):
    assert analyze(listing(stride_s, rises=2), exercise="pelvic-drop", stance="left").reps == ()


@pytest.mark.parametrize("stride_s", [1.5, 2.0, 2.5])
def test_pelvic_drops_as_quick_are_counted(stride_s):
    reps = analyze(listing(stride_s, rises=1, bounce_cm=2.0), exercise="pelvic-drop", stance="left").reps
    assert len(reps) in (9, 10)  # the first or the last may lack its other half


@pytest.mark.parametrize(
    ("x", "count"),
    [
        ([0.0, 1.0], 0),
        ([0.0, 3.0, 0.0], 1),
        ([0.0, 3.0, 1.0, 3.0, 0.0], 3),
        ([0.0, 3.0, 2.5, 3.5, 0.0], 1),  # too little to be a way back
        ([1.0, 1.0, 1.0], 0),
        ([0.0, 0.4, 0.0, 0.4, 0.0], 0),
    ],
)
def test_a_turn_has_a_way_before_and_after_it(x, count):
    assert turns(np.array(x), 1.0) == count
    assert turns(-np.array(x), 1.0) == count
