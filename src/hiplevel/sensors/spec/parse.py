"""From the TOML text of a spec to a Spec, complaining with file and line."""

import re

from hiplevel.sensors.spec.model import Matrix
from hiplevel.sensors.spec.parse_field import read_battery, read_info
from hiplevel.sensors.spec.parse_frame import read_frames, read_streams
from hiplevel.sensors.spec.parse_link import read_chars, read_match, read_vars
from hiplevel.sensors.spec.parse_samples import check_product
from hiplevel.sensors.spec.parse_steps import read_steps
from hiplevel.sensors.spec.parse_vector import read_vectors
from hiplevel.sensors.spec.scale import Product, Value, parse_product
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.sensors.spec.toml_table import Table
from hiplevel.sensors.spec.vars import Var
from hiplevel.toml_text import TomlText

FORMAT = 1
LATER = ("variant",)
CONFIDENCES = ("vendor-document", "two-sources", "one-source", "own-design", "unconfirmed")
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_IDENTITY: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def parse_spec(text: str, origin: str = "spec") -> Spec:
    """The spec in a TOML text; `origin` is how the file is called in complaints.

    Raises
    ------
    SpecError
        SPEC_SYNTAX when it is not TOML, SPEC_INVALID when it is no usable spec; with the line.
    """
    source = TomlText(text.replace("\r\n", "\n"), origin)
    return _read_spec(Table(source, (), source.values))


def _read_spec(top: Table) -> Spec:
    version = top.number("spec", example="1")
    if version != FORMAT:
        raise top.wrong("spec", f"this spec is written in format {version}; this hiplevel reads format {FORMAT}.")
    spec_id = top.get("id", str, example='"maker.model"')
    if not _ID.fullmatch(spec_id):
        raise top.wrong(
            "id", f"the id {spec_id!r} must be lower-case letters, digits, dots and dashes.", 'Like "maker.model".'
        )
    for key in LATER:
        if top.has(key):
            raise top.wrong(
                key, f"{key} is not supported yet.", "Write a spec for each variant, each with a [[probe]]."
            )
    variables = read_vars(top.table("vars", example='[vars] with rate = { default = 100, unit = "Hz" }'))
    chars = read_chars(top.table("chars", example='[chars] with data = ["<service>", "<characteristic>"]'))
    streams = read_streams(top, chars)
    link = top.table("link")
    limits = top.table("limits")
    spec = Spec(
        id=spec_id,
        name=top.get("name", str, example='"Maker Model"'),
        firmware=top.get("firmware", str, "any"),
        confidence=top.choice("confidence", CONFIDENCES),
        sources=top.words("sources"),
        notes=top.words("notes"),
        hardware=top.words("hardware"),
        family=top.get("family", str, ""),
        match=read_match(top.table("match", example="[match] with service, name or company")),
        min_mtu=link.number("min_mtu", 23, low=23, high=517),
        chars=chars,
        vars=variables,
        probe=read_steps(top, "probe", chars, variables),
        start=read_steps(top, "start", chars, variables),
        stop=read_steps(top, "stop", chars, variables),
        frames=read_frames(top, chars, variables, streams),
        streams=streams,
        axes=_read_axes(top.table("axes")),
        full_scale_products=_read_products(top.table("full_scale"), variables),
        battery=read_battery(top.table("battery"), chars, variables),
        info=read_info(top.table("info"), chars, variables),
        limits=_read_limits(limits),
        vectors=read_vectors(top, chars, variables),
        toml_text=top.source.text,
        origin=top.source.origin,
    )
    link.done()
    if not spec.sources:
        raise top.wrong(
            "sources" if "sources" in top.data else None, "the spec names no sources.", 'Write sources = ["..."].'
        )
    top.done()
    return spec


def _read_axes(table: Table) -> dict[str, Matrix]:
    axes = {kind: _matrix(table, kind) for kind in ("acc", "gyr") if table.has(kind)}
    table.done()
    return {"acc": _IDENTITY, "gyr": _IDENTITY} | axes


def _matrix(table: Table, kind: str) -> Matrix:
    rows = table.get(kind, list, [])
    flat = [n for row in rows if isinstance(row, list) for n in row]
    used = [[abs(n) for n in row] for row in rows] if len(flat) == 9 and all(isinstance(n, int) for n in flat) else []
    if sorted(used) != [[0, 0, 1], [0, 1, 0], [1, 0, 0]]:
        raise table.wrong(
            kind,
            f"{kind} of [axes] must be three rows with one 1 or -1 each, in different places.",
            "Like [[0, 1, 0], [-1, 0, 0], [0, 0, 1]].",
        )
    return (tuple(rows[0]), tuple(rows[1]), tuple(rows[2]))


def _read_products(table: Table, variables: dict[str, Var]) -> dict[str, Product]:
    found = {}
    for kind in ("acc", "gyr"):
        if not table.has(kind):
            continue
        try:
            product = parse_product(table.data[kind])
        except ValueError as error:
            raise table.wrong(kind, f"{error}.") from error
        check_product(table, kind, product, variables)
        found[kind] = product
    table.done()
    return found


def _read_limits(table: Table) -> dict[str, Value]:
    limits: dict[str, Value] = {}
    for key in ("max_rate_hz", "latency_s"):
        if table.has(key):
            limits[key] = table.get(key, float, 0.0)
    if table.has("note"):
        limits["note"] = table.get("note", str, "")
    table.done()
    return limits
