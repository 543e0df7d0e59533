"""How a virtual sensor speaks: notifications and indications to whoever subscribed, with faults on demand."""

import logging
import random
from collections.abc import Callable
from typing import Any

import bumble.core

from hiplevel.sensors.virtual.faults import Faults

_log = logging.getLogger(__name__)


class Voice:
    """Sends on the characteristics of one Bumble device.

    Attributes
    ----------
    sent, dropped, duplicated, reordered : data packets so far
    """

    def __init__(self, faults: Faults, break_link: Callable[[], object] | None) -> None:
        self.sent = self.dropped = self.duplicated = self.reordered = 0
        self.device: Any = None
        self.characteristics: dict[str, Any] = {}
        self._faults = faults
        self._chance = random.Random(faults.seed)
        self.break_link = break_link
        self._overtaken: tuple[str, bytes] | None = None

    def room(self, default_mtu: int) -> int:
        """Bytes that fit into one notification on every connection there is."""
        return min((int(c.att_mtu) for c in self.device.connections.values()), default=default_mtu) - 3

    async def send(self, alias: str, payload: bytes) -> None:
        """A data packet, which may meet with a fault."""
        faults = self._faults
        if faults.stall_after is not None and self.sent >= faults.stall_after:
            return
        if self._chance.random() < faults.drop:
            self.dropped += 1
            return
        held, self._overtaken = self._overtaken, None
        if held is None and faults.reorder and self._chance.random() < faults.reorder:
            self._overtaken = alias, payload
            self.reordered += 1
            return
        await self._send(alias, payload)
        if held is not None:
            await self._send(*held)

    async def _send(self, alias: str, payload: bytes) -> None:
        await self.tell(alias, payload)
        if self._chance.random() < self._faults.duplicate:
            self.duplicated += 1
            await self.tell(alias, payload)
        self.sent += 1
        if self.break_link is not None and self._faults.breaks(self.sent):
            self.break_link()

    async def tell(self, alias: str, payload: bytes) -> None:
        """Anything, to everybody who subscribed; returns when the radio has it."""
        characteristic = self.characteristics[alias]
        for connection in list(self.device.connections.values()):
            try:
                if characteristic.properties & characteristic.Properties.INDICATE:
                    await self.device.indicate_subscriber(connection, characteristic, payload)
                else:
                    await self.device.notify_subscriber(connection, characteristic, payload)
                    await connection.drain()
            except (bumble.core.BaseBumbleError, TimeoutError) as error:
                _log.debug("could not send on %s: %s", alias, error)
