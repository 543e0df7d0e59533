"""A virtual sensor over the air, for another computer or phone to find, until it is stopped."""

import asyncio
import zlib
from collections.abc import Callable
from typing import Any

from hiplevel.sensors.virtual.sensor import VirtualSensor
from hiplevel.sensors.virtual.transport import device_on


def address_of(spec_id: str, number: str) -> str:
    """The static random address of this sensor: the same in every run, so that it can be remembered."""
    code = zlib.crc32(f"{spec_id} {number}".encode())
    return "C0:DE:" + ":".join(f"{byte:02X}" for byte in code.to_bytes(4, "big"))


async def serve(
    sensor: VirtualSensor, transport: str, seconds: float | None = None, tell: Callable[[str], None] = lambda _: None
) -> None:
    """Advertise on a controller, answer and stream; until `seconds` have passed, or for ever. tell: what happens.

    Raises
    ------
    LinkError
        NO_ADAPTER when there is no such controller, or it does not answer.
    """
    address = address_of(sensor.spec.id, sensor.number)
    async with device_on(transport, sensor.name, address) as device:
        device.on("connection", lambda connection: _connected(connection, tell))
        sensor.break_with(lambda: _hang_up(device))
        await sensor.power_on(device)
        tell(f"Advertising as {sensor.name}, address {address}.")
        try:
            async with asyncio.timeout(seconds):
                await asyncio.Event().wait()
        except TimeoutError:
            tell(f"Over after {seconds:g} s: {sensor.sent} packets sent.")
        finally:
            await sensor.power_off()


def _connected(connection: Any, tell: Callable[[str], None]) -> None:
    tell(f"Connected: {connection.peer_address}.")
    connection.on("disconnection", lambda reason: tell(f"Disconnected (reason 0x{reason:02X})."))


def _hang_up(device: Any) -> None:
    for connection in list(device.connections.values()):
        task = asyncio.ensure_future(connection.disconnect())
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
