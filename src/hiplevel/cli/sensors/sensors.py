"""`hiplevel sensors`: the specs, a packet decoded by one, and what a sensor of that kind would send."""

from typing import Any

import click

from hiplevel.cli.common import json_option, plain, print_json, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.completion import spec_ids
from hiplevel.cli.options.sensor_settings import read_settings, settings_option
from hiplevel.cli.sensors.scan import scan
from hiplevel.cli.sensors.simulate import simulate
from hiplevel.sensors.spec import Spec, list_specs, load_spec


@click.group(cls=Group)
def sensors() -> None:
    """List sensors, show a spec, decode a packet, simulate one.

    SPEC is the id of a shipped sensor (hiplevel sensors list) or a .toml file of your own.
    """


sensors.add_command(scan)
sensors.add_command(simulate)


@sensors.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the sensors that hiplevel has a firmware spec for."""
    specs = list_specs()
    if as_json:
        print_json([_head(spec) for spec in specs])
        return
    rows = [(s.id, s.name, f"{s.rate_hz():g} Hz", s.confidence, ", ".join(s.hardware) or "none yet") for s in specs]
    click.echo(table(("id", "name", "rate", "confidence", "run against"), rows))


@sensors.command()
@click.argument("spec_id", metavar="SPEC", shell_complete=spec_ids)
@click.option("--toml", "as_toml", is_flag=True, help="Print the spec itself.")
@json_option
def show(spec_id: str, as_toml: bool, as_json: bool) -> None:
    """Check a spec and show what it says; a wrong spec is refused with file, line and what to write."""
    spec = load_spec(spec_id)
    if as_toml:
        click.echo(spec.toml_text.rstrip("\n"))
    elif as_json:
        print_json(_details(spec))
    else:
        click.echo(_text(spec))


@sensors.command()
@click.argument("spec_id", metavar="SPEC", shell_complete=spec_ids)
@click.argument("packets", metavar="HEX...", nargs=-1, required=True)
@click.option("--char", "characteristic", metavar="NAME", help="Characteristic, by alias or UUID; found when left out.")
@settings_option
@json_option
def decode(
    spec_id: str, packets: tuple[str, ...], characteristic: str | None, settings: tuple[str, ...], as_json: bool
) -> None:
    """Decode the bytes of a notification; of several, in order, when they belong together.

    Bytes may be written 01002a, "01 00 2a", 01:00:2a or 0x01002a. What the packet does not carry is left out.
    """
    from hiplevel.sensors.decode.report import decode_report

    one_packet = len(packets) > 1 and all(len(part.lower().removeprefix("0x")) <= 2 for part in packets)
    payloads = [" ".join(packets)] if one_packet else list(packets)
    report = decode_report(load_spec(spec_id), payloads, characteristic, **read_settings(settings))
    if as_json:
        print_json(report, indent=None)
    else:
        click.echo(_decoded_text(report))


def _head(spec: Spec) -> dict[str, Any]:
    return {
        "id": spec.id,
        "name": spec.name,
        "firmware": spec.firmware,
        "confidence": spec.confidence,
        "rate_hz": spec.rate_hz(),
        "hardware": list(spec.hardware),
        "caution": spec.caution,
    }


def _details(spec: Spec) -> dict[str, Any]:
    return {
        **_head(spec),
        "match": plain(spec.match),
        "min_mtu": spec.min_mtu,
        "chars": {alias: {"service": c.service, "characteristic": c.characteristic} for alias, c in spec.chars.items()},
        "settings": {
            name: {"default": var.default, "allowed": list(var.allowed), "unit": var.unit}
            for name, var in spec.vars.items()
        },
        "full_scale": plain(spec.full_scale()),
        "vectors": [vector.name for vector in spec.vectors],
        "limits": dict(spec.limits),
        "notes": list(spec.notes),
        "sources": list(spec.sources),
    }


def _text(spec: Spec) -> str:
    scale = spec.full_scale()
    lines = [
        f"{spec.name} ({spec.id})",
        f"Firmware {spec.firmware or 'any'}; confidence: {spec.confidence}",
        f"Sampling {spec.rate_hz():g} Hz; packets of up to {spec.min_mtu - 3} bytes",
    ]
    if spec.caution:
        lines.append(f"Caution: {spec.caution}")
    if scale.acc_m_s2 is not None and scale.gyr_rad_s is not None:
        lines.append(f"Measures up to {scale.acc_m_s2 / 9.80665:.0f} g and {scale.gyr_rad_s * 57.29578:.0f} deg/s")
    chars = [(alias, char.service, char.characteristic) for alias, char in spec.chars.items()]
    lines += ["", table(("characteristic", "service", "uuid"), chars)]
    settings = [
        (name, f"{var.default} {var.unit}".strip(), ", ".join(f"{value}" for value in var.allowed) or "any")
        for name, var in spec.vars.items()
    ]
    lines += ["", table(("setting", "default", "allowed"), settings)]
    lines += ["", f"Test vectors in the file: {len(spec.vectors)}"]
    lines += [f"Limit: {spec.limits['note']}"] if "note" in spec.limits else []
    lines += [f"Note: {note}" for note in spec.notes]
    lines += [f"Source: {source}" for source in spec.sources]
    return "\n".join(lines)


def _decoded_text(report: dict[str, Any]) -> str:
    acc, gyr, time_ns = (report.get(name, []) for name in ("acc_m_s2", "gyr_rad_s", "time_ns"))
    columns = {
        "time_ns": [[f"{ns}"] for ns in time_ns],
        "acc x, y, z m/s2": [[f"{value:9.4f}" for value in row] for row in acc],
        "gyr x, y, z rad/s": [[f"{value:9.5f}" for value in row] for row in gyr],
    }
    shown = {name: rows for name, rows in columns.items() if rows}
    count = max((len(rows) for rows in shown.values()), default=0)
    lines = []
    if count:
        rows = [[str(i), *(" ".join(rows[i]) for rows in shown.values())] for i in range(count)]
        lines.append(table(("sample", *shown), rows))
    others = ("counter", "lost", "clipped", "battery_percent", "characteristic")
    lines += [f"{name.replace('_', ' ')}: {report[name]}" for name in others if name in report]
    lines += [f"error: {error['sentence']}" for error in report["errors"]]
    if not count and not report["errors"]:
        lines.append("No samples in these bytes: too few, or not the beginning of a packet.")
    return "\n".join(lines)
