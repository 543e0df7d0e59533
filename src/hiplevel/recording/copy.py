"""What a scan found, written as a whole and indexed file: every message verbatim, and what is to stand behind them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from mcap.writer import CompressionType, Writer

from hiplevel.recording import layout
from hiplevel.recording.info import INFO_RECORD
from hiplevel.recording.scan import RawMessage, Scan
from hiplevel.recording.sink import Sink
from hiplevel.version import __version__

Metadata = tuple[str, Mapping[str, str]]


def copy_whole(found: Scan, part: Path, events: Sequence[RawMessage] = (), metadata: Sequence[Metadata] = ()) -> None:
    """Write `found` to the new file `part`, then `events` (their channel is not looked at); on the disk at return.

    Raises
    ------
    RecordingError
        EXISTS or DISK.
    """
    sink = Sink(part)
    try:
        writer = Writer(sink, compression=CompressionType.ZSTD)
        writer.start(profile=layout.PROFILE, library=f"hiplevel {__version__}")
        told = [one for place, one in enumerate(found.metadata) if one not in found.metadata[:place]]
        for name, texts in (*told, *metadata):
            writer.add_metadata(name, dict(texts))
        channels = _register(found, writer)
        for block in found.blocks:
            for message in block:
                channel = channels.get(message.channel)
                if channel is not None:
                    _add(writer, channel, message)
            writer.flush()
            sink.push()
        if events:
            channel = _events_channel(found, channels, writer)
            for message in events:
                _add(writer, channel, message)
        for name, texts in told:
            if name == INFO_RECORD:  # again, as the recorder does
                writer.add_metadata(name, dict(texts))
        writer.finish()
        sink.push()
        sink.sync()
    finally:
        sink.close()


def _add(writer: Writer, channel: int, message: RawMessage) -> None:
    writer.add_message(channel, message.log_ns, message.payload, message.publish_ns, message.sequence)


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


def _events_channel(found: Scan, channels: Mapping[int, int], writer: Writer) -> int:
    for number, channel in found.channels.items():
        if channel.topic == layout.EVENTS_TOPIC:
            return channels[number]
    name, text = layout.schema_of(layout.EVENTS_TOPIC)
    schema = writer.register_schema(name=name, encoding="jsonschema", data=text)
    return int(writer.register_channel(layout.EVENTS_TOPIC, "json", schema, {}))
