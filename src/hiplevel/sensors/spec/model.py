"""The link to a sensor as data: how to find it, start it, ask for its battery and settings."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from hiplevel.sensors.spec.elements import Element
from hiplevel.sensors.spec.packet import Battery, Field, When
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.template import Pattern, Template

Matrix = tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]


@dataclass(frozen=True)
class Match:
    """How to know the sensor among others: every key given must hold."""

    companies: tuple[int, ...] = ()
    name: str = ""
    services: tuple[str, ...] = ()
    example: str = ""

    def accepts(self, name: str | None, companies: Collection[int] = (), services: Collection[str] = ()) -> bool:
        """Whether an advertisement fits; a service decides only where neither company nor name is asked for."""
        if not self.companies and not self.name:
            advertised = {service.lower() for service in services}
            return any(service in advertised for service in self.services)
        return (not self.companies or any(company in companies for company in self.companies)) and (
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

    def render(self, answer: bytes, settings: Mapping[str, Value]) -> bytes:
        """The answer of a sensor with these settings: `answer` with what is captured written into it."""
        if self.tlv_at is not None:
            entries = [bytes([key, 1]) + one.write(_number(settings[name])) for key, (name, one) in self.take.items()]
            return answer.ljust(self.tlv_at, b"\0")[: self.tlv_at] + b"".join(entries)
        told = bytearray(answer)
        for at, (name, element) in self.take.items():
            told.extend(bytes(max(at + element.size - len(told), 0)))
            told[at : at + element.size] = element.write(_number(settings[name]))
        return bytes(told)

    def _tlv(self, payload: bytes, at: int) -> dict[int, int]:
        offsets = {}
        while at + 2 <= len(payload) and payload[at] < len(self.sizes):
            offsets[payload[at]] = at + 2
            at += 2 + payload[at + 1] * self.sizes[payload[at]]
        return offsets


@dataclass(frozen=True)
class Step:
    """One step: subscribe to characteristics, or read one, or write and perhaps await the answer; then wait."""

    subscribe: tuple[str, ...] = ()
    read: str = ""
    write: str = ""
    template: Template | None = None
    response: bool = True
    expect: Expect | None = None
    capture: Capture | None = None
    wait_ms: int = 0
    on_fail: Literal["abort", "skip"] = "abort"


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


def _number(value: Value) -> int | float:
    """A setting as a number; whole ones exact, however large."""
    return float(value) if isinstance(value, str) else value
