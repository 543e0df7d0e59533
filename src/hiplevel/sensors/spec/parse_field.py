"""The part of a spec about single numbers: fields, discriminators, battery, info."""

from hiplevel.sensors.spec.elements import ELEMENTS
from hiplevel.sensors.spec.model import BatterySource, Info
from hiplevel.sensors.spec.packet import Battery, Field, When
from hiplevel.sensors.spec.parse_link import Chars, Vars, known_char
from hiplevel.sensors.spec.parse_steps import read_template
from hiplevel.sensors.spec.toml_table import Table


def read_field(table: Table, default: str | None = None) -> Field:
    """{ at, type }."""
    return Field(table.number("at"), ELEMENTS[table.choice("type", tuple(ELEMENTS), default)])


def read_battery_field(table: Table) -> Battery:
    """{ at, type, table }: percent, or rows [from, percent], highest first."""
    field = read_field(table, "u8")
    rows = []
    for row in table.get("table", list, []):
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(n, (int, float)) for n in row)):
            raise table.wrong(
                "table", f"{row!r} is no row of a battery table.", "Write [from, percent], highest first."
            )
        rows.append((float(row[0]), float(row[1])))
    if rows != sorted(rows, reverse=True):
        raise table.wrong("table", "the rows of a battery table must go from the highest value down.")
    return Battery(field, tuple(rows))


def read_battery(table: Table, chars: Chars, variables: Vars) -> BatterySource | None:
    """[battery]: read (and notify) a characteristic, or poll by writing."""
    if not table.data:
        return None
    if table.has("read"):
        alias = known_char(table, "read", table.get("read", str, ""), chars)
        source = BatterySource(alias, table.get("notify", bool, False), _optional_field(table))
    else:
        poll = table.table("poll", example='read = "battery", or poll = { write = "cmd", bytes = "01" }')
        write = known_char(poll, "write", poll.get("write", str, example='"cmd"'), chars)
        template = read_template(poll, "bytes", poll.get("bytes", str, example='"01"'), variables)
        source = BatterySource(poll=template, write=write, every_s=poll.get("every_s", float, 60.0))
        poll.done()
    table.done()
    return source


def _optional_field(table: Table) -> Battery:
    if not table.has("at"):
        table.has("type")
        table.has("table")
        return Battery(Field(0, ELEMENTS["u8"]))
    return read_battery_field(table)


def read_info(table: Table, chars: Chars, variables: Vars) -> Info | None:
    """[info]: a readable characteristic that tells the settings in force."""
    if not table.data:
        return None
    alias = known_char(table, "read", table.get("read", str, example='"config"'), chars)
    fields = {}
    inner = table.table("fields", example='fields = { rate = { at = 1, type = "u16" } }')
    for name in inner.data:
        if name not in variables:
            raise inner.wrong(name, f"{name!r} is not in [vars].", f"There are: {', '.join(variables)}.")
        entry = inner.table(name)
        fields[name] = read_field(entry)
        entry.done()
    constants = tuple(read_when(entry) for entry in table.tables("when"))
    table.done()
    return Info(alias, fields, constants)


def read_when(table: Table) -> When:
    """{ at, mask, eq }."""
    when = When(
        table.number("at"), table.number("eq", high=255, example="0x02"), table.number("mask", 255, low=1, high=255)
    )
    if when.eq & ~when.mask:
        raise table.wrong(
            "eq", f"eq 0x{when.eq:02X} has bits that the mask 0x{when.mask:02X} hides: it can never hold."
        )
    table.done()
    return when
