"""The virtual sensor on a controller that is somewhere else: HCI over a socket instead of a function call."""

import asyncio
import sys
from pathlib import Path

import pytest
from bumble.transport import open_transport

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.radio import VirtualRadio
from hiplevel.sensors.virtual.sensor import AtRate, Given, VirtualSensor
from hiplevel.sensors.virtual.serve import address_of, serve
from hiplevel.sensors.virtual.transport import device_on
from sensors.virtual_bench import REFERENCE, TIMEOUT_S, Bench, motion


@pytest.mark.skipif(sys.platform == "win32", reason="no Unix sockets")
def test_a_sensor_behind_a_socket_streams_like_one_in_the_process(tmp_path: Path) -> None:
    async def run() -> None:
        socket = str(tmp_path / "hci")
        server = await open_transport(f"unix-server:{socket}")
        async with asyncio.timeout(TIMEOUT_S), VirtualAir() as air:
            air.controller("far", server)
            adapter = BumbleAdapter(await air.device("adapter"))
            async with device_on(f"unix-client:{socket}", "far sensor") as device:
                sensor = VirtualSensor(REFERENCE, Given(motion(2.0)), pacer=AsFastAsRead())
                await sensor.power_on(device)
                bench = Bench(VirtualRadio(adapter.scanner, adapter.client, air=air), sensor, REFERENCE)
                await bench.connect()
                await bench.client.start()
                await sensor.finished.wait()
                await bench.client.stop()
                await bench.client.disconnect()
                assert len(bench.payloads()) == 40
                await sensor.power_off()
        await server.close()
        server.server.close()

    asyncio.run(run())


@pytest.mark.skipif(sys.platform == "win32", reason="no Unix sockets")
def test_a_sensor_is_served_at_the_rate_it_is_told_until_its_time_is_over(tmp_path: Path) -> None:
    said: list[str] = []

    async def run() -> None:
        socket = str(tmp_path / "hci")
        server = await open_transport(f"unix-server:{socket}")
        worn = AtRate(lambda rate_hz: Given(motion(1.0, rate_hz)))
        sensor = VirtualSensor(REFERENCE, worn, pacer=AsFastAsRead(), number="7")
        async with asyncio.timeout(TIMEOUT_S), VirtualAir() as air:
            air.controller("far", server)
            adapter = BumbleAdapter(await air.device("adapter"))
            serving = asyncio.create_task(serve(sensor, f"unix-client:{socket}", 2.0, said.append))
            bench = Bench(VirtualRadio(adapter.scanner, adapter.client, air=air), sensor, REFERENCE)
            bench.client.settings |= {"rate": 200}
            await bench.connect()
            assert bench.client.identity.address == address_of("hiplevel.reference", "7")
            await bench.client.start()
            await sensor.finished.wait()
            await bench.client.stop()
            await bench.client.disconnect()
            assert len(bench.payloads()) == 40  # a second of 200 samples
            await serving
        await server.close()
        server.server.close()

    asyncio.run(run())
    assert said[0].startswith("Advertising as hiplevel-SIM-7, address C0:DE:")
    assert [line.split()[0] for line in said] == ["Advertising", "Connected:", "Disconnected", "Over"]


@pytest.mark.parametrize("transport", ["nonsense", "nonsense:0", "unix-client:/nowhere/hci"])
def test_a_controller_that_is_not_there_is_a_sentence(transport: str) -> None:
    async def run() -> None:
        async with device_on(transport, "sensor"):
            pass

    with pytest.raises(LinkError, match="cannot be used") as caught:
        asyncio.run(run())
    assert caught.value.reason is Reason.NO_ADAPTER
