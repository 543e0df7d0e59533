"""A firmware spec as data: what the sensors/spec_parse modules build and everything else reads."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from hiplevel.sensors.spec_elements import Element
from hiplevel.sensors.spec_scale import Product, Value
from hiplevel.sensors.spec_template import Pattern, Template

CHANNELS = ("acc.x", "acc.y", "acc.z", "gyr.x", "gyr.y", "gyr.z")
SKIP = "skip"
Matrix = tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]


@dataclass(frozen=True)
class Match:
    """How to know the sensor among others: every key given must hold."""

    company: int | None = None
    name: str = ""
    services: tuple[str, ...] = ()
    example: str = ""

    def accepts(self, name: str | None, companies: Collection[int] = (), services: Collection[str] = ()) -> bool:
        """Whether an advertisement fits; a service decides only where neither company nor name is asked for."""
        if self.company is None and not self.name:
            advertised = {service.lower() for service in services}
            return any(service in advertised for service in self.services)
        return (self.company is None or self.company in companies) and (
            not self.name or (name is not None and re.search(self.name, name) is not None)
        )


class Char(NamedTuple):
    """A characteristic: always service and characteristic, lower-case 128-bit UUIDs."""

    service: str
    characteristic: str


@dataclass(frozen=True)
class Expect:
    """An answer to wait for: on which characteristic (alias), how it begins, how long."""

    on: str
    pattern: Pattern
    timeout_s: float = 2.0


@dataclass(frozen=True)
class Capture:
    """Settings the sensor tells in an answer: {offset: (name, type)}, or by type in a list of type, count, values."""

    take: Mapping[int, tuple[str, Element]]
    tlv_at: int | None = None
    sizes: tuple[int, ...] = ()

    def values(self, payload: bytes) -> dict[str, Value]:
        """What the answer says; what it does not carry is left out."""
        offsets = {key: key for key in self.take} if self.tlv_at is None else self._tlv(payload, self.tlv_at)
        return {
            name: element.read(payload, offsets[key])
            for key, (name, element) in self.take.items()
            if key in offsets and offsets[key] + element.size <= len(payload)
        }

    def _tlv(self, payload: bytes, at: int) -> dict[int, int]:
        offsets = {}
        while at + 2 <= len(payload) and payload[at] < len(self.sizes):
            offsets[payload[at]] = at + 2
            at += 2 + payload[at + 1] * self.sizes[payload[at]]
        return offsets


@dataclass(frozen=True)
class Step:
    """One step of start or stop: subscribe to characteristics, or write and perhaps await the answer; then wait."""

    subscribe: tuple[str, ...] = ()
    write: str = ""
    template: Template | None = None
    response: bool = True
    expect: Expect | None = None
    capture: Capture | None = None
    wait_ms: int = 0
    on_fail: Literal["abort", "skip"] = "abort"


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
    """A status byte: any bit of `mask` set means that a sample of this packet was cut off."""

    at: int
    mask: int


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
    layout: Literal["aos", "soa"]
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
class FullScale:
    """What the sensor can measure, SI; None: not known, so that clipping cannot be seen."""

    acc_m_s2: float | None
    gyr_rad_s: float | None


@dataclass(frozen=True)
class BatterySource:
    """Where the charge comes from: a characteristic to read (or to subscribe to), or bytes to write now and then.

    read : alias, '' when it is polled
    battery : the field in what is read; the answer to a poll is a frame of its own
    """

    read: str = ""
    notify: bool = False
    battery: Battery | None = None
    poll: Template | None = None
    write: str = ""
    every_s: float = 60.0


@dataclass(frozen=True)
class Info:
    """A readable characteristic that tells the settings in force."""

    read: str
    fields: Mapping[str, Field]
    constants: tuple[When, ...] = ()

    def values(self, payload: bytes) -> dict[str, Value]:
        """The settings that the payload tells."""
        return {
            name: field.element.read(payload, field.at)
            for name, field in self.fields.items()
            if field.at + field.element.size <= len(payload)
        }

    def render(self, settings: Mapping[str, Value]) -> bytes:
        """What a sensor with these settings answers."""
        size = max([f.at + f.element.size for f in self.fields.values()] + [c.at + 1 for c in self.constants])
        payload = bytearray(size)
        for constant in self.constants:
            payload[constant.at] = constant.eq
        for name, (at, element) in self.fields.items():
            payload[at : at + element.size] = element.write(float(settings[name]))
        return bytes(payload)


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
