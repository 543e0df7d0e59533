"""A sensor on the radio as a source: bleak in a thread of its own, so that no disk and no screen delays it."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from types import TracebackType
from typing import Self, TypeAlias

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.find import FIND_S, SETTLE_S, Radio
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.keeper import LinkKeeper, unless_stopped
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.session.source import Item

IDLE_S = 0.1
LinkInbox: TypeAlias = Inbox[Notification | LinkChange]
OpenRadio: TypeAlias = Callable[[LinkInbox], contextlib.AbstractAsyncContextManager[Radio]]


@contextlib.asynccontextmanager
async def platform_radio(_inbox: LinkInbox):  # type: ignore[no-untyped-def]
    """This computer's own Bluetooth."""
    yield Radio()


class BleSource:
    """A context manager: inside it the sensor streams, and is reconnected when the link breaks.

    Attributes
    ----------
    identity, settings : of the connected sensor
    clock : dates the notifications
    """

    def __init__(
        self,
        spec: Spec,
        *,
        open_radio: OpenRadio = platform_radio,
        wanted: Wanted | None = None,
        address: str | None = None,
        settings: Mapping[str, Value] | None = None,
        find_s: float = FIND_S,
        settle_s: float = SETTLE_S,
        inbox: LinkInbox | None = None,
        clock: HostClock | None = None,
    ) -> None:
        self.spec = spec
        self.clock = clock or HostClock()
        self.identity = SensorIdentity(spec.name, "")
        self.settings: dict[str, Value] = spec.settings(settings)
        self._open_radio = open_radio
        self._wanted = wanted or Wanted(address=address or "")
        self._find_s, self._settle_s = find_s, settle_s
        self._inbox: LinkInbox = Inbox() if inbox is None else inbox
        self._opened: Future[None] = Future()
        self._running = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_event: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._main, name="hiplevel-bluetooth", daemon=True)

    def __enter__(self) -> Self:
        """Find, connect and start the sensor.

        Raises
        ------
        LinkError
            NO_ADAPTER, SENSOR_NOT_FOUND, SENSOR_REFUSED or LINK_LOST.
        """
        self._thread.start()
        try:
            while not wait({self._opened}, IDLE_S).done:
                pass
            self._opened.result()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def overflowed(self) -> int:
        """Notifications lost because the session did not keep up."""
        return self._inbox.overflowed

    def items(self) -> Iterator[Item | None]:
        """What the sensor sends, until `stop`, or until it has been away for too long."""
        return self._inbox.drain(IDLE_S)

    def stop(self) -> None:
        """Stop the sensor and end."""
        self._running.wait()
        if self._loop is not None and self._stop_event is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._stop_event.set)

    def close(self) -> None:
        """Stop, and wait until the radio is closed."""
        self.stop()
        self._thread.join()

    def _main(self) -> None:
        try:
            asyncio.run(self._work())
        except BaseException as error:
            if self._opened.done():
                raise
            self._opened.set_exception(error)
        finally:
            self._running.set()
            self._inbox.close()

    async def _work(self) -> None:
        self._loop, self._stop_event = asyncio.get_running_loop(), asyncio.Event()
        self._running.set()
        async with self._open_radio(self._inbox) as radio:
            keeper = LinkKeeper(
                self.spec,
                radio,
                self._inbox,
                wanted=self._wanted,
                settings=self.settings,
                clock=self.clock,
                find_s=self._find_s,
                settle_s=self._settle_s,
            )
            if not await unless_stopped(keeper.open(), self._stop_event):
                await keeper.close()
                raise LinkError("Connecting was stopped.", Reason.LINK_LOST)
            self.spec, self.identity, self.settings = keeper.spec, keeper.identity, keeper.settings
            self._opened.set_result(None)
            await keeper.keep(self._stop_event)
