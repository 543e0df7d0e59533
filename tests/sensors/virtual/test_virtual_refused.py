"""What the client refuses of a sensor, and a sensor of the client: each in a sentence with its reason."""

import asyncio
import dataclasses

import pytest

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.find import find
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.virtual.faults import Faults
from sensors.virtual_bench import REFERENCE, Bench, impatient, on_bench, parted

MAKER, SERIAL = (f"0000{uuid}-0000-1000-8000-00805f9b34fb" for uuid in ("2a29", "2a25"))


def test_a_setting_the_sensor_does_not_offer_is_refused_by_the_sensor() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        with pytest.raises(LinkError, match="Value Not Allowed") as caught:
            await bench.client.write("control", bytes.fromhex("01 4d 00 10 d0 07 05"), True)
        assert caught.value.reason is Reason.SENSOR_REFUSED

    on_bench(test)


def test_the_client_refuses_a_wrong_answer_and_shows_both() -> None:
    async def test(bench: Bench) -> None:
        await bench.connect()
        with pytest.raises(LinkError, match="answered 81 02 to 03; its spec expects 83 00") as caught:
            await bench.client.start()
        assert caught.value.reason is Reason.SENSOR_REFUSED

    on_bench(test, client_spec=impatient(REFERENCE), faults=Faults(answer=b"\x81\x02"))


def test_the_client_refuses_no_answer_at_all() -> None:
    start, stop = (tuple(dataclasses.replace(s, expect=None) for s in x) for x in (REFERENCE.start, REFERENCE.stop))
    silent = dataclasses.replace(REFERENCE, start=start, stop=stop)

    async def test(bench: Bench) -> None:
        await bench.connect()
        with pytest.raises(LinkError, match=r"gave no answer within 0\.05 s to 03"):
            await bench.client.start()

    on_bench(test, spec=silent, client_spec=impatient(REFERENCE))


def test_the_client_refuses_a_sensor_that_lacks_a_characteristic() -> None:
    chars = {**REFERENCE.chars, "extra": ("0821ff00-4441-4114-97ad-8bc9f68307bf", SERIAL)}
    more = dataclasses.replace(REFERENCE, chars=chars)

    async def test(bench: Bench) -> None:
        with pytest.raises(LinkError, match="lacks the characteristic 00002a25") as caught:
            await bench.connect()
        assert caught.value.reason is Reason.SENSOR_REFUSED
        await parted(bench.sensor)

    on_bench(test, client_spec=more)


def test_the_client_refuses_a_link_whose_packets_are_too_small() -> None:
    async def test(bench: Bench) -> None:
        bench.client._sleep = lambda _: asyncio.sleep(0)
        with pytest.raises(LinkError, match="at most 517 bytes; the sensor needs 600") as caught:
            await bench.connect()
        assert caught.value.reason is Reason.SENSOR_REFUSED

    on_bench(test, client_spec=dataclasses.replace(REFERENCE, min_mtu=600))


def test_the_client_refuses_a_profile_version_it_does_not_know() -> None:
    assert REFERENCE.info is not None
    newer = dataclasses.replace(
        REFERENCE,
        info=dataclasses.replace(REFERENCE.info, constants=(REFERENCE.info.constants[0]._replace(eq=2),)),
    )

    async def test(bench: Bench) -> None:
        await bench.connect()
        with pytest.raises(LinkError, match="tells its settings in a way"):
            await bench.client.start()

    on_bench(test, spec=newer, client_spec=REFERENCE)


def test_nothing_of_that_kind_near_says_so_and_counts_the_others() -> None:
    nobody = dataclasses.replace(REFERENCE.match, services=("00000000-1111-2222-3333-444444444444",))

    async def test(bench: Bench) -> None:
        with pytest.raises(LinkError, match=r"No Clip was heard\. 1 other Bluetooth device was heard") as caught:
            await find(bench.radio, nobody, "Clip", timeout_s=0.2)
        assert caught.value.reason is Reason.SENSOR_NOT_FOUND
        with pytest.raises(LinkError, match="C0:FF:EE:00:00:00 was not heard; hiplevel-SIM-0001") as caught:
            await find(bench.radio, REFERENCE.match, "Clip", Wanted(address="C0:FF:EE:00:00:00"), timeout_s=0.2)
        assert caught.value.reason is Reason.OTHER_SENSOR

    on_bench(test)


def test_an_adapter_that_is_off_is_told_apart_from_a_missing_sensor() -> None:
    async def test(bench: Bench) -> None:
        assert bench.radio.scanner is not None
        await bench.radio.scanner.adapter.power_off()  # type: ignore[attr-defined]
        with pytest.raises(LinkError, match="switched off") as caught:
            await find(bench.radio, REFERENCE.match, "Clip", timeout_s=0.1)
        assert caught.value.reason is Reason.BLUETOOTH_OFF

    on_bench(test)
