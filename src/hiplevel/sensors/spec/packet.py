"""The packets of a sensor as data: frames, streams, samples, time, gaps, and vectors that test them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from hiplevel.sensors.spec.elements import Element
from hiplevel.sensors.spec.scale import Product, Value
from hiplevel.sensors.spec.template import Pattern

CHANNELS = ("acc.x", "acc.y", "acc.z", "gyr.x", "gyr.y", "gyr.z")
SKIP = "skip"


class When(NamedTuple):
    """A discriminator: (payload[at] & mask) == eq."""

    at: int
    eq: int
    mask: int = 0xFF

    def holds(self, payload: bytes) -> bool:
        """Whether the payload has it."""
        return self.at < len(payload) and payload[self.at] & self.mask == self.eq


class Length(NamedTuple):
    """Allowed payload lengths, bytes."""

    min: int = 0
    max: int | None = None


ANY_LENGTH = Length()


class Field(NamedTuple):
    """A number in the packet."""

    at: int
    element: Element


@dataclass(frozen=True)
class Join:
    """Continuation packets: those that hold `next` are appended without their first `skip` bytes."""

    next: tuple[When, ...]
    skip: int


@dataclass(frozen=True)
class DeviceTime:
    """A time stamp in the packet: `tick_ns` exact, of the packet's first or last sample."""

    field: Field
    tick_ns: Fraction
    of: Literal["first", "last"] = "first"
    epoch: str = ""
    wraps: bool = True


@dataclass(frozen=True)
class Counter:
    """A counter in the packet, of packets or of samples."""

    field: Field
    counts: Literal["packets", "samples"] = "packets"


class Clip(NamedTuple):
    """A status byte: any bit of `acc` or `gyr` set means that such a value of this packet was cut off."""

    at: int
    acc: int
    gyr: int

    @property
    def mask(self) -> int:
        """All these bits."""
        return self.acc | self.gyr


@dataclass(frozen=True)
class Battery:
    """Charge in a packet: percent directly, or looked up as the first row whose value is reached."""

    field: Field
    table: tuple[tuple[float, float], ...] = ()

    def percent(self, payload: bytes) -> float | None:
        """The charge, 0 to 100; None when the payload is too short."""
        at, element = self.field
        if at + element.size > len(payload):
            return None
        value = float(element.read(payload, at))
        if self.table:
            return next((percent for floor, percent in self.table if value >= floor), 0.0)
        return min(max(value, 0.0), 100.0)


@dataclass(frozen=True)
class SampleBlock:
    """Where the samples are: layout, element, channels in order, one scale a channel (wire to SI)."""

    at: int
    layout: Literal["aos", "soa", "delta"]
    element: Element
    groups: tuple[tuple[str, ...], ...]
    scales: tuple[Product, ...]
    count: int | Field | None = None
    batch: int | str = 1
    tail: int = 0
    sentinel: int | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """All channels, in wire order within a sample."""
        return tuple(channel for group in self.groups for channel in group)

    @property
    def row_size(self) -> int:
        """Bytes of one sample over all channels."""
        return len(self.channels) * self.element.size

    def has(self, kind: str) -> bool:
        """Whether it carries 'acc' or 'gyr'."""
        return f"{kind}.x" in self.channels


@dataclass(frozen=True)
class Frame:
    """One kind of packet: how to know it and what it carries. `skip`: known, and of no interest."""

    on: str
    when: tuple[When, ...] = ()
    length: Length = ANY_LENGTH
    skip: bool = False
    join: Join | None = None
    time: DeviceTime | None = None
    gap: Counter | Literal["time", "none"] = "none"
    clip: Clip | None = None
    samples: SampleBlock | None = None
    battery: Battery | None = None


@dataclass(frozen=True)
class Stream:
    """A characteristic read as a stream of bytes: frames of `size` bytes that begin with `sync`."""

    on: str
    sync: Pattern
    size: int


@dataclass(frozen=True)
class Vector:
    """A test inside the spec: notifications, and what they must give (None: not said)."""

    name: str
    char: str
    payloads: tuple[bytes, ...]
    settings: Mapping[str, Value]
    acc_m_s2: tuple[tuple[float, ...], ...] | None = None
    gyr_rad_s: tuple[tuple[float, ...], ...] | None = None
    time_ns: tuple[int, ...] | None = None
    lost: int | None = None
    errors: tuple[str, ...] = ()
    battery_percent: float | None = None
