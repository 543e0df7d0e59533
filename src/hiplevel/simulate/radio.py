"""A simulated Bluetooth link: samples to the notifications of a sensor and when each arrives; nothing is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.link import LinkChange, Notification
from hiplevel.sensors.ble.phases import Phase
from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

SUPERVISION_S = 2.0  # how long both ends listen in vain before they call the link lost
SENDING_NS = 1_500_000  # from the last sample of a packet to its being ready in the sensor's radio
HOST_NS = (200_000, 2_000_000)  # from the radio of the host to its clock being read
NS = 1_000_000_000
RATE_TOLERANCE = 0.01

Item: TypeAlias = Notification | LinkChange


class Break(NamedTuple):
    """From start_s on, sensor time, nothing gets through; after length_s the sensor is connected and streams again."""

    start_s: float
    length_s: float


@dataclass(frozen=True)
class Radio:
    """How good the link is.

    Attributes
    ----------
    interval_s : of the connection: packets arrive at its events only, several at once where they are more frequent
    retry : probability that a packet has to wait for another event
    loss : probability that a notification never arrives
    breaks : when the link breaks, in order

    Raises
    ------
    UsageError
        with reason USAGE for what no link does.
    """

    interval_s: float = 0.03
    retry: float = 0.03
    loss: float = 0.0
    breaks: tuple[Break, ...] = ()

    def __post_init__(self) -> None:
        if self.interval_s <= 0.0 or not 0.0 <= self.retry < 1.0 or not 0.0 <= self.loss <= 1.0:
            raise UsageError("A link has an interval above 0 s and probabilities between 0 and 1.", Reason.USAGE)
        if any(length_s <= SUPERVISION_S for _, length_s in self.breaks):
            raise UsageError(
                f"A link that is back within {SUPERVISION_S:g} s was never lost: make the break longer.", Reason.USAGE
            )


def transmit(
    samples: Samples,
    spec: Spec,
    *,
    settings: Mapping[str, Value] | None = None,
    radio: Radio | None = None,
    started_ns: int = 0,
    seed: int = 0,
) -> list[Item]:
    """What the host hears of samples, which are dated by the sensor's clock at the spec's rate, in order of arrival.

    started_ns is the host's clock at the first sample. Same arguments, same bytes and times. Samples short of a whole
    packet stay in the sensor.

    Raises
    ------
    UsageError
        with reason RATE for samples at another rate than the spec's.
    """
    radio = radio or Radio()
    rate_hz = spec.rate_hz(settings)
    index = _numbers(samples, rate_hz)
    air = _Air(radio, np.random.default_rng([seed, 4]))
    items: list[Item] = []
    for ready_ns, packet in _packets(Encoder(spec, settings), samples, index, rate_hz, radio):
        for characteristic, payload in packet:
            arrival_ns = air.arrival_ns(ready_ns)
            if arrival_ns is not None:
                items.append(Notification(characteristic, payload, started_ns + arrival_ns))
    for start_s, length_s in radio.breaks:
        items.append(LinkChange(Phase.LOST, started_ns + round((start_s + SUPERVISION_S) * NS), "out of reach"))
        items.append(LinkChange(Phase.STREAMING, started_ns + round((start_s + length_s) * NS)))
    return sorted(items, key=_when_ns)


def _numbers(samples: Samples, rate_hz: float) -> np.ndarray:
    """(n,) how many sampling periods after the first each sample was taken."""
    periods = (samples.time_s - samples.time_s[:1]) * rate_hz
    index = np.rint(periods).astype(np.int64)
    if len(samples) > 1 and (np.median(np.diff(periods)) > 1.0 + RATE_TOLERANCE or np.any(np.diff(index) < 1)):
        raise UsageError(f"The samples are not at the {rate_hz:g} Hz of this sensor.", Reason.RATE)
    return index


def _packets(
    encoder: Encoder, samples: Samples, index: np.ndarray, rate_hz: float, radio: Radio
) -> Iterator[tuple[int, list[tuple[str, bytes]]]]:
    """(when it is ready, ns since the first sample; its notifications) for every whole packet."""
    streaming = np.ones(len(samples), dtype=np.bool_)
    for start_s, length_s in radio.breaks:
        from_s, to_s = start_s + SUPERVISION_S, start_s + length_s
        streaming &= (index < from_s * rate_hz) | (index >= to_s * rate_hz)
    rows = np.flatnonzero(streaming)
    for run in np.split(rows, np.flatnonzero(np.diff(index[rows]) != 1) + 1):
        for at in range(0, len(run) - encoder.batch + 1, encoder.batch):
            part = slice(int(run[at]), int(run[at]) + encoder.batch)
            last_ns = round(int(index[part.stop - 1]) * NS / rate_hz)
            sent = encoder.encode(samples.acc_m_s2[part], samples.gyr_rad_s[part], int(index[part.start]))
            yield last_ns + SENDING_NS, sent


class _Air:
    """Connection events, one every interval, and what chance does to a packet."""

    def __init__(self, radio: Radio, chance: np.random.Generator) -> None:
        self._radio, self._chance = radio, chance
        self._interval_ns = round(radio.interval_s * NS)
        self._phase_ns = int(chance.integers(self._interval_ns))
        self._last_event_ns = self._last_ns = 0

    def arrival_ns(self, ready_ns: int) -> int | None:
        """When a packet arrives, never before an earlier one; None when it never does."""
        chance, interval_ns = self._chance, self._interval_ns
        lost = chance.random() < self._radio.loss
        waiting = -(-(ready_ns - self._phase_ns) // interval_ns)
        event_ns = max(self._phase_ns + waiting * interval_ns, self._last_event_ns)
        while chance.random() < self._radio.retry:
            event_ns += interval_ns
        if lost or self._silent(event_ns):
            return None
        self._last_event_ns = event_ns
        self._last_ns = max(event_ns + int(chance.integers(*HOST_NS)), self._last_ns + 1)
        return self._last_ns

    def _silent(self, event_ns: int) -> bool:
        return any(start_s * NS <= event_ns < (start_s + length_s) * NS for start_s, length_s in self._radio.breaks)


def _when_ns(item: Item) -> int:
    return item.arrival_ns if isinstance(item, Notification) else item.at_ns
