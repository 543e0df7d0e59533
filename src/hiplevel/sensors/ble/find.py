"""Hearing the sensor that a spec describes, and no other, among everything that advertises."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner

from hiplevel.sensors.ble.errors import another, as_link_error, not_found, several
from hiplevel.sensors.ble.shared_scanner import Ears
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec.model import Match

FIND_S = 10.0
SETTLE_S = 1.0


@dataclass(frozen=True)
class Radio:
    """Which bleak backends to use; None: the platform's own."""

    scanner: type[BaseBleakScanner] | None = None
    client: type[BaseBleakClient] | None = None
    ears: Ears = field(default_factory=Ears, compare=False)

    def backend(self, kind: type[Any] | None) -> dict[str, Any]:
        """The keyword argument for bleak."""
        return {} if kind is None else {"backend": kind}


@dataclass(frozen=True)
class Found:
    """A sensor that was heard."""

    device: BLEDevice
    name: str
    rssi_dbm: int
    advertised: AdvertisementData | None = field(default=None, repr=False, compare=False)

    @property
    def address(self) -> str:
        """Its address; on macOS an identifier that this computer gave it."""
        return self.device.address


def fits(match: Match, device: BLEDevice, heard: AdvertisementData) -> bool:
    """Whether an advertisement is of such a sensor."""
    return match.accepts(heard.local_name or device.name, heard.manufacturer_data, heard.service_uuids)


async def find(
    radio: Radio,
    match: Match,
    sensor: str,
    wanted: Wanted | None = None,
    *,
    timeout_s: float = FIND_S,
    settle_s: float = SETTLE_S,
) -> Found:
    """The only sensor that fits, heard within `settle_s` of the first; one that is `wanted` as soon as it is heard.

    Raises
    ------
    LinkError
        NO_ADAPTER and its kin; after `timeout_s` SENSOR_NOT_FOUND, or OTHER_SENSOR when others of the kind were heard
        but not the one wanted; SEVERAL_SENSORS when more than one fits and none was named.
    """
    wanted = wanted or Wanted()

    def is_wanted(device: BLEDevice, heard: AdvertisementData) -> bool:
        if wanted.any:
            return fits(match, device, heard)
        return wanted.fits(device.address, heard.local_name or device.name or "")

    every = await _listen(radio, is_wanted, sensor, timeout_s, settle_s if wanted.any else 0.0)
    chosen = [one for one in every if one.advertised is not None and is_wanted(one.device, one.advertised)]
    if not chosen:
        kin = [one for one in every if one.advertised is not None and fits(match, one.device, one.advertised)]
        if kin:
            raise another(wanted.words(sensor), [(one.name, one.address) for one in kin])
        raise not_found(wanted.words(sensor), len(every), known=not wanted.any)
    if len(chosen) > 1 and wanted.any:
        raise several(sensor, [(one.name, one.address) for one in chosen])
    return chosen[0]


async def survey(radio: Radio, duration_s: float) -> list[Found]:
    """Everything that advertises, strongest first. LinkError NO_ADAPTER and its kin."""
    return await _listen(radio, lambda _device, _heard: False, "sensors", duration_s, 0.0)


async def scan(radio: Radio, match: Match, sensor: str, duration_s: float) -> list[Found]:
    """Every sensor that fits, strongest first. LinkError as for `survey`."""
    del sensor
    heard = await survey(radio, duration_s)
    return [one for one in heard if one.advertised is not None and fits(match, one.device, one.advertised)]


async def _listen(
    radio: Radio,
    enough: Callable[[BLEDevice, AdvertisementData], bool],
    sensor: str,
    timeout_s: float,
    settle_s: float,
) -> list[Found]:
    """Everything heard until `timeout_s`, or `settle_s` after something was `enough`; strongest first."""
    heard: dict[str, Found] = {}
    first = asyncio.Event()

    def on_advertisement(device: BLEDevice, data: AdvertisementData) -> None:
        name = data.local_name or device.name or device.address
        heard[device.address] = Found(device, name, data.rssi, data)
        if enough(device, data):
            first.set()

    with as_link_error("listening for sensors", sensor):
        async with radio.ears.listening(on_advertisement, **radio.backend(radio.scanner)):
            try:
                async with asyncio.timeout(timeout_s):
                    await first.wait()
                await asyncio.sleep(settle_s)
            except TimeoutError:
                pass
    return sorted(heard.values(), key=lambda one: -one.rssi_dbm)
