"""A virtual sensor of any spec with faults on demand, the unmodified client, and a clock that is the sensor's own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.client import SensorClient
from hiplevel.sensors.ble.find import find
from hiplevel.sensors.ble.link import HostClock, Notification
from hiplevel.sensors.spec import Spec, list_specs
from hiplevel.sensors.stream import SensorStream
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.faults import Faults
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.radio import VirtualRadio, virtual_radio
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from sensors import virtual_time
from sensors.virtual_bench import TIMEOUT_S, motion

EVERY = pytest.mark.parametrize("spec", list_specs(), ids=lambda spec: spec.id)
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
