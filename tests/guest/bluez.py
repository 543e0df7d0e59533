"""BlueZ's adapter and the sensors it hears, on an event loop of their own: the radio of the guest's tests."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from bumble.transport import open_transport
from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.sensor import VirtualSensor

T = TypeVar("T")
READY_S = 60.0
POLL_S = 0.05
SWITCHED = ("org.bluez.Adapter1", "Powered")


class BluezAir:
    """A context manager: inside it BlueZ has one adapter, and hears the sensors that are put on the air."""

    def __init__(self) -> None:
        self.air = VirtualAir()
        self.path = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="air", daemon=True)
        self._bus: Any = None
        self._host: Any = None

    def __enter__(self) -> Self:
        self._thread.start()
        self.do(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something where the sensors run, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(READY_S)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin something where the sensors run."""
        asyncio.run_coroutine_threadsafe(work, self._loop)

    def add(self, make: Callable[[], VirtualSensor]) -> VirtualSensor:
        """Put a sensor on the air."""

        async def power_on() -> VirtualSensor:
            sensor = make()
            await sensor.power_on(await self.air.device(sensor.name))
            return sensor

        return self.do(power_on())

    def remove(self, sensor: VirtualSensor) -> None:
        """Take a sensor off the air."""
        self.do(sensor.power_off())

    def switch(self, on: bool) -> None:
        """Switch BlueZ's adapter on or off, as a person does in the settings."""
        self.do(self._set("Powered", Variant("b", on)))

    async def _open(self) -> None:
        self._bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
        async with asyncio.timeout(READY_S):
            await self._until(self._adapters)
        self._host = await open_transport("vhci")
        self.air.controller("BlueZ", self._host)
        async with asyncio.timeout(READY_S):
            while not (found := await self._until(self._adapters)):
                await asyncio.sleep(POLL_S)
            self.path = found[0]
            await self._until(lambda: self._set("Powered", Variant("b", True)))

    async def _close(self) -> None:
        await self.air.close()
        await self._host.close()
        self._bus.disconnect()

    async def _adapters(self) -> list[str]:
        objects = await self._call("/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
        return [path for path, interfaces in objects[0].items() if SWITCHED[0] in interfaces]

    async def _set(self, name: str, value: Variant) -> None:
        where = "org.freedesktop.DBus.Properties"
        await self._call(self.path, where, "Set", "ssv", [SWITCHED[0], name, value])

    async def _call(self, path: str, interface: str, member: str, signature: str = "", body: Any = ()) -> Any:
        asked = Message("org.bluez", path, interface, member, signature=signature, body=list(body))
        reply = await self._bus.call(asked)
        if reply.message_type is MessageType.ERROR:
            raise ConnectionError(f"{reply.error_name} {reply.body}")
        return reply.body

    async def _until(self, attempt: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What BlueZ answers once it has started."""
        while True:
            try:
                return await attempt()
            except ConnectionError:
                await asyncio.sleep(POLL_S)
