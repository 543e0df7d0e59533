"""Drops: what starts one, what ends it, and the numbers in it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hiplevel import Drop, DropRule, DropStarted, DropUpdated, Samples, UsageError, analyze
from hiplevel.detect.drops import Drops
from motion.analytic import clock, path, worn

Told = list[DropStarted | Drop]


def cells(*pieces: tuple[float, float]) -> np.ndarray:
    """(how long in s, degrees) one after the other, on the 100 Hz grid."""
    return np.concatenate([np.full(round(100 * lasts_s), deg) for lasts_s, deg in pieces])


def watch(obliquity_deg: np.ndarray, rule: DropRule, stance: str = "left", finish: bool = True) -> Told:
    drops = Drops(stance, rule)
    time_s = np.arange(len(obliquity_deg)) / 100.0
    out = drops.process(time_s, obliquity_deg)
    out += drops.finish(float(time_s[-1])) if finish else []
    return sorted(out, key=lambda event: event.known_s)


def of(kind: type, told: Told) -> list:
    return [e for e in told if isinstance(e, kind)]


def test_a_rectangle_gives_its_own_peak_mean_area_and_duration():
    told = watch(cells((1.0, 0.0), (0.8, 8.0), (1.0, 0.0)), DropRule(5.0, 1.0, 0.1))
    started, drop = told
    assert isinstance(started, DropStarted)
    assert (started.side, started.drop_deg, started.limit_deg) == ("right", 8.0, 5.0)
    assert started.time_s == started.known_s == pytest.approx(1.1)
    assert isinstance(drop, Drop)
    assert (drop.side, drop.peak_deg, drop.mean_deg, drop.limit_deg, drop.complete) == ("right", 8.0, 8.0, 5.0, True)
    assert drop.start_s == pytest.approx(1.0)
    assert drop.end_s == drop.known_s == pytest.approx(1.8)
    assert drop.duration_s == pytest.approx(0.8)
    assert drop.area_deg_s == pytest.approx(0.8 * 3.0)


@given(peak=st.floats(6.0, 30.0), ramp_s=st.floats(0.2, 3.0), flat_s=st.floats(0.0, 3.0), limit=st.floats(2.0, 5.5))
def test_a_trapezoid_gives_the_numbers_of_its_geometry(peak, ramp_s, flat_s, limit):
    assume(2.0 * ramp_s * (1.0 - limit / peak) + flat_s > 0.1)  # long enough to be one
    knots = np.cumsum([0.5, ramp_s, flat_s, ramp_s, 0.5])
    time_s = np.arange(round(100 * knots[-1])) / 100.0
    shape = np.interp(time_s, knots - 0.5, [0.0, peak, peak, 0.0, 0.0])
    drop = of(Drop, watch(shape, DropRule(limit, 0.5, 0.05)))[0]
    over_s = ramp_s * (1.0 - limit / peak)
    slack_s = 0.021
    assert drop.start_s == pytest.approx(ramp_s * limit / peak, abs=slack_s)
    assert drop.duration_s == pytest.approx(2.0 * over_s + flat_s, abs=2.0 * slack_s)
    assert drop.peak_deg == pytest.approx(peak, abs=peak / ramp_s * 0.01)
    assert drop.area_deg_s == pytest.approx((peak - limit) * (flat_s + over_s), abs=(peak - limit) * slack_s)
    mean = (peak * flat_s + (peak + limit) * over_s) / (flat_s + 2.0 * over_s)
    assert drop.mean_deg == pytest.approx(mean, abs=2.0 * slack_s * peak / ramp_s)


def test_exactly_at_the_limit_is_not_beyond_it():
    assert watch(cells((1.0, 0.0), (2.0, 5.0), (1.0, 0.0)), DropRule(5.0)) == []
    assert watch(cells((1.0, 0.0), (2.0, np.nextafter(5.0, 6.0)), (1.0, 0.0)), DropRule(5.0)) != []


def test_a_drop_lasts_until_it_is_back_by_the_hysteresis():
    lingering = cells((0.5, 0.0), (0.5, 7.0), (2.0, 4.5), (0.5, 7.0), (0.5, 3.9), (0.5, 0.0))
    started, drop = watch(lingering, DropRule(5.0, 1.0, 0.1))
    assert isinstance(started, DropStarted)
    assert drop.start_s == pytest.approx(0.5)
    assert drop.end_s == pytest.approx(3.5)  # the last moment beyond the limit
    assert drop.known_s == pytest.approx(3.5)
    assert drop.area_deg_s == pytest.approx(2.0)  # only what exceeded the limit
    assert len(of(Drop, watch(lingering, DropRule(5.0, 0.2, 0.1)))) == 2


@pytest.mark.parametrize("hysteresis_deg", [0.6, 1.0, 3.0])
def test_trembling_around_the_limit_is_one_drop_not_many(hysteresis_deg):
    time_s = np.arange(600) / 100.0
    trembling = np.where((time_s > 1.0) & (time_s < 5.0), 5.0 + 0.5 * np.sin(2.0 * np.pi * 3.0 * time_s), 0.0)
    told = watch(trembling, DropRule(5.0, hysteresis_deg, 0.05))
    assert [type(e) for e in told] == [DropStarted, Drop]
    assert told[1].end_s == pytest.approx(4.9, abs=0.2)


def test_without_hysteresis_every_crossing_counts():
    time_s = np.arange(400) / 100.0
    wave = 5.0 + 2.0 * np.sin(2.0 * np.pi * time_s - 0.3)
    assert len(of(Drop, watch(wave, DropRule(5.0, 0.0, 0.1)))) == 4


@pytest.mark.parametrize(("lasts_s", "alarms"), [(0.05, 0), (0.19, 0), (0.2, 0), (0.21, 1), (0.5, 1)])
def test_a_blip_shorter_than_the_least_duration_is_no_drop(lasts_s, alarms):
    told = watch(cells((1.0, 0.0), (lasts_s, 9.0), (1.0, 0.0)), DropRule(5.0, 1.0, 0.2))
    assert len(of(DropStarted, told)) == len(of(Drop, told)) == alarms


def test_many_blips_do_not_add_up_to_a_drop():
    blips = np.tile(cells((0.08, 9.0), (0.02, 0.0)), 30)
    assert watch(blips, DropRule(5.0, 1.0, 0.1)) == []


@pytest.mark.parametrize("min_s", [0.0, 0.01, 0.1, 0.25, 1.0, 10.0])
def test_the_alarm_comes_at_once(min_s):
    """At the first sample past the least duration, long before anyone knows how the drop ends."""
    told = watch(cells((1.0, 0.0), (12.0, 9.0)), DropRule(5.0, 1.0, min_s), finish=False)
    assert [type(e) for e in told] == [DropStarted]
    assert told[0].known_s == pytest.approx(1.0 + min_s)


def test_the_alarm_comes_live_not_with_the_end_of_the_drop():
    drops = Drops("left", DropRule(5.0, 1.0, 0.1))
    signal = cells((1.0, 0.0), (3.0, 9.0), (1.0, 0.0))
    told = {k: drops.process(np.array([k / 100.0]), signal[k : k + 1]) for k in range(len(signal))}
    assert [k for k, events in told.items() if of(DropStarted, events)] == [110]
    assert [k for k, events in told.items() if of(Drop, events)] == [400]


@pytest.mark.parametrize(
    ("stance", "falls"),
    [("left", ["right"]), ("right", ["left"]), ("both", ["right", "left"]), ("auto", ["right", "left"])],
)
def test_the_side_not_stood_upon_is_the_one_that_may_fall(stance, falls):
    """Left side up means the right one has fallen."""
    told = watch(cells((1.0, 0.0), (1.0, 8.0), (1.0, 0.0), (1.0, -8.0), (1.0, 0.0)), DropRule(5.0), stance)
    assert [d.side for d in of(Drop, told)] == falls
    assert all(d.peak_deg == 8.0 for d in of(Drop, told))


def test_each_side_has_its_own_limit():
    rule = DropRule(5.0, left_deg=10.0)
    signal = cells((1.0, 0.0), (1.0, 8.0), (1.0, 0.0), (1.0, -8.0), (1.0, 0.0), (1.0, -11.0), (1.0, 0.0))
    drops = of(Drop, watch(signal, rule, "both"))
    assert [(d.side, d.limit_deg, d.peak_deg) for d in drops] == [("right", 5.0, 8.0), ("left", 10.0, 11.0)]


def test_swinging_over_is_a_drop_of_either_side():
    time_s = np.arange(800) / 100.0
    told = watch(9.0 * np.sin(2.0 * np.pi * 0.25 * time_s), DropRule(5.0), "both")
    assert [d.side for d in of(Drop, told)] == ["right", "left", "right", "left"]


def test_a_drop_open_at_the_end_is_closed_and_says_it_is_not_whole():
    drop = of(Drop, watch(cells((1.0, 0.0), (1.0, 8.0)), DropRule(5.0)))[0]
    assert not drop.complete
    assert drop.end_s == pytest.approx(2.0)


def test_less_than_the_least_duration_at_the_end_is_nothing():
    assert watch(cells((1.0, 0.0), (0.05, 8.0)), DropRule(5.0, 1.0, 0.1)) == []


@given(st.lists(st.floats(-12.0, 12.0), min_size=1, max_size=25), st.floats(0.0, 0.3), st.floats(0.0, 1.9))
def test_drops_never_overlap_and_always_exceed_the_limit(levels, min_s, hysteresis):
    signal = np.repeat(levels, 7)
    told = watch(signal, DropRule(2.0, hysteresis, min_s), "both")
    for side in ("left", "right"):
        own = [e for e in told if e.side == side and not isinstance(e, DropUpdated)]
        assert [type(e) for e in own] == [DropStarted, Drop] * (len(own) // 2)
        drops = of(Drop, own)
        for before, after in pairwise(drops):
            assert before.end_s <= after.start_s
        for started, drop in zip(of(DropStarted, own), drops, strict=True):
            assert drop.peak_deg > drop.limit_deg
            assert drop.start_s <= started.time_s <= drop.known_s + 0.011
            assert drop.duration_s > min_s - 0.011
            assert drop.area_deg_s > 0.0
            assert drop.mean_deg <= drop.peak_deg + 1e-9


def on_block(*moves: tuple[float, float]) -> Samples:
    """Standing still for 2 s, then obliquity along these moves."""
    route = [(2.0, 0.0), *moves, (2.0, 0.0)]
    time_s = clock(sum(lasts_s for lasts_s, _ in route))
    return worn(time_s, obliquity=path(time_s, route), noise=1.0).samples


@pytest.mark.parametrize(("stance", "fall"), [("left", 9.0), ("right", -9.0)])
def test_the_whole_way_from_samples_to_a_drop(stance, fall):
    seen = analyze(on_block((1.0, fall), (2.0, fall), (1.0, 0.0)), stance=stance, rule=DropRule(6.0))
    assert [(d.side, d.complete) for d in seen.drops] == [("right" if stance == "left" else "left", True)]
    drop = seen.drops[0]
    assert drop.peak_deg == pytest.approx(9.0, abs=0.3)
    # Minimum jerk passes two thirds of the way after 0.58 of its time.
    assert drop.start_s == pytest.approx(2.585, abs=0.03)
    assert drop.end_s == pytest.approx(5.415, abs=0.03)


def test_a_hike_is_no_drop():
    """Standing on the left, the right side raised: obliquity falls, nothing has dropped."""
    assert analyze(on_block((1.0, -12.0), (2.0, -12.0), (1.0, 0.0)), stance="left", rule=DropRule(5.0)).drops == ()


@pytest.mark.parametrize("gap_s", [0.4, 2.0])
def test_no_drop_spans_a_gap(gap_s):
    samples = on_block((1.0, 9.0), (6.0, 9.0), (1.0, 0.0))
    keep = (samples.time_s < 5.0) | (samples.time_s >= 5.0 + gap_s)
    seen = analyze(
        Samples(samples.time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep]),
        stance="left",
        rule=DropRule(6.0),
    )
    first, second = seen.drops
    gap = seen.gaps[0]
    assert not first.complete
    assert first.end_s <= gap.start_s + 0.011
    assert second.start_s >= gap.end_s - 1e-6
    assert second.complete
    assert len(of(DropStarted, list(seen.events))) == 2


def test_a_few_lost_packets_do_not_split_a_drop():
    samples = on_block((1.0, 9.0), (3.0, 9.0), (1.0, 0.0))
    keep = (samples.time_s < 4.5) | (samples.time_s >= 4.65)
    cut = Samples(samples.time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep])
    whole = analyze(samples, stance="left", rule=DropRule(6.0)).drops
    assert [d.complete for d in analyze(cut, stance="left", rule=DropRule(6.0)).drops] == [True]
    drop = analyze(cut, stance="left", rule=DropRule(6.0)).drops[0]
    assert drop.duration_s == pytest.approx(whole[0].duration_s, abs=0.015)  # a cell more or less


def test_a_drop_that_grows_is_told_with_its_running_peak():
    growing = np.concatenate([np.linspace(0.0, 16.0, 400), np.zeros(100)])
    told = watch(growing, DropRule(5.0, 1.0, 0.1))
    peaks = [event.peak_deg for event in of(DropUpdated, told)]
    assert len(peaks) >= 8
    assert all(later >= earlier + 0.5 for earlier, later in pairwise(peaks))
    assert peaks[-1] <= of(Drop, told)[0].peak_deg == pytest.approx(16.0)
    assert [event.known_s for event in told] == sorted(event.known_s for event in told)


def test_a_warning_comes_before_the_alarm_and_alone_when_it_stays_at_that():
    rule = DropRule(8.0, 1.0, 0.1, warn_deg=5.0)
    told = watch(cells((1.0, 0.0), (1.0, 6.0), (1.0, 0.0), (1.0, 9.0), (1.0, 0.0)), rule)
    assert [type(event).__name__ for event in told if not isinstance(event, DropUpdated)] == [
        "DropWarned",
        "DropWarned",
        "DropStarted",
        "Drop",
    ]
    assert told[0].known_s == pytest.approx(1.1)


def test_a_warning_above_the_limit_cannot_be_meant():
    with pytest.raises(UsageError, match="warning"):
        DropRule(5.0, warn_deg=6.0)
