"""A bounded queue from the radio's thread to the session's; what does not fit is counted, never silently gone."""

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

CAPACITY = 4096
T = TypeVar("T")


class Inbox(Generic[T]):
    """Items in order from any thread to one reader.

    Attributes
    ----------
    overflowed : items refused because the reader was `capacity` items behind
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.overflowed = 0
        self._capacity = capacity
        self._items: deque[T] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def put(self, item: T, *, always: bool = False) -> bool:
        """Append; False when it is full and the item was refused. `always`: too important to refuse."""
        with self._changed:
            if self._closed:
                return False
            if len(self._items) >= self._capacity and not always:
                self.overflowed += 1
                return False
            self._items.append(item)
            self._changed.notify()
            return True

    def close(self) -> None:
        """No more items; the reader still gets what is there."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._wake_writers()

    def get(self, timeout_s: float) -> T | None:
        """The next item, or None when nothing came in time or the inbox is closed and empty."""
        with self._changed:
            if not self._items and not self._closed:
                self._changed.wait(timeout_s)
            if not self._items:
                return None
            item = self._items.popleft()
            if len(self._items) <= self._capacity // 4:
                self._wake_writers()
            return item

    def drain(self, timeout_s: float) -> Iterator[T | None]:
        """All items until it is closed and empty; None whenever nothing came for `timeout_s`."""
        while not self.done:
            item = self.get(timeout_s)
            if item is not None or not self.done:
                yield item

    @property
    def done(self) -> bool:
        """Whether it is closed and everything was read."""
        with self._changed:
            return self._closed and not self._items

    async def room(self) -> None:
        """Wait while it is more than half full: for writers that can wait, which a radio cannot."""
        loop, event = asyncio.get_running_loop(), asyncio.Event()
        with self._changed:
            if self._closed or len(self._items) <= self._capacity // 2:
                return
            self._waiting.append((loop, event))
        await event.wait()

    def __len__(self) -> int:
        with self._changed:
            return len(self._items)

    def _wake_writers(self) -> None:
        for loop, event in self._waiting:
            loop.call_soon_threadsafe(event.set)
        self._waiting.clear()
