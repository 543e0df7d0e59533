"""The charge of a connected sensor, a comfort: one that does not tell it is used all the same."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping

from hiplevel.model.errors import LinkError
from hiplevel.sensors.ble.link import Notification
from hiplevel.sensors.ble.steps import Channel, Sleep
from hiplevel.sensors.spec.model import BatterySource
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.template import Template


class BatteryWatch:
    """Reads it, hears it or asks for it, as the spec says; `tell` is given what came."""

    def __init__(
        self, channel: Channel, tell: Callable[[Notification], object], now_ns: Callable[[], int], sleep: Sleep
    ) -> None:
        self._channel, self._tell, self._now_ns, self._sleep = channel, tell, now_ns, sleep
        self._polling: asyncio.Task[None] | None = None

    async def begin(self, battery: BatterySource, settings: Mapping[str, Value]) -> None:
        """Once the sensor streams; until `end`."""
        with contextlib.suppress(LinkError):
            if battery.read:
                self._tell(Notification(battery.read, await self._channel.read(battery.read), self._now_ns()))
            if battery.notify:
                await self._channel.subscribe(battery.read)
        if battery.poll is not None:
            self._polling = asyncio.create_task(self._poll(battery.poll, battery, settings))

    def end(self) -> None:
        """Ask no more."""
        if self._polling is not None:
            self._polling.cancel()

    async def _poll(self, poll: Template, battery: BatterySource, settings: Mapping[str, Value]) -> None:
        with contextlib.suppress(LinkError):
            while True:
                await self._channel.write(battery.write, poll.render(settings, self._now_ns()), response=False)
                await self._sleep(battery.every_s)
