"""`hiplevel sensors`: the specs, a packet decoded by one, and what a sensor of that kind would send."""

from typing import Any

import click

from hiplevel.cli.common import json_option, plain, print_json, say, table
from hiplevel.cli.scan import scan
from hiplevel.model.errors import Reason, UsageError
from hiplevel.sensors.spec import Spec, list_specs, load_spec

Settings = dict[str, int | float | str]


def settings_option(command: Any) -> Any:
    """Add --set NAME=VALUE, as often as there are settings."""
    return click.option(
        "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the sensor, such as rate=100."
    )(command)


def read_settings(given: tuple[str, ...]) -> Settings:
    """The settings of --set: numbers where they read as numbers."""
    settings: Settings = {}
    for text in given:
        name, mark, value = text.partition("=")
        if not mark:
            raise UsageError(f"--set {text} has no value.", Reason.USAGE, f"Write --set {text}=VALUE.")
        settings[name.strip()] = _number(value.strip())
    return settings


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


@click.group()
def sensors() -> None:
    """List sensors, show a spec, decode a packet, simulate one.

    SPEC is the id of a shipped sensor (hiplevel sensors list) or a .toml file of your own.
    """


sensors.add_command(scan)


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
@click.argument("spec_id", metavar="SPEC")
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
@click.argument("spec_id", metavar="SPEC")
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


@sensors.command()
@click.argument("spec_id", metavar="SPEC")
@click.option("--seconds", type=click.FloatRange(0.1, 86_400), default=5.0, show_default=True, help="How long.")
@click.option("--exercise", default="pelvic-drop", show_default=True, metavar="ID", help="What the wearer does.")
@click.option("--stance", type=click.Choice(("left", "right")), default="left", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Same seed, same packets.")
@settings_option
@json_option
def simulate(
    spec_id: str, seconds: float, exercise: str, stance: Any, seed: int, settings: tuple[str, ...], as_json: bool
) -> None:
    """Print the packets that such a sensor would send from a simulated wearer.

    One packet a line: time, characteristic, bytes. With --json one JSON object a line. Sending them over the air, so
    that another computer finds the sensor, is not there yet; `hiplevel demo` shows one inside this computer.
    """
    from hiplevel.simulate import wearer

    spec = load_spec(spec_id)
    told = read_settings(settings)
    encoder, rate_hz = spec.encoder(**told), spec.rate_hz(told)
    person = wearer(exercise, rate_hz=rate_hz, seed=seed, stance=stance)
    say(f"SIMULATED: {spec.name}, {exercise}, stance {stance}, seed {seed}, {rate_hz:g} Hz.")
    total = round(seconds * rate_hz)
    for start in range(0, total, encoder.batch):
        samples = person.take(min(encoder.batch, total - start))
        sent = encoder.encode(samples.acc_m_s2, samples.gyr_rad_s, start)
        time_s = (start + len(samples)) / rate_hz
        for characteristic, payload in sent:
            if as_json:
                packet = {"time_s": time_s, "characteristic": characteristic, "hex": payload.hex(), "simulated": True}
                print_json(packet, indent=None)
            else:
                click.echo(f"{time_s:8.3f}  {characteristic}  {payload.hex(' ')}")


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
    return "\n".join(lines)
