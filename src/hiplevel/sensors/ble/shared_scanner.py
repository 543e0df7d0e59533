"""One scanner for all who listen on a radio: systems allow a program only one at a time."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

Listener = Callable[[BLEDevice, AdvertisementData], None]


class Ears:
    """Scans while anybody listens."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._scanner: BleakScanner | None = None
        self._changing = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def listening(self, listener: Listener, **backend: Any) -> AsyncIterator[None]:
        """Inside, `listener` hears every advertisement. Raises what bleak raises when it starts."""
        async with self._changing:
            if self._scanner is None:
                scanner = BleakScanner(self._tell, **backend)
                await scanner.start()
                self._scanner = scanner
            self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)
            async with self._changing:
                if not self._listeners and self._scanner is not None:
                    scanner, self._scanner = self._scanner, None
                    await scanner.stop()

    def _tell(self, device: BLEDevice, heard: AdvertisementData) -> None:
        for listener in list(self._listeners):
            listener(device, heard)
