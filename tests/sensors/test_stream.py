"""Dated samples: what the time axis does when radio, clock or sensor misbehave."""

import struct
from collections.abc import Callable, Iterable

import numpy as np
import pytest

from hiplevel.model.errors import Reason, SpecError
from hiplevel.model.samples import Samples
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from sensors.spec_bench import COARSE, made_up

REFERENCE = load_spec("hiplevel.reference")
WITMOTION = load_spec("witmotion.ble5")
DOT = load_spec("movella.dot")
MOVESENSE = load_spec("movesense.gsp-imu6")
SECOND = 1_000_000_000
EPOCH = 1_790_000_000 * SECOND
Packet = tuple[bytes, float]


def reference(seq: int, time_us: float) -> bytes:
    return struct.pack("<BBHI", 1, 0, seq % 65536, round(time_us) % 2**32) + struct.pack("<6h", *[0] * 6) * 5


def run(stream: SensorStream, packets: Iterable[Packet]) -> Samples:
    listed = list(packets)
    arrivals = [EPOCH + round(arrival_s * SECOND) for _, arrival_s in listed]
    return stream.feed_many(["data"] * len(listed), [payload for payload, _ in listed], arrivals)


def sent(start: int, stop: int, arrival_s: Callable[[float], float] = lambda t: t + 0.02) -> list[Packet]:
    """Packets start to stop of a reference sensor at 100 Hz, five samples each, arriving at arrival_s(time)."""
    return [(reference(k, 50_000 * k), arrival_s(0.05 * k)) for k in range(start, stop)]


def test_arrival_in_bursts_leaves_no_trace() -> None:
    rng = np.random.default_rng(0)
    stream = SensorStream(REFERENCE)
    got = run(stream, sent(0, 200, lambda t: np.ceil(t / 0.2) * 0.2 + rng.exponential(0.03)))
    assert np.array_equal(got.time_s, np.arange(1000) * 10_000_000 / 1e9)
    assert stream.health.rate_hz == pytest.approx(100.0)
    assert (stream.health.gaps, stream.health.lost) == (0, 0)


def test_lost_packets_are_missing_time() -> None:
    stream = SensorStream(REFERENCE)
    got = run(stream, [*sent(0, 20), *sent(30, 40)])
    assert got.time_s.size == 150
    assert np.diff(got.time_s).max() == pytest.approx(0.51)
    assert got.time_s[-1] == pytest.approx(39 * 0.05 + 0.04)
    assert stream.health.lost == 50


def test_a_rebooted_sensor_goes_on_after_a_gap_of_true_length() -> None:
    stream = SensorStream(REFERENCE)
    before = run(stream, sent(0, 100))
    after = run(stream, sent(0, 100, lambda t: 5.0 + 12.3 + t + 0.02))
    time_s = before.joined(after).time_s
    assert np.all(np.diff(time_s) > 0)
    assert time_s[500] == pytest.approx(17.3, abs=0.05)
    assert np.diff(after.time_s) == pytest.approx(np.full(499, 0.01))
    health = stream.health
    assert (health.restarts, health.gaps) == (1, 1)
    assert health.gap_s == pytest.approx(12.3, abs=0.05)
    assert health.lost == pytest.approx(1230, abs=5)


def test_a_sensor_that_paused_while_away_is_dated_by_its_clock_that_went_on() -> None:
    stream = SensorStream(REFERENCE)
    later = [(reference(100 + k, 50_000 * k + 17_345_678), 17.345678 + 0.05 * k + 0.4) for k in range(100)]
    got = run(stream, [*sent(0, 100), *later])
    assert got.time_s[500] == pytest.approx(17.345678, abs=1e-6)
    assert stream.health.lost == pytest.approx(1235, abs=1)
    assert stream.health.restarts == 0


def test_a_clock_that_stood_still_while_away_is_anchored_anew() -> None:
    stream = SensorStream(REFERENCE)
    got = run(stream, [*sent(0, 100), *sent(100, 200, lambda t: 30.0 + t)])
    assert got.time_s[500] == pytest.approx(35.0, abs=0.1)
    assert stream.health.gaps == 1


def test_a_reboot_that_looks_like_a_wrap_of_the_clock_is_not_an_hour() -> None:
    stream = SensorStream(REFERENCE)
    late_hour = [(reference(60_000 + k, 4_000_000_000 + 50_000 * k), 0.05 * k) for k in range(20)]
    got = run(stream, [*late_hour, *sent(0, 20, lambda t: 8.0 + t)])
    assert got.time_s[100] == pytest.approx(8.0, abs=0.1)
    assert stream.health.lost == pytest.approx(700, abs=10)


