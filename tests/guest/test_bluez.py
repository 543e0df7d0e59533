"""A session over the real thing: the kernel's Bluetooth, bluetoothd, D-Bus and bleak's own backend, all untouched.

Only the radio is imagined: a virtual adapter for the kernel, and a virtual sensor on the same link.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hiplevel.model.samples import Samples

if TYPE_CHECKING:
    from guest.bluez import BluezAir

SECONDS, RATE_HZ = 60.0, 100.0
BROKEN_AT_PACKET, AWAY_S = 100, 3.0


def motion(seconds: float) -> Samples:
    """A pelvis that sways a little, with gravity where it belongs."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    turn = 0.02 * np.sin(2.0 * np.pi * 0.3 * time_s)
    still = np.zeros_like(turn)
    return Samples(
        time_s,
        np.column_stack([still, 9.81 * np.sin(turn), 9.81 * np.cos(turn)]),
        np.column_stack([turn, still, still]),
    )


@dataclass
class Sat:
    """What a sitting was."""

    session: Any
    sensor: Any
    path: Path


def sit(air: "BluezAir", path: Path, seconds: float, **faults: Any) -> Sat:
    """A sitting with a sensor of the reference profile, until its wearer has nothing more to send."""
    from hiplevel.sensors.spec import load_spec
    from hiplevel.sensors.virtual.faults import Faults
    from hiplevel.sensors.virtual.parts import Given
    from hiplevel.sensors.virtual.sensor import VirtualSensor
    from hiplevel.session.ble_source import BleSource
    from hiplevel.session.plan import Plan, session_on

    spec = load_spec("hiplevel.reference")

    def lose_it() -> None:
        """The wearer leaves the room and comes back."""
        air.air.break_links()

    sensor = air.add(lambda: VirtualSensor(spec, Given(motion(seconds)), faults=Faults(**faults), break_link=lose_it))

    async def end() -> None:
        await sensor.finished.wait()
        source.stop()

    source = BleSource(spec)
    try:
        with source:
            air.later(lambda: air._loop.create_task(end()), 0.0)
            session = session_on(source, Plan(), path)
            session.run(source)
    finally:
        air.remove(sensor)
    return Sat(session, sensor, path)


@pytest.mark.timeout(300)
def test_sixty_seconds_at_a_hundred_hertz_arrive_without_a_lost_sample(air: "BluezAir", tmp_path: Path) -> None:
    from hiplevel import open_recording

    sat = sit(air, tmp_path / "sixty.mcap", SECONDS)
    health, recording = sat.session.health, open_recording(sat.path)
    print(
        f"{health.samples} samples in {health.packets} packets, {health.lost} lost, "
        f"latency {sat.session.latency_ms(0.5):.1f} ms p50, {sat.session.latency_ms(0.99):.1f} ms p99"
    )
    assert health.lost == 0
    assert sat.sensor.sent == SECONDS * RATE_HZ / 5
    assert len(recording.samples) == SECONDS * RATE_HZ
    assert recording.closed
    assert np.allclose(np.diff(recording.samples.time_s), 1.0 / RATE_HZ, atol=1e-4)


@pytest.mark.timeout(300)
def test_a_lost_link_is_found_again_and_the_recording_goes_on(air: "BluezAir", tmp_path: Path) -> None:
    from hiplevel import open_recording
    from hiplevel.model.events import LinkLost, LinkRestored

    sat = sit(air, tmp_path / "lost.mcap", 20.0, break_after=BROKEN_AT_PACKET)
    kinds = [type(event) for event in sat.session.events if isinstance(event, (LinkLost, LinkRestored))]
    back = next(event for event in sat.session.events if isinstance(event, LinkRestored))
    print(f"back after {back.gap_s:.2f} s without samples")
    assert kinds == [LinkLost, LinkRestored]
    recording = open_recording(sat.path)
    steps = np.diff(recording.samples.time_s)
    assert np.count_nonzero(steps > 1.5 / RATE_HZ) == 1
    assert float(steps.max()) == pytest.approx(back.gap_s, abs=0.05)
    assert len(recording.samples) == pytest.approx(20.0 * RATE_HZ - back.gap_s * RATE_HZ, abs=10)
