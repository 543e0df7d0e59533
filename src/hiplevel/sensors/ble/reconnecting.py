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
from hiplevel.sensors.ble.pairing import may_pair
from hiplevel.sensors.ble.phases import Life, Phase
from hiplevel.sensors.ble.silence import LOOK_S, Silence, patience_s
from hiplevel.sensors.ble.steps import Sleep
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

# The first try is at once: most links break because someone turned round. The last wait leaves a second to be back
# within three of the sensor, which is scanned for in between.
BACK_OFF_S = (0.0, 0.5, 1.0)
BACK_OFF_LAST_S = 2.0
GIVE_UP_S = 300.0


def back_off_s() -> Iterator[float]:
    """Waits between the tries to reconnect, s; endless."""
    return chain(BACK_OFF_S, repeat(BACK_OFF_LAST_S))


class LinkKeeper:
    """Feeds an Inbox with notifications, and with a LinkChange for every phase the link goes into."""

    def __init__(
        self,
        spec: Spec,
        radio: Radio,
        inbox: Inbox[Notification | LinkChange],
        *,
        wanted: Wanted | None = None,
        settings: Mapping[str, Value] | None = None,
        clock: HostClock | None = None,
        find_s: float = FIND_S,
        settle_s: float = SETTLE_S,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._spec = spec
        self._given_up = ""
        self._radio = radio
        self._inbox = inbox
        self._wanted = wanted or Wanted()
        self._clock = clock or HostClock()
        self._find_s, self._settle_s = find_s, settle_s
        self._sleep = sleep
        self._broken = asyncio.Event()
        self._why = ""
        self._life = Life(self._tell)
        self._silence = Silence(patience_s(spec))
        self._data = {frame.on for frame in spec.frames if frame.samples}
        self._client = SensorClient(
            spec, radio, self._arrived, self._on_lost, settings=settings, clock=self._clock, sleep=sleep
        )

    @property
    def phase(self) -> Phase:
        """Where the link stands."""
        return self._life.phase

    @property
    def spec(self) -> Spec:
        """The one given, or the one of its family that the sensor turned out to be."""
        return self._client.spec

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
        try:
            return await self._open()
        except BaseException:
            self._life.go(Phase.STOPPED)
            raise

    async def keep(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or the sensor stays away for GIVE_UP_S; then `close`."""
        watching = asyncio.create_task(self._watch())
        try:
            while await unless_stopped(self._broken.wait(), stop):
                self._life.go(Phase.LOST, self._why)
                await self._let_go()
                if not await self._reconnect(stop):
                    break
        finally:
            watching.cancel()
            await self.close()

    async def close(self) -> None:
        """Stop the sensor where it can be reached, let it go, close the inbox."""
        if self._life.phase.connected:
            self._life.go(Phase.STOPPING)
            with contextlib.suppress(LinkError, TimeoutError):
                await self._client.stop()
        await self._let_go()
        if self._life.phase is not Phase.STOPPED:
            self._life.go(Phase.STOPPED, self._given_up)
        self._inbox.close()

    async def _open(self) -> SensorIdentity:
        self._broken.clear()
        self._life.go(Phase.SCANNING)
        found = await find(
            self._radio,
            self._spec.match,
            self._spec.name,
            self._wanted,
            timeout_s=self._find_s,
            settle_s=self._settle_s,
        )
        self._life.go(Phase.CONNECTING, found.name)
        try:
            async with may_pair(self._radio):
                await self._client.connect(found)
                self._wanted.check(self.identity)
                self._life.go(Phase.STARTING)
                await self._client.start()
        except BaseException:
            with contextlib.suppress(LinkError, TimeoutError):
                await self._client.stop()
            await self._let_go()
            raise
        self._wanted = Wanted.of(self.identity)
        self._data = {frame.on for frame in self.spec.frames if frame.samples}
        self._silence.heard(self._clock.now_ns())
        self._life.go(Phase.STREAMING)
        return self.identity

    async def _reconnect(self, stop: asyncio.Event) -> bool:
        since_ns = self._clock.now_ns()
        why = self._why
        for wait_s in back_off_s():
            self._life.go(Phase.WAITING, why)
            if not await unless_stopped(self._sleep(wait_s), stop):
                return False
            try:
                return await unless_stopped(self._open(), stop)
            except LinkError as error:
                why = str(error)
            if self._clock.now_ns() - since_ns > GIVE_UP_S * 1e9:
                self._given_up = why
                return False
        return False

    async def _watch(self) -> None:
        """Silence with the link up: it is told, and after a while the link is given up as if it had broken."""
        while True:
            await asyncio.sleep(LOOK_S)
            now_ns = self._clock.now_ns()
            if self._life.phase is Phase.STREAMING and self._silence.stalled(now_ns):
                self._life.go(Phase.STALLED, f"nothing came for {self._silence.length_s(now_ns):.1f} s")
            elif self._life.phase is Phase.STALLED and self._silence.hopeless(now_ns):
                self._why = "stalled"
                self._broken.set()

    async def _let_go(self) -> None:
        with contextlib.suppress(LinkError, TimeoutError):
            await self._client.disconnect()

    def _arrived(self, notification: Notification) -> None:
        self._inbox.put(notification)
        if notification.characteristic in self._data:
            self._silence.heard(notification.arrival_ns)
            if self._life.phase is Phase.STALLED:
                self._life.go(Phase.STREAMING)

    def _on_lost(self) -> None:
        self._why = ""
        self._broken.set()

    def _tell(self, phase: Phase, reason: str) -> None:
        self._inbox.put(LinkChange(phase, self._clock.now_ns(), reason), always=True)


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
