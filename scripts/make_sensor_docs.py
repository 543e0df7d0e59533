#!/usr/bin/env python3
"""Write what follows from the firmware specs into the documents: `make sensor-docs`; --check only looks.

docs/sensors.md is made whole, of firmware_specs/hiplevel-reference.md the tables between the marks.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hiplevel.sensors.encode.encoder import batch_size
from hiplevel.sensors.spec import Spec, Step, list_specs, load_spec
from hiplevel.sensors.spec.packet import Counter, Frame, SampleBlock
from hiplevel.sensors.spec.template import Slot

ROOT = Path(__file__).resolve().parents[1]
SENSORS, PROFILE = ROOT / "docs" / "sensors.md", ROOT / "firmware_specs" / "hiplevel-reference.md"
BEGIN, END = "<!-- made by scripts/make_sensor_docs.py: {} -->", "<!-- end of what is made -->"
LIVE_S = 0.25
"""A drop shown later than this comes too late to correct it within the repetition."""
WORDS = {
    "own-design": "defined here",
    "vendor-document": "the vendor's document",
    "two-sources": "two sources agree",
    "one-source": "one source",
    "unconfirmed": "**layout not confirmed**",
}
HEAD = """\
# Sensors

Made from the files in [firmware_specs](../firmware_specs) by `make sensor-docs`; what is wrong here is wrong there.

**No description was run against a real sensor yet, unless the table says so.** Each was proven by test vectors built
from the documented layout, and by a round trip over real Bluetooth code with a virtual sensor made from the same file.
Before you rely on one: stand still, see that gravity reads about 9.8 m/s², lean and turn in known directions, and
compare with what is shown. Tell us what you find; the file then names sensor, firmware and date.

"""
HOW = """\

**Dated by**: a sensor with a clock in its packets tells when each sample was taken. Without one, samples are counted
and the rate is learned from arrival; the rate shown tells how far the sensor is off. **Losses**: whether samples that
went missing on the way can be known. **Delay**: from a movement until the packet that holds it is sent, at the default
settings; above 0.25 s a sensor is good for looking back and too late for a beep. **MTU**: the smallest ATT MTU with
which packets arrive whole; computers agree on more unless their adapter is old.

`hiplevel sensors show ID` tells the rest of each: characteristics, settings, sources.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def sensors_page() -> str:
    """docs/sensors.md."""
    specs = list_specs()
    head = ("Sensor", "id", "Known from", "Run against", "Rates, Hz", "Range", "Packets", "Dated by", "Losses", "Delay")
    parts = [HEAD, table((*head, "MTU", "Battery"), (row(spec) for spec in specs)), "\n", HOW]
    return "".join([*parts, *(section(spec) for spec in specs)])


def row(spec: Spec) -> list[str]:
    """What a sensor can and cannot do, in a line."""
    frames = [frame for frame in spec.frames if frame.samples]
    rate, block = spec.vars["rate"], frames[0].samples
    assert block is not None
    together = block.has("acc") and block.has("gyr")
    return [
        spec.name,
        f"`{spec.id}`",
        WORDS[spec.confidence],
        ", ".join(spec.hardware) or "none yet",
        ", ".join(f"**{v}**" if v == rate.default else f"{v}" for v in rate.allowed or (rate.default,)),
        ranges(spec),
        "together" if together else "acc and gyr apart, paired here",
        dated_by(frames[0]),
        losses(frames),
        delay(spec, block),
        str(spec.min_mtu),
        battery(spec),
    ]


def ranges(spec: Spec) -> str:
    """Full scales that can be set."""
    told = []
    for kind, per, unit in (("acc", 9.80665, "g"), ("gyr", 0.017453292519943295, "deg/s")):
        product = spec.full_scale_products.get(kind)
        if product is None:
            told.append(f"{kind} not known")
            continue
        names = [name for name in product.names if name in spec.vars]
        allowed = spec.vars[names[0]].allowed if names else ()
        values = [product.value(spec.settings({names[0]: v})) for v in allowed] or [product.value(spec.settings())]
        told.append(f"{', '.join(f'{value / per:.0f}' for value in values)} {unit}")
    return "; ".join(told)


