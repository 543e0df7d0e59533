"""The part of a spec about when: time stamps, counters, status bits."""

from fractions import Fraction
from typing import Literal, cast

from hiplevel.sensors.spec.packet import Clip, Counter, DeviceTime
from hiplevel.sensors.spec.parse_field import read_field
from hiplevel.sensors.spec.toml_table import Table

NS = 10**9
SHORTEST_WRAP_S = 10.0


def read_time(table: Table) -> DeviceTime | None:
    """`time`: a stamp in the packet, or None for { from = "arrival" }."""
    inner = table.table("time", example='time = { at = 4, type = "u32", tick = 1e-6 } or { from = "arrival" }')
    if inner.has("from"):
        inner.choice("from", ("arrival",))
        inner.done()
        return None
    field = read_field(inner)
    if field.element.kind != "u":
        raise inner.wrong("type", f"a time stamp counts up in u16, u32 or u64, not {field.element.name}.")
    tick_s = inner.get("tick", float, example="1e-6")
    if not 1e-9 <= tick_s <= 1.0:
        raise inner.wrong(
            "tick", f"a tick of {tick_s:g} s cannot be meant.", "Write seconds a tick, 1e-9 to 1, like 1e-6."
        )
    of = inner.choice("of", ("first", "last"), "first")
    inner.choice("first", ("rate",), "rate")
    wraps = inner.get("wrap", bool, True)
    if wraps and tick_s * 2.0**field.element.bits < SHORTEST_WRAP_S:
        raise inner.wrong(None, f"this clock wraps within {SHORTEST_WRAP_S:g} s: too soon to date samples.")
    time = DeviceTime(
        field,
        Fraction(repr(tick_s)) * NS,
        cast(Literal["first", "last"], of),
        inner.get("epoch", str, ""),
        wraps,
    )
    inner.done()
    return time


def read_gap(table: Table, time: DeviceTime | None) -> Counter | Literal["time", "none"]:
    """`gap`: a counter, "time" or "none"."""
    if not table.has("gap"):
        return "none"
    if isinstance(table.data["gap"], str):
        word = table.choice("gap", ("time", "none"))
        if word == "time" and time is None:
            raise table.wrong("gap", 'gap = "time" needs a time stamp in the packet.', 'Write gap = "none".')
        return cast(Literal["time", "none"], word)
    inner = table.table("gap")
    field = read_field(inner)
    if field.element.kind != "u":
        raise inner.wrong("type", f"a counter counts up in u8, u16 or u32, not {field.element.name}.")
    counts = inner.choice("counts", ("packets", "samples"), "packets")
    inner.done()
    return Counter(field, cast(Literal["packets", "samples"], counts))


def read_clip(table: Table) -> Clip | None:
    """`clip`: status bits."""
    if not table.has("clip"):
        return None
    inner = table.table("clip")
    at = inner.number("at")
    if inner.has("acc") or inner.has("gyr"):
        clip = Clip(at, *(inner.number(kind, low=1, high=255, example="0x01") for kind in ("acc", "gyr")))
    else:
        mask = inner.number("mask", low=1, high=255, example="0x03")
        clip = Clip(at, mask, mask)
    inner.done()
    return clip
