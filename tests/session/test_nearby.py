"""Which sensor a session uses."""

import contextlib
from collections.abc import Sequence

import pytest

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.recognise import Heard
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from hiplevel.session.nearby import choose, nearby
from hiplevel.session.remembered_sensors import Remembered
from sensors.virtual_bench import motion

REFERENCE, MOVESENSE = load_spec("hiplevel.reference"), load_spec("movesense.gsp-imu6")
MINE = Heard("Clip", "C0:01", -60, (REFERENCE,))
OTHER = Heard("Clip", "C0:02", -50, (REFERENCE,))
WATCH = Heard("Watch", "C0:03", -40)
REMEMBERED = Remembered("hiplevel.reference", "Clip", "C0:01", "77")


def test_a_spec_is_taken_without_listening() -> None:
    chosen = choose("movesense.gsp-imu6", listen=lambda: pytest.fail("listened"))
    assert chosen.spec is MOVESENSE
    assert chosen.wanted.any


@pytest.mark.parametrize("named", ["c0:02", "C0:02"])
def test_an_address_names_one_of_two_with_the_same_name(named: str) -> None:
    assert choose(named, listen=lambda: [MINE, OTHER, WATCH]).wanted.address == "C0:02"
    with pytest.raises(LinkError) as caught:
        choose("clip", listen=lambda: [MINE, OTHER])
    assert caught.value.reason is Reason.SEVERAL_SENSORS


def test_the_only_one_near_is_taken_and_of_two_a_person_chooses() -> None:
    assert choose(listen=lambda: [MINE, WATCH]).wanted.address == "C0:01"
    asked: list[Sequence[Heard]] = []

    def second(_: str, heard: Sequence[Heard]) -> Heard:
        asked.append(heard)
        return heard[1]

    assert choose(ask=second, listen=lambda: [OTHER, MINE, WATCH]).wanted.address == "C0:01"
    assert asked == [[OTHER, MINE]]
    with pytest.raises(LinkError) as caught:
        choose(listen=lambda: [OTHER, MINE])
    assert caught.value.reason is Reason.SEVERAL_SENSORS


def test_another_than_the_remembered_one_is_not_taken_without_asking() -> None:
    assert choose(remembered=REMEMBERED, listen=lambda: [OTHER, MINE]).wanted == REMEMBERED.wanted
    with pytest.raises(LinkError, match=r"Clip \(C0:01\) was not heard; Clip \(C0:02\)") as caught:
        choose(remembered=REMEMBERED, listen=lambda: [OTHER, WATCH])
    assert caught.value.reason is Reason.OTHER_SENSOR
    with pytest.raises(LinkError):
        choose(remembered=REMEMBERED, ask=lambda _, __: None, listen=lambda: [OTHER])
    assert choose(remembered=REMEMBERED, ask=lambda _, h: h[0], listen=lambda: [OTHER]).wanted.address == "C0:02"
    # With nothing of the kind near, it is looked for for longer.
    assert choose(remembered=REMEMBERED, listen=lambda: [WATCH]).wanted == REMEMBERED.wanted


def test_nothing_known_near_says_what_to_do() -> None:
    with pytest.raises(LinkError, match="Wake the sensor") as caught:
        choose(listen=lambda: [WATCH])
    assert caught.value.reason is Reason.SENSOR_NOT_FOUND


def test_looking_around_recognises_and_asks_for_the_charge() -> None:
    @contextlib.asynccontextmanager
    async def open_radio(_inbox):  # type: ignore[no-untyped-def]
        async with VirtualAir() as air:
            for spec, number, dbm in ((MOVESENSE, "0001", -70), (REFERENCE, "0002", -45)):
                sensor = VirtualSensor(spec, Given(motion(1.0)), number=number, battery_percent=64)
                await sensor.power_on(await air.device(number, dbm), split_advertisement=True)
            stranger = await air.device("stranger", -30)
            await stranger.start_advertising(advertising_data=bytes([3, 9, 0x54, 0x56]))
            adapter = BumbleAdapter(await air.device("adapter"))
            yield Radio(adapter.scanner, adapter.client)

    heard = nearby(0.3, ask_battery=True, open_radio=open_radio)
    assert [one.specs[0].id for one in heard[:2]] == ["hiplevel.reference", "movesense.gsp-imu6"]
    assert [one.rssi_dbm for one in heard[:2]] == [-45, -70]
    assert [one.battery_percent for one in heard] == [64, 64, None]
    assert (heard[2].name, heard[2].specs) == ("TV", ())
