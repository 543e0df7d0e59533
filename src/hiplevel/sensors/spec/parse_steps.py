"""The part of a spec about starting and stopping."""

from typing import Literal, cast

from hiplevel.sensors.spec.elements import ELEMENTS
from hiplevel.sensors.spec.model import Capture, Expect, Step
from hiplevel.sensors.spec.parse_link import Chars, Vars, known_char
from hiplevel.sensors.spec.template import Template, parse_pattern, parse_template
from hiplevel.sensors.spec.toml_table import Table


def read_steps(top: Table, key: str, chars: Chars, variables: Vars) -> tuple[Step, ...]:
    """[[start]] or [[stop]]."""
    return tuple(_read_step(table, chars, variables) for table in top.tables(key))


def _read_step(table: Table, chars: Chars, variables: Vars) -> Step:
    subscribe = tuple(known_char(table, "subscribe", a, chars) for a in table.words("subscribe", one_will_do=True))
    write, template = table.get("write", str, ""), None
    if write:
        known_char(table, "write", write, chars)
        template = read_template(table, "bytes", table.get("bytes", str, example='"01 02"'), variables)
    elif table.has("bytes"):
        raise table.wrong("bytes", "bytes without write go nowhere.", 'Write write = "<alias>".')
    read = table.get("read", str, "")
    if read:
        known_char(table, "read", read, chars)
    step = Step(
        subscribe,
        read,
        write,
        template,
        table.get("response", bool, True),
        _read_expect(table, write, chars),
        _read_capture(table, variables),
        table.number("wait_ms", 0, high=60_000),
        cast(Literal["abort", "skip"], table.choice("on_fail", ("abort", "skip"), "abort")),
    )
    if [bool(subscribe), bool(read), bool(write)].count(True) > 1:
        second = "read" if read else "write"
        raise table.wrong(second, "a step either subscribes, reads or writes.", "Make it two steps.")
    if not (subscribe or read or write or step.wait_ms):
        raise table.wrong(None, "the step does nothing.", "Write subscribe, read, write or wait_ms.")
    if read and not step.capture:
        raise table.wrong("read", "what is read goes nowhere.", "Write capture too.")
    if step.capture and not (step.expect or read):
        raise table.wrong("capture", "a capture needs an answer to read.", "Write expect too.")
    table.done()
    return step


def read_template(table: Table, key: str, text: str, variables: Vars) -> Template:
    """A template under `key`."""
    try:
        return parse_template(text, variables)
    except ValueError as error:
        raise table.wrong(key, f"{error}.") from error


def _read_expect(table: Table, write: str, chars: Chars) -> Expect | None:
    if not table.has("expect"):
        return None
    if isinstance(table.data["expect"], str):
        on, text, timeout_s, source, key = write, table.data["expect"], 2.0, table, "expect"
    else:
        source, key = table.table("expect"), "bytes"
        on = source.get("on", str, write)
        text = source.get("bytes", str, example='"81 00"')
        timeout_s = source.get("timeout_s", float, 2.0)
        source.done()
    known_char(source, "on" if source is not table else "expect", on, chars)
    try:
        return Expect(on, parse_pattern(text), timeout_s)
    except ValueError as error:
        raise source.wrong(key, f"{error}.") from error


def _read_capture(table: Table, variables: Vars) -> Capture | None:
    if not table.has("capture"):
        return None
    inner = table.table("capture")
    tlv_at = inner.number("tlv_at", 0) if inner.has("tlv_at") else None
    sizes = tuple(inner.typed("sizes", size, int) for size in inner.get("sizes", list, []))
    take = inner.table("take", example='take = { 5 = "factor:f32" }')
    found = {}
    for key, value in take.data.items():
        name, _, kind = str(value).partition(":")
        if not key.isdecimal() or name not in variables or kind not in ELEMENTS:
            raise take.wrong(
                key, f"{key} = {value!r} must be a number and a setting with its type.", 'Like 5 = "factor:f32".'
            )
        found[int(key)] = (name, ELEMENTS[kind])
    inner.done()
    return Capture(found, tlv_at, sizes)
