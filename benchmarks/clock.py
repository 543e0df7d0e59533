#!/usr/bin/env python3
"""How well samples are dated: simulated sensors over a simulated radio of 30 ms bursts, their clocks 50 ppm fast.

    python benchmarks/clock.py [--minutes 10] [--drift 50] [--interval 0.03] [--json]

Everything is simulated. What is compared: the time hiplevel gives each sample with the time at which it was taken, in
the clock that is meant to be recovered. For a sensor that sends stamps that is its own clock; for one that sends none
it is this computer's, of which the sensor's rate is learned from arrival. A constant delay does not count, for no one
can see it; the first 15 s, in which a rate is learned, are shown by themselves.

Where the connection's interval is a multiple of the packets', arrival cannot tell where within a packet's interval the
samples lie until the two have slid past each other, which takes 200 s for 10 ms at 50 ppm: no clock that goes by
arrival is better than some milliseconds then. 1 ms rms is asked of sensors with a clock only.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass

import numpy as np

from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec import Spec, load_spec
from hiplevel.sensors.stream import SensorStream

SENSORS = ("hiplevel.reference", "movella.dot", "movesense.gsp-imu6", "witmotion.ble5", "nordic.thingy52")
APART = ("polar.verity-sense", "mbientlab.metamotion-s", "adafruit.sense")
LEARNING_S = 15.0
SENDING_S = 0.0015
HOST_S = (0.0002, 0.002)
RETRY = 0.03
EPOCH_NS = 1_790_000_000 * 10**9


@dataclass(frozen=True)
class Dating:
    """Of one sensor: rms and worst error in ms after and in the first 15 s, and what it was told to be off by."""

    sensor: str
    clock: str
    rms_ms: float
    worst_ms: float
    learning_rms_ms: float
    told_rate_ppm: float | None
    told_drift_ppm: float | None
    apart_rms_ms: float | None


def measure(spec: Spec, minutes: float, drift_ppm: float, interval_s: float, seed: int = 0) -> Dating:
    """One sensor for so many minutes; the slopes of its signals tell when they were taken."""
    rate_hz = spec.rate_hz()
    count = round(minutes * 60.0 * rate_hz)
    index = np.arange(count, dtype=np.float64)
    full = spec.full_scale()
    steps = {"acc": _ramp(index, full.acc_m_s2 or 50.0), "gyr": _ramp(index, full.gyr_rad_s or 15.0)}
    encoder = Encoder(spec, max_payload=max(spec.min_mtu - 3, 20))
    host_s = index / (rate_hz * (1.0 + drift_ppm * 1e-6))
    air = _Air(interval_s, seed)
    columns: tuple[list[str], list[bytes], list[int]] = ([], [], [])
    for at in range(0, count - encoder.batch + 1, encoder.batch):
        rows = slice(at, at + encoder.batch)
        for alias, payload in encoder.encode(steps["acc"][rows], steps["gyr"][rows], at):
            for column, value in zip(columns, (alias, payload, air.arrival_ns(host_s[rows][-1])), strict=True):
                column.append(value)  # type: ignore[arg-type]
    stream = SensorStream(spec)
    got = stream.feed_many(*columns)
    has_clock = any(frame.time is not None for frame in spec.frames)
    taken_s = index / rate_hz if has_clock else host_s
    number = np.arange(len(got))  # nothing is lost here: the k-th out is the k-th in
    error_ms = 1e3 * (got.time_s - taken_s[number])
    learning = taken_s[number] < LEARNING_S
    settled = error_ms[~learning] - error_ms[~learning].mean()
    apart = None
    if len({frame.samples.has("acc") for frame in spec.frames if frame.samples}) == 2:
        apart = _apart_ms(got.acc_m_s2[:, 0], steps["acc"][:, 0], number, rate_hz)
    health = stream.health
    return Dating(
        spec.id,
        "its own" if has_clock else "arrival",
        float(np.sqrt(np.mean(settled**2))),
        float(np.abs(settled).max()),
        float(np.sqrt(np.mean((error_ms[learning] - error_ms[~learning].mean()) ** 2))),
        health.rate_error_ppm,
        health.drift_ppm,
        apart,
    )


def _ramp(index: np.ndarray, full: float) -> np.ndarray:
    """A triangle of 2 s within half of full scale: its slope tells time."""
    phase = (index % 200.0) / 200.0
    wave = np.where(phase < 0.5, 4.0 * phase - 1.0, 3.0 - 4.0 * phase)
    return np.repeat(0.5 * full * wave[:, None], 3, axis=1)


def _apart_ms(got: np.ndarray, sent: np.ndarray, number: np.ndarray, rate_hz: float) -> float:
    """How far the accelerometer's values stand from where they belong, ms, by the slope of what they measure."""
    slope = np.abs(np.gradient(sent))[number]
    inside = slope > 0.9 * slope.max()
    off = (got - sent[number])[inside] / slope[inside] / rate_hz * 1e3
    settled = off[len(off) // 4 :]
    return float(np.sqrt(np.mean(settled**2)))


class _Air:
    """Packets leave at connection events only, some an event later; then the host takes its time."""

    def __init__(self, interval_s: float, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._interval_s, self._event_s, self._last_ns = interval_s, 0.0, 0

    def arrival_ns(self, taken_s: float) -> int:
        event_s = np.ceil((taken_s + SENDING_S) / self._interval_s) * self._interval_s
        self._event_s = max(self._event_s, event_s)
        while self._chance.random() < RETRY:
            self._event_s += self._interval_s
        arrival_ns = EPOCH_NS + round((self._event_s + self._chance.uniform(*HOST_S)) * 1e9)
        self._last_ns = max(self._last_ns + 1, arrival_ns)
        return self._last_ns


def main() -> int:
    """Print the table; 1 when a sensor with a clock is dated worse than 1 ms rms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--drift", type=float, default=50.0, help="ppm that the sensor's clock is fast")
    parser.add_argument("--interval", type=float, default=0.03, help="of the connection, s")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = [measure(load_spec(one), given.minutes, given.drift, given.interval) for one in (*SENSORS, *APART)]
    if given.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
    else:
        print(
            f"simulated: {given.minutes:g} min, {given.drift:g} ppm, bursts of {1e3 * given.interval:g} ms, no losses"
        )
        head = ("rms ms", "worst", "first 15 s", "rate ppm", "drift", "apart")
        print(f"{'sensor':24} {'clock':8} " + " ".join(f"{name:>10}" for name in head))
        for one in found:
            rate, drift, apart = (
                f"{v:.1f}" if v is not None else "-" for v in (one.told_rate_ppm, one.told_drift_ppm, one.apart_rms_ms)
            )
            errors = " ".join(f"{v:10.3f}" for v in (one.rms_ms, one.worst_ms, one.learning_rms_ms))
            print(f"{one.sensor:24} {one.clock:8} {errors} {rate:>10} {drift:>10} {apart:>10}")
    return int(any(one.rms_ms > 1.0 for one in found if one.clock == "its own"))


if __name__ == "__main__":
    sys.exit(main())
