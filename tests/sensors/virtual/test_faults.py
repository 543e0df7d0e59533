"""Every shipped sensor, over real GATT to the unmodified client, with everything going wrong that can go wrong."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from hiplevel.model.errors import LinkError, Reason, UsageError
from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.client import SensorClient
from hiplevel.sensors.ble.find import find
from hiplevel.sensors.ble.link import HostClock, Notification
from hiplevel.sensors.spec import Spec, list_specs, load_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.faults import Faults, parse_faults
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.radio import VirtualRadio, virtual_radio
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from sensors import virtual_time
from sensors.virtual_bench import TIMEOUT_S, impatient, motion

EVERY = pytest.mark.parametrize("spec", list_specs(), ids=lambda spec: spec.id)
COMMANDED = [s for s in list_specs() if any(x.write and x.response and x.on_fail == "abort" for x in s.probe + s.start)]
ANSWERING = [s for s in list_specs() if any(x.expect and x.on_fail == "abort" for x in s.probe + s.start)]
START_NS = 1_790_000_000 * 10**9


@dataclass
class Trial:
    """A sensor, a client with a clock that goes by the sensor's own time, and what the client got."""

    sensor: VirtualSensor
    client: SensorClient
    radio: VirtualRadio
    pacer: AsFastAsRead
    got: list[Notification] = field(default_factory=list)
    lost: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self) -> None:
        await self.client.connect(await find(self.radio, self.client.spec.match, "sensor", settle_s=0.0))

    async def begin(self) -> None:
        await self.connect()
        await self.client.start()

    async def stream(self) -> None:
        """From connecting to the wearer's last sample."""
        await self.begin()
        await self.sensor.finished.wait()
        if "battery" in self.client.spec.chars:  # its answer comes behind the last packet
            await self.client.read("battery")

    def dated(self) -> tuple[Samples, SensorStream]:
        """What a session makes of it."""
        stream = SensorStream(self.client.spec, **self.client.settings)
        columns = [n.characteristic for n in self.got], [n.payload for n in self.got], [n.arrival_ns for n in self.got]
        return stream.feed_many(*columns).joined(stream.finish()), stream


def trial(
    spec: Spec,
    test: Callable[[Trial], Awaitable[None]],
    seconds: float = 4.0,
    *,
    faults: Faults | None = None,
    client_spec: Spec | None = None,
    settings: dict[str, int | float | str] | None = None,
    battery_percent: int = 87,
) -> None:
    samples = motion(seconds, spec.rate_hz())

    async def run() -> None:
        pacer = AsFastAsRead()
        clock = HostClock(lambda: START_NS, lambda: round(pacer.now_s() * 1e9))
        made: list[VirtualSensor] = []

        def make(air: VirtualAir) -> VirtualSensor:
            options = {"faults": faults, "settings": settings, "battery_percent": battery_percent}
            made.append(VirtualSensor(spec, Given(samples), pacer=pacer, break_link=air.break_links, **options))
            return made[0]

        async with asyncio.timeout(TIMEOUT_S), virtual_radio(make) as radio:
            got: list[Notification] = []
            lost = asyncio.Event()
            client = SensorClient(client_spec or spec, radio, got.append, lost.set, clock=clock, sleep=no_wait)
            one = Trial(made[0], client, radio, pacer, got, lost)
            try:
                await test(one)
            finally:
                await client.disconnect()

    virtual_time.run(run())


async def no_wait(seconds: float) -> None:
    """Only what is asked for every minute is not asked for at once."""
    await (asyncio.Event().wait() if seconds > 10.0 else asyncio.sleep(0))


