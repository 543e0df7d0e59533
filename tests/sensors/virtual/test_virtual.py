"""A spec becomes a peripheral, and the client understands it: real GATT between the two."""

import asyncio
import contextlib
import dataclasses

import numpy as np
import pytest
from bleak import BleakClient, BleakScanner

from hiplevel.model.errors import LinkError
from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.find import find, scan
from hiplevel.sensors.spec import Spec, Step, list_specs, parse_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.sensors.virtual.faults import Faults
from sensors.virtual_bench import REFERENCE, Bench, motion, on_bench

MAKER, SERIAL = (f"0000{uuid}-0000-1000-8000-00805f9b34fb" for uuid in ("2a29", "2a25"))


def test_it_says_that_it_is_simulated_wherever_it_is_looked_at() -> None:
    async def test(bench: Bench) -> None:
        found = await find(bench.radio, REFERENCE.match, "Clip", settle_s=0.0)
        assert found.name == "hiplevel-SIM-0042"
        await bench.connect()
        assert bench.client.identity.simulated
        assert bench.client.identity.maker == "hiplevel (simulated)"
        assert "simulated" in bench.client.identity.model
        assert bench.client.identity.serial == "0042"
        assert bench.client.identity.firmware == REFERENCE.firmware

    on_bench(test, number="0042")


def test_what_it_streams_is_exactly_what_the_encoder_makes_of_the_wearer() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.sensor.finished.wait()
        await bench.client.stop()
        samples = motion(2.0)
        made = [payload for _, payload in REFERENCE.encoder().encode(samples.acc_m_s2, samples.gyr_rad_s, 0)]
        assert bench.payloads() == made
        assert bench.sensor.sent == len(made) == 40

    on_bench(test)


def test_the_answers_and_the_battery_come_through_as_well_and_in_order_of_arrival() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.client.stop()
        assert bench.payloads("control") == [b"\x83\x00", b"\x81\x00", b"\x82\x00", b"\x83\x00"]
        assert bench.payloads("battery") == [bytes([55])]
        arrivals = [n.arrival_ns for n in bench.got]
        assert arrivals == sorted(arrivals)

    on_bench(test, battery_percent=55)


def test_the_client_sets_rate_and_range_and_reads_them_back() -> None:
    async def test(bench: Bench) -> None:
        bench.client.settings |= {"rate": 200, "acc_range": 8, "per_packet": 10}
        await bench.connect()
        await bench.client.start()
        assert bench.sensor.settings["rate"] == 200
        assert await bench.client.read("config") == bytes.fromhex("01 c8 00 08 d0 07 0a")
        assert bench.client.settings == {"rate": 200, "acc_range": 8, "gyr_range": 2000, "per_packet": 10}
        await bench.sensor.finished.wait()
        await bench.client.stop()
        assert {len(payload) for payload in bench.payloads()} == {8 + 10 * 12}

    on_bench(test, motion(1.0, 200.0))


def test_it_stops_when_told_and_starts_again_where_the_wearer_is() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.client.stop()
        until_stop = len(bench.payloads())
        assert 0 < until_stop < 1200
        await bench.client.read("config")
        assert len(bench.payloads()) == until_stop
        await bench.client.start()
        await bench.sensor.finished.wait()
        await bench.client.stop()
        decoder = REFERENCE.decoder()
        times = [decoder.feed("data", p, 0).time_ns for p in bench.payloads()]
        ticks = np.concatenate([t for t in times if t is not None])
        assert np.array_equal(ticks, np.arange(ticks.size) * 10_000_000)

    on_bench(test, motion(60.0))


def test_packets_are_lost_and_doubled_on_demand_and_the_same_with_the_same_seed() -> None:
    seen: list[list[bytes]] = []

    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.sensor.finished.wait()
        await bench.client.stop()
        sensor = bench.sensor
        assert sensor.dropped > 5
        assert sensor.duplicated > 5
        assert len(bench.payloads()) == sensor.sent + sensor.duplicated
        assert sensor.sent + sensor.dropped == 200
        seen.append(bench.payloads())

    for _ in range(2):
        on_bench(test, motion(10.0), faults=Faults(drop=0.1, duplicate=0.1, seed=7))
    assert seen[0] == seen[1]


