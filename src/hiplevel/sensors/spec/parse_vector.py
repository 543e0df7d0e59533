"""The part of a spec that tests it: packets and what they must give."""

from typing import Any

from hiplevel.model.errors import UsageError
from hiplevel.sensors.spec.packet import Vector
from hiplevel.sensors.spec.parse_link import Chars, Vars, known_char
from hiplevel.sensors.spec.toml_table import Table
from hiplevel.sensors.spec.vars import settings_of

Rows = tuple[tuple[float, ...], ...]


def read_vectors(top: Table, chars: Chars, variables: Vars) -> tuple[Vector, ...]:
    """[[vector]]."""
    return tuple(_read_vector(table, chars, variables) for table in top.tables("vector"))


def _read_vector(table: Table, chars: Chars, variables: Vars) -> Vector:
    vector = Vector(
        table.get("name", str, example='"at rest"'),
        known_char(table, "char", table.get("char", str, example='"data"'), chars),
        tuple(_payload(table, text) for text in table.words("hex", one_will_do=True)),
        dict(table.table("vars").data),
        _rows(table, "acc_m_s2"),
        _rows(table, "gyr_rad_s"),
        _times(table),
        table.number("lost", 0, high=10**9) if table.has("lost") else None,
        table.words("errors"),
        table.get("battery_percent", float, 0.0) if table.has("battery_percent") else None,
    )
    if not vector.payloads:
        raise table.wrong(None, "the vector has no packet.", 'Write hex = ["01 02 ..."].')
    try:
        settings_of("the spec", variables, vector.settings)
    except UsageError as error:
        raise table.wrong("vars", str(error)) from error
    table.done()
    return vector


def _payload(table: Table, text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise table.wrong("hex", f"{text!r} is not hex.", "Write two digits a byte.") from None


def _rows(table: Table, key: str) -> Rows | None:
    if not table.has(key):
        return None
    rows: list[Any] = table.get(key, list, [])
    if not all(isinstance(r, list) and len(r) == 3 and all(isinstance(v, (int, float)) for v in r) for r in rows):
        raise table.wrong(key, f"{key} must be rows of three numbers.", "Like [[0.0, 0.0, 9.80665]].")
    return tuple(tuple(float(v) for v in row) for row in rows)


def _times(table: Table) -> tuple[int, ...] | None:
    if not table.has("time_ns"):
        return None
    return tuple(table.typed("time_ns", value, int) for value in table.get("time_ns", list, []))
