"""From a recording that was never closed or is damaged to a whole, indexed one; the original is left as it is."""

from dataclasses import dataclass
from pathlib import Path

from mcap.writer import CompressionType, Writer

from hiplevel import __version__
from hiplevel.recording import layout
from hiplevel.recording.files import read_bytes
from hiplevel.recording.reader import Recording
from hiplevel.recording.replace import whole_file
from hiplevel.recording.scan import Scan, scan
from hiplevel.recording.sink import Sink


@dataclass(frozen=True)
class RecoverReport:
    """What was kept and what was lost.

    Attributes
    ----------
    messages : entries copied, of them `notifications` and `events`
    seconds : from the first to the last entry
    bytes_lost : of `bytes_total`, in torn or damaged parts
    was_closed : the original had been ended properly
    """

    path: Path
    messages: int
    notifications: int
    events: int
    seconds: float
    bytes_lost: int
    bytes_total: int
    was_closed: bool
    notices: tuple[str, ...]

    def __str__(self) -> str:
        kept = f"{self.path.name} holds {self.messages} entries over {self.seconds:.1f} s."
        if self.bytes_lost == 0:
            return f"{kept} Nothing was lost."
        return f"{kept} {self.bytes_lost} of {self.bytes_total} bytes could not be read."


def recover(path: str | Path, out: str | Path) -> RecoverReport:
    """Copy everything readable in `path` into the new file `out`.

    Raises
    ------
    RecordingError
        as `open_recording` does for `path`; EXISTS when `out` is there already, DISK when it cannot be written.
    """
    path, out = Path(path), Path(out)
    found = scan(read_bytes(path))
    original = Recording(path, found)
    with whole_file(out) as part:
        _copy(found, part)
    return RecoverReport(
        path=out,
        messages=original.messages,
        notifications=sum(1 for _ in original.notifications()),
        events=len(original.events),
        seconds=original.duration_s,
        bytes_lost=found.torn_bytes + found.skipped_bytes,
        bytes_total=found.total_bytes,
        was_closed=found.closed,
        notices=original.notices,
    )


def _copy(found: Scan, part: Path) -> None:
    sink = Sink(part)
    try:
        writer = Writer(sink, compression=CompressionType.ZSTD)
        writer.start(profile=layout.PROFILE, library=f"hiplevel {__version__}")
        for name, texts in found.metadata:
            writer.add_metadata(name, texts)
        channels = _register(found, writer)
        for block in found.blocks:
            for message in block:
                channel = channels.get(message.channel)
                if channel is not None:
                    writer.add_message(channel, message.log_ns, message.payload, message.publish_ns, message.sequence)
            writer.flush()
            sink.push()
        writer.finish()
        sink.push()
        sink.sync()
    finally:
        sink.close()


def _register(found: Scan, writer: Writer) -> dict[int, int]:
    """Old channel number -> new channel number."""
    schemas = {
        number: writer.register_schema(name=schema.name, encoding=schema.encoding, data=schema.data)
        for number, schema in sorted(found.schemas.items())
    }
    return {
        number: writer.register_channel(
            channel.topic, channel.message_encoding, schemas.get(channel.schema_id, 0), channel.metadata
        )
        for number, channel in sorted(found.channels.items())
    }
