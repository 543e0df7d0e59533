"""What bleak raises, as a LinkError: a reason for programs and what to do for people."""

from collections.abc import Iterator
from contextlib import contextmanager

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from hiplevel.model.errors import LinkError, Reason

_WHY = BleakBluetoothNotAvailableReason
_NOT_AVAILABLE = {
    _WHY.NO_BLUETOOTH: ("This computer has no Bluetooth adapter.", "Plug in a Bluetooth dongle."),
    _WHY.NO_BLE_CENTRAL_ROLE: (
        "This computer's Bluetooth adapter cannot talk to Bluetooth Low Energy sensors.",
        "Plug in a dongle for Bluetooth 4.0 or newer.",
    ),
    _WHY.POWERED_OFF: ("Bluetooth is switched off.", "Switch it on in the computer's settings."),
    _WHY.DENIED_BY_USER: (
        "This program may not use Bluetooth.",
        "Allow it in the system's privacy settings, then start again.",
    ),
    _WHY.DENIED_BY_SYSTEM: (
        "The system does not let this program use Bluetooth.",
        "Ask whoever administers this computer.",
    ),
}
_UNKNOWN = ("Bluetooth is not available on this computer.", "Check that it has an adapter and that it is switched on.")


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
            sentence, hint = _NOT_AVAILABLE.get(error.reason, _UNKNOWN)
            return LinkError(sentence, Reason.NO_ADAPTER, hint)
        case BleakDeviceNotFoundError():
            return not_found(sensor)
        case BleakCharacteristicNotFoundError():
            return LinkError(
                f"{sensor} lacks the characteristic {error.char_specifier} that its spec names.",
                Reason.SENSOR_REFUSED,
                "It may run other firmware: compare `hiplevel sensors show` with the firmware on the sensor.",
            )
        case BleakGATTProtocolError():
            return LinkError(
                f"{sensor} refused while {doing}: {error.args[1]}.",
                Reason.SENSOR_REFUSED,
                "Switch it off and on again; if that does not help, its firmware differs from the spec.",
            )
        case TimeoutError():
            return LinkError(
                f"{sensor} did not answer in time while {doing}.", Reason.LINK_LOST, "Bring it nearer and try again."
            )
        case BleakError():
            return LinkError(f"The link to {sensor} failed while {doing}: {error}.", Reason.LINK_LOST)
        case _:
            # Without BlueZ or its D-Bus, bleak lets a bare OSError through.
            return LinkError(
                f"This computer's Bluetooth service cannot be reached ({getattr(error, 'strerror', None) or error}).",
                Reason.NO_ADAPTER,
                "Check that it has an adapter and that the Bluetooth service runs.",
            )


def not_found(sensor: str, heard: int = 0) -> LinkError:
    """No such sensor was heard; `heard` other devices were."""
    others = f" {heard} other Bluetooth device{'s were' if heard > 1 else ' was'} heard." if heard else ""
    return LinkError(
        f"No {sensor} was heard.{others}",
        Reason.SENSOR_NOT_FOUND,
        "Wake the sensor, bring it near, and see that no phone is connected to it.",
    )