def dated_by(frame: Frame) -> str:
    """Its clock, or arrival."""
    if frame.time is None:
        return "arrival only"
    tick_us = float(frame.time.tick_ns) / 1e3
    unit = f"{tick_us / 1e3:g} ms" if tick_us >= 1e3 else f"{tick_us:g} µs" if tick_us >= 1 else f"{tick_us * 1e3:g} ns"
    return f"its clock, {unit}"


def losses(frames: Sequence[Frame]) -> str:
    """Whether losses can be known."""
    gap = frames[0].gap
    return {"time": "by its clock", "none": "**cannot be known**"}[gap] if isinstance(gap, str) else "by a counter"


def delay(spec: Spec, block: SampleBlock) -> str:
    """How late a sample is sent."""
    told = spec.limits.get("latency_s")
    late_s = float(told) if told else batch_size(spec, block, spec.settings()) / spec.rate_hz()
    text = f"{late_s:g} s" if late_s >= 1.0 else f"{1e3 * late_s:.0f} ms"
    return text if late_s <= LIVE_S else f"**{text}**"


def battery(spec: Spec) -> str:
    """Whether it tells its charge."""
    if spec.battery is None:
        return "not told"
    return "asked" if spec.battery.poll is not None else "notified" if spec.battery.notify else "read"


def section(spec: Spec) -> str:
    """What to know about one."""
    lines = [f"\n## {spec.name}\n", f"`{spec.id}`. Firmware: {spec.firmware}. {spec.caution}".strip(), ""]
    if "note" in spec.limits:
        lines.append(f"- {spec.limits['note']}")
    lines += [f"- {note}" for note in spec.notes]
    lines += [f"- Known by {known_by(spec)}.", f"- Sources: {'; '.join(spec.sources)}"]
    return "\n".join(lines) + "\n"


def known_by(spec: Spec) -> str:
    """How it is found."""
    told = []
    if spec.match.companies:
        told.append("company " + " or ".join(f"0x{number:04X}" for number in spec.match.companies))
    if spec.match.name:
        told.append(f"a name like `{spec.match.example}`")
    if not told:
        told.append(f"the service `{spec.match.services[0]}`")
    if spec.probe:
        told.append("what it answers to a question once connected")
    return ", ".join(told)


def characteristics(spec: Spec) -> str:
    """The UUIDs of the profile, and what each is for."""
    uses = {
        "control": "write with response; indicate",
        "config": "read",
        "data": "notify",
        "battery": "read, notify",
    }
    rows = [(alias, f"`{c.service}`", f"`{c.characteristic}`", uses.get(alias, "")) for alias, c in spec.chars.items()]
    return table(("Name", "Service", "Characteristic", "Properties"), rows)


def data_packet(spec: Spec) -> str:
    """The bytes of a data packet."""
    frame = next(frame for frame in spec.frames if frame.samples)
    block = frame.samples
    assert block is not None
    rows = [(when.at, "u8", f"kind of packet: 0x{when.eq:02X}") for when in frame.when]
    if frame.clip is not None:
        what = (
            f"status: 0x{frame.clip.acc:02X} an accelerometer value was cut off, 0x{frame.clip.gyr:02X} a gyroscope "
            "value was, 0x04 samples were dropped in the sensor before this packet; all other bits 0"
        )
        rows.append((frame.clip.at, "u8", what))
    if isinstance(frame.gap, Counter):
        rows.append(
            (frame.gap.field.at, frame.gap.field.element.name, f"sequence number, in {frame.gap.counts}; wraps")
        )
    if frame.time is not None:
        unit = f"{float(frame.time.tick_ns) / 1e3:g} µs"
        told = f"time of the {frame.time.of} sample, in {unit}; wraps"
        rows.append((frame.time.field.at, frame.time.field.element.name, told))
    size = block.element.size
    for place, channel in enumerate(block.channels):
        scale = "acc_range / 32768 g" if channel.startswith("acc") else "gyr_range / 32768 deg/s"
        rows.append((block.at + size * place, block.element.name, f"{channel} of the first sample, a count is {scale}"))
    lines = [(str(at), kind, what) for at, kind, what in sorted(rows)]
    after = block.at + block.row_size
    lines.append(
        (str(after), "", f"the next sample, {block.row_size} bytes; {block.at} + {block.row_size} n bytes in all")
    )
    return table(("Byte", "Type", "Meaning"), lines)


