"""The GATT services and advertisement that a spec implies, for a virtual sensor."""

from collections.abc import Callable, Mapping
from typing import Any

from bumble.att import Attribute
from bumble.core import UUID, AdvertisingData
from bumble.gatt import Characteristic, CharacteristicValue, Service

from hiplevel.model.errors import Reason, SpecError
from hiplevel.sensors.ble.identity import SIMULATED
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.sensors.virtual.faults import Faults

MAKER = f"hiplevel ({SIMULATED})"
INFORMATION, BATTERY = "0000180a-0000-1000-8000-00805f9b34fb", "0000180f-0000-1000-8000-00805f9b34fb"
BATTERY_LEVEL = "00002a19-0000-1000-8000-00805f9b34fb"
LEGACY_BYTES = 31
ENCRYPTED = Attribute.READ_REQUIRES_ENCRYPTION | Attribute.WRITE_REQUIRES_ENCRYPTION
Reader = Callable[[], bytes]


def services(
    spec: Spec,
    readers: Mapping[str, Reader],
    on_write: Callable[[str, bytes], None],
    battery: Reader,
    number: str,
    faults: Faults,
) -> tuple[list[Any], dict[str, Any]]:
    """(Bumble services, characteristics by alias). `readers` answer reads of an alias."""
    made = {alias: _characteristic(spec, alias, readers.get(alias), on_write) for alias in spec.chars}
    if faults.encrypted:
        for one in made.values():
            one.permissions |= ENCRYPTED
    grouped: dict[str, list[Any]] = {}
    for alias, char in spec.chars.items():
        if alias != faults.lacks:
            grouped.setdefault(char.service, []).append(made[alias])
    grouped.setdefault(INFORMATION, []).extend(
        _constant(f"0000{uuid:04x}-0000-1000-8000-00805f9b34fb", text)
        for uuid, text in (
            (0x2A29, MAKER),
            (0x2A24, f"{spec.name}, {SIMULATED}"),
            (0x2A25, number),
            (0x2A26, faults.firmware or spec.firmware),
        )
    )
    if BATTERY not in grouped:
        grouped[BATTERY] = [_readable(BATTERY_LEVEL, battery)]
    return [Service(uuid, characteristics) for uuid, characteristics in grouped.items()], made


def _characteristic(spec: Spec, alias: str, reader: Reader | None, on_write: Callable[[str, bytes], None]) -> Any:
    kinds = Characteristic.Properties
    steps = spec.probe + spec.start + spec.stop
    written = any(step.write == alias for step in steps) or (spec.battery is not None and spec.battery.write == alias)
    tells = alias in {frame.on for frame in spec.frames} | {a for step in steps for a in step.subscribe}
    tells = tells or (spec.battery is not None and spec.battery.notify and spec.battery.read == alias)
    properties: Any = kinds(0)
    permissions: Any = Attribute.Permissions(0)
    if reader is not None:
        properties, permissions = properties | kinds.READ, permissions | Attribute.READABLE
    if written:
        properties |= kinds.WRITE | kinds.WRITE_WITHOUT_RESPONSE
        permissions |= Attribute.WRITEABLE
    if tells:
        # An answer to a command is confirmed, samples are not: as sensors do it.
        properties |= kinds.INDICATE if written else kinds.NOTIFY

    def write(_connection: Any, value: bytes) -> None:
        on_write(alias, bytes(value))

    def read(_connection: Any) -> bytes:
        return reader() if reader is not None else b""

    return Characteristic(
        spec.chars[alias].characteristic, properties, permissions, CharacteristicValue(read=read, write=write)
    )


def _constant(uuid: str, text: str) -> Any:
    return Characteristic(uuid, Characteristic.Properties.READ, Attribute.READABLE, text.encode())


def _readable(uuid: str, reader: Reader) -> Any:
    return Characteristic(
        uuid,
        Characteristic.Properties.READ,
        Attribute.READABLE,
        CharacteristicValue(read=lambda _connection: reader()),
    )


def battery_answers(spec: Spec, percent: float) -> list[tuple[str, bytes]]:
    """(alias, payload) with which a sensor answers a poll for its charge."""
    answers = []
    for frame in spec.frames:
        if frame.battery is None:
            continue
        at, element = frame.battery.field
        rows = [floor for floor, worth in frame.battery.table if worth <= percent]
        value = (rows[0] if rows else 0.0) if frame.battery.table else percent
        payload = bytearray(max([frame.length.min, at + element.size, *(when.at + 1 for when in frame.when)]))
        payload[at : at + element.size] = element.write(value)
        for when in frame.when:
            payload[when.at] |= when.eq
        answers.append((frame.on, bytes(payload)))
    return answers


def advertised_name(spec: Spec, number: str) -> str:
    """The name that says simulated, or the spec's example where its pattern allows no other."""
    own = f"hiplevel-SIM-{number}"
    if not spec.match.name or spec.match.accepts(own, spec.match.companies, spec.match.services):
        return own
    return spec.match.example


def advertisement(spec: Spec, name: str) -> tuple[bytes, bytes]:
    """(advertising data, scan response) of at most 31 bytes each, as old radios demand.

    Raises
    ------
    SpecError
        SPEC_INVALID when the spec asks for more than fits.
    """
    flags = (AdvertisingData.FLAGS, b"\x06")
    told = [(AdvertisingData.COMPLETE_LOCAL_NAME, name.encode())]
    if spec.match.services:
        told.insert(
            0, (AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, bytes(UUID(spec.match.services[0])))
        )
    if spec.match.companies:
        told.insert(0, (AdvertisingData.MANUFACTURER_SPECIFIC_DATA, spec.match.companies[0].to_bytes(2, "little")))
    first: list[Any] = [flags]
    while told and len(bytes(AdvertisingData([*first, told[0]]))) <= LEGACY_BYTES:
        first.append(told.pop(0))
    packed = bytes(AdvertisingData(first)), bytes(AdvertisingData(told))
    if len(packed[1]) > LEGACY_BYTES:
        raise SpecError(
            f"{spec.id} cannot be advertised: the name {name} and its service do not fit into 31 bytes each.",
            Reason.SPEC_INVALID,
        )
    return packed
