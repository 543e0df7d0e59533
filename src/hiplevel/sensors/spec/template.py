"""Bytes written to a sensor, with settings filled in, and the answers expected from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hiplevel.sensors.spec.elements import ELEMENTS, Element
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.vars import Var

HOST_TIME = "host_time"
_TOKEN = re.compile(
    r"\s*(?:'(?P<text>[^']*)'|\{(?P<var>\w+)(?:\.(?P<code>\w+))?(?::(?P<type>\w+))?\}"
    r"|(?P<hex>[0-9A-Fa-f]{2})(?:\*(?P<times>\d+))?(?![0-9A-Za-z*]))"
)
_HELP = "write hex bytes like 02 09 or 00*8, 'text', {name:u16}, {name.code:u8}, {name:ascii} or {host_time:u32}"


@dataclass(frozen=True)
class Slot:
    """A setting inside a template: as number, as its code in a table, or as text (element None)."""

    var: Var
    element: Element | None
    table: str = ""

    def render(self, value: Value) -> bytes:
        """The bytes of one value."""
        number = self.var.code_of(value, self.table) if self.table else value
        if self.element is None:
            return f"{number}".encode("ascii", "replace")
        return self.element.write(float(number) if self.element.is_float else int(number))

    def find(self, payload: bytes, at: int) -> tuple[Value, int] | None:
        """The value whose bytes stand at `at`, and where they end."""
        for value in sorted(self.var.allowed, key=lambda v: -len(self.render(v))):
            wanted = self.render(value)
            if payload.startswith(wanted, at):
                return value, at + len(wanted)
        if self.var.allowed or self.element is None or at + self.element.size > len(payload):
            return None
        return self.element.read(payload, at), at + self.element.size


@dataclass(frozen=True)
class Template:
    """What to write: literal bytes and slots, in order."""

    text: str
    parts: tuple[bytes | Slot, ...]

    def render(self, settings: Mapping[str, Value], host_time_ns: int = 0) -> bytes:
        """The bytes for these settings; {host_time:u32} is Unix time in s, {host_time:u64} in ms."""
        return b"".join(
            part if isinstance(part, bytes) else part.render(_setting(part, settings, host_time_ns))
            for part in self.parts
        )

    def match(self, payload: bytes) -> dict[str, Value] | None:
        """The settings that give exactly these bytes, or None: what a virtual sensor understands."""
        at, found = 0, dict[str, Value]()
        for part in self.parts:
            if isinstance(part, bytes):
                if not payload.startswith(part, at):
                    return None
                at += len(part)
                continue
            hit = part.find(payload, at)
            if hit is None:
                return None
            found[part.var.name], at = hit
        found.pop(HOST_TIME, None)
        return found if at == len(payload) else None


def _setting(slot: Slot, settings: Mapping[str, Value], host_time_ns: int) -> Value:
    if slot.var.name != HOST_TIME:
        return settings[slot.var.name]
    return host_time_ns // (1_000_000_000 if slot.element is ELEMENTS["u32"] else 1_000_000)


def parse_template(text: str, settings: Mapping[str, Var]) -> Template:
    """A template from its text; ValueError with a sentence when it cannot be one."""
    at, parts = 0, list[bytes | Slot]()
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"cannot read {text[at:].strip()!r} in {text!r}; {_HELP}")
        at = token.end()
        if token["text"] is not None:
            parts.append(token["text"].encode())
        elif token["hex"] is not None:
            parts.append(bytes.fromhex(token["hex"]) * int(token["times"] or 1))
        else:
            parts.append(_slot(token, settings))
    if not parts:
        raise ValueError(f"there is nothing to write; {_HELP}")
    return Template(text, tuple(parts))


def _slot(token: re.Match[str], settings: Mapping[str, Var]) -> Slot:
    name, kind = token["var"], token["type"] or ("u32" if token["var"] == HOST_TIME else "")
    var = Var(HOST_TIME, 0) if name == HOST_TIME else settings.get(name)
    if var is None:
        raise ValueError(f"{{{name}}} is not in [vars]; there are: {', '.join(settings) or 'none'}")
    if token["code"] and not var.table(token["code"]):
        raise ValueError(
            f"{{{name}.{token['code']}}} needs a code table: write {name} = {{ ..., code = {{ 100 = 0x09 }} }}"
        )
    if kind == "ascii":
        return Slot(var, None, token["code"] or "")
    if kind not in ELEMENTS:
        raise ValueError(f"{{{name}}} needs a type: write {{{name}:T}} with T one of ascii, {', '.join(ELEMENTS)}")
    if isinstance(var.default, str) and not token["code"]:
        raise ValueError(f"{{{name}}} is text: write {{{name}:ascii}}")
    return Slot(var, ELEMENTS[kind], token["code"] or "")


@dataclass(frozen=True)
class Pattern:
    """How an answer begins: per byte the values allowed, empty for any. Further bytes may follow."""

    text: str
    allowed: tuple[tuple[int, ...], ...]

    def matches(self, payload: bytes) -> bool:
        """Whether the payload begins like this."""
        return len(payload) >= len(self.allowed) and all(
            not values or byte in values for byte, values in zip(payload, self.allowed, strict=False)
        )

    def example(self) -> bytes:
        """The shortest answer that matches, first alternatives taken: what a virtual sensor says."""
        return bytes(values[0] if values else 0 for values in self.allowed)


def parse_pattern(text: str) -> Pattern:
    """A pattern like `F0 02 .. 00|06`; ValueError with a sentence when it cannot be one."""
    allowed = []
    for token in text.split():
        if token == "..":
            allowed.append(tuple[int, ...]())
        elif re.fullmatch(r"[0-9A-Fa-f]{2}(\|[0-9A-Fa-f]{2})*", token):
            allowed.append(tuple(int(byte, 16) for byte in token.split("|")))
        else:
            raise ValueError(f"{token!r} is no byte of an answer; write hex bytes, 00|06 for either, .. for any")
    if not allowed:
        raise ValueError("an expected answer needs at least one byte, like 81 00")
    return Pattern(text, tuple(allowed))
