"""Pairing when, and only when, the sensor asks for it; the system keeps the bond for the next time."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from bleak import BleakClient
from bleak.exc import BleakError

from hiplevel.sensors.ble.bluez_agent import agreeing
from hiplevel.sensors.ble.errors import wants_pairing
from hiplevel.sensors.ble.find import Radio

REQUEST_S = 20.0  # of a request, with the pairing that it may set off
T = TypeVar("T")


def may_pair(radio: Radio) -> AbstractAsyncContextManager[None]:
    """Inside, a sensor that asks for it can be paired without anybody being asked."""
    ours_to_agree = sys.platform == "linux" and radio.client is None
    return agreeing() if ours_to_agree else contextlib.nullcontext()


async def paired(client: BleakClient, request: Callable[[], Awaitable[T]]) -> T:
    """The request's result; one that is refused for want of encryption is made again after pairing.

    Raises
    ------
    BleakError, TimeoutError
        the request's own where the system pairs by itself (macOS), and that of pairing.
    """
    async with asyncio.timeout(REQUEST_S):
        try:
            return await request()
        except BleakError as error:
            if not wants_pairing(error):
                raise
            try:
                await client.pair()
            except NotImplementedError:
                raise error from None
        return await request()
