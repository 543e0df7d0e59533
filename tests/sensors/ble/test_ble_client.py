"""What the client makes of sensors that look alike, are old, want to be paired, or are held by another."""

import asyncio
import dataclasses

import pytest
from bleak import BleakClient

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.find import find
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.faults import Faults
from sensors.virtual_bench import REFERENCE, Bench, on_bench

MMS, MMR = load_spec("mbientlab.metamotion-s"), load_spec("mbientlab.metamotion-r")


def test_of_a_family_that_looks_alike_the_probe_finds_the_right_one() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        assert bench.client.spec.id == MMR.id
        assert bench.client.settings == MMR.settings()

    on_bench(test, spec=MMR, client_spec=MMS)


def test_old_firmware_is_told_when_the_sensor_refuses_and_only_then() -> None:
    newer = dataclasses.replace(REFERENCE, firmware=">= 2.0")
    older = dataclasses.replace(REFERENCE, firmware="1.4")

    async def refused(bench: Bench) -> None:
        await bench.connect()
        with pytest.raises(LinkError, match=r"has firmware 1\.4; hiplevel\.reference is for 2\.0 or newer") as caught:
            await bench.client.start()
        assert caught.value.reason is Reason.FIRMWARE_OLD

    async def willing(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()

    on_bench(refused, spec=older, client_spec=newer, faults=Faults(answer=b"\x81\x01"))
    on_bench(willing, spec=older, client_spec=newer)


def test_a_sensor_held_by_another_host_says_how_to_free_it() -> None:
    async def test(bench: Bench) -> None:
        assert bench.radio.air is not None
        phone = BumbleAdapter(await bench.radio.air.device("phone"))
        found = await find(bench.radio, REFERENCE.match, "Clip", settle_s=0.0)
        async with BleakClient(found.device, backend=phone.client):
            with pytest.raises(LinkError, match="was not heard") as caught:
                await find(bench.radio, REFERENCE.match, "Clip", Wanted(address=found.address), timeout_s=0.2)
            assert caught.value.reason is Reason.SENSOR_NOT_FOUND
            assert "Another phone or computer may hold it" in str(caught.value)

    on_bench(test)


def test_a_sensor_that_is_heard_and_does_not_connect_is_said_to_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiplevel.sensors.ble.client.CONNECT_S", 0.2)

    async def test(bench: Bench) -> None:
        found = await find(bench.radio, REFERENCE.match, "Clip", settle_s=0.0)
        await bench.sensor.power_off()
        with pytest.raises(LinkError, match="was heard but did not accept a connection") as caught:
            await bench.client.connect(found)
        assert caught.value.reason is Reason.SENSOR_TAKEN

    on_bench(test)


def test_a_sensor_that_wants_to_be_paired_is_paired_and_then_streams() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        while len(bench.payloads()) < 3:
            await asyncio.sleep(0)
        assert bench.sensor._device.connections[1].is_encrypted
        await bench.client.stop()

    on_bench(test, faults=Faults(encrypted=True))


def test_stopping_turns_notifications_off_again() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        while len(bench.payloads()) < 3:
            await asyncio.sleep(0)
        await bench.client.stop()
        before = len(bench.got)
        await bench.sensor.set_battery(12)
        assert bench.client._subscribed == set()
        await bench.client.read("battery")
        assert len(bench.got) == before

    on_bench(test)
