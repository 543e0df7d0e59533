"""Keeping a sensor connected: find, connect, start, and all of it again whenever the link breaks."""

import asyncio
import contextlib
from collections.abc import Awaitable, Iterator, Mapping
from itertools import chain, repeat

from hiplevel.model.errors import LinkError
from hiplevel.sensors.ble.client import SensorClient
from hiplevel.sensors.ble.find import FIND_S, SETTLE_S, Radio, find
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.steps import Sleep
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

# The first try is at once: most links break because someone turned round.
BACK_OFF_S = (0.0, 0.5, 1.0, 2.0, 4.0)
BACK_OFF_LAST_S = 8.0
GIVE_UP_S = 300.0


def back_off_s() -> Iterator[float]:
    """Waits between the tries to reconnect, s; endless."""
    return chain(BACK_OFF_S, repeat(BACK_OFF_LAST_S))


class LinkKeeper:
    """Feeds an Inbox with notifications, LinkChange('lost') and LinkChange('restored')."""

    def __init__(
        self,
        spec: Spec,
        radio: Radio,
        inbox: Inbox[Notification | LinkChange],
        *,
        address: str | None = None,
        settings: Mapping[str, Value] | None = None,
        clock: HostClock | None = None,
        find_s: float = FIND_S,
        settle_s: float = SETTLE_S,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._spec = spec
        self._radio = radio
        self._inbox = inbox
        self._address = address
        self._clock = clock or HostClock()
        self._find_s, self._settle_s = find_s, settle_s
        self._sleep = sleep
        self._lost = asyncio.Event()
        self._client = SensorClient(
            spec, radio, self._arrived, self._lost.set, settings=settings, clock=self._clock, sleep=sleep
        )

    @property
    def identity(self) -> SensorIdentity:
        """Who is connected."""
        return self._client.identity

    @property
    def settings(self) -> dict[str, Value]:
        """The settings in force."""
        return self._client.settings

    async def open(self) -> SensorIdentity:
        """The first connection, streaming when this returns. Raises LinkError; nothing stays open then."""
        self._lost.clear()
        found = await find(
            self._radio,
            self._spec.match,
            self._spec.name,
            address=self._address,
            timeout_s=self._find_s,
            settle_s=self._settle_s,
        )
        await self._client.connect(found)
        try:
            await self._client.start()
        except BaseException:
            with contextlib.suppress(LinkError):
                await self._client.disconnect()
            raise
        self._address = self.identity.address
        return self.identity

    async def keep(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or the sensor stays away for GIVE_UP_S; then stop the sensor and close the inbox."""
        try:
            while await unless_stopped(self._lost.wait(), stop):
                self._inbox.put(LinkChange("lost", self._clock.now_ns()), always=True)
                with contextlib.suppress(LinkError):
                    await self._client.disconnect()
                if not await self._reconnect(stop):
                    return
                self._inbox.put(LinkChange("restored", self._clock.now_ns()), always=True)
            with contextlib.suppress(LinkError, TimeoutError):
                await self._client.stop()
        finally:
            self._inbox.close()
            with contextlib.suppress(LinkError):
                await self._client.disconnect()

    async def _reconnect(self, stop: asyncio.Event) -> bool:
        since_ns = self._clock.now_ns()
        for wait_s in back_off_s():
            if not await unless_stopped(self._sleep(wait_s), stop):
                return False
            with contextlib.suppress(LinkError):
                return await unless_stopped(self.open(), stop)
            if self._clock.now_ns() - since_ns > GIVE_UP_S * 1e9:
                return False
        return False

    def _arrived(self, notification: Notification) -> None:
        self._inbox.put(notification)


async def unless_stopped(work: Awaitable[object], stop: asyncio.Event) -> bool:
    """Whether `work` was done before `stop` was set; raises what it raised. Cancels the other."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done() and not stop.is_set():
            working.result()
            return True
        return False
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