def truth_at(time_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    wave = np.sin(np.outer(time_s, np.arange(1, 7)))
    return 9.0 * wave[:, :3], 2.0 * wave[:, 3:]


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
        assert len(got) >= round(8.0 * spec.rate_hz()) - (2 * 71 if spec.limits.get("latency_s") else 20)
        steps = np.diff(got.time_s)[round(2 * spec.rate_hz()) :]
        assert np.abs(steps * spec.rate_hz() - 1.0).max() < 0.25 + (0.5 if "bluest" in spec.id else 0.0)
        assert (stream.health.gaps, stream.health.lost or 0) == (0, 0)

    trial(spec, test, 8.0, faults=Faults(burst_s=0.03, drift_ppm=50.0))


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


@pytest.mark.parametrize("spec", COMMANDED, ids=lambda spec: spec.id)
def test_commands_that_are_refused_end_in_a_sentence(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        with pytest.raises(LinkError) as caught:
            await one.begin()
        assert caught.value.reason is Reason.SENSOR_REFUSED
        assert str(caught.value)

    trial(spec, test, faults=Faults(refuse=True))


@pytest.mark.parametrize("spec", ANSWERING, ids=lambda spec: spec.id)
def test_answers_that_do_not_come_end_in_a_sentence(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        with pytest.raises(LinkError, match=r"gave no answer within|answered") as caught:
            await one.begin()
        assert caught.value.reason is Reason.SENSOR_REFUSED

    trial(spec, test, faults=Faults(silent=True), client_spec=dataclasses.replace(impatient(spec), family=""))


@EVERY
def test_firmware_without_a_characteristic_is_refused(spec: Spec) -> None:
    lacking = next(frame.on for frame in spec.frames if frame.samples)

    async def test(one: Trial) -> None:
        with pytest.raises(LinkError, match="lacks the characteristic") as caught:
            await one.connect()
        assert caught.value.reason is Reason.SENSOR_REFUSED

    trial(spec, test, faults=Faults(lacks=lacking))


@pytest.mark.parametrize(
    ("spec_id", "version", "wanted"),
    [("movesense.gsp-imu6", "2.1.0", "2.3"), ("polar.verity-sense-sdk", "1.0.9", "1.1.5")],
)
def test_old_firmware_is_told_as_what_it_is(spec_id: str, version: str, wanted: str) -> None:
    async def test(one: Trial) -> None:
        with pytest.raises(LinkError, match=wanted) as caught:
            await one.connect()
        assert caught.value.reason is Reason.FIRMWARE_OLD
        assert version in str(caught.value)

    trial(load_spec(spec_id), test, faults=Faults(lacks="data", firmware=version))


@EVERY
def test_a_low_battery_is_told_where_the_sensor_tells_it(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        await asyncio.sleep(0)
        _, stream = one.dated()
        if spec.battery is None:
            assert stream.health.battery_percent is None
        else:
            assert stream.health.battery_percent == pytest.approx(6.0, abs=1.0)

    trial(spec, test, battery_percent=6)


def test_a_setting_that_the_sensor_insists_on_is_what_samples_are_dated_by() -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        assert one.client.settings["rate"] == 104
        got, _ = one.dated()
        assert np.diff(got.time_s) == pytest.approx(np.full(len(got) - 1, 1 / 104), abs=1e-6)

    trial(load_spec("hiplevel.reference"), test, faults=Faults(insists={"rate": 104}))


@pytest.mark.parametrize("asked", ["mbientlab.metamotion-r", "mbientlab.metamotion-s"])
@pytest.mark.parametrize("real", ["mbientlab.metamotion-r", "mbientlab.metamotion-s"])
def test_the_probe_finds_the_chip_whichever_was_asked_for(asked: str, real: str) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        assert one.client.spec.id == real
        got, _ = one.dated()
        assert len(got) > 380
        acc, _ = truth_at(got.time_s)
        assert np.abs(got.acc_m_s2 - acc).max() < 0.5  # dated by arrival

    trial(load_spec(real), test, client_spec=load_spec(asked))


@pytest.mark.parametrize(
    ("spec_id", "found", "left"),
    [
        ("witmotion.ble5", {"found_rate": 0x08}, ["ffaa6988b5", "ffaa030800"]),
        ("nordic.thingy52", {"found_times": 0x0019_01F4_0064_0032, "found_wake": 0}, ["32006400f401190000"]),
        ("adafruit.sense", {"found_acc": 250, "found_gyr": -1}, ["fa000000", "ffffffff"]),
    ],
)
def test_a_sensor_is_left_as_it_was_found_also_after_a_lost_link(
    spec_id: str, found: dict[str, int | float | str], left: list[str]
) -> None:
    spec = load_spec(spec_id)
    written: list[str] = []

    async def test(one: Trial) -> None:
        await one.begin()
        await one.lost.wait()
        while one.sensor._device.connections:
            await asyncio.sleep(0)
        await one.client.disconnect()
        one.sensor.settings |= dict.fromkeys(found, 7)  # what this session had set it to
        await one.begin()
        write = one.client.write

        async def overheard(alias: str, payload: bytes, response: bool) -> None:
            written.append(payload.hex())
            await write(alias, payload, response)

        one.client.write = overheard  # type: ignore[method-assign]
        await one.client.stop()

    trial(spec, test, settings=found, faults=Faults(break_after=4))
    assert [one for one in written if one != "ffaa276400"] == left  # but for the question for its charge


def test_a_factor_that_the_start_answer_tells_is_used() -> None:
    spec = load_spec("polar.verity-sense")

    async def test(one: Trial) -> None:
        await one.stream()
        assert one.client.settings["gyr_factor"] == pytest.approx(0.07)
        got, _ = one.dated()
        _, gyr = truth_at(got.time_s)
        assert np.abs(got.gyr_rad_s - gyr).max() < 0.001

    trial(spec, test, settings={"gyr_factor": 0.07})


def test_a_clock_that_runs_fast_is_told_in_ppm() -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        _, stream = one.dated()
        assert stream.health.drift_ppm == pytest.approx(500, abs=60)
        assert stream.health.rate_error_ppm == pytest.approx(0, abs=5)  # by its own clock it is right

    trial(load_spec("hiplevel.reference"), test, 120.0, faults=Faults(drift_ppm=500.0, burst_s=0.03))


def test_faults_are_read_from_words() -> None:
    assert parse_faults(("drop=0.1", "refuse", "firmware=0.9", "break_after=7", "wrap-s=2")) == Faults(
        drop=0.1, refuse=True, firmware="0.9", break_after=7, wrap_s=2.0
    )
    with pytest.raises(UsageError, match="no fault 'dorp'"):
        parse_faults(("dorp=1",))
    with pytest.raises(UsageError, match="is no fault"):
        parse_faults(("drop=often",))
    with pytest.raises(UsageError, match="between 0 and 1"):
        parse_faults(("drop=2",))
