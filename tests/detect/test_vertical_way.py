"""From rest, to rest or between two rests a body has gone up as far as it has, however it went."""

import numpy as np
import pytest

from hiplevel.detect.vertical_way import VerticalWay, running, summed

DT_S, RISE_M, LASTS_S = 0.01, 0.4, 1.6
OMEGA = np.pi / LASTS_S
TIME_S = (np.arange(round(LASTS_S / DT_S)) + 0.5) * DT_S
LIFT_M_S2 = 0.5 * RISE_M * OMEGA**2 * np.cos(OMEGA * TIME_S)  # up, from standing still to standing still
HALF = len(LIFT_M_S2) // 2


def test_between_two_rests_all_three_agree():
    way = summed(LIFT_M_S2)
    for rose_m in (way.from_rest, way.to_rest, way.between_rests):
        assert rose_m == pytest.approx(RISE_M, abs=0.002)


def test_half_way_one_end_at_rest_tells():
    assert summed(LIFT_M_S2[:HALF]).from_rest == pytest.approx(0.5 * RISE_M, abs=0.004)
    assert summed(LIFT_M_S2[HALF:]).to_rest == pytest.approx(0.5 * RISE_M, abs=0.004)


@pytest.mark.parametrize("error_m_s2", [-0.2, 0.1])
def test_between_two_rests_an_error_of_the_accelerometer_is_none_of_the_way(error_m_s2):
    way = summed(LIFT_M_S2 + error_m_s2)
    assert way.between_rests == pytest.approx(RISE_M, abs=0.002)
    assert way.from_rest == pytest.approx(RISE_M + 0.5 * error_m_s2 * LASTS_S**2, abs=0.004)


@pytest.mark.parametrize("cut", [1, 40, 159])
def test_the_way_since_a_moment_is_that_of_the_cells_since_then(cut):
    gained, gone = running(LIFT_M_S2, VerticalWay(0.0, 0.0, 0.0))
    whole, before = (VerticalWay(float(k), gained[k - 1], gone[k - 1]) for k in (len(gained), cut))
    since, alone = whole.since(before), summed(LIFT_M_S2[cut:])
    assert since.from_rest == pytest.approx(alone.from_rest, abs=1e-12)
    assert since.between_rests == pytest.approx(alone.between_rests, abs=1e-12)
