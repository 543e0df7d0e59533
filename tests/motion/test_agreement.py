"""A gyroscope in the wrong unit, dead, or with an axis the wrong way round is not believed; a right one always is."""

import re

import numpy as np
import pytest

from hiplevel import InputError, Note, Pipeline, Samples, analyze
from hiplevel.model.errors import Reason
from motion.analytic import clock, path, sine, worn

TIME_S = clock(40.0)
# Bending forward by 35 degrees and up again, with a fall of 6 degrees to the right towards the end.
BENDS = worn(
    TIME_S,
    tilt=path(TIME_S, [(4.0, 0.0), *[(1.5, 35.0), (1.5, 0.0)] * 8]),
    obliquity=path(TIME_S, [(31.0, 0.0), (1.0, 6.0), (3.0, 6.0)]),
    noise=1.0,
).samples


def read(matrix: object) -> Samples:
    return Samples(BENDS.time_s, BENDS.acc_m_s2, BENDS.gyr_rad_s @ np.asarray(matrix, dtype=np.float64))


def warnings(events: object) -> dict[str, Note]:
    return {event.code: event for event in events if isinstance(event, Note)}  # type: ignore[attr-defined]


def test_a_right_gyroscope_is_believed_and_its_drop_told():
    seen = analyze(BENDS, stance="left")
    assert not {"gyroscope-off", "drops-not-graded"} & set(warnings(seen.events))
    assert [drop.side for drop in seen.drops] == ["right"]


@pytest.mark.parametrize("unit", [np.degrees(1.0), 1000.0 * np.degrees(1.0)], ids=["deg/s", "mdeg/s"])
def test_degrees_taken_for_radians_are_refused_with_the_way_out(unit):
    with pytest.raises(InputError) as refused:
        analyze(read(unit * np.eye(3)), stance="left")
    assert refused.value.reason == Reason.UNITS
    assert "deg/s" in str(refused.value)


@pytest.mark.parametrize(
    "matrix",
    [np.zeros((3, 3)), -np.eye(3), np.diag([1.0, -1.0, 1.0]), np.eye(3)[[2, 0, 1]]],
    ids=["dead", "all signs", "one sign", "axes"],
)
def test_one_that_turns_otherwise_is_told_and_no_drop_judged_from_then_on(matrix):
    seen = analyze(read(matrix), stance="left")
    told = warnings(seen.events)
    assert {"gyroscope-off", "drops-not-graded"} <= set(told)
    assert told["gyroscope-off"].known_s < 35.0
    assert [drop for drop in seen.drops if drop.start_s > told["gyroscope-off"].known_s] == []


@pytest.mark.parametrize("size_deg", [5.0, 10.0])
def test_one_that_reads_nothing_is_told_by_the_second_slow_drop(size_deg):
    moves = [(5.0, 0.0), *[(2.5, size_deg), (0.5, size_deg), (2.5, 0.0)] * 5]
    time_s = clock(33.0)
    slow = worn(time_s, obliquity=path(time_s, moves), noise=1.0).samples
    dead = Samples(slow.time_s, slow.acc_m_s2, 0.0 * slow.gyr_rad_s)
    told = warnings(analyze(dead, exercise="pelvic-drop", stance="left").events)
    assert told["gyroscope-off"].known_s < 14.0
    assert "gyroscope-off" not in warnings(analyze(slow, exercise="pelvic-drop", stance="left").events)


def slow(*bias_deg_s: float) -> Samples:
    """Six drops of 10 degrees in 2.5 s each."""
    moves = [(5.0, 0.0), *[(2.5, 10.0), (0.5, 10.0), (2.5, 0.0), (1.5, 0.0)] * 6]
    time_s = clock(52.0)
    return worn(time_s, obliquity=path(time_s, moves), bias_deg_s=bias_deg_s, noise=1.0).samples


SLOW = slow(2.0, -2.5, 1.0)


@pytest.mark.parametrize("matrix", [-np.eye(3), np.diag([-1.0, 1.0, 1.0])], ids=["all signs", "one sign"])
def test_in_slow_drops_one_that_turns_otherwise_is_told_within_a_set(matrix):
    wrong = Samples(SLOW.time_s, SLOW.acc_m_s2, SLOW.gyr_rad_s @ matrix)
    told = warnings(analyze(wrong, exercise="pelvic-drop", stance="left").events)
    assert {"gyroscope-off", "drops-not-graded"} <= set(told)
    right = analyze(SLOW, exercise="pelvic-drop", stance="left")
    assert "gyroscope-off" not in warnings(right.events)
    assert len(right.reps) == 6


def test_degrees_taken_for_radians_are_refused_in_slow_drops_too():
    right = slow(0.5, -0.3, 0.2)
    with pytest.raises(InputError, match="deg/s"):
        analyze(Samples(right.time_s, right.acc_m_s2, np.degrees(right.gyr_rad_s)), exercise="pelvic-drop")


