"""Two streams at two rates give the angles that one stream gives, however they arrive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import Calibration, InputError, Merger, Samples, analyze
from motion.analytic import clock, sine, worn

EXACT = Calibration.from_matrix(np.eye(3))


def merged(acc_time_s, acc_m_s2, gyr_time_s, gyr_rad_s) -> Samples:
    """Both streams whole."""
    merger = Merger()
    return merger.acc(acc_time_s, acc_m_s2).joined(merger.gyr(gyr_time_s, gyr_rad_s), merger.finish())


def moving(rate_hz: float, start_s: float = 0.0) -> Samples:
    time_s = clock(20.0, rate_hz, start_s)
    return worn(time_s, obliquity=sine(time_s, 10.0, 0.4, 4.0), tilt=sine(time_s, 20.0, 0.7, 4.0)).samples


def arrays(samples: Samples) -> tuple[np.ndarray, ...]:
    return samples.time_s, samples.acc_m_s2, samples.gyr_rad_s


def same(one: Samples, other: Samples) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(arrays(one), arrays(other), strict=True))


@pytest.mark.parametrize(("acc_hz", "gyr_hz"), [(100.0, 100.0), (52.0, 104.0), (416.0, 104.0), (26.0, 208.0)])
def test_the_angles_are_those_of_one_stream(acc_hz, gyr_hz):
    acc, gyr = moving(acc_hz, 0.0013), moving(gyr_hz)
    seen = analyze(merged(acc.time_s, acc.acc_m_s2, gyr.time_s, gyr.gyr_rad_s), calibration=EXACT)
    true_deg = sine(seen.time_s, 10.0, 0.4, 4.0)[0]
    assert np.abs(seen.obliquity_deg - true_deg).max() < 0.35
    assert len(seen.gaps) == 0


@given(cuts=st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=60), seed=st.integers(0, 99))
def test_neither_the_cut_nor_the_order_of_arrival_matters(cuts, seed):
    rng = np.random.default_rng(seed)
    acc, gyr = (moving(rate)[:300] for rate in (60.0, 100.0))
    kept = rng.random(300) > 0.05
    acc, gyr = Samples(*(a[kept] for a in arrays(acc))), Samples(*(a[kept[::-1]] for a in arrays(gyr)))
    whole = merged(acc.time_s, acc.acc_m_s2, gyr.time_s, gyr.gyr_rad_s)
    merger, parts, at = Merger(), [Samples.empty()], {True: 0, False: 0}
    for of_acc, count in [*cuts, (True, 300), (False, 300)]:
        part = (acc if of_acc else gyr)[at[of_acc] : at[of_acc] + count]
        at[of_acc] += count
        values = part.acc_m_s2 if of_acc else part.gyr_rad_s
        parts.append((merger.acc if of_acc else merger.gyr)(part.time_s, values))
    assert same(parts[0].joined(*parts[1:], merger.finish()), whole)


def test_where_the_accelerometer_is_silent_nothing_is_invented():
    both = moving(100.0)
    there = (both.time_s < 8.0) | (both.time_s >= 9.0)
    seen = analyze(merged(both.time_s[there], both.acc_m_s2[there], both.time_s, both.gyr_rad_s))
    assert [(gap.start_s, gap.end_s) for gap in seen.gaps] == [(pytest.approx(7.99), pytest.approx(9.0))]


def test_what_does_not_fit_is_refused():
    merger = Merger()
    with pytest.raises(InputError, match=r"shape \(2, 2\)"):
        merger.acc([0.0, 1.0], np.zeros((2, 2)))
    merger.gyr([0.0, 1.0], np.zeros((2, 3)))
    with pytest.raises(InputError, match="gyroscope's time does not increase"):
        merger.gyr([1.0], np.zeros((1, 3)))