def test_the_link_breaks_after_as_many_packets_as_asked() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.lost.wait()
        assert bench.sensor.sent == 7
        assert len(bench.payloads()) <= 7

    on_bench(test, motion(10.0), faults=Faults(break_after=7))


def test_scanning_lists_what_fits() -> None:
    async def test(bench: Bench) -> None:
        found = await scan(bench.radio, REFERENCE.match, "Clip", 0.1)
        assert [one.name for one in found] == ["hiplevel-SIM-0001"]
        assert found[0].rssi_dbm < 0

    on_bench(test)


def test_a_name_pattern_of_another_maker_is_advertised_as_the_spec_says_and_still_marked_simulated() -> None:
    match = dataclasses.replace(
        REFERENCE.match, name="^Movesense [0-9]{12}$", example="Movesense 000000000000", companies=(0x9F,)
    )
    spec = dataclasses.replace(REFERENCE, match=match)

    async def test(bench: Bench) -> None:
        found = await BleakScanner.find_device_by_name("Movesense 000000000000", backend=bench.radio.scanner)
        assert found is not None
        async with BleakClient(found, backend=bench.radio.client) as client:
            assert await client.read_gatt_char(MAKER) == b"hiplevel (simulated)"
            assert await client.read_gatt_char("00002a19-0000-1000-8000-00805f9b34fb") == bytes([87])

    on_bench(test, spec=spec)


def test_a_sensor_without_a_start_command_streams_to_whoever_subscribes() -> None:
    spec = dataclasses.replace(REFERENCE, start=(Step(subscribe=("data",)),), stop=(), info=None)

    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.sensor.finished.wait()
        await bench.client.read("battery")
        assert len(bench.payloads()) == 40

    on_bench(test, spec=spec)


def test_a_change_of_the_battery_is_notified() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.sensor.set_battery(12)
        await bench.client.stop()
        assert bench.payloads("battery") == [bytes([87]), bytes([12])]

    on_bench(test)


def test_a_battery_that_must_be_asked_for_is_asked_and_answers_as_the_table_says() -> None:
    text = REFERENCE.toml_text.replace(
        '[battery]\nread = "battery"\nnotify = true',
        '[[frame]]\non = "data"\nwhen = [{ at = 0, eq = 0x7F }]\n'
        'battery = { at = 2, type = "u16", table = [[396, 100], [379, 50], [350, 10]] }\n'
        '[battery]\npoll = { write = "control", bytes = "27 64", every_s = 3600 }',
    )
    spec = parse_spec(text, "polled.toml")

    async def test(bench: Bench) -> None:
        await bench.connect()
        await bench.client.start()
        await bench.sensor.finished.wait()
        await bench.client.stop()
        decoder = spec.decoder()
        told = [decoder.feed("data", payload, 0).battery_percent for payload in bench.payloads()]
        assert [percent for percent in told if percent is not None] == [50.0]

    on_bench(test, spec=spec, battery_percent=60)


@pytest.mark.parametrize("spec", list_specs(), ids=lambda spec: spec.id)
def test_every_shipped_spec_becomes_a_sensor_that_the_client_understands(spec: Spec) -> None:
    rate_hz = spec.rate_hz()
    moved = motion(2.0, rate_hz)
    samples = Samples(moved.time_s, moved.acc_m_s2, moved.gyr_rad_s)

    async def test(bench: Bench) -> None:
        bench.client._sleep = lambda _: asyncio.sleep(0)
        await bench.connect()
        assert bench.client.identity.simulated
        await bench.client.start()
        await bench.sensor.finished.wait()
        with contextlib.suppress(LinkError):
            await bench.client.stop()
        stream = SensorStream(spec, **bench.client.settings)
        blocks = [stream.feed(n.characteristic, n.payload, n.arrival_ns) for n in bench.got]
        got = Samples.empty().joined(*blocks, stream.finish())
        whole = len(samples) // bench.sensor.spec.encoder().batch * bench.sensor.spec.encoder().batch
        assert len(got) == whole
        assert np.allclose(got.acc_m_s2, samples.acc_m_s2[:whole], atol=0.01)
        assert np.allclose(got.gyr_rad_s, samples.gyr_rad_s[:whole], atol=0.01)  # Polar tells whole deg/s
        assert stream.health.lost in (0, None)

    on_bench(test, samples, spec=spec)
