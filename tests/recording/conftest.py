"""Recordings to work on, and a stand-in for the decoder so that this room is tested on its own."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Drop, DropStarted, Rep
from hiplevel.model.rules import DropRule
from hiplevel.model.samples import Samples
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter

START_NS = 1_795_000_000_000_000_000
PERIOD_NS = 50_000_000  # 20 notifications a second
BATCH = 5
CHUNK_MARK = b"\x04\x00\x00\x00zstd"
SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TILTED = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def full_info() -> RecordingInfo:
    """A head with every field set."""
    return RecordingInfo(
        client="c-017",
        sensor_name="clip",
        sensor_id="F0:F1:F2:F3:F4:F5",
        firmware="1.2.3",
        spec_id="stand-in",
        spec_toml='id = "stand-in"\n# ° µ\n',
        spec_vars={"rate_hz": 100, "range": "8g"},
        exercise="pelvic-drop",
        stance="left",
        rule=DropRule(threshold_deg=4.1, left_deg=6.3),
        calibration=Calibration(TILTED, "movements", 0.7, ("only one hinge",)),
        started_ns=START_NS,
        simulated=True,
        seed=3,
        note='a note with ä and "quotes"',
        source="simulation",
    )


def payload(number: int) -> bytes:
    """Notification `number` of the stand-in sensor: its number and BATCH x 6 int16."""
    rng = np.random.default_rng(number)
    return struct.pack("<I", number) + rng.integers(-2000, 2000, (BATCH, 6)).astype("<i2").tobytes()


def arrival_ns(number: int) -> int:
    return START_NS + number * PERIOD_NS


def write_session(path: Path, count: int = 100, *, close: bool = True) -> RecordingWriter:
    """`count` notifications on two characteristics, angles, and a repetition every second."""
    writer = RecordingWriter(path, full_info())
    for number in range(count):
        at_ns = arrival_ns(number)
        writer.notification("data" if number % 10 else "battery", payload(number), at_ns)
        time_s = number * PERIOD_NS * 1e-9
        writer.motion([time_s], [time_s / 10.0], [2.0], at_ns)
        if number % 20 == 19:
            rep = Rep(start_s=time_s - 1.0, turn_s=time_s - 0.5, end_s=time_s, rom_deg=9.1, number=number // 20 + 1)
            writer.event(rep, at_ns)
    if close:
        writer.close()
    return writer


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A closed recording of 100 notifications over 5 s."""
    path = tmp_path / "session.mcap"
    write_session(path)
    return path


@pytest.fixture
def still_samples() -> Callable[[int], Samples]:
    """`n` samples at 100 Hz of somebody nearly still, with awkward floats."""

    def make(n: int) -> Samples:
        rng = np.random.default_rng(7)
        acc = np.array([0.1, 0.2, 9.79]) + 0.05 * rng.standard_normal((n, 3))
        return Samples(np.arange(n) / 100.0, acc, 0.01 * rng.standard_normal((n, 3)))

    return make


EVENTS = (
    DropStarted(time_s=1.25, side="right", drop_deg=5.2, limit_deg=5.0, known_s=1.35),
    Drop(start_s=1.2, end_s=1.9, peak_deg=7.3, side="right", known_s=1.9),
)


def moving_samples(seconds: float = 20.0, rate_hz: float = 100.0) -> Samples:
    """A sensor that tilts to and fro by 15 degrees about x, with the gyroscope and accelerometer that go with it."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    angle = 0.26 * np.sin(2.0 * np.pi * 0.4 * time_s)
    rate = 0.26 * 2.0 * np.pi * 0.4 * np.cos(2.0 * np.pi * 0.4 * time_s)
    zero = np.zeros_like(time_s)
    acc = 9.80665 * np.column_stack([zero, np.sin(angle), np.cos(angle)])
    return Samples(time_s, acc, np.column_stack([rate, zero, zero]))


OWN_HEADER = "time_s,acc_x_m_s2,acc_y_m_s2,acc_z_m_s2,gyr_x_rad_s,gyr_y_rad_s,gyr_z_rad_s"


def table(
    samples: Samples,
    header: str = OWN_HEADER,
    *,
    time: float = 1.0,
    acc: float = 1.0,
    gyr: float = 1.0,
    delimiter: str = ",",
    digits: int = 9,
) -> str:
    """Samples as text, each quantity multiplied into its unit."""
    rows = np.column_stack([samples.time_s * time, samples.acc_m_s2 * acc, samples.gyr_rad_s * gyr])
    lines = [delimiter.join(f"{value:.{digits}g}" for value in row) for row in rows.tolist()]
    return "\n".join([header, *lines]) + "\n"