def test_one_at_rest_on_a_table_may_read_nothing():
    rest = worn(TIME_S, noise=1.0).samples
    assert "gyroscope-off" not in warnings(analyze(Samples(rest.time_s, rest.acc_m_s2, 0.0 * rest.gyr_rad_s)).events)


@pytest.mark.parametrize("wrong", ["signs", "dead", "slow", "scale", "axis"])
@pytest.mark.parametrize("size", [3, 49, 50, 333])
def test_when_it_is_told_does_not_depend_on_the_cut(size, wrong):
    slow = Samples(SLOW.time_s, SLOW.acc_m_s2, -SLOW.gyr_rad_s)
    samples = {
        "signs": read(-np.eye(3)),
        "dead": read(np.zeros((3, 3))),
        "slow": slow,
        "scale": Samples(DROPS_S, DROPS.acc_m_s2, 4.0 * DROPS.gyr_rad_s)[:4500],
        "axis": Samples(DROPS_S, DROPS.acc_m_s2, DROPS.gyr_rad_s * [0.0, 1.0, 1.0])[:2000],
    }[wrong]
    pipeline = Pipeline(stance="left")
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    outs.append(pipeline.finish())
    told = tuple(event for out in outs for event in out.events)
    assert told == analyze(samples, stance="left").events
    assert "gyroscope-off" in warnings(told)


def test_turning_about_the_vertical_and_swaying_say_nothing():
    """Neither turns gravity's direction: nothing can be compared, and nothing is held against the sensor."""
    sway = worn(TIME_S, obliquity=sine(TIME_S, 2.0, 0.3), rotation=sine(TIME_S, 60.0, 0.16), noise=1.0).samples
    assert "gyroscope-off" not in warnings(analyze(sway).events)
    silent = Samples(sway.time_s, sway.acc_m_s2, sway.gyr_rad_s * [1.0, 1.0, 0.0])
    assert "gyroscope-off" not in warnings(analyze(silent).events)


# Twenty drops of 8 degrees, with the pelvis tipping along as people's does.
MOVES = [(5.0, 0.0), *[(1.4, 8.0), (0.2, 8.0), (1.4, 0.0), (0.5, 0.0)] * 20]
DROPS_S = clock(76.0)
DROPS = worn(
    DROPS_S,
    obliquity=path(DROPS_S, MOVES),
    tilt=path(DROPS_S, [(5.0, 0.0), *[(1.0, 3.0), (1.5, 0.0), (1.0, 0.0)] * 20]),
    bias_deg_s=(1.5, -2.0, 1.0),
    noise=1.0,
).samples


def dropped(acc: object = 1.0, gyr: object = 1.0) -> dict[str, Note]:
    wrong = Samples(DROPS_S, DROPS.acc_m_s2 * np.asarray(acc), DROPS.gyr_rad_s * np.asarray(gyr))
    return warnings(analyze(wrong, exercise="pelvic-drop", stance="left").events)


@pytest.mark.parametrize("times", [0.125, 0.5, 1.414, 2.0, 4.0])
def test_a_gyroscope_at_another_full_scale_is_told_with_how_far_off_it_is(times):
    told = dropped(gyr=times)
    assert {"gyroscope-off", "drops-not-graded"} <= set(told)
    said = float(re.findall(r"about ([\d.]+) times", told["gyroscope-off"].text)[0])
    assert said == pytest.approx(times, rel=0.12)
    assert told["gyroscope-off"].known_s < 76.0


@pytest.mark.parametrize("times", [0.9, 1.0, 1.1])
def test_one_within_its_data_sheet_is_believed(times):
    assert not {"gyroscope-off", "accelerometer-off", "drops-not-graded"} & set(dropped(gyr=times))


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize(("sensor", "code"), [("gyr", "gyroscope-off"), ("acc", "accelerometer-off")])
def test_an_axis_that_sticks_is_told(sensor, code, axis):
    factors = np.ones(3)
    factors[axis] = 0.0
    told = dropped(**{sensor: factors})
    assert {code, "drops-not-graded"} <= set(told)
    assert told[code].known_s < 20.0


def test_two_axes_of_the_accelerometer_that_are_swapped_are_told():
    wrong = Samples(DROPS_S, DROPS.acc_m_s2[:, [1, 0, 2]], DROPS.gyr_rad_s)
    told = warnings(analyze(wrong, exercise="pelvic-drop", stance="left").events)
    assert {"gyroscope-off", "drops-not-graded"} <= set(told)


def test_an_accelerometer_that_reads_half_or_twice_is_told():
    for times in (0.5, 2.0):
        assert "gravity-off" in dropped(acc=times)
