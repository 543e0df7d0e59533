"""Whether a connected device is the sensor that the spec describes, and what it says about itself."""

import asyncio
from dataclasses import dataclass

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.errors import as_link_error
from hiplevel.sensors.ble.steps import Sleep
from hiplevel.sensors.spec.sensor import Spec

SIMULATED = "simulated"
MTU_TRIES, MTU_WAIT_S = 10, 0.2
_INFORMATION = "0000180a-0000-1000-8000-00805f9b34fb"
_FIELDS = {"maker": 0x2A29, "model": 0x2A24, "serial": 0x2A25, "firmware": 0x2A26}


@dataclass(frozen=True)
class SensorIdentity:
    """What a sensor says about itself; empty where it says nothing."""

    name: str
    address: str
    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""

    @property
    def simulated(self) -> bool:
        """Whether it is a virtual sensor: those say so."""
        return SIMULATED in f"{self.maker} {self.model}".lower()


async def identify(client: BleakClient, name: str) -> SensorIdentity:
    """Read its device information, as far as there is any. Raises LinkError."""
    told = {}
    with as_link_error("telling its name and firmware", name):
        for service in client.services:
            if service.uuid != _INFORMATION:
                continue
            for field, number in _FIELDS.items():
                characteristic = service.get_characteristic(f"{number:04x}")
                if characteristic is not None:
                    raw = bytes(await client.read_gatt_char(characteristic))
                    told[field] = raw.decode("utf-8", "replace").strip("\0 ")
    return SensorIdentity(name, client.address, **told)


def characteristic_of(client: BleakClient, spec: Spec, alias: str, name: str) -> BleakGATTCharacteristic:
    """The characteristic of an alias, in the service the spec names: a UUID may be in several.

    Raises
    ------
    LinkError
        SENSOR_REFUSED when the device does not have it.
    """
    service_uuid, uuid = spec.chars[alias]
    with as_link_error("listing what it offers", name):
        for service in client.services:
            found = service.get_characteristic(uuid) if service.uuid == service_uuid else None
            if found is not None:
                return found
    raise LinkError(
        f"{name} lacks the characteristic {uuid} of the service {service_uuid} that its spec names.",
        Reason.SENSOR_REFUSED,
        f"It may run other firmware: compare it with `hiplevel sensors show {spec.id}`.",
    )


async def check(client: BleakClient, spec: Spec, name: str, sleep: Sleep = asyncio.sleep) -> None:
    """See that every characteristic is there (but the battery) and that the packets have room.

    Raises
    ------
    LinkError
        SENSOR_REFUSED.
    """
    battery = spec.battery.read if spec.battery is not None else ""
    found = [characteristic_of(client, spec, alias, name) for alias in spec.chars if alias != battery]
    # BlueZ says 23 for mtu_size whatever was agreed, and may need a moment to tell the truth here.
    for attempt in range(MTU_TRIES):
        mtu = max((one.max_write_without_response_size + 3 for one in found), default=spec.min_mtu)
        if mtu >= spec.min_mtu:
            return
        if attempt + 1 < MTU_TRIES:
            await sleep(MTU_WAIT_S)
    raise LinkError(
        f"{name} and this computer agreed on packets of at most {mtu} bytes; the sensor needs {spec.min_mtu}, "
        "or its packets would be cut short.",
        Reason.SENSOR_REFUSED,
        "Update the computer's Bluetooth driver, or use another adapter.",
    )