def test_a_radio_shadow_that_loses_nothing_leaves_no_gap() -> None:
    stream = SensorStream(REFERENCE)
    got = run(stream, sent(0, 400, lambda t: max(t, 8.0) + 0.02 if 5.0 < t < 8.0 else t + 0.02))
    assert np.diff(got.time_s) == pytest.approx(np.full(1999, 0.01))
    assert stream.health.gaps == 0


def test_a_radio_shadow_that_loses_its_middle_leaves_that_gap() -> None:
    stream = SensorStream(REFERENCE)
    stalled = sent(100, 110, lambda _: 8.02)
    got = run(stream, [*sent(0, 100), *stalled, *sent(159, 300)])
    assert got.time_s[-1] == pytest.approx(299 * 0.05 + 0.04)
    assert stream.health.lost == 49 * 5
    assert stream.health.gaps == 0


def test_a_device_clock_that_jumps_ahead_does_not_stretch_the_session() -> None:
    def dot(k: int, jump_us: int) -> bytes:
        return struct.pack("<I6f", 16_667 * k + jump_us, *[0.0] * 6)

    stream = SensorStream(DOT)
    packets = [(dot(k, 100_000_000 if k >= 300 else 0), k / 60) for k in range(600)]
    got = run(stream, packets)
    assert got.time_s[-1] == pytest.approx(10.0, abs=0.1)
    assert np.all(np.diff(got.time_s) > 0)


def test_the_sensor_s_clock_counts_and_its_drift_is_only_told() -> None:
    rng = np.random.default_rng(1)
    stream = SensorStream(REFERENCE)
    got = run(stream, [(reference(k, 50_000 * k * 1.00008), 0.05 * k + rng.exponential(0.02)) for k in range(12_000)])
    assert stream.health.drift_ppm == pytest.approx(80, abs=10)
    assert got.time_s[-1] == pytest.approx(600 * 1.00008, abs=0.02)
    assert stream.health.gaps == 0


def test_hours_of_drift_are_no_jump() -> None:
    stream = SensorStream(REFERENCE, per_packet=10)
    packets = [
        (struct.pack("<BBHI", 1, 0, k % 65536, 100_000 * k % 2**32) + bytes(120), 0.1 * k * 1.00015)
        for k in range(144_000)
    ]
    run(stream, packets)
    assert stream.health.gaps == 0
    assert stream.health.drift_ppm == pytest.approx(-150, abs=1)


def test_a_sensor_whose_true_rate_is_off_is_spaced_by_its_own_clock() -> None:
    """208 Hz nominal, 6 % faster in truth, 16 samples a packet: nominal spacing would overlap."""
    true_s = np.arange(200 * 16).reshape(200, 16) / (208 * 1.06)
    packets = [
        (bytes([2, 0x63]) + struct.pack("<I", round(row[0] * 1000)) + bytes(16 * 24), row[-1] + 0.02) for row in true_s
    ]
    stream = SensorStream(MOVESENSE, rate=208)
    got = run(stream, packets)
    steps = np.diff(got.time_s)
    assert steps.min() > 0
    late = got.time_s - true_s.ravel()
    assert np.abs(late[16 * 10 :]).max() < 0.001
    assert stream.health.rate_hz == pytest.approx(208 * 1.06, rel=1e-3)
    assert stream.health.lost == 0


def witmotion(times_s: np.ndarray, arrival_s: np.ndarray, rate: int = 100) -> tuple[np.ndarray, SensorStream]:
    frame = b"\x55\x61" + bytes(18)
    stream = SensorStream(WITMOTION, rate=rate)
    got = run(stream, [(frame, arrival) for arrival in arrival_s])
    assert got.time_s.size == times_s.size
    return got.time_s, stream


def bursts(times_s: np.ndarray, interval_s: float = 0.03, seed: int = 0) -> np.ndarray:
    """Arrival at connection events, with some jitter of the host."""
    rng = np.random.default_rng(seed)
    return np.maximum.accumulate(np.ceil(times_s / interval_s) * interval_s + rng.exponential(0.004, times_s.size))


@pytest.mark.parametrize("true_hz", [100.0, 99.0, 101.5, 97.0])
def test_without_a_clock_the_rate_is_learned_and_time_stays_smooth(true_hz: float) -> None:
    true_s = np.arange(int(120 * true_hz)) / true_hz
    time_s, stream = witmotion(true_s, bursts(true_s))
    steps = np.diff(time_s)
    assert steps.min() > 0.009
    assert steps.max() < 0.011
    settled = slice(int(60 * true_hz), None)
    assert np.ptp(steps[settled]) < 0.0001
    assert np.ptp((time_s - true_s)[settled]) < 0.03
    assert np.abs(time_s - true_s).max() < 0.15
    assert stream.health.rate_hz == pytest.approx(true_hz, rel=0.002)
    assert (stream.health.gaps, stream.health.lost) == (0, None)


