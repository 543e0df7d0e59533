"""A sensor on the radio as a source: whatever it sends, kept connected, as items for a session."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from typing import TypeAlias

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.find import SETTLE_S, Radio
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.reconnecting import LinkKeeper, unless_stopped
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.session.ble_host import IDLE_S, BleHost, await_result
from hiplevel.session.opened import Opened
from hiplevel.session.source import Burst, Item

BURST = 64
LinkInbox: TypeAlias = Inbox[Notification | LinkChange]
OpenRadio: TypeAlias = Callable[[LinkInbox], contextlib.AbstractAsyncContextManager[Radio]]


@contextlib.asynccontextmanager
async def platform_radio(_inbox: LinkInbox):  # type: ignore[no-untyped-def]
    """This computer's own Bluetooth."""
    yield Radio()


class BleSource(Opened):
    """Inside it the sensor streams, and is reconnected when the link breaks.

    Attributes
    ----------
    spec, identity, settings : of the connected sensor
    clock : dates the notifications
    """

    def __init__(
        self,
        spec: Spec,
        *,
        open_radio: OpenRadio = platform_radio,
        host: BleHost | None = None,
        wanted: Wanted | None = None,
        settings: Mapping[str, Value] | None = None,
        settle_s: float = SETTLE_S,
        inbox: LinkInbox | None = None,
        clock: HostClock | None = None,
        gather_s: float = 0.0,
    ) -> None:
        """host: one that is shared with other sensors; None: a radio of its own, by `open_radio`.

        gather_s: how long a notification waits for the next, so that both are dealt with at once: it saves half the
        work, and costs so much time.
        """
        self.spec = spec
        self.clock = clock or HostClock()
        self.identity = SensorIdentity(spec.name, "")
        self.settings: dict[str, Value] = spec.settings(settings)
        self._wanted = wanted or Wanted()
        self._settle_s = settle_s
        self._inbox: LinkInbox = Inbox() if inbox is None else inbox
        self._gather_s = gather_s
        self._own = host is None
        self._host = host or BleHost(lambda: open_radio(self._inbox))
        self._opened: Future[None] = Future()
        self._kept: Future[None] | None = None
        self._stop_event = asyncio.Event()

    def open(self) -> None:
        """Find, connect and start the sensor.

        Raises
        ------
        LinkError
            NO_ADAPTER and its kin, SENSOR_NOT_FOUND, OTHER_SENSOR, SEVERAL_SENSORS, SENSOR_TAKEN, SENSOR_REFUSED,
            FIRMWARE_OLD, NOT_PAIRED or LINK_LOST.
        """
        if self._own:
            self._host.open()
        self._kept = self._host.start(self._work)
        self._kept.add_done_callback(self._ended)
        await_result(self._opened)

    @property
    def overflowed(self) -> int:
        """Notifications lost because the session did not keep up."""
        return self._inbox.overflowed

    def items(self) -> Iterator[Item | None]:
        """What the sensor sends, until `stop`, or until it has been away for too long."""
        held: list[Notification] = []
        for item in self._inbox.drain(IDLE_S):
            if isinstance(item, Notification):
                held.append(item)
                if len(held) == 1 and self._gather_s and not len(self._inbox):
                    time.sleep(self._gather_s)
                if len(self._inbox) and len(held) < BURST:
                    continue
            if held:
                yield held[0] if len(held) == 1 else Burst(tuple(held))
                held = []
            if not isinstance(item, Notification):
                yield item
        if held:
            yield Burst(tuple(held))

    def stop(self) -> None:
        """Stop the sensor and end."""
        self._host.call(self._stop_event.set)

    def close(self) -> None:
        """Stop, and wait until the sensor, and a radio of its own, are closed."""
        self.stop()
        if self._kept is not None:
            with contextlib.suppress(BaseException):  # it was told when it opened, or ended the items
                await_result(self._kept)
        if self._own:
            self._host.close()

    def _ended(self, kept: "Future[None]") -> None:
        self._inbox.close()
        if not self._opened.done():
            error = None if kept.cancelled() else kept.exception()
            self._opened.set_exception(error or LinkError("Connecting was stopped.", Reason.LINK_LOST))

    async def _work(self, radio: Radio) -> None:
        keeper = LinkKeeper(
            self.spec,
            radio,
            self._inbox,
            wanted=self._wanted,
            settings=self.settings,
            clock=self.clock,
            settle_s=self._settle_s,
        )
        if not await unless_stopped(keeper.open(), self._stop_event):
            await keeper.close()
            return
        self.spec, self.identity, self.settings = keeper.spec, keeper.identity, keeper.settings
        self._opened.set_result(None)
        await keeper.keep(self._stop_event)
