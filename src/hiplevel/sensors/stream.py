"""A sensor's notifications to dated samples: the same code for a live session and for its replay."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from hiplevel.model.errors import Reason, SpecError
from hiplevel.model.samples import Samples
from hiplevel.sensors.clock.arrival import ArrivalClock
from hiplevel.sensors.clock.clock import Clock
from hiplevel.sensors.clock.device import DeviceClock
from hiplevel.sensors.decode.decoder import Decoder
from hiplevel.sensors.decode.time import NS
from hiplevel.sensors.decode.types import Decoded, Ints
from hiplevel.sensors.spec.packet import Frame
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.sensors.two_streams import Lanes


@dataclass(frozen=True)
class LinkHealth:
    """How good the link was so far.

    Attributes
    ----------
    packets : notifications seen, of all kinds
    lost : samples lost on the way; None when the sensor gives no way to know
    errors : notifications that could not be used as they came, by reason
    duplicates, late : packets dropped because they came twice, or after a later one
    restarts : times the sensor began anew
    gaps, gap_s : interruptions that only the clock shows, and how long they were together
    rate_hz : measured sampling rate; None before it is known
    rate_error_ppm : how far that is from the nominal rate; None before it is known
    drift_ppm : how much faster than the host's the sensor's clock runs; None before a minute, or without a clock
    first_arrival_ns, last_arrival_ns : of a notification, by the host's clock, ns since 1970; None before the first
    """

    packets: int = 0
    samples: int = 0
    lost: int | None = 0
    errors: Mapping[str, int] = field(default_factory=dict)
    duplicates: int = 0
    late: int = 0
    restarts: int = 0
    gaps: int = 0
    gap_s: float = 0.0
    clipped: int = 0
    rate_hz: float | None = None
    rate_error_ppm: float | None = None
    drift_ppm: float | None = None
    battery_percent: float | None = None
    first_arrival_ns: int | None = None
    last_arrival_ns: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


class SensorStream:
    """Decoder and clock of one sensor.

    Time is in seconds since the first sample, strictly increasing; what was lost is missing, never invented. Results
    depend on payloads and arrival times only, and not on how they were cut into calls.

    Raises
    ------
    SpecError
        SPEC_INVALID when the sensor does not send both accelerometer and gyroscope.
    """

    def __init__(self, spec: Spec, **settings: Value) -> None:
        self.spec = spec
        self._decoder = Decoder(spec, settings)
        frames = [frame for frame in spec.frames if frame.samples]
        rate_hz = spec.rate_hz(settings)
        has_clock = any(frame.time is not None for frame in frames)
        self._lanes = Lanes(rate_hz, has_clock=has_clock) if _apart(spec, frames) else None
        self._clock: Clock = DeviceClock(rate_hz) if has_clock else ArrivalClock(rate_hz)
        self._knows_loss = any(frame.gap != "none" for frame in frames)
        self._lost = 0
        self._tally: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._battery_percent: float | None = None
        self._first_arrival_ns: int | None = None
        self._last_arrival_ns: int | None = None

    def feed(self, characteristic: str, payload: bytes, arrival_ns: int) -> Samples:
        """The samples of one notification, dated; may be empty."""
        return self.feed_many((characteristic,), (payload,), (arrival_ns,))

    def feed_many(
        self, characteristics: Sequence[str], payloads: Sequence[bytes], arrival_ns: Sequence[int]
    ) -> Samples:
        """The samples of many notifications in order: what `feed` gives one by one, joined."""
        if not len(payloads):
            return Samples.empty()
        arrivals = _int64(arrival_ns)
        decoded = self._decoder.feed_many(characteristics, payloads)
        self._note(decoded, arrivals)
        if self._lanes is not None:
            return self._counted(self._lanes.take(decoded, arrivals[decoded.packets.notification]))
        time_ns = self._clock.date(decoded.packets, arrivals[decoded.packets.notification])
        if not time_ns.size or decoded.acc_m_s2 is None or decoded.gyr_rad_s is None:
            return Samples.empty()
        return Samples(time_ns / NS, decoded.acc_m_s2, decoded.gyr_rad_s)

    def finish(self) -> Samples:
        """What was held back: gyroscope values that waited for the accelerometer's."""
        return Samples.empty() if self._lanes is None else self._counted(self._lanes.finish())

    def _counted(self, samples: Samples) -> Samples:
        self._tally["samples"] += len(samples)
        return samples

    @property
    def health(self) -> LinkHealth:
        """How good the link was so far."""
        clock = self._clock if self._lanes is None else self._lanes
        lost = self._lost if self._lanes is None else self._lanes.lost
        return LinkHealth(
            packets=self._tally["packets"],
            samples=self._tally["samples"],
            lost=lost + clock.gaps.samples if self._knows_loss else None,
            errors=dict(sorted(self._errors.items())),
            duplicates=self._tally["duplicates"],
            late=self._tally["late"],
            restarts=self._tally["restarts"],
            gaps=clock.gaps.number,
            gap_s=clock.gaps.total_ns / NS,
            clipped=self._tally["clipped"],
            rate_hz=clock.rate_hz,
            rate_error_ppm=clock.rate_error_ppm,
            drift_ppm=clock.drift_ppm,
            battery_percent=self._battery_percent,
            first_arrival_ns=self._first_arrival_ns,
            last_arrival_ns=self._last_arrival_ns,
        )

    def _note(self, decoded: Decoded, arrivals: Ints) -> None:
        if self._first_arrival_ns is None:
            self._first_arrival_ns = int(arrivals[0])
        self._last_arrival_ns = int(arrivals[-1])
        self._lost += decoded.lost or 0
        self._errors.update(error.reason for error in decoded.errors)
        self._tally.update(
            packets=arrivals.size,
            samples=len(decoded) if self._lanes is None else 0,
            duplicates=decoded.duplicates,
            late=decoded.late,
            restarts=decoded.restarts,
            clipped=int(np.count_nonzero(decoded.clipped)),
        )
        if decoded.battery_percent is not None:
            self._battery_percent = decoded.battery_percent


def _apart(spec: Spec, frames: list[Frame]) -> bool:
    """Whether accelerometer and gyroscope come in packets of their own."""
    has = [(frame.samples.has("acc"), frame.samples.has("gyr")) for frame in frames if frame.samples]
    if all(acc and gyr for acc, gyr in has):
        return False
    if any(acc for acc, _ in has) and any(gyr for _, gyr in has) and not any(acc and gyr for acc, gyr in has):
        return True
    raise SpecError(
        f"{spec.id} does not send accelerometer and gyroscope, always together or always apart.", Reason.SPEC_INVALID
    )


def _int64(values: Sequence[int]) -> Ints:
    try:
        return np.asarray(values, dtype=np.int64)
    except OverflowError:
        limit = 1 << 63
        return np.array([min(max(int(value), -limit), limit - 1) for value in values], dtype=np.int64)
