"""Several sensors on one radio and one event loop, each with a session of its own."""

import contextlib
from pathlib import Path

from hiplevel import open_recording
from hiplevel.model.events import LinkLost, LinkRestored
from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.link import HostClock
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from hiplevel.session.ble_host import BleHost
from hiplevel.session.ble_source import BleSource
from hiplevel.session.plan import Plan, session_on
from hiplevel.session.together import run_together
from sensors.virtual_bench import motion
from session.sitting import SPEC

COUNT, SECONDS = 4, 6.0


def test_each_of_several_sensors_fills_a_recording_of_its_own(tmp_path: Path) -> None:
    sensors: list[VirtualSensor] = []
    sources: list[BleSource] = []
    pacers = [AsFastAsRead() for _ in range(COUNT)]

    @contextlib.asynccontextmanager
    async def open_radio():  # type: ignore[no-untyped-def]
        async with VirtualAir() as air:
            for number in range(COUNT):
                worn = Given(motion(SECONDS + number))
                sensors.append(VirtualSensor(SPEC, worn, number=f"{number:04}", pacer=pacers[number]))
                await sensors[-1].power_on(await air.device(f"sensor {number}"), split_advertisement=False)
            adapter = BumbleAdapter(await air.device("adapter"))
            yield Radio(adapter.scanner, adapter.client)

    with BleHost(open_radio) as host, contextlib.ExitStack() as inside:
        for number in range(COUNT):
            # In the sensor's own time: one that is through before the others are there has not fallen silent.
            clock = HostClock(monotonic_ns=lambda pacer=pacers[number]: round(pacer.now_s() * 1e9))  # type: ignore[misc]
            source = BleSource(SPEC, host=host, wanted=Wanted(sensors[number].name), settle_s=0.0, clock=clock)
            sources.append(inside.enter_context(source))
        sessions = [
            session_on(source, Plan(client=f"c-{number}"), tmp_path / f"{number}.mcap")
            for number, source in enumerate(sources)
        ]
        watching = [
            host.start(lambda _, sensor=sensor, source=source: stop_when_over(sensor, source))  # type: ignore[misc]
            for sensor, source in zip(sensors, sources, strict=True)
        ]
        assert run_together(list(zip(sessions, sources, strict=True))) == [None] * COUNT
        assert all(one.done() for one in watching)
    for number in range(COUNT):
        recording = open_recording(tmp_path / f"{number}.mcap")
        assert recording.closed
        assert recording.info.client == f"c-{number}"
        assert recording.info.sensor_name == f"hiplevel-SIM-{number:04}"
        assert len(recording.samples) == round((SECONDS + number) * 100.0)
        assert not [e for e in recording.events if isinstance(e, (LinkLost, LinkRestored))]


async def stop_when_over(sensor: VirtualSensor, source: BleSource) -> None:
    await sensor.finished.wait()
    source.stop()


def test_a_session_that_fails_does_not_disturb_the_others() -> None:
    class Breaks:
        def run(self, source: object) -> None:
            raise ValueError(source)

    class Works:
        def run(self, source: object) -> None:
            """Goes well."""

    told = run_together([(Breaks(), "a"), (Works(), "b")])  # type: ignore[list-item]
    assert isinstance(told[0], ValueError)
    assert told[1] is None
