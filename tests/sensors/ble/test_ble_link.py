"""The link's clock, queue and errors."""

import asyncio
import threading

import pytest
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
from hiplevel.sensors.ble.errors import as_link_error, not_found, taken
from hiplevel.sensors.ble.firmware import too_old
from hiplevel.sensors.ble.hints import KINDS, hint, system
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock


def test_the_host_clock_ignores_a_wall_clock_that_is_set_back() -> None:
    wall, monotonic = [1_700_000_000_000_000_000], [5]
    clock = HostClock(lambda: wall[0], lambda: monotonic[0])
    assert clock.now_ns() == 1_700_000_000_000_000_000
    wall[0] -= 3_600_000_000_000
    monotonic[0] += 250
    assert clock.now_ns() == 1_700_000_000_000_000_250


def test_a_full_inbox_counts_what_it_refuses_and_keeps_the_order() -> None:
    inbox: Inbox[int] = Inbox(capacity=3)
    assert [inbox.put(n) for n in range(5)] == [True, True, True, False, False]
    assert inbox.overflowed == 2
    assert inbox.put(99, always=True)
    inbox.close()
    assert list(inbox.drain(0.0)) == [0, 1, 2, 99]
    assert inbox.done


def test_an_empty_inbox_says_so_and_a_closed_one_ends() -> None:
    inbox: Inbox[int] = Inbox()
    assert inbox.get(0.0) is None
    assert not inbox.done
    inbox.close()
    assert not inbox.put(1)
    assert list(inbox.drain(0.0)) == []
    assert inbox.overflowed == 0


def test_a_reader_waiting_in_another_thread_gets_everything() -> None:
    inbox: Inbox[int] = Inbox()
    got: list[int | None] = []
    reader = threading.Thread(target=lambda: got.extend(i for i in inbox.drain(5.0) if i is not None))
    reader.start()
    for n in range(1000):
        inbox.put(n)
    inbox.close()
    reader.join()
    assert got == list(range(1000))


def test_a_writer_waits_for_room_until_the_reader_has_caught_up() -> None:
    async def run() -> list[int]:
        inbox: Inbox[int] = Inbox(capacity=8)
        lengths: list[int] = []

        async def write() -> None:
            for n in range(100):
                await inbox.room()
                inbox.put(n)
                lengths.append(len(inbox))
            inbox.close()

        async def read() -> None:
            while not inbox.done:
                inbox.get(0.0)
                await asyncio.sleep(0)

        await asyncio.gather(write(), read())
        assert inbox.overflowed == 0
        return lengths

    assert max(asyncio.run(run())) <= 5


@pytest.mark.parametrize(
    ("raised", "reason", "says"),
    [
        (
            BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF),
            Reason.BLUETOOTH_OFF,
            "switched off",
        ),
        (
            BleakBluetoothNotAvailableError("?", BleakBluetoothNotAvailableReason.UNKNOWN),
            Reason.NO_ADAPTER,
            "not available",
        ),
        (FileNotFoundError(2, "No such file or directory"), Reason.NO_ADAPTER, "Bluetooth service cannot be reached"),
        (BleakDeviceNotFoundError("C0:00"), Reason.SENSOR_NOT_FOUND, "No Clip was heard"),
        (BleakCharacteristicNotFoundError("2a19"), Reason.SENSOR_REFUSED, "lacks the characteristic 2a19"),
        (BleakGATTProtocolError(0x03), Reason.SENSOR_REFUSED, "refused while starting: GATT Protocol Error"),
        (TimeoutError(), Reason.LINK_LOST, "did not answer in time while starting"),
        (BleakError("gone"), Reason.LINK_LOST, "The link to Clip failed while starting: gone"),
        (BleakGATTProtocolError(0x0F), Reason.NOT_PAIRED, "answers only when it is paired"),
        (PermissionError(13, "Permission denied"), Reason.NO_PERMISSION, "may not use Bluetooth"),
        (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", ["no"]), Reason.NO_PERMISSION, "may not use"),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", ["no"]), Reason.NO_ADAPTER, "does not run"),
        (BleakDBusError("org.bluez.Error.NotReady", ["Not Ready"]), Reason.BLUETOOTH_OFF, "switched off"),
        (
            BleakDBusError("org.bluez.Error.AuthenticationFailed", ["no"]),
            Reason.NOT_PAIRED,
            "Clip refused to be paired",
        ),
        (BleakDBusError("org.bluez.Error.Failed", ["abort"]), Reason.LINK_LOST, "failed while starting"),
    ],
)
def test_everything_bleak_raises_becomes_a_reason_and_a_sentence(raised: Exception, reason: Reason, says: str) -> None:
    with pytest.raises(LinkError) as caught, as_link_error("starting", "Clip"):
        raise raised
    assert caught.value.reason is reason
    assert says in str(caught.value)
    assert caught.value.exit_code == 6


def test_not_found_tells_how_many_others_were_heard() -> None:
    assert "1 other Bluetooth device was heard" in str(not_found("Clip", 1))
    assert "3 other Bluetooth devices were heard" in str(not_found("Clip", 3))
    assert "other" not in str(not_found("Clip"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_to_do_differs_by_system_and_is_never_missing(kind: str) -> None:
    told = {on: hint(kind, on) for on in ("linux", "macos", "windows", "")}
    assert all(text.endswith(".") for text in told.values())
    assert len({told["linux"], told["macos"]}) == 2
    assert hint(kind) == told[system()]


@pytest.mark.parametrize(
    ("asked", "told", "older_than"),
    [
        ("default firmware from 2.3, or gatt_sensordata_app", "2.1.0", "2.3"),
        ("default firmware from 2.3, or gatt_sensordata_app", "2.3.0", ""),
        (">=1.1.5", "1.1.10", ""),
        (">= 1.1.5", "v1.0.9", "1.1.5"),
        ("profile 1", "0.1", ""),
        (">= 2.0", "Fr2.0", ""),
        (">= 2.0", "", ""),
    ],
)
def test_firmware_is_old_only_where_both_sides_say_so_in_numbers(asked: str, told: str, older_than: str) -> None:
    assert too_old(asked, told) == older_than


def test_a_sensor_that_is_known_is_told_how_to_be_freed() -> None:
    assert "Another phone or computer may hold it" in str(not_found("Clip (C0:00)", known=True))
    assert "did not accept a connection" in str(taken("Clip"))
    assert taken("Clip").reason is Reason.SENSOR_TAKEN


def test_every_reason_bleak_knows_has_a_sentence_that_says_what_to_do() -> None:
    for why in BleakBluetoothNotAvailableReason:
        with pytest.raises(LinkError) as caught, as_link_error("scanning", "Clip"):
            raise BleakBluetoothNotAvailableError("x", why)
        assert caught.value.hint
