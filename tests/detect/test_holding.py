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


def test_asking_at_every_beat_tells_the_same_as_asking_once():
    """Out in three ways with rests between, shaken by a blow at first: what rests is judged by the way that it went."""
    u = np.linspace(0.0, 1.0, 60)
    step = u**3 * (10.0 - 15.0 * u + 6.0 * u * u)
    parts = [[0.0] * 20, 4.0 * step, [4.0] * 150, 4.0 + 36.0 * step, [40.0] * 150, 40.0 + 20.0 * step, [60.0] * 200]
    tilt_deg = np.concatenate(parts)
    acc = np.zeros((3, len(tilt_deg)))
    acc[0, 10:40] = 6.0
    hinge = load_exercise("single-leg-deadlift")
    block = motion(np.zeros_like(tilt_deg), tilt_deg=tilt_deg, acc_m_s2=acc)

    def asked(times_s):
        history = History(hinge.counting.max_acc_m_s2)
        history.append(block, tilt_deg, acc[2])
        holding = Holding(hinge.counting, history, Gates(hinge))
        return [holding.may_be(0.1, now_s, now_s) for now_s in times_s]

    beats_s = block.time_s[50::50].tolist()
    told = asked(beats_s)
    assert told == [asked([now_s])[0] for now_s in beats_s]
    assert set(told) == {True, False}
