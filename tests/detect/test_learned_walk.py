"""Strides are no repetitions of a movement that nobody described, however slow the walk."""

import pytest

from detect.listing import listing
from hiplevel import analyze


@pytest.mark.parametrize("exercise", ["generic", "standing-abduction"])
@pytest.mark.parametrize("stride_s", [1.8, 2.0, 2.2])
def test_a_slow_walk_is_no_movement_that_is_counted(stride_s, exercise):
    walk = listing(stride_s, rises=2, strides=12, list_deg=6.0)
    assert analyze(walk, exercise=exercise, stance="left").reps == ()


@pytest.mark.parametrize("period_s", [1.8, 2.0, 2.2])
def test_a_movement_that_rises_once_is_counted_at_the_same_pace(period_s):
    moved = listing(period_s, rises=1, strides=12, list_deg=6.0)
    assert len(analyze(moved, exercise="generic").reps) == 12
