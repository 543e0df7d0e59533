"""Accelerometer and gyroscope in packets of their own: one sample stream, aligned in the sensor's time."""

import struct

import numpy as np
import pytest

from hiplevel.model.samples import Samples
from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec import Spec
from hiplevel.sensors.stream import SensorStream
from sensors.spec_bench import APART, SPLIT

SECOND = 1_000_000_000
EPOCH = 1_790_000_000 * SECOND
NO_CLOCK = APART[2]


def told(spec: Spec, seconds: float, first_tick: int = 0) -> list[tuple[str, bytes, float]]:
    """Straight lines as signals, so that what lies between two values is known: (char, payload, ready at)."""
    rate_hz = spec.rate_hz()
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    acc, gyr = np.outer(time_s, [1.0, -2.0, 3.0]), np.outer(time_s, [0.5, 1.0, -1.5])
    encoder = Encoder(spec, first_tick=first_tick)
    found = []
    for at in range(len(time_s)):
        found += [(c, p, float(time_s[at])) for c, p in encoder.encode(acc[at : at + 1], gyr[at : at + 1], at)]
    return found


def run(stream: SensorStream, sent: list[tuple[str, bytes, float]]) -> Samples:
    chars, payloads = [c for c, _, _ in sent], [p for _, p, _ in sent]
    return stream.feed_many(chars, payloads, [EPOCH + round(t * SECOND) for _, _, t in sent])


def on_lines(got: Samples, start_s: float = 0.0, atol: float = 1e-9) -> None:
    np.testing.assert_allclose(got.gyr_rad_s, np.outer(got.time_s + start_s, [0.5, 1.0, -1.5]), atol=max(atol, 2e-3))
    np.testing.assert_allclose(got.acc_m_s2, np.outer(got.time_s + start_s, [1.0, -2.0, 3.0]), atol=max(atol, 2e-2))


@pytest.mark.parametrize("spec", APART[:2], ids=lambda spec: spec.id)
def test_two_streams_with_stamps_meet_in_the_sensor_s_time(spec: Spec) -> None:
    stream = SensorStream(spec)
    got = run(stream, told(spec, 10.0))
    got = got.joined(stream.finish())
    whole = round(10.0 * spec.rate_hz())
    assert whole - 4 <= len(got) <= whole
    on_lines(got)
    assert stream.health.lost == 0
    assert stream.health.samples == len(got)


def test_a_stream_that_lags_is_put_where_it_belongs() -> None:
    sent = sorted(((c, p, t + (0.4 if c == "more" else 0.0)) for c, p, t in told(SPLIT, 10.0)), key=lambda row: row[2])
    got = run(SensorStream(SPLIT), sent)
    on_lines(got)
    assert len(got) > 940


def test_streams_out_of_step_are_interpolated() -> None:
    """Gyroscope stamps 4 ms behind the accelerometer's."""
    sent = []
    for k in range(500):
        rows = [[round(100 * (0.01 * (2 * k + i)) * s) for s in (1, -2, 3)] for i in range(2)]
        sent.append(("data", struct.pack("<I6h", 20 * k, *rows[0], *rows[1]), 0.02 * k))
    for k in range(333):
        rows = [[round(1000 * (0.01 * (3 * k + i) + 0.004) * s) for s in (0.5, 1.0, -1.5)] for i in range(3)]
        sent.append(("more", struct.pack("<I9h", 30 * k + 4, *rows[0], *rows[1], *rows[2]), 0.03 * k + 0.004))
    got = run(SensorStream(SPLIT), sorted(sent, key=lambda row: row[2]))
    on_lines(got, start_s=0.004)
    assert len(got) > 990


def test_what_is_lost_of_either_is_missing_and_counted() -> None:
    sent = told(SPLIT, 20.0)
    acc = [row for row in sent if row[0] == "data"]
    gyr = [row for row in sent if row[0] == "more"]
    kept = [*acc[:300], *acc[330:], *gyr[:500], *gyr[530:]]  # 0.6 s of one, 0.6 s of the other
    stream = SensorStream(SPLIT)
    got = run(stream, sorted(kept, key=lambda row: row[2]))
    on_lines(got)
    steps = np.diff(got.time_s)
    assert np.count_nonzero(steps > 0.5) == 2
    assert stream.health.lost == pytest.approx(120, abs=3)


def test_a_sensor_switched_off_and_on_stays_aligned() -> None:
    again = [(c, p, t + 15.0) for c, p, t in told(SPLIT, 10.0)]
    stream = SensorStream(SPLIT)
    first, second = run(stream, told(SPLIT, 10.0, first_tick=500_000)), run(stream, again)
    on_lines(first)
    assert second.time_s[0] == pytest.approx(15.0, abs=0.1)
    on_lines(
        Samples(second.time_s - second.time_s[0], second.acc_m_s2, second.gyr_rad_s), float(second.gyr_rad_s[0, 1])
    )
    assert stream.health.restarts == 2  # both streams began anew


def test_without_stamps_both_are_dated_by_arrival_and_stay_together() -> None:
    rng = np.random.default_rng(0)
    heard_s = np.maximum.accumulate(np.ceil(np.arange(6000) / 3.0) * 0.03 + rng.uniform(0.0, 0.002, 6000))
    sent = [(c, p, float(heard_s[round(100 * t)])) for c, p, t in told(NO_CLOCK, 60.0)]
    stream = SensorStream(NO_CLOCK)
    got = run(stream, sent)
    apart_s = got.acc_m_s2[:, 0] - got.gyr_rad_s[:, 1]  # both signals are the time of their measurement
    assert len(got) > 5990
    assert np.abs(apart_s).max() < 0.005
    assert stream.health.lost is None


def test_a_silent_accelerometer_gives_nothing_and_holds_no_more_than_it_must() -> None:
    stream = SensorStream(SPLIT)
    got = run(stream, [row for row in told(SPLIT, 60.0) if row[0] == "more"])
    assert len(got) == 0
    assert len(stream.finish()) == 0