def test_without_a_clock_a_stall_is_a_gap_of_true_length() -> None:
    true_s = np.arange(6000) / 100
    true_s = true_s[(true_s < 20) | (true_s >= 22.5)]
    time_s, stream = witmotion(true_s, bursts(true_s))
    assert np.diff(time_s).max() == pytest.approx(2.51, abs=0.05)
    assert np.abs(time_s - true_s).max() < 0.06
    assert stream.health.gaps == 1
    assert stream.health.gap_s == pytest.approx(2.5, abs=0.05)


def test_without_a_clock_a_short_hiccup_is_no_gap() -> None:
    true_s = np.arange(3000) / 100
    arrival_s = bursts(true_s)
    arrival_s[(arrival_s > 10.0) & (arrival_s < 10.12)] = 10.12
    time_s, stream = witmotion(true_s, np.maximum.accumulate(arrival_s))
    assert stream.health.gaps == 0
    assert np.diff(time_s).max() < 0.0105


@pytest.mark.parametrize("true_hz", [10.0, 50.0, 200.0])
def test_a_sensor_that_ignored_the_rate_command_is_found_out_within_seconds(true_hz: float) -> None:
    true_s = np.arange(int(60 * true_hz)) / true_hz
    time_s, stream = witmotion(true_s, bursts(true_s))
    assert stream.health.rate_hz == pytest.approx(true_hz, rel=0.01)
    late_s = (time_s - true_s)[int(10 * true_hz) :]
    assert np.ptp(late_s) < 0.2
    assert np.all(np.diff(time_s) > 0)


def test_health_counts_what_happened() -> None:
    stream = SensorStream(REFERENCE)
    clipped = struct.pack("<BBHI", 1, 1, 1, 50_000) + struct.pack("<6h", 32767, 0, 0, 0, 0, 0)
    for payload in (reference(0, 0), clipped, clipped, b"\x01\x02", b"", reference(0, 0)):
        stream.feed("data", payload, EPOCH)
    stream.feed("battery", b"\x2a", EPOCH + SECOND)
    health = stream.health
    assert (health.packets, health.samples, health.clipped) == (7, 6, 1)
    assert (health.duplicates, health.late) == (1, 1)
    assert health.errors == {"length": 1, "no-frame": 1}
    assert health.battery_percent == 42.0
    assert (health.first_arrival_ns, health.last_arrival_ns) == (EPOCH, EPOCH + SECOND)
    assert health.to_json()["errors"] == {"length": 1, "no-frame": 1}
    assert health.drift_ppm is None


@pytest.mark.parametrize("ppm", [-3000.0, 50.0, 500.0])
def test_without_a_clock_the_rate_is_told_in_ppm_of_this_computer_s(ppm: float) -> None:
    rng = np.random.default_rng(0)
    taken_s = np.arange(30_000) / (100.0 * (1.0 + ppm * 1e-6))
    heard_s = np.maximum.accumulate(np.ceil(taken_s / 0.03) * 0.03 + rng.uniform(0.0, 0.002, taken_s.size))
    stream = SensorStream(WITMOTION)
    frame = bytes.fromhex("5561" + "00" * 18)
    run(stream, [(frame, arrival_s) for arrival_s in heard_s.tolist()])
    assert stream.health.rate_error_ppm == pytest.approx(ppm, abs=60)  # bursts of 30 ms in 5 minutes
    assert stream.health.drift_ppm is None


def test_nothing_in_gives_nothing_out() -> None:
    stream = SensorStream(REFERENCE)
    assert len(stream.feed_many([], [], [])) == len(stream.finish()) == 0
    assert len(stream.feed("control", b"\x83\x00", 0)) == 0
    assert stream.health.rate_hz is None


def test_a_sensor_without_a_gyroscope_is_refused_in_words() -> None:
    body = """
[[frame]]
on = "data"
time = { from = "arrival" }
[frame.samples]
at = 0
type = "i16"
channels = ["acc.x", "acc.y", "acc.z"]
"""
    with pytest.raises(SpecError, match="does not send accelerometer and gyroscope") as caught:
        SensorStream(made_up("acc-only", body))
    assert caught.value.reason is Reason.SPEC_INVALID


def test_a_clock_coarser_than_the_samples_still_gives_rising_times() -> None:
    stream = SensorStream(made_up("coarse", COARSE, rate=200))
    got = run(stream, [(struct.pack("<H6h", k * 5 // 8, *[0] * 6), k / 200) for k in range(4000)])
    assert np.all(np.diff(got.time_s) > 0)
    assert got.time_s[-1] == pytest.approx(20.0, abs=0.1)
