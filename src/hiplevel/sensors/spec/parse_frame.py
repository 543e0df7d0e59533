"""The part of a spec about packets: frames, byte streams, samples, time, gaps."""

from hiplevel.sensors.spec.packet import Battery, Counter, Field, Frame, Join, Length, Stream
from hiplevel.sensors.spec.parse_field import read_battery_field, read_when
from hiplevel.sensors.spec.parse_link import Chars, Vars, known_char
from hiplevel.sensors.spec.parse_samples import read_samples
from hiplevel.sensors.spec.parse_time import read_clip, read_gap, read_time
from hiplevel.sensors.spec.template import parse_pattern
from hiplevel.sensors.spec.toml_table import Table

Streams = dict[str, Stream]


def read_streams(top: Table, chars: Chars) -> Streams:
    """[[stream]]: characteristics read as bytes, cut at `sync` every `size` bytes."""
    found = {}
    for table in top.tables("stream"):
        alias = known_char(table, "on", table.get("on", str, example='"data"'), chars)
        for key in ("unstuff", "checksum", "terminator"):
            if table.has(key):
                raise table.wrong(key, f"{key} of a stream is not supported yet.")
        try:
            sync = parse_pattern(table.get("sync", str, example='"55 61|71"'))
        except ValueError as error:
            raise table.wrong("sync", f"{error}.") from error
        if not sync.allowed[0]:
            raise table.wrong("sync", "a sync pattern must begin with a known byte.")
        size = table.number("size", low=len(sync.allowed), high=512, example="20")
        found[alias] = Stream(alias, sync, size)
        table.done()
    return found


def read_frames(top: Table, chars: Chars, variables: Vars, streams: Streams) -> tuple[Frame, ...]:
    """[[frame]]: at least one must carry samples."""
    tables = top.tables("frame")
    frames = tuple(_read_frame(table, chars, variables, streams) for table in tables)
    if not any(frame.samples for frame in frames):
        raise top.wrong(
            "frame" if tables else None, "no frame carries samples.", "Write [[frame]] and [frame.samples]."
        )
    timed = [frame.time is not None for frame in frames if frame.samples]
    if any(timed) and not all(timed):
        raise top.wrong("frame", "some packets of samples carry a time stamp and some do not.", "Not supported yet.")
    return frames


def _read_frame(table: Table, chars: Chars, variables: Vars, streams: Streams) -> Frame:
    on = known_char(table, "on", table.get("on", str, example='"data"'), chars)
    when = tuple(read_when(entry) for entry in table.tables("when"))
    length = _read_length(table, streams.get(on))
    if table.get("skip", bool, False):
        table.done()
        return Frame(on, when, length, skip=True)
    samples = read_samples(table.table("samples"), variables) if table.has("samples") else None
    battery = _read_battery(table)
    if samples is None and battery is None:
        raise table.wrong(
            None, f"{table.label} carries nothing.", "Write [frame.samples], battery = {...} or skip = true."
        )
    time = read_time(table) if samples or table.has("time") else None
    frame = Frame(
        on,
        when,
        length,
        join=_read_join(table, streams.get(on)),
        time=time,
        gap=read_gap(table, time),
        clip=read_clip(table),
        samples=samples,
        battery=battery,
    )
    table.done()
    _check_overlap(table, frame)
    return frame


def _read_battery(table: Table) -> Battery | None:
    if not table.has("battery"):
        return None
    inner = table.table("battery")
    battery = read_battery_field(inner)
    inner.done()
    return battery


def _read_length(table: Table, stream: Stream | None) -> Length:
    """`len`: a number, or { min, max }."""
    if not table.has("len"):
        return Length() if stream is None else Length(stream.size, stream.size)
    if stream is not None:
        raise table.wrong("len", "frames of a stream have the stream's size.", "Leave out len.")
    if isinstance(table.data["len"], int):
        value = table.number("len", low=1, high=512)
        return Length(value, value)
    inner = table.table("len")
    low = inner.number("min", 0, high=512)
    high = inner.number("max", 512, high=512) if inner.has("max") else None
    if high is not None and high < low:
        raise inner.wrong("max", f"max {high} of len is below min {low}.")
    inner.done()
    return Length(low, high)


def _read_join(table: Table, stream: Stream | None) -> Join | None:
    if not table.has("join"):
        return None
    if stream is not None:
        raise table.wrong("join", "a stream is joined anyway.", "Leave out join.")
    inner = table.table("join")
    entries = tuple(read_when(entry) for entry in inner.tables("next"))
    if not entries:
        raise inner.wrong(None, "join needs to know the next part.", "Write next = [{ at = 0, eq = 3 }].")
    join = Join(entries, inner.number("skip", 0, high=64))
    inner.done()
    return join


def _check_overlap(table: Table, frame: Frame) -> None:
    """No byte may mean two things."""
    taken: list[tuple[int, float, str]] = []

    def take(name: str, at: int, size: float) -> None:
        for start, end, other in taken:
            if at < end and start < at + size:
                raise table.wrong(name, f"{name} of {table.label} (byte {at}) overlaps {other} (from byte {start}).")
        taken.append((at, at + size, name))

    if frame.time is not None:
        take("time", frame.time.field.at, frame.time.field.element.size)
    if isinstance(frame.gap, Counter):
        take("gap", frame.gap.field.at, frame.gap.field.element.size)
    if frame.clip is not None:
        take("clip", frame.clip.at, 1)
    if frame.battery is not None:
        take("battery", frame.battery.field.at, frame.battery.field.element.size)
    for when in {w.at: w for w in frame.when}.values():
        if frame.clip is None or when.at != frame.clip.at:
            take("when", when.at, 1)
    block = frame.samples
    if block is not None:
        if isinstance(block.count, Field):
            take("samples", block.count.at, block.count.element.size)
        take("samples", block.at, block.count * block.row_size if isinstance(block.count, int) else float("inf"))
