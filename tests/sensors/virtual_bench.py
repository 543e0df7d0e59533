"""A virtual sensor and a client that hears it, for the tests of both."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np

from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.client import SensorClient
from hiplevel.sensors.ble.find import find
from hiplevel.sensors.ble.link import HostClock, Notification
from hiplevel.sensors.spec import Spec, load_spec
from hiplevel.sensors.spec.model import Step
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.radio import VirtualRadio, virtual_radio
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from sensors import virtual_time

REFERENCE = load_spec("hiplevel.reference")
TIMEOUT_S = 20.0


def motion(seconds: float, rate_hz: float = 100.0) -> Samples:
    """Something that differs in every sample."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    wave = np.sin(np.outer(time_s, np.arange(1, 7)))
    return Samples(time_s, 9.0 * wave[:, :3], 2.0 * wave[:, 3:])


async def parted(sensor: VirtualSensor) -> None:
    """The sensor hears of a disconnection some turns of the loop after the client; the test's timeout ends the wait."""
    while sensor._device.connections:
        await asyncio.sleep(0)


class Bench:
    """A virtual sensor, a client, and what the client got."""

    def __init__(self, radio: VirtualRadio, sensor: VirtualSensor, spec: Spec, clock: HostClock | None = None) -> None:
        self.radio, self.sensor = radio, sensor
        self.got: list[Notification] = []
        self.lost = asyncio.Event()
        self.client = SensorClient(spec, radio, self.got.append, self.lost.set, clock=clock)

    async def connect(self) -> None:
        await self.client.connect(await find(self.radio, self.client.spec.match, "Clip", settle_s=0.0))

    def payloads(self, alias: str = "data") -> list[bytes]:
        return [n.payload for n in self.got if n.characteristic == alias]


def on_bench(
    test: Callable[[Bench], Awaitable[None]],
    samples: Samples | None = None,
    *,
    spec: Spec = REFERENCE,
    client_spec: Spec | None = None,
    **options: Any,
) -> None:
    async def run() -> None:
        made: list[VirtualSensor] = []
        pacer = AsFastAsRead()
        clock = HostClock(monotonic_ns=lambda: round(pacer.now_s() * 1e9))  # arrivals are dated in the sensor's time

        def make(air: VirtualAir) -> VirtualSensor:
            worn = Given(motion(2.0) if samples is None else samples)
            made.append(VirtualSensor(spec, worn, pacer=pacer, break_link=air.break_links, **options))
            return made[0]

        async with asyncio.timeout(TIMEOUT_S), virtual_radio(make) as radio:
            bench = Bench(radio, made[0], client_spec or spec, clock)
            try:
                await test(bench)
            finally:
                await bench.client.disconnect()

    virtual_time.run(run())


def impatient(spec: Spec) -> Spec:
    """The same spec, but its answers are awaited for a moment only."""

    def hurried(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(
            dataclasses.replace(s, expect=dataclasses.replace(s.expect, timeout_s=0.05)) if s.expect else s
            for s in steps
        )

    return dataclasses.replace(spec, probe=hurried(spec.probe), start=hurried(spec.start), stop=hurried(spec.stop))
