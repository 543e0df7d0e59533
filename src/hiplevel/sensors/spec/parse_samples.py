"""The part of a spec about samples within a packet."""

from typing import Any, Literal, cast

from hiplevel.sensors.spec.elements import ELEMENTS, Element
from hiplevel.sensors.spec.packet import CHANNELS, SKIP, Field, SampleBlock
from hiplevel.sensors.spec.parse_field import read_field
from hiplevel.sensors.spec.parse_link import Vars
from hiplevel.sensors.spec.scale import Product, parse_product
from hiplevel.sensors.spec.toml_table import Table

LAYOUTS = ("aos", "soa", "delta")
LATER_LAYOUTS = ("text",)
DELTA_TYPES = ("i8", "i16", "i32", "f32")
SAMPLE_TYPES = tuple(name for name, element in ELEMENTS.items() if element.is_float or element.size <= 4)
LATER_TYPES = ("i24", "u24")


def read_samples(table: Table, variables: Vars) -> SampleBlock:
    """[frame.samples]."""
    layout = table.get("layout", str, "aos")
    if layout in LATER_LAYOUTS:
        raise table.wrong("layout", f"the layout {layout!r} is not supported yet.", f"Supported: {', '.join(LAYOUTS)}.")
    table.choice("layout", LAYOUTS, "aos")
    groups = _read_groups(table)
    element = _read_element(table)
    count = _read_count(table)
    if layout == "delta":
        _check_delta(table, element, count)
    block = SampleBlock(
        table.number("at"),
        cast(Literal["aos", "soa", "delta"], layout),
        element,
        groups,
        _read_scales(table, groups, variables),
        count,
        _read_batch(table, count, variables),
        table.number("tail", 0, high=512),
        _read_sentinel(table, element),
    )
    table.done()
    return block


def _read_groups(table: Table) -> tuple[tuple[str, ...], ...]:
    """`channels` (one list) or `groups` (lists of channels)."""
    if table.has("channels") == table.has("groups"):
        raise table.wrong(
            "groups" if "groups" in table.data else None,
            "samples need either channels or groups.",
            'Write channels = ["acc.x", "acc.y", "acc.z", "gyr.x", "gyr.y", "gyr.z"].',
        )
    key = "channels" if "channels" in table.data else "groups"
    value = table.data[key]
    lists = [value] if key == "channels" else value
    if not (isinstance(lists, list) and lists and all(isinstance(group, list) and group for group in lists)):
        raise table.wrong(key, f"{key} must be a list{' of lists' if key == 'groups' else ''} of channels.")
    seen: list[str] = []
    for channel in (channel for group in lists for channel in group):
        if channel != SKIP and channel not in CHANNELS:
            raise table.wrong(key, f"{channel!r} is no channel.", f"There are: {', '.join(CHANNELS)}, and {SKIP}.")
        if channel != SKIP and channel in seen:
            raise table.wrong(key, f"the channel {channel} appears twice.")
        seen.append(channel)
    for kind in ("acc", "gyr"):
        have = [c for c in seen if c.startswith(kind)]
        if len(have) not in (0, 3):
            raise table.wrong(key, f"of {kind} only {', '.join(have)} is there: x, y and z are needed.")
    if all(channel == SKIP for channel in seen):
        raise table.wrong(key, "no channel is acc or gyr.")
    return tuple(tuple(group) for group in lists)


def _read_element(table: Table) -> Element:
    name = table.get("type", str, example='"i16"')
    if name in LATER_TYPES:
        raise table.wrong("type", f"the type {name!r} is not supported yet.", f"Supported: {', '.join(ELEMENTS)}.")
    return ELEMENTS[table.choice("type", SAMPLE_TYPES)]


def _check_delta(table: Table, element: Element, count: int | Field | None) -> None:
    if element.name not in DELTA_TYPES:
        raise table.wrong("type", f"differences of {element.name} are not supported.", f"Use {', '.join(DELTA_TYPES)}.")
    if count is not None:
        raise table.wrong("count", "a delta packet tells its count itself.", "Leave out count; batch may say how many.")


def _read_count(table: Table) -> int | Field | None:
    """`count`: a number, "rest" (None), or a field { at, type }."""
    if not table.has("count") or table.data["count"] == "rest":
        return None
    value = table.data["count"]
    if isinstance(value, dict):
        inner = table.table("count")
        field = read_field(inner)
        if field.element.kind != "u" or field.element.size > 2:
            raise inner.wrong("type", f"a count is u8 or u16, not {field.element.name}.")
        inner.done()
        return field
    if isinstance(value, bool) or not isinstance(value, int):
        raise table.wrong("count", f"count is {value!r}.", 'Write a number, "rest", or { at = 8, type = "u8" }.')
    return table.number("count", low=1, high=512)


def _read_batch(table: Table, count: int | Field | None, variables: Vars) -> int | str:
    """`batch`: samples a packet usually carries: a number, a setting, or a setting's code."""
    if not table.has("batch"):
        return count if isinstance(count, int) else 1
    if isinstance(count, int):
        raise table.wrong("batch", f"count = {count} says it already.", "Leave out batch.")
    value: Any = table.data["batch"]
    if isinstance(value, int) and not isinstance(value, bool):
        return table.number("batch", low=1, high=512)
    name, _, code = value.partition(".") if isinstance(value, str) else ("", "", "")
    var = variables.get(name)
    if var is None or code not in ("", "code") or (bool(code) and not var.code):
        raise table.wrong("batch", f"batch is {value!r}.", 'Write a number, a setting of [vars], or "rate.code".')
    sizes = var.code.values() if code else (var.default, *var.allowed)
    if not all(isinstance(size, int) and 1 <= size <= 512 for size in sizes):
        raise table.wrong("batch", f"batch takes its numbers from {value}, and not all of them lie between 1 and 512.")
    return str(value)


def _read_sentinel(table: Table, element: Element) -> int | None:
    if not table.has("sentinel"):
        return None
    if element.is_float:
        raise table.wrong("sentinel", "numbers with a point have NaN for what is invalid.", "Leave out sentinel.")
    return table.number("sentinel", low=element.lowest, high=element.highest)


def _read_scales(table: Table, groups: tuple[tuple[str, ...], ...], variables: Vars) -> tuple[Product, ...]:
    """`scale`: one product for all, one a group, or one a channel; missing means 1."""
    channels = sum(len(group) for group in groups)
    value = table.data["scale"] if table.has("scale") else 1.0
    entries = value if isinstance(value, list) else [value] * channels
    if len(entries) == len(groups) != channels:
        entries = [entry for entry, group in zip(entries, groups, strict=True) for _ in group]
    if len(entries) != channels:
        raise table.wrong(
            "scale", f"scale has {len(entries)} entries.", f"Write one, one a group ({len(groups)}) or one a channel."
        )
    return tuple(_product(table, entry, variables) for entry in entries)


def _product(table: Table, entry: Any, variables: Vars) -> Product:
    try:
        product = parse_product(entry)
    except ValueError as error:
        raise table.wrong("scale", f"{error}.") from error
    check_product(table, "scale", product, variables)
    return product


def check_product(table: Table, key: str | int, product: Product, variables: Vars) -> None:
    """Complain about a factor that is not a number in [vars]."""
    for name in product.names:
        if name not in variables or isinstance(variables[name].default, str):
            numbers = [var.name for var in variables.values() if not isinstance(var.default, str)]
            raise table.wrong(key, f"{name!r} is no number in [vars].", f"There are: {', '.join(numbers)}.")
