"""This computer's Bluetooth on a thread and an event loop of its own: no disk and no screen delays it."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, wait
from contextlib import AbstractAsyncContextManager

from hiplevel.sensors.ble.find import Radio
from hiplevel.session.opened import Opened

IDLE_S = 0.1


class BleHost(Opened):
    """Inside it work runs on one loop with one radio, for as many sensors as there are."""

    def __init__(self, open_radio: Callable[[], AbstractAsyncContextManager[Radio]]) -> None:
        self._open_radio = open_radio
        self._opened: Future[None] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._radio = Radio()
        self._thread = threading.Thread(target=self._main, name="hiplevel-bluetooth", daemon=True)

    def open(self) -> None:
        """Open the radio. Raises what opening it raises."""
        self._thread.start()
        await_result(self._opened)

    @property
    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive()

    def start(self, work: Callable[[Radio], Awaitable[None]]) -> Future[None]:
        """Begin `work` on the loop."""
        assert self._loop is not None

        async def run() -> None:
            await work(self._radio)

        return asyncio.run_coroutine_threadsafe(run(), self._loop)

    def call(self, what: Callable[[], object]) -> None:
        """Have something called on the loop, soon; from any thread. Nothing when it is over."""
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(what)

    def close(self) -> None:
        """End the loop and wait for it: whatever still runs on it is cancelled."""
        if self._over is not None:
            self.call(self._over.set)
        if self._thread.ident is not None:
            self._thread.join()

    def _main(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:
            if self._opened.done():
                raise
            self._opened.set_exception(error)

    async def _live(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        async with self._open_radio() as self._radio:
            self._opened.set_result(None)
            await self._over.wait()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)


def await_result(future: "Future[None]") -> None:
    """Its result, in steps that let a signal through; raises what it raised."""
    while not wait({future}, IDLE_S).done:
        pass
    future.result()
