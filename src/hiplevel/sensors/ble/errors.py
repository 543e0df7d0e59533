"""What bleak raises, as a LinkError: a reason for programs and what to do for people."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.hints import hint

_WHY = BleakBluetoothNotAvailableReason
_NOT_AVAILABLE = {
    _WHY.NO_BLUETOOTH: ("This computer has no Bluetooth adapter.", Reason.NO_ADAPTER, "no-adapter"),
    _WHY.NO_BLE_CENTRAL_ROLE: (
        "This computer's Bluetooth adapter cannot talk to Bluetooth Low Energy sensors.",
        Reason.NO_ADAPTER,
        "no-adapter",
    ),
    _WHY.POWERED_OFF: ("Bluetooth is switched off.", Reason.BLUETOOTH_OFF, "off"),
    _WHY.DENIED_BY_USER: ("This program may not use Bluetooth.", Reason.NO_PERMISSION, "no-permission"),
    _WHY.DENIED_BY_SYSTEM: (
        "The system, or whoever administers it, does not let this program use Bluetooth.",
        Reason.NO_PERMISSION,
        "no-permission",
    ),
    _WHY.DENIED_BY_UNKNOWN: ("This program may not use Bluetooth.", Reason.NO_PERMISSION, "no-permission"),
}
_UNKNOWN = ("Bluetooth is not available on this computer.", Reason.NO_ADAPTER, "no-adapter")
# How the names of BlueZ's and D-Bus's errors end, with what that means.
_DBUS = (
    ("Error.AccessDenied", "This program may not use Bluetooth.", Reason.NO_PERMISSION, "no-permission"),
    ("Error.ServiceUnknown", "The Bluetooth service does not run.", Reason.NO_ADAPTER, "no-service"),
    ("Error.NoReply", "The Bluetooth service does not answer.", Reason.NO_ADAPTER, "no-service"),
    ("Error.NotReady", "Bluetooth is switched off.", Reason.BLUETOOTH_OFF, "off"),
    ("Error.AuthenticationFailed", "{sensor} refused to be paired.", Reason.NOT_PAIRED, "pairing"),
    ("Error.AuthenticationRejected", "{sensor} refused to be paired.", Reason.NOT_PAIRED, "pairing"),
    ("Error.AuthenticationCanceled", "Pairing with {sensor} was called off.", Reason.NOT_PAIRED, "pairing"),
    ("Error.AuthenticationTimeout", "Pairing with {sensor} took too long.", Reason.NOT_PAIRED, "pairing"),
    ("Error.NotPermitted", "{sensor} answers only when it is paired.", Reason.NOT_PAIRED, "pairing"),
    ("Error.NotAuthorized", "{sensor} answers only when it is paired.", Reason.NOT_PAIRED, "pairing"),
)
# ATT errors with which a sensor asks for a paired, encrypted link: authentication, authorization, encryption.
PAIRING_CODES = frozenset({0x05, 0x08, 0x0F})
TAKEN = "Another phone or computer may hold it: a sensor talks to one at a time."


@contextmanager
def as_link_error(doing: str, sensor: str) -> Iterator[None]:
    """Turn what bleak raises inside into a LinkError; `doing` completes "while ...", `sensor` names the sensor."""
    try:
        yield
    except (BleakError, OSError, EOFError) as error:
        raise link_error(error, doing, sensor) from error


def link_error(error: Exception, doing: str, sensor: str) -> LinkError:
    """The LinkError for an exception of bleak or of the system below it."""
    match error:
        case BleakBluetoothNotAvailableError():
            sentence, reason, kind = _NOT_AVAILABLE.get(error.reason, _UNKNOWN)
            return LinkError(sentence, reason, hint(kind))
        case BleakDeviceNotFoundError():
            return not_found(sensor)
        case BleakCharacteristicNotFoundError():
            return LinkError(
                f"{sensor} lacks the characteristic {error.char_specifier} that its spec names.",
                Reason.SENSOR_REFUSED,
                "It may run other firmware: compare `hiplevel sensors show` with the firmware on the sensor.",
            )
        case BleakGATTProtocolError() if wants_pairing(error):
            return LinkError(f"{sensor} answers only when it is paired.", Reason.NOT_PAIRED, hint("pairing"))
        case BleakGATTProtocolError():
            return LinkError(
                f"{sensor} refused while {doing}: {error.args[1]}.",
                Reason.SENSOR_REFUSED,
                "Switch it off and on again; if that does not help, its firmware differs from the spec.",
            )
        case BleakDBusError():
            for end, sentence, reason, kind in _DBUS:
                if error.dbus_error.endswith(end):
                    return LinkError(sentence.format(sensor=sensor), reason, hint(kind))
            return LinkError(f"The link to {sensor} failed while {doing}: {error}.", Reason.LINK_LOST)
        case TimeoutError():
            return LinkError(
                f"{sensor} did not answer in time while {doing}.", Reason.LINK_LOST, "Bring it nearer and try again."
            )
        case BleakError():
            return LinkError(f"The link to {sensor} failed while {doing}: {error}.", Reason.LINK_LOST)
        case PermissionError():
            return LinkError("This program may not use Bluetooth.", Reason.NO_PERMISSION, hint("no-permission"))
        case _:
            # Without BlueZ or its D-Bus, bleak lets a bare OSError through.
            return LinkError(
                f"This computer's Bluetooth service cannot be reached ({getattr(error, 'strerror', None) or error}).",
                Reason.NO_ADAPTER,
                f"Check that it has an adapter. {hint('no-service')}",
            )


def wants_pairing(error: BaseException) -> bool:
    """Whether a sensor refused because the link is not encrypted."""
    if isinstance(error, BleakGATTProtocolError):
        return int(error.args[0]) in PAIRING_CODES
    return isinstance(error, BleakDBusError) and error.dbus_error.endswith(
        ("Error.NotPermitted", "Error.NotAuthorized")
    )


def not_found(sensor: str, heard: int = 0, *, known: bool = False) -> LinkError:
    """No such sensor was heard; `heard` other devices were. known: it was named, or used before."""
    others = f" {heard} other Bluetooth device{'s were' if heard > 1 else ' was'} heard." if heard else ""
    held = f" {TAKEN} {hint('taken')}" if known else " See that no phone is connected to it."
    return LinkError(
        f"No {sensor} was heard.{others}" if not known else f"{sensor} was not heard.{others}",
        Reason.SENSOR_NOT_FOUND,
        f"Wake the sensor and bring it near.{held}",
    )


def taken(sensor: str) -> LinkError:
    """It was heard, and does not let itself be connected to."""
    return LinkError(f"{sensor} was heard but did not accept a connection. {TAKEN}", Reason.SENSOR_TAKEN, hint("taken"))


def another(sensor: str, heard: Sequence[tuple[str, str]]) -> LinkError:
    """The sensor that is meant was not heard, but others of its kind: (name, address) each."""
    listed = ", ".join(f"{name} ({address})" for name, address in heard)
    return LinkError(
        f"{sensor} was not heard; {listed} of the same kind {'was' if len(heard) == 1 else 'were'}.",
        Reason.OTHER_SENSOR,
        "Wake the one that is meant, or choose another with --sensor NAME or --sensor ADDRESS.",
    )


def several(sensor: str, heard: Sequence[tuple[str, str]]) -> LinkError:
    """More than one fits: (name, address) each, the strongest first."""
    listed = ", ".join(f"{name} ({address})" for name, address in heard)
    return LinkError(
        f"{len(heard)} sensors fit {sensor}: {listed}.",
        Reason.SEVERAL_SENSORS,
        "Choose one with --sensor NAME or --sensor ADDRESS, or switch the others off.",
    )
