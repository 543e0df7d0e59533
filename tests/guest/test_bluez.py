"""A session over the real thing: the kernel's Bluetooth, bluetoothd, D-Bus and bleak's own backend, all untouched.

Only the radio is imagined: a virtual adapter for the kernel, and a virtual sensor on the same link. What is slow to
import is imported in the tests: elsewhere they are skipped without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cli.running import Hiplevel
from hiplevel.model.samples import Samples

if TYPE_CHECKING:
    from guest.bluez import BluezAir

pytestmark = pytest.mark.timeout(300)
SECONDS, RATE_HZ, PER_PACKET = 60.0, 100.0, 5
SHORT_S, FAULT_AT_PACKET = 15.0, 100


def motion(seconds: float) -> Samples:
    """A pelvis that sways a little, with gravity where it belongs."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    turn = 0.02 * np.sin(2.0 * np.pi * 0.3 * time_s)
    still = np.zeros_like(turn)
    acc_m_s2 = np.column_stack([still, 9.81 * np.sin(turn), 9.81 * np.cos(turn)])
    return Samples(time_s, acc_m_s2, np.column_stack([turn, still, still]))


@dataclass
class Sat:
    """What a sitting was."""

    session: Any
    sensor: Any
    path: Path

    @property
    def kinds(self) -> list[str]:
        """What happened to the link."""
        return [type(e).__name__ for e in self.session.events if type(e).__name__ in ("LinkLost", "LinkRestored")]


def put_on(air: "BluezAir", seconds: float, number: str = "0001", **faults: Any) -> Any:
    """A sensor of the reference profile on the air."""
    from hiplevel.sensors.spec import load_spec
    from hiplevel.sensors.virtual.faults import Faults
    from hiplevel.sensors.virtual.sensor import VirtualSensor
    from hiplevel.sensors.virtual.wearer import Given

    spec = load_spec("hiplevel.reference")
    return air.add(
        lambda: VirtualSensor(
            spec, Given(motion(seconds)), number=number, faults=Faults(**faults), break_link=air.air.break_links
        )
    )


def sit(air: "BluezAir", path: Path, seconds: float, **faults: Any) -> Sat:
    """A sitting, until the sensor's wearer has nothing more to send."""
    from hiplevel.session.ble_source import BleSource
    from hiplevel.session.plan import Plan, session_on

    sensor = put_on(air, seconds, **faults)

    async def end() -> None:
        await sensor.finished.wait()
        source.stop()

    source = BleSource(sensor.spec)
    try:
        with source:
            air.begin(end())
            session = session_on(source, Plan(), path)
            session.run(source)
        assert not sensor._device.connections
    finally:
        air.remove(sensor)
    return Sat(session, sensor, path)


def test_sixty_seconds_at_a_hundred_hertz_arrive_without_a_lost_sample(air: "BluezAir", tmp_path: Path) -> None:
    from hiplevel import open_recording

    sat = sit(air, tmp_path / "sixty.mcap", SECONDS)
    health, recording = sat.session.health, open_recording(sat.path)
    print(
        f"{health.samples} samples in {health.packets} packets, {health.lost} lost, "
        f"latency {sat.session.latency_ms(0.5):.1f} ms p50, {sat.session.latency_ms(0.99):.1f} ms p99"
    )
    # By the sensor's own counter: a machine that emulates slowly may be late by more than the clock believes.
    numbers = [
        int.from_bytes(payload[2:4], "little") for name, payload, _ in recording.notifications() if name == "data"
    ]
    assert numbers == list(range(round(SECONDS * RATE_HZ / PER_PACKET)))
    assert len(recording.samples) == SECONDS * RATE_HZ
    assert recording.closed


def test_a_lost_link_is_found_again_and_the_recording_goes_on(air: "BluezAir", tmp_path: Path) -> None:
    from hiplevel import open_recording

    sat = sit(air, tmp_path / "lost.mcap", SHORT_S, break_after=FAULT_AT_PACKET)
    assert sat.kinds[:2] == ["LinkLost", "LinkRestored"]
    back = next(e for e in sat.session.events if type(e).__name__ == "LinkRestored")
    print(f"back after {back.gap_s:.2f} s without samples")
    assert back.gap_s < 10.0  # an emulated machine; `benchmarks/link.py` measures it on this one
    samples = open_recording(sat.path).samples
    steps = np.diff(samples.time_s)
    assert np.count_nonzero(steps > 1.5 / RATE_HZ) == 1
    assert float(steps.max()) == pytest.approx(back.gap_s, abs=0.05)
    assert len(samples) == pytest.approx((SHORT_S - back.gap_s) * RATE_HZ, abs=2 * PER_PACKET)


def test_a_sensor_that_wants_to_be_paired_is_paired_by_bluez(air: "BluezAir", tmp_path: Path) -> None:
    sat = sit(air, tmp_path / "paired.mcap", 3.0, encrypted=True)
    assert sat.session.health.samples == 3.0 * RATE_HZ


def test_scanning_from_the_command_line_recognises_it_and_reads_its_charge(air: "BluezAir", hiplevel: Hiplevel) -> None:
    sensor = put_on(air, 5.0, "0042")
    try:
        ran = hiplevel("sensors", "scan", "--seconds", 2, "--battery", "--json")
    finally:
        air.remove(sensor)
    assert ran.code == 0
    found = next(one for one in ran.json if one["name"] == "hiplevel-SIM-0042")
    assert found["specs"] == ["hiplevel.reference"]
    assert found["battery_percent"] == 87
    assert found["rssi_dbm"] == -50


@pytest.fixture
def switched_off(air: "BluezAir") -> Iterator[None]:
    air.switch(False)
    yield
    air.switch(True)


def test_bluetooth_that_is_switched_off_is_said_to_be(switched_off: None, hiplevel: Hiplevel) -> None:
    ran = hiplevel("sensors", "scan", "--json")
    assert ran.code == 6
    assert ran.error["reason"] == "bluetooth-off"
    assert "bluetoothctl power on" in ran.error["hint"]


def test_a_sensor_that_is_not_there_is_said_to_be_missing(air: "BluezAir", hiplevel: Hiplevel) -> None:
    ran = hiplevel("live", "--sensor", "C0:FF:EE:00:00:01", "--exercise", "squat", "--seconds", 1, "--json")
    assert ran.code == 6
    assert ran.error["reason"] == "sensor-not-found"
