"""Everything that advertises, and which of it hiplevel has a firmware spec for."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bleak import BleakClient
from bleak.exc import BleakError

from hiplevel.model.errors import LinkError
from hiplevel.sensors.ble.client import CONNECT_S
from hiplevel.sensors.ble.find import Found, Radio, fits, survey
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec.sensor import Spec

BATTERY_SERVICE = "0000180f-0000-1000-8000-00805f9b34fb"
BATTERY_LEVEL = "00002a19-0000-1000-8000-00805f9b34fb"


@dataclass(frozen=True)
class Heard:
    """One device; `specs` that fit it, the likeliest first: none for a device of another kind.

    battery_percent is None where it was not told.
    """

    name: str
    address: str
    rssi_dbm: int
    specs: tuple[Spec, ...] = ()
    battery_percent: int | None = None

    @property
    def wanted(self) -> Wanted:
        """This very one."""
        return Wanted(self.name, self.address)


async def look_around(
    radio: Radio, specs: Sequence[Spec], duration_s: float, *, ask_battery: bool = False
) -> list[Heard]:
    """Everything heard, what is recognised first, then by strength. ask_battery: connect to what is recognised.

    Raises
    ------
    LinkError
        NO_ADAPTER, BLUETOOTH_OFF or NO_PERMISSION.
    """
    found = await survey(radio, duration_s)
    heard = [recognise(one, specs) for one in found]
    if ask_battery:
        for number, at in enumerate(found):
            if heard[number].specs and heard[number].battery_percent is None:
                heard[number] = replace(heard[number], battery_percent=await _battery(radio, at))
    return sorted(heard, key=lambda one: (not one.specs, -one.rssi_dbm))


def recognise(found: Found, specs: Sequence[Spec]) -> Heard:
    """A device that was heard, with the specs that fit."""
    told = found.advertised
    if told is None:
        return Heard(found.name, found.address, found.rssi_dbm)
    charge = told.service_data.get(BATTERY_SERVICE, b"")
    return Heard(
        found.name,
        found.address,
        found.rssi_dbm,
        tuple(spec for spec in specs if fits(spec.match, found.device, told)),
        charge[0] if charge else None,
    )


async def _battery(radio: Radio, found: Found) -> int | None:
    """The charge by the standard characteristic; the device is left as it was found."""
    with contextlib.suppress(LinkError, BleakError, OSError, TimeoutError):
        async with BleakClient(found.device, timeout=CONNECT_S / 2, **radio.backend(radio.client)) as client:
            service = client.services.get_service(BATTERY_SERVICE)
            level = None if service is None else service.get_characteristic(BATTERY_LEVEL)
            if level is not None:
                return int((await client.read_gatt_char(level))[0])
    return None