def commands(spec: Spec) -> str:
    """What is written to the control characteristic, and the answer to it."""
    steps = {step.template.text: step for step in (*spec.start, *spec.stop) if step.template is not None}
    rows = [
        (f"`{text}`", layout(step), f"`{step.expect.pattern.text}`" if step.expect else "none")
        for text, step in sorted(steps.items())
    ]
    return table(("Write", "Bytes", "Answer when done"), rows)


def layout(step: Step) -> str:
    """Byte by byte."""
    at, told = 0, []
    for part in step.template.parts if step.template else ():
        if isinstance(part, Slot):
            element = part.element
            assert element is not None
            told.append(f"{at}: {part.var.name}, {element.name}")
            at += element.size
        else:
            told += [f"{at + place}: 0x{byte:02X}" for place, byte in enumerate(part)]
            at += len(part)
    return "; ".join(told)


def configuration(spec: Spec) -> str:
    """What a read of the configuration gives."""
    assert spec.info is not None
    rows = [(when.at, "u8", f"version of the profile: {when.eq}") for when in spec.info.constants]
    rows += [(field.at, field.element.name, name) for name, field in spec.info.fields.items()]
    return table(("Byte", "Type", "Meaning"), [(str(at), kind, what) for at, kind, what in sorted(rows)])


def settings(spec: Spec) -> str:
    """What may be set."""
    rows = [
        (name, f"{var.default}", ", ".join(f"{value}" for value in var.allowed), var.unit)
        for name, var in spec.vars.items()
    ]
    return table(("Setting", "Default", "Allowed", "Unit"), rows)


def vectors(spec: Spec) -> str:
    """Test vectors, as bytes."""
    lines = []
    for vector in spec.vectors:
        set_to = ", ".join(f"{name} = {value}" for name, value in vector.settings.items())
        lines.append(f"{vector.name}{f' ({set_to})' if set_to else ''}:\n")
        lines.append("```\n" + "\n".join(payload.hex(" ") for payload in vector.payloads) + "\n```\n")
        for name, values in (("time, ns", vector.time_ns), ("lost", vector.lost), ("errors", vector.errors)):
            if values is not None and values != ():
                lines.append(f"- {name}: {values if isinstance(values, int) else ', '.join(map(str, values))}")
        lines += [f"- acc, m/s²: {vector.acc_m_s2[0]} first, {vector.acc_m_s2[-1]} last"] if vector.acc_m_s2 else []
        lines.append("")
    return "\n".join(lines).rstrip()


TABLES: dict[str, Callable[[Spec], str]] = {
    "characteristics": characteristics,
    "data packet": data_packet,
    "commands": commands,
    "configuration": configuration,
    "settings": settings,
    "vectors": vectors,
}


def profile_page(text: str) -> str:
    """The profile's manual with its tables made anew."""
    spec = load_spec("hiplevel.reference")
    for name, make in TABLES.items():
        begin = BEGIN.format(name)
        before, rest = text.split(begin + "\n", 1)
        text = f"{before}{begin}\n\n{make(spec)}\n\n{END}{rest.split(END, 1)[1]}"
    return text


def made() -> dict[Path, str]:
    """Every page, as it must be."""
    return {SENSORS: sensors_page(), PROFILE: profile_page(PROFILE.read_text(encoding="utf-8"))}


def main() -> int:
    """Write the pages, or with --check say which are not current."""
    stale = [(path, text) for path, text in made().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            print(f"{path.relative_to(ROOT)} is not current: run `make sensor-docs`.", file=sys.stderr)
        return bool(stale)
    for path, text in stale:
        path.write_text(text, encoding="utf-8")
        print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
