"""A virtual sensor and an adapter that hears it, in this process: what the demo and the tests connect to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.sensor import VirtualSensor


@dataclass(frozen=True)
class VirtualRadio(Radio):
    """The radio, and the space behind it."""

    air: VirtualAir | None = None


@asynccontextmanager
async def virtual_radio(
    make_sensor: Callable[[VirtualAir], VirtualSensor], when_over: Callable[[], None] | None = None
) -> AsyncIterator[VirtualRadio]:
    """A radio that hears one virtual sensor. when_over: called when its wearer has no more samples."""
    async with VirtualAir() as air:
        sensor = make_sensor(air)
        await sensor.power_on(await air.device(sensor.name), split_advertisement=False)
        adapter = BumbleAdapter(await air.device("adapter"))
        watching = asyncio.create_task(_tell_when_over(sensor, when_over))
        try:
            yield VirtualRadio(adapter.scanner, adapter.client, air=air)
        finally:
            watching.cancel()
            await sensor.power_off()


async def _tell_when_over(sensor: VirtualSensor, when_over: Callable[[], None] | None) -> None:
    await sensor.finished.wait()
    if when_over is not None:
        when_over()
