"""Walking, however slow, is no pelvic drop: the pelvis rises over each leg while it lists to and fro once."""

import numpy as np
import pytest

from hiplevel import Samples, analyze
from hiplevel.detect.strode import turns

G_M_S2 = 9.80665


def listing(stride_s: float, rises: int, strides: int = 10, list_deg: float = 4.0, bounce_cm: float = 3.0) -> Samples:
    """Standing, then listing to and fro, the pelvis rising and sinking so often meanwhile; then standing."""
    t = np.arange(-4.0, strides * stride_s + 4.0, 0.01)
    going = (t > 0.0) & (t < strides * stride_s)
    turn = np.where(going, 2.0 * np.pi * t / stride_s, 0.0)
    list_rad = np.radians(list_deg) * np.sin(turn)
    lift = 0.005 * bounce_cm * (2.0 * np.pi * rises / stride_s) ** 2 * np.where(going, np.sin(rises * turn), 0.0)
    upward = G_M_S2 + lift
    acc = np.stack([0.0 * t, upward * np.sin(list_rad), upward * np.cos(list_rad)], axis=1)
    gyr = np.stack([np.gradient(list_rad, t), 0.0 * t, 0.0 * t], axis=1)
    return Samples(t - t[0], acc, gyr)


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
