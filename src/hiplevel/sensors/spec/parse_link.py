"""The part of a spec about the link: match, characteristics, settings."""

import re
from typing import Any

from hiplevel.sensors.spec.model import Char, Match
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.template import HOST_TIME
from hiplevel.sensors.spec.toml_table import Table
from hiplevel.sensors.spec.vars import Var

_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
_SHORT = re.compile(r"(0x)?[0-9a-fA-F]{4}")
SIG_BASE = "0000{}-0000-1000-8000-00805f9b34fb"
Chars = dict[str, Char]
Vars = dict[str, Var]


def uuid_of(table: Table, key: str | int, value: Any) -> str:
    """A UUID in its full form, lower-case."""
    text = value.lower() if isinstance(value, str) else ""
    if _UUID.fullmatch(text):
        return text
    hint = "Write all 128 bits, like 12345678-1234-1234-1234-123456789abc."
    if isinstance(value, str) and _SHORT.fullmatch(value):
        hint = f"Write the long form {SIG_BASE.format(value[-4:].lower())}."
    raise table.wrong(key, f"{value!r} is not a UUID.", hint)


def read_match(table: Table) -> Match:
    """[match]: company, name (a regular expression, with an example), service."""
    name = table.get("name", str, "")
    try:
        fits = re.search(name, table.get("example", str, "")) is not None
    except re.error as error:
        raise table.wrong("name", f"the pattern {name!r} of [match] is not a regular expression: {error}.") from error
    if name and not fits:
        raise table.wrong(
            "example" if table.has("example") else None, "[match] needs an example that its name pattern fits."
        )
    match = Match(
        _companies(table),
        name,
        tuple(uuid_of(table, "service", service) for service in table.words("service", one_will_do=True)),
        table.get("example", str, ""),
    )
    if not (match.companies or name or match.services):
        raise table.wrong(None, "[match] says nothing to know the sensor by.", "Write company, name or service.")
    table.done()
    return match


def _companies(table: Table) -> tuple[int, ...]:
    """`company`: a number, or a list of which any will do."""
    if not table.has("company"):
        return ()
    if isinstance(table.data["company"], list):
        return tuple(table.typed("company", number, int) for number in table.data["company"])
    return (table.number("company", 0),)


def read_chars(table: Table) -> Chars:
    """[chars]: alias = [service, characteristic]."""
    chars = {}
    for alias, pair in table.data.items():
        if not (isinstance(pair, list) and len(pair) == 2):
            raise table.wrong(
                alias,
                f"{alias} of [chars] must be a pair: a characteristic may exist in several services.",
                f'Write {alias} = ["<service>", "<characteristic>"].',
            )
        chars[alias] = Char(uuid_of(table, alias, pair[0]), uuid_of(table, alias, pair[1]))
    return chars


def read_vars(table: Table) -> Vars:
    """[vars]: name = { default, allowed, unit, code }."""
    found = {name: _read_var(table.table(name), name) for name in table.data}
    rate = found.get("rate")
    if rate is None or isinstance(rate.default, str) or not all(float(v) > 0 for v in (rate.default, *rate.allowed)):
        raise table.wrong(
            "rate" if rate else None, "[vars] needs the sampling rate.", 'Write rate = { default = 100, unit = "Hz" }.'
        )
    return found


def _read_var(table: Table, name: str) -> Var:
    if name == HOST_TIME or not name.isidentifier():
        raise table.wrong(None, f"a setting cannot be called {name!r}.", "Use letters, digits and _.")
    if not table.has("default"):
        raise table.wrong(None, f"{name} needs a default.", f"Write {name} = {{ default = 100 }}.")
    default = _value(table, "default", table.data["default"])
    kind = str if isinstance(default, str) else (int, float)
    allowed = tuple(_value(table, "allowed", value) for value in table.get("allowed", list, []))
    if allowed and not all(isinstance(value, kind) for value in allowed):
        raise table.wrong("allowed", f"allowed of {name} mixes text and numbers.")
    if allowed and default not in allowed:
        raise table.wrong("default", f"the default {default!r} of {name} is not among those allowed.")
    code = _read_codes(table, "code", default, allowed)
    more = table.table("codes")
    codes = {key: _read_codes(more, key, default, allowed) for key in more.data}
    unit = table.get("unit", str, "")
    table.done()
    return Var(name, default, allowed, unit, code, codes)


def _read_codes(table: Table, key: str, default: Value, allowed: tuple[Value, ...]) -> dict[Value, int]:
    codes = table.table(key)
    code = {_code_key(codes, entry, default): codes.typed(entry, value, int) for entry, value in codes.data.items()}
    missing = [value for value in allowed or (default,) if code and value not in code]
    if missing:
        raise table.wrong(key, f"the {key} table of {table.path[-1]} lacks {missing[0]!r}.")
    return code


def _value(table: Table, key: str, value: Any) -> Value:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise table.wrong(key, f"{value!r} is neither a number nor text.")
    return value


def _code_key(codes: Table, key: str, default: Value) -> Value:
    if isinstance(default, str):
        return key
    try:
        return int(key) if re.fullmatch(r"-?\d+", key) else float(key)
    except ValueError:
        raise codes.wrong(key, f"{key!r} in a code table is not a number.", "Write codes as { 100 = 0x09 }.") from None


def known_char(table: Table, key: str, alias: str, chars: Chars) -> str:
    """`alias`, if [chars] has it."""
    if alias not in chars:
        raise table.wrong(key, f"{alias!r} is not in [chars].", f"There are: {', '.join(chars)}.")
    return alias
