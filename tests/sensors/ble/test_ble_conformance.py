"""The parts of bleak and Bumble that hiplevel relies on: an upgrade that changes them fails here, by name."""

import inspect
import sys

import bleak.exc
import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bumble.controller import Controller
from bumble.device import Connection, Device
from bumble.gatt_client import Client

from hiplevel.sensors.ble.bumble_backend import BumbleClient
from hiplevel.sensors.ble.bumble_scanner import BumbleScanner
from hiplevel.sensors.ble.errors import PAIRING_CODES
from hiplevel.sensors.virtual.controller import VirtualController


def parameters(call: object) -> list[str]:
    return [name for name in inspect.signature(call).parameters if name != "self"]  # type: ignore[arg-type]


def test_every_bleak_exception_is_a_bleak_error() -> None:
    kinds = [kind for _, kind in inspect.getmembers(bleak.exc, inspect.isclass) if issubclass(kind, Exception)]
    assert len(kinds) >= 6
    assert all(issubclass(kind, bleak.exc.BleakError) for kind in kinds)


def test_the_reasons_for_no_bluetooth_are_those_we_have_sentences_for() -> None:
    assert {reason.name for reason in bleak.exc.BleakBluetoothNotAvailableReason} == {
        "NO_BLUETOOTH",
        "NO_BLE_CENTRAL_ROLE",
        "POWERED_OFF",
        "DENIED_BY_USER",
        "DENIED_BY_SYSTEM",
        "DENIED_BY_UNKNOWN",
        "UNKNOWN",
    }


@pytest.mark.parametrize("public", [BleakClient, BleakScanner])
def test_a_backend_can_be_passed_in(public: type) -> None:
    assert "backend" in parameters(public)


def test_the_calls_we_make_exist_with_these_parameters() -> None:
    assert parameters(BleakClient)[:2] == ["address_or_ble_device", "disconnected_callback"]
    assert parameters(BleakClient.start_notify)[:2] == ["char_specifier", "callback"]
    assert parameters(BleakClient.write_gatt_char) == ["char_specifier", "data", "response"]
    assert parameters(BleakScanner)[:2] == ["detection_callback", "service_uuids"]
    assert isinstance(BleakGATTCharacteristic.max_write_without_response_size, property)
    assert {"local_name", "manufacturer_data", "service_uuids", "rssi"} <= set(AdvertisementData._fields)
    assert {"address", "name", "details"} <= set(BLEDevice.__slots__)


@pytest.mark.parametrize(("ours", "base"), [(BumbleClient, BaseBleakClient), (BumbleScanner, BaseBleakScanner)])
def test_our_backend_implements_all_that_bleak_asks_for(ours: type, base: type) -> None:
    assert inspect.isabstract(base)
    assert not inspect.isabstract(ours)


@pytest.mark.parametrize(("ours", "base"), [(BumbleClient, BaseBleakClient), (BumbleScanner, BaseBleakScanner)])
def test_our_backend_takes_what_bleak_gives(ours: type, base: type) -> None:
    for name in base.__abstractmethods__:  # type: ignore[attr-defined]
        asked = getattr(base, name)
        if not callable(asked):
            continue
        wanted = [p.lstrip("_") for p in parameters(asked)]
        assert [p.lstrip("_") for p in parameters(getattr(ours, name))] == wanted, name


def test_bumble_still_has_what_we_reach_for() -> None:
    for name in ("on_le_disconnected", "on_hci_le_create_connection_cancel_command", "send_hci_packet"):
        assert callable(getattr(Controller, name)), name
    for name in ("connect", "start_scanning", "stop_scanning", "start_advertising", "notify_subscriber", "power_off"):
        assert callable(getattr(Device, name)), name
    for name in ("disconnect", "drain"):
        assert callable(getattr(Connection, name)), name
    for name in ("request_mtu", "subscribe", "unsubscribe", "read_value", "write_value"):
        assert callable(getattr(Client, name)), name


def test_bumbles_own_controller_still_forgets_to_give_up_connecting() -> None:
    """When this fails, VirtualController can go."""
    body = inspect.getsource(Controller.on_hci_le_create_connection_cancel_command)
    assert "pending_le_connection" not in body
    assert issubclass(VirtualController, Controller)


def test_what_we_ask_of_bleak_while_pairing_and_stopping_exists() -> None:
    assert parameters(BleakClient.pair)[:1] in ([], ["args"])
    assert parameters(BleakClient.stop_notify) == ["char_specifier"]
    assert parameters(BleakClient.disconnect) == []
    assert "service_data" in AdvertisementData._fields
    assert bleak.exc.BleakDBusError("org.bluez.Error.NotReady", ["no"]).dbus_error == "org.bluez.Error.NotReady"
    assert bleak.exc.BleakGATTProtocolError(0x0F).args[0] == 0x0F
    codes = bleak.exc.BleakGATTProtocolErrorCode
    names = {codes.INSUFFICIENT_AUTHENTICATION, codes.INSUFFICIENT_AUTHORIZATION, codes.INSUFFICIENT_ENCRYPTION}
    assert {code.value for code in names} == PAIRING_CODES


@pytest.mark.skipif(sys.platform != "linux", reason="BlueZ is Linux'")
def test_bleak_asks_bluez_for_notifications_in_the_way_that_loses_none() -> None:
    """AcquireNotify drops silently under load; StartNotify is the default since 3.0.2."""
    from bleak.backends.bluezdbus.client import BleakClientBlueZDBus

    assert 'get("use_start_notify", True)' in inspect.getsource(BleakClientBlueZDBus.start_notify)


@pytest.mark.skipif(sys.platform != "linux", reason="BlueZ is Linux'")
def test_what_the_pairing_agent_reaches_for_in_dbus_exists() -> None:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    for name in ("connect", "call", "add_message_handler", "disconnect"):
        assert callable(getattr(MessageBus, name)), name
    for name in ("new_method_return", "new_error"):
        assert callable(getattr(Message, name)), name
