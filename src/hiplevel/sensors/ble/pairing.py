"""Pairing when, and only when, the sensor asks for it; the system keeps the bond for the next time."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bleak import BleakClient
from bleak.exc import BleakError

from hiplevel.sensors.ble.errors import wants_pairing

T = TypeVar("T")


async def paired(client: BleakClient, request: Callable[[], Awaitable[T]]) -> T:
    """The request's result; one that is refused for want of encryption is made again after pairing.

    Raises
    ------
    BleakError
        the request's own where the system pairs by itself (macOS), and that of pairing.
    """
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
