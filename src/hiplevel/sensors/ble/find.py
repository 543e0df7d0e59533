"""Hearing the sensor that a spec describes among everything that advertises."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bleak import BleakScanner
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner

from hiplevel.sensors.ble.errors import as_link_error, not_found
from hiplevel.sensors.spec.model import Match

FIND_S = 10.0
SETTLE_S = 1.0


@dataclass(frozen=True)
class Radio:
    """Which bleak backends to use; None: the platform's own."""

    scanner: type[BaseBleakScanner] | None = None
    client: type[BaseBleakClient] | None = None

    def backend(self, kind: type[Any] | None) -> dict[str, Any]:
        """The keyword argument for bleak."""
        return {} if kind is None else {"backend": kind}


@dataclass(frozen=True)
class Found:
    """A sensor that was heard."""

    device: BLEDevice
    name: str
    rssi_dbm: int


def fits(match: Match, device: BLEDevice, heard: AdvertisementData) -> bool:
    """Whether an advertisement is of such a sensor."""
    return match.accepts(heard.local_name or device.name, heard.manufacturer_data, heard.service_uuids)


async def find(
    radio: Radio,
    match: Match,
    sensor: str,
    *,
    address: str | None = None,
    timeout_s: float = FIND_S,
    settle_s: float = SETTLE_S,
) -> Found:
    """The strongest sensor that fits, heard within `settle_s` of the first; with `address` that one only.

    Raises
    ------
    LinkError
        NO_ADAPTER, or SENSOR_NOT_FOUND after `timeout_s`.
    """

    def wanted(device: BLEDevice, heard: AdvertisementData) -> bool:
        if address is not None:
            return device.address.lower() == address.lower()
        return fits(match, device, heard)

    found, others = await _listen(radio, wanted, sensor, timeout_s, 0.0 if address is not None else settle_s)
    if not found:
        raise not_found(sensor, others)
    return max(found, key=lambda one: one.rssi_dbm)


async def scan(radio: Radio, match: Match, sensor: str, duration_s: float) -> list[Found]:
    """Every sensor that fits, strongest first. LinkError NO_ADAPTER."""
    found, _ = await _listen(radio, lambda d, a: fits(match, d, a), sensor, 0.0, 0.0, duration_s)
    return sorted(found, key=lambda one: -one.rssi_dbm)


async def _listen(
    radio: Radio,
    wanted: Callable[[BLEDevice, AdvertisementData], bool],
    sensor: str,
    timeout_s: float,
    settle_s: float,
    at_least_s: float = 0.0,
) -> tuple[list[Found], int]:
    heard: dict[str, Found | None] = {}
    first = asyncio.Event()

    def on_advertisement(device: BLEDevice, data: AdvertisementData) -> None:
        if wanted(device, data):
            heard[device.address] = Found(device, data.local_name or device.name or device.address, data.rssi)
            first.set()
        else:
            heard.setdefault(device.address, None)

    with as_link_error("listening for sensors", sensor):
        async with BleakScanner(on_advertisement, **radio.backend(radio.scanner)):
            await asyncio.sleep(at_least_s)
            try:
                async with asyncio.timeout(timeout_s):
                    await first.wait()
                await asyncio.sleep(settle_s)
            except TimeoutError:
                pass
    found = [one for one in heard.values() if one is not None]
    return found, len(heard) - len(found)
