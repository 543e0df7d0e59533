"""Whether rest may be the turn of a repetition: the way there is judged without the rests before and after."""

import numpy as np
import pytest

from detect.moving import motion
from hiplevel import load_exercise
from hiplevel.detect.gates import Gates
from hiplevel.detect.history import History
from hiplevel.detect.holding import Holding


def went_down(before_s: float, way_s: float, after_s: float, depth_m: float = 0.6) -> tuple[Holding, float]:
    """Rest, so far down in so long, rest; and when that is."""
    u = np.linspace(0.0, 1.0, round(100 * way_s))
    way = -depth_m * u**3 * (10.0 - 15.0 * u + 6.0 * u * u)
    down = np.concatenate([np.zeros(round(100 * before_s)), way, np.full(round(100 * after_s), -depth_m)])
    upward = np.gradient(np.gradient(down, 0.01), 0.01)
    zero, squat = np.zeros_like(down), load_exercise("squat")
    block = motion(zero, tilt_deg=-40.0 * down / depth_m, acc_m_s2=np.stack([zero, zero, upward]))
    history = History(squat.counting.max_acc_m_s2)
    history.append(block, 100.0 * down, upward)
    return Holding(squat.counting, history, Gates(squat)), float(block.time_s[-1])


@pytest.mark.parametrize(("before_s", "after_s"), [(0.1, 0.3), (5.0, 0.3), (0.1, 5.0), (4.0, 3.0)])
def test_a_quick_way_down_may_be_a_squat_however_long_one_stood_before_and_stays(before_s, after_s):
    holding, now_s = went_down(before_s, 1.0, after_s)
    assert holding.may_be(0.1, now_s, now_s)


@pytest.mark.parametrize("before_s", [0.1, 4.0])
def test_what_shakes_more_than_its_way_explains_may_not(before_s):
    holding, now_s = went_down(before_s, 0.25, 0.3, depth_m=0.2)
    assert not holding.may_be(0.1, now_s, now_s)
