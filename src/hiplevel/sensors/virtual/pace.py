"""How fast a virtual sensor's time passes: as a clock does, or as fast as its reader can take it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Protocol


class Pacer(Protocol):
    """The sensor's time, s since it was switched on."""

    def now_s(self) -> float:
        """The time now: samples before it were taken while nobody listened."""

    async def until(self, time_s: float) -> None:
        """Return when it is `time_s`."""


class RealTime:
    """A second takes a second, from the first time it is asked; what is late is sent at once."""

    def __init__(self) -> None:
        self._start_s: float | None = None

    def now_s(self) -> float:
        """Seconds since this was first called."""
        now_s = time.monotonic()
        if self._start_s is None:
            self._start_s = now_s
        return now_s - self._start_s

    async def until(self, time_s: float) -> None:
        """Sleep for what is left."""
        await asyncio.sleep(max(0.0, time_s - self.now_s()))


class AsFastAsRead:
    """Time passes as packets go out; `room` holds them back while the reader is behind."""

    def __init__(self, room: Callable[[], Awaitable[None]] | None = None) -> None:
        self._room = room
        self._now_s = 0.0

    def now_s(self) -> float:
        """The time of the last packet, and what was skipped since."""
        return self._now_s

    def skip(self, seconds: float) -> None:
        """Let time pass with nobody listening."""
        self._now_s += seconds

    async def until(self, time_s: float) -> None:
        """Give way to the reader."""
        self._now_s = max(self._now_s, time_s)
        await asyncio.sleep(0)
        if self._room is not None:
            await self._room()
