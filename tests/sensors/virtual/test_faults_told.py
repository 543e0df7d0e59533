"""What a sensor refuses, lacks or insists on is told as what it is; and faults are read from words."""

import asyncio
import dataclasses

import numpy as np
import pytest

from hiplevel.model.errors import LinkError, Reason, UsageError
from hiplevel.sensors.spec import Spec, list_specs, load_spec
from hiplevel.sensors.virtual.faults import Faults, parse_faults
from sensors.virtual_bench import impatient
from sensors.virtual_trial import EVERY, Trial, trial, truth_at

COMMANDED = [s for s in list_specs() if any(x.write and x.response and x.on_fail == "abort" for x in s.probe + s.start)]
ANSWERING = [s for s in list_specs() if any(x.expect and x.on_fail == "abort" for x in s.probe + s.start)]


@pytest.mark.parametrize("spec", COMMANDED, ids=lambda spec: spec.id)
def test_commands_that_are_refused_end_in_a_sentence(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        with pytest.raises(LinkError) as caught:
            await one.begin()
        assert caught.value.reason is Reason.SENSOR_REFUSED
        assert str(caught.value)

    trial(spec, test, faults=Faults(refuse=True))


@pytest.mark.parametrize("spec", ANSWERING, ids=lambda spec: spec.id)
def test_answers_that_do_not_come_end_in_a_sentence(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        with pytest.raises(LinkError, match=r"gave no answer within|answered") as caught:
            await one.begin()
        assert caught.value.reason is Reason.SENSOR_REFUSED

    trial(spec, test, faults=Faults(silent=True), client_spec=dataclasses.replace(impatient(spec), family=""))


@EVERY
def test_firmware_without_a_characteristic_is_refused(spec: Spec) -> None:
    lacking = next(frame.on for frame in spec.frames if frame.samples)

    async def test(one: Trial) -> None:
        with pytest.raises(LinkError, match="lacks the characteristic") as caught:
            await one.connect()
        assert caught.value.reason is Reason.SENSOR_REFUSED

    trial(spec, test, faults=Faults(lacks=lacking))


@pytest.mark.parametrize(
    ("spec_id", "version", "wanted"),
    [("movesense.gsp-imu6", "2.1.0", "2.3"), ("polar.verity-sense-sdk", "1.0.9", "1.1.5")],
)
def test_old_firmware_is_told_as_what_it_is(spec_id: str, version: str, wanted: str) -> None:
    async def test(one: Trial) -> None:
        with pytest.raises(LinkError, match=wanted) as caught:
            await one.connect()
        assert caught.value.reason is Reason.FIRMWARE_OLD
        assert version in str(caught.value)

    trial(load_spec(spec_id), test, faults=Faults(lacks="data", firmware=version))


@EVERY
def test_a_low_battery_is_told_where_the_sensor_tells_it(spec: Spec) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        await asyncio.sleep(0)
        _, stream = one.dated()
        if spec.battery is None:
            assert stream.health.battery_percent is None
        else:
            assert stream.health.battery_percent == pytest.approx(6.0, abs=1.0)

    trial(spec, test, battery_percent=6)


def test_a_setting_that_the_sensor_insists_on_is_what_samples_are_dated_by() -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        assert one.client.settings["rate"] == 104
        got, _ = one.dated()
        assert np.diff(got.time_s) == pytest.approx(np.full(len(got) - 1, 1 / 104), abs=1e-6)

    trial(load_spec("hiplevel.reference"), test, faults=Faults(insists={"rate": 104}))


@pytest.mark.parametrize("asked", ["mbientlab.metamotion-r", "mbientlab.metamotion-s"])
@pytest.mark.parametrize("real", ["mbientlab.metamotion-r", "mbientlab.metamotion-s"])
def test_the_probe_finds_the_chip_whichever_was_asked_for(asked: str, real: str) -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        assert one.client.spec.id == real
        got, _ = one.dated()
        assert len(got) > 380
        acc, _ = truth_at(got.time_s)
        assert np.abs(got.acc_m_s2 - acc).max() < 0.5  # dated by arrival

    trial(load_spec(real), test, client_spec=load_spec(asked))


@pytest.mark.parametrize(
    ("spec_id", "found", "left"),
    [
        ("witmotion.ble5", {"found_rate": 0x08}, ["ffaa6988b5", "ffaa030800"]),
        ("nordic.thingy52", {"found_times": 0x0019_01F4_0064_0032, "found_wake": 0}, ["32006400f401190000"]),
        ("adafruit.sense", {"found_acc": 250, "found_gyr": -1}, ["fa000000", "ffffffff"]),
    ],
)
def test_a_sensor_is_left_as_it_was_found_also_after_a_lost_link(
    spec_id: str, found: dict[str, int | float | str], left: list[str]
) -> None:
    spec = load_spec(spec_id)
    written: list[str] = []

    async def test(one: Trial) -> None:
        await one.begin()
        await one.lost.wait()
        while one.sensor._device.connections:
            await asyncio.sleep(0)
        await one.client.disconnect()
        one.sensor.settings |= dict.fromkeys(found, 7)  # what this session had set it to
        await one.begin()
        write = one.client.write

        async def overheard(alias: str, payload: bytes, response: bool) -> None:
            written.append(payload.hex())
            await write(alias, payload, response)

        one.client.write = overheard  # type: ignore[method-assign]
        await one.client.stop()

    trial(spec, test, settings=found, faults=Faults(break_after=4))
    assert [one for one in written if one != "ffaa276400"] == left  # but for the question for its charge


def test_a_factor_that_the_start_answer_tells_is_used() -> None:
    spec = load_spec("polar.verity-sense")

    async def test(one: Trial) -> None:
        await one.stream()
        assert one.client.settings["gyr_factor"] == pytest.approx(0.07)
        got, _ = one.dated()
        _, gyr = truth_at(got.time_s)
        assert np.abs(got.gyr_rad_s - gyr).max() < 0.001

    trial(spec, test, settings={"gyr_factor": 0.07})


def test_a_clock_that_runs_fast_is_told_in_ppm() -> None:
    async def test(one: Trial) -> None:
        await one.stream()
        _, stream = one.dated()
        assert stream.health.drift_ppm == pytest.approx(500, abs=60)
        assert stream.health.rate_error_ppm == pytest.approx(0, abs=5)  # by its own clock it is right

    trial(load_spec("hiplevel.reference"), test, 120.0, faults=Faults(drift_ppm=500.0, burst_s=0.03))


def test_faults_are_read_from_words() -> None:
    assert parse_faults(("drop=0.1", "refuse", "firmware=0.9", "break_after=7", "wrap-s=2")) == Faults(
        drop=0.1, refuse=True, firmware="0.9", break_after=7, wrap_s=2.0
    )
    with pytest.raises(UsageError, match="no fault 'dorp'"):
        parse_faults(("dorp=1",))
    with pytest.raises(UsageError, match="is no fault"):
        parse_faults(("drop=often",))
    with pytest.raises(UsageError, match="between 0 and 1"):
        parse_faults(("drop=2",))
