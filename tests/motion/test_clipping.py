"""Readings at the sensor's full scale are marked, and a movement that merely is large is not."""

import numpy as np
import pytest

from hiplevel import Clipped, Pipeline, Samples, analyze, simulate
from hiplevel.motion.clipping import ClipWatch
from motion.analytic import clock

G = 9.80665


def hops(acc_range_g: float, gyr_range_deg_s: float = 2000.0) -> Samples:
    imu = simulate.ImuErrors(acc_range_g=acc_range_g, gyr_range_deg_s=gyr_range_deg_s, bits=16)
    return simulate.exercise("sideways-hop", reps=6, seed=3, imu=imu).samples


def clipped(samples: Samples) -> list[Clipped]:
    return [event for event in analyze(samples).events if isinstance(event, Clipped)]


def along(values: np.ndarray) -> Samples:
    """Readings of the vertical axis at 100 Hz."""
    acc = np.zeros((len(values), 3))
    acc[:, 2] = values
    return Samples(np.arange(len(values)) / 100.0, acc, np.zeros_like(acc))


def test_landings_beyond_the_range_are_marked_and_within_it_are_not():
    assert not clipped(hops(16.0))
    found = clipped(hops(2.0))
    assert len(found) >= 6
    assert {event.sensor for event in found} == {"accelerometer"}
    assert all(event.limit == pytest.approx(2.0 * G, rel=0.01) for event in found)
    assert all(event.start_s <= event.end_s < event.known_s for event in found)
    assert all(event.samples >= 2 for event in found)


def test_a_gyroscope_at_its_limit_is_named():
    time_s = clock(12.0)
    rate = np.clip(6.0 * np.sin(2.0 * np.pi * 0.5 * time_s) * (time_s > 4.0), -np.radians(250.0), np.radians(250.0))
    acc, gyr = np.tile([0.0, 0.0, G], (len(time_s), 1)), np.zeros((len(time_s), 3))
    gyr[:, 2] = rate
    found = clipped(Samples(time_s, acc, gyr))
    assert {event.sensor for event in found} == {"gyroscope"}
    true = np.abs(rate) >= np.radians(250.0) - 1e-9
    assert sum(event.samples for event in found) == np.count_nonzero(true)
    assert found[0].start_s == pytest.approx(time_s[true][0])


@pytest.mark.parametrize(("limit", "repeats", "marked"), [(39.2, 2, True), (31.0, 2, False), (31.0, 3, True)])
def test_two_alike_are_enough_at_a_usual_range_and_three_at_any(limit, repeats, marked):
    watch = ClipWatch()
    values = np.concatenate([np.full(50, G), [20.0], np.full(repeats, limit), [22.0], np.full(100, G)])
    found = [*watch.process(along(values)), *watch.finish()]
    assert [event.samples for event in found] == ([repeats] if marked else [])


def test_a_value_that_repeats_below_what_was_read_before_is_no_limit():
    watch = ClipWatch()
    values = np.concatenate([np.full(50, G), [45.0], np.full(5, 39.2), np.full(100, G)])
    assert not [*watch.process(along(values)), *watch.finish()]


@pytest.mark.parametrize("size", [2, 199])
def test_it_does_not_depend_on_the_cut_and_comes_in_its_turn(size):
    samples = hops(2.0, 125.0)
    samples.acc_m_s2[700:703] = np.nan
    whole = analyze(samples, exercise="sideways-hop")
    assert {event.sensor for event in whole.events if isinstance(event, Clipped)} == {"accelerometer"}
    known = [event.known_s for event in whole.events]
    assert known == sorted(known)
    pipeline = Pipeline(exercise="sideways-hop")
    outs = [pipeline.process(samples[at : at + size]) for at in range(0, len(samples), size)]
    assert tuple(event for out in [*outs, pipeline.finish()] for event in out.events) == whole.events
