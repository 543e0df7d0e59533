"""Every shipped sensor, over real GATT to the unmodified client, with everything going wrong on the way."""

import asyncio

import numpy as np
import pytest

from hiplevel.model.samples import Samples
from hiplevel.sensors.spec import Spec
from hiplevel.sensors.virtual.faults import Faults
from sensors.virtual_trial import EVERY, Trial, trial, truth_at


def has_clock(spec: Spec) -> bool:
    return any(frame.time is not None for frame in spec.frames)


def knows_loss(spec: Spec) -> bool:
    return any(frame.gap != "none" for frame in spec.frames if frame.samples)


def apart(spec: Spec) -> bool:
    return len({frame.samples.has("acc") for frame in spec.frames if frame.samples}) == 2


@EVERY
def test_lost_and_doubled_packets_leave_the_right_values_at_the_right_times(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        got, stream = one.dated()
        assert one.sensor.dropped > 0 or apart(spec)
        assert np.all(np.diff(got.time_s) > 0)
        assert stream.health.errors == {}
        assert (stream.health.lost is None) is not knows_loss(spec)
        if has_clock(spec):
            tick_s = max(float(f.time.tick_ns) for f in spec.frames if f.time) * 1e-9
            acc, gyr = truth_at(got.time_s + first_s(got, spec))
            reach = 1e-3 + 12.0 * tick_s + (0.25 if apart(spec) else 0.0)  # a line across a short loss is not the wave
            assert np.abs(got.gyr_rad_s - gyr).max() < reach + 12.0 * tick_s + 0.01
            assert np.quantile(np.abs(got.acc_m_s2 - acc), 0.95) < reach + 30.0 * tick_s + 0.01
        if stream.health.lost is not None and not apart(spec):
            missing = round(4.0 * spec.rate_hz()) - len(got)
            assert 0 <= missing - stream.health.lost <= 2 * one.sensor._encoder.batch  # type: ignore[union-attr]

    trial(spec, test, faults=Faults(drop=0.05, duplicate=0.05, seed=3))


def first_s(got: Samples, spec: Spec) -> float:
    """Of the first sample that arrived, when it was taken: the wave of x turns slowest and is known."""
    near = np.arange(0, 2.0, 1.0 / spec.rate_hz())
    _, gyr = truth_at(near)
    return float(near[np.argmin(np.abs(gyr - got.gyr_rad_s[0]).sum(axis=1))])


@EVERY
def test_bursts_do_not_disturb_the_times(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        got, stream = one.dated()
        assert len(got) >= round(5.0 * spec.rate_hz()) - (2 * 71 if spec.limits.get("latency_s") else 20)
        steps = np.diff(got.time_s)[round(2 * spec.rate_hz()) :]
        assert np.abs(steps * spec.rate_hz() - 1.0).max() < 0.25 + (0.5 if "bluest" in spec.id else 0.0)
        assert (stream.health.gaps, stream.health.lost or 0) == (0, 0)

    trial(spec, test, 5.0, faults=Faults(burst_s=0.03, drift_ppm=50.0))


@EVERY
def test_counter_and_clock_come_round_unnoticed(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        got, stream = one.dated()
        assert len(got) >= round(4.0 * spec.rate_hz()) - 2 * 71
        health = stream.health
        assert (health.restarts, health.gaps, health.lost or 0, health.late) == (0, 0, 0, 0)

    trial(spec, test, faults=Faults(wrap_s=1.0))


@EVERY
def test_packets_that_overtake_each_other_never_turn_time_back(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        got, stream = one.dated()
        assert np.all(np.diff(got.time_s) > 0)
        assert one.sensor.reordered > 0 or spec.limits.get("latency_s")
        if has_clock(spec) and knows_loss(spec) and not apart(spec):
            assert stream.health.late == one.sensor.reordered - (one.sensor._voice._overtaken is not None)
            assert stream.health.restarts == 0

    trial(spec, test, faults=Faults(reorder=0.1, seed=1))


@EVERY
def test_a_broken_link_is_told_and_the_session_goes_on_after_it(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.connect()
        await one.client.start()
        await one.lost.wait()
        while one.sensor._device.connections:
            await asyncio.sleep(0)
        await one.client.disconnect()
        one.pacer.skip(3.0)
        await one.connect()
        await one.client.start()
        await one.sensor.finished.wait()
        if "battery" in spec.chars:
            await one.client.read("battery")
        got, _ = one.dated()
        steps = np.diff(got.time_s)
        assert np.all(steps > 0)
        assert steps.max() == pytest.approx(3.0, abs=2.2 if spec.limits.get("latency_s") else 0.2)
        assert np.count_nonzero(steps > 0.5) == 1

    trial(spec, test, 12.0, faults=Faults(break_after=4))


@EVERY
def test_a_sensor_that_falls_silent_stays_connected(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        data = {frame.on for frame in spec.frames if frame.samples}
        assert len([n for n in one.got if n.characteristic in data]) <= one.sensor.sent + 8
        assert one.sensor.sent == 2
        assert not one.lost.is_set()

    trial(spec, test, faults=Faults(stall_after=2))
