"""bleak over Bumble: a peripheral of plain GATT, seen through bleak's own public API."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
    BleakGATTProtocolErrorCode,
)
from bumble.att import ATT_Error, Attribute, AttributeValueV2
from bumble.core import UUID, AdvertisingData
from bumble.gatt import Characteristic, CharacteristicValue, Service

from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.errors import wants_pairing
from hiplevel.sensors.ble.pairing import paired
from hiplevel.sensors.virtual.air import VirtualAir

SERVICE = "a0000001-1111-2222-3333-444455556666"
READ = "a0000002-1111-2222-3333-444455556666"
WRITE = "a0000003-1111-2222-3333-444455556666"
NOTIFY = "a0000004-1111-2222-3333-444455556666"
INDICATE = "a0000005-1111-2222-3333-444455556666"
TIMEOUT_S = 20.0


@dataclass
class Bench:
    air: VirtualAir
    adapter: BumbleAdapter
    device: Any
    characteristics: dict[str, Any]
    written: list[bytes] = field(default_factory=list)

    async def find(self) -> BLEDevice:
        found = await BleakScanner.find_device_by_name("Plain", timeout=TIMEOUT_S, backend=self.adapter.scanner)
        assert found is not None
        return found

    async def client(self, **kwargs: Any) -> BleakClient:
        client = BleakClient(await self.find(), backend=self.adapter.client, **kwargs)
        await client.connect()
        return client


def on_bench(test: Callable[[Bench], Awaitable[None]]) -> None:
    """Run a test against one advertising peripheral."""

    async def run() -> None:
        async with VirtualAir() as air, asyncio.timeout(TIMEOUT_S):
            device = await air.device("Plain")
            written: list[bytes] = []

            def accept(_connection: Any, value: bytes) -> None:
                if value == b"refuse":
                    raise ATT_Error(0x80)
                written.append(value)

            kinds = Characteristic.Properties
            made = {
                READ: Characteristic(READ, kinds.READ, Attribute.READABLE, bytes(range(200)) * 2),
                WRITE: Characteristic(
                    WRITE,
                    kinds.WRITE | kinds.WRITE_WITHOUT_RESPONSE,
                    Attribute.WRITEABLE,
                    CharacteristicValue(write=accept),
                ),
                NOTIFY: Characteristic(NOTIFY, kinds.NOTIFY, Attribute.READABLE, b""),
                INDICATE: Characteristic(INDICATE, kinds.INDICATE, Attribute.READABLE, b""),
            }
            device.add_service(Service(SERVICE, list(made.values())))
            await device.start_advertising(
                auto_restart=True,
                advertising_data=bytes(
                    AdvertisingData(
                        [
                            (AdvertisingData.COMPLETE_LOCAL_NAME, b"Plain"),
                            (AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, bytes(UUID(SERVICE))),
                            (AdvertisingData.MANUFACTURER_SPECIFIC_DATA, b"\x9f\x00hello"),
                        ]
                    )
                ),
            )
            adapter = BumbleAdapter(await air.device("adapter"))
            await test(Bench(air, adapter, device, made, written))

    asyncio.run(run())


def test_scanning_tells_name_services_company_and_strength() -> None:
    async def test(bench: Bench) -> None:
        heard: asyncio.Queue[Any] = asyncio.Queue()
        async with BleakScanner(lambda d, ad: heard.put_nowait((d, ad)), backend=bench.adapter.scanner) as scanner:
            device, data = await heard.get()
        assert device.name == "Plain"
        assert data.local_name == "Plain"
        assert data.service_uuids == [SERVICE]
        assert data.manufacturer_data == {0x9F: b"hello"}
        assert data.rssi < 0
        assert [d.address for d in scanner.discovered_devices] == [device.address]

    on_bench(test)


def test_a_service_filter_keeps_others_out() -> None:
    async def test(bench: Bench) -> None:
        heard: list[Any] = []
        everything: asyncio.Queue[Any] = asyncio.Queue()
        other = "0000180d-0000-1000-8000-00805f9b34fb"
        async with BleakScanner(lambda d, ad: heard.append((d, ad)), [other], backend=bench.adapter.scanner):
            bench.adapter.device.on("advertisement", everything.put_nowait)
            await everything.get()
            await everything.get()
        assert heard == []

    on_bench(test)


def test_an_adapter_that_is_off_says_so() -> None:
    async def test(bench: Bench) -> None:
        await bench.adapter.device.power_off()
        with pytest.raises(BleakBluetoothNotAvailableError) as caught:
            await BleakScanner(backend=bench.adapter.scanner).start()
        assert caught.value.reason is BleakBluetoothNotAvailableReason.POWERED_OFF

    on_bench(test)


def test_discovery_fills_bleaks_own_collection_and_the_mtu_is_large() -> None:
    async def test(bench: Bench) -> None:
        client = await bench.client()
        service = client.services.get_service(SERVICE)
        assert service is not None
        properties = {c.uuid: c.properties for c in service.characteristics}
        assert properties == {
            READ: ["read"],
            WRITE: ["write-without-response", "write"],
            NOTIFY: ["notify"],
            INDICATE: ["indicate"],
        }
        notify = client.services.get_characteristic(NOTIFY)
        assert notify is not None
        assert [d.uuid[4:8] for d in notify.descriptors] == ["2902"]
        assert client.mtu_size == 517
        assert notify.max_write_without_response_size == 514
        assert client.name == "Plain"
        await client.disconnect()

    on_bench(test)


def test_reads_long_values_whole_and_writes_both_ways() -> None:
    async def test(bench: Bench) -> None:
        client = await bench.client()
        assert await client.read_gatt_char(READ) == bytearray(range(200)) * 2
        await client.write_gatt_char(WRITE, b"with", response=True)
        await client.write_gatt_char(WRITE, b"without", response=False)
        await client.read_gatt_char(READ)
        assert bench.written == [b"with", b"without"]
        await client.disconnect()

    on_bench(test)


def test_a_refused_write_is_a_gatt_error_with_its_code() -> None:
    async def test(bench: Bench) -> None:
        client = await bench.client()
        with pytest.raises(BleakGATTProtocolError) as caught:
            await client.write_gatt_char(WRITE, b"refuse", response=True)
        assert caught.value.code == BleakGATTProtocolErrorCode(0x80)
        with pytest.raises(BleakCharacteristicNotFoundError):
            await client.read_gatt_char("00002a19-0000-1000-8000-00805f9b34fb")
        await client.disconnect()

    on_bench(test)


@pytest.mark.parametrize(("uuid", "send"), [(NOTIFY, "notify_subscribers"), (INDICATE, "indicate_subscribers")])
def test_subscriptions_deliver_in_order_until_they_are_stopped(uuid: str, send: str) -> None:
    async def test(bench: Bench) -> None:
        client = await bench.client()
        got: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        await client.start_notify(uuid, lambda c, value: got.put_nowait((c.uuid, bytes(value))))
        for n in range(20):
            await getattr(bench.device, send)(bench.characteristics[uuid], bytes([n]) * 240)
        assert [await got.get() for _ in range(20)] == [(uuid, bytes([n]) * 240) for n in range(20)]
        await client.stop_notify(uuid)
        await getattr(bench.device, send)(bench.characteristics[uuid], b"late")
        await client.read_gatt_char(READ)
        assert got.empty()
        await client.disconnect()

    on_bench(test)


def test_subscribing_to_what_cannot_notify_fails() -> None:
    async def test(bench: Bench) -> None:
        client = await bench.client()
        with pytest.raises(BleakError, match="neither notify nor indicate"):
            await client.start_notify(READ, print)
        await client.disconnect()

    on_bench(test)


def test_a_lost_link_calls_back_and_the_sensor_can_be_connected_again() -> None:
    async def test(bench: Bench) -> None:
        gone = asyncio.Event()
        client = await bench.client(disconnected_callback=lambda _: gone.set())
        assert bench.air.break_links() == 1
        await gone.wait()
        assert not client.is_connected
        with pytest.raises(BleakError):
            await client.write_gatt_char(WRITE, b"too late")
        again = await bench.client()
        assert await again.read_gatt_char(READ) == bytearray(range(200)) * 2
        await again.disconnect()

    on_bench(test)


def test_a_link_lost_during_a_request_is_an_error_and_no_cancellation() -> None:
    async def test(bench: Bench) -> None:
        client = await bench.client()
        stuck: Any = bench.characteristics[READ]
        asked = asyncio.Event()

        async def never(_bearer: Any) -> bytes:
            asked.set()
            await asyncio.Event().wait()
            return b""

        stuck.value = AttributeValueV2(read=never)
        reading = asyncio.create_task(client.read_gatt_char(READ))
        await asked.wait()
        bench.air.break_links()
        with pytest.raises(BleakError, match="Disconnected"):
            await reading

    on_bench(test)


def test_connecting_to_nobody_says_not_found_and_leaves_the_adapter_usable() -> None:
    async def test(bench: Bench) -> None:
        with pytest.raises(BleakDeviceNotFoundError):
            await BleakClient("C0:00:00:00:00:77", timeout=0.05, backend=bench.adapter.client).connect()
        client = await bench.client()
        assert client.is_connected
        await client.disconnect()

    on_bench(test)


def test_what_needs_encryption_is_refused_until_it_is_paired() -> None:
    async def test(bench: Bench) -> None:
        secret = "a0000006-1111-2222-3333-444455556666"
        needs = Attribute.READABLE | Attribute.READ_REQUIRES_ENCRYPTION
        bench.device.add_service(
            Service(
                "a0000009-1111-2222-3333-444455556666",
                [Characteristic(secret, Characteristic.Properties.READ, needs, b"told")],
            )
        )
        client = await bench.client()
        with pytest.raises(BleakGATTProtocolError) as caught:
            await client.read_gatt_char(secret)
        assert wants_pairing(caught.value)
        assert bytes(await paired(client, lambda: client.read_gatt_char(secret))) == b"told"
        await client.disconnect()

    on_bench(test)
