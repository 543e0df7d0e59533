"""The records of an MCAP file as far as they are whole: torn tails, holes and files still being written included."""

import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from mcap.data_stream import ReadDataStream
from mcap.exceptions import McapError
from mcap.opcode import Opcode
from mcap.records import Channel, Chunk, Header, Metadata, Schema
from mcap.stream_reader import CRCValidationError, get_chunk_data_stream
from zstandard import ZstdError

MAGIC = b"\x89MCAP0\r\n"
MAX_CHUNK_BYTES = (
    64 << 20
)  # the writer's chunks stay near 1 MiB; a damaged length must not ask for the memory of a city

_RECORD = struct.Struct("<BQ")
_MESSAGE = struct.Struct("<BQHIQQ")
_MESSAGE_HEAD = _MESSAGE.size - _RECORD.size
_CHUNK_SIZES = struct.Struct("<QQQ")
_ZSTD_MARK = b"\x04\x00\x00\x00zstd"  # in every chunk, this far behind its start:
_ZSTD_MARK_AT = _RECORD.size + 28
_OPCODES = frozenset(int(code) for code in Opcode)
_MALFORMED = (McapError, ZstdError, CRCValidationError, struct.error, ValueError, OverflowError, MemoryError)


class RawMessage(NamedTuple):
    """One MCAP message as stored."""

    channel: int
    log_ns: int
    payload: bytes
    sequence: int
    publish_ns: int


@dataclass
class Scan:
    """What could be read.

    Attributes
    ----------
    blocks : the messages of each whole chunk, in file order
    closed : the end of the file was written properly
    torn_bytes : at the end, belonging to nothing whole; skipped_bytes : damaged, with readable chunks behind them
    """

    profile: str | None = None
    metadata: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    channels: dict[int, Any] = field(default_factory=dict)
    schemas: dict[int, Any] = field(default_factory=dict)
    blocks: list[list[RawMessage]] = field(default_factory=list)
    closed: bool = False
    total_bytes: int = 0
    torn_bytes: int = 0
    skipped_bytes: int = 0


def scan(data: bytes) -> Scan:
    """Read every whole record of `data`, which starts with MAGIC; never raises on bytes."""
    found = Scan(total_bytes=len(data))
    at = len(MAGIC)
    while at < len(data):
        end = _record(data, at, found)
        if end is None:
            end = next_chunk(data, at + 1)
            if end is None:
                break
            found.skipped_bytes += end - at
        at = end
        if found.closed:
            break
    found.torn_bytes = len(data) - at
    return found


def head(data: bytes) -> Scan:
    """Only what stands before the first chunk: enough to know whose file this is."""
    found = Scan(total_bytes=len(data))
    at: int | None = len(MAGIC)
    while at is not None and at < len(data) and data[at] not in (Opcode.CHUNK, Opcode.DATA_END):
        at = _record(data, at, found)
    return found


def _record(data: bytes, at: int, found: Scan) -> int | None:
    """Take the record at `at`; the offset behind it, or None when it is torn or damaged."""
    if at + _RECORD.size > len(data):
        return None
    opcode, length = _RECORD.unpack_from(data, at)
    end: int = at + _RECORD.size + length
    if opcode not in _OPCODES or end > len(data):
        return None
    try:
        if opcode == Opcode.CHUNK:
            _take_chunk(data[at + _RECORD.size : end], found)
        elif opcode == Opcode.FOOTER and data[end : end + len(MAGIC)] == MAGIC:
            found.closed = True
            return end + len(MAGIC)
        elif opcode in (Opcode.HEADER, Opcode.METADATA, Opcode.SCHEMA, Opcode.CHANNEL):
            _take_small(opcode, data[at + _RECORD.size : end], found)
    except _MALFORMED:
        return None
    return end


def _take_small(opcode: int, body: bytes, found: Scan) -> None:
    stream = ReadDataStream(BytesIO(body))
    if opcode == Opcode.HEADER:
        found.profile = Header.read(stream).profile
    elif opcode == Opcode.METADATA:
        record = Metadata.read(stream)
        found.metadata.append((record.name, record.metadata))
    elif opcode == Opcode.SCHEMA:
        schema = Schema.read(stream)
        found.schemas[schema.id] = schema
    else:
        channel = Channel.read(stream)
        found.channels[channel.id] = channel


def _take_chunk(body: bytes, found: Scan) -> None:
    if _CHUNK_SIZES.unpack_from(body)[2] > MAX_CHUNK_BYTES:
        raise ValueError("implausible chunk size")
    stream, size = get_chunk_data_stream(Chunk.read(ReadDataStream(BytesIO(body))), validate_crc=True)
    data: bytes = stream.read(size)
    messages: list[RawMessage] = []
    unpack, head_size, at = _MESSAGE.unpack_from, _MESSAGE.size, 0
    while at < size:
        if data[at] == Opcode.MESSAGE:
            _, length, channel, sequence, log_ns, publish_ns = unpack(data, at)
            if length < _MESSAGE_HEAD:
                raise ValueError("a message shorter than its head")
            start, at = at + head_size, at + _RECORD.size + length
            messages.append(RawMessage(channel, log_ns, data[start:at], sequence, publish_ns))
        else:
            opcode, length = _RECORD.unpack_from(data, at)
            start, at = at + _RECORD.size, at + _RECORD.size + length
            if opcode in (Opcode.SCHEMA, Opcode.CHANNEL):
                _take_small(opcode, data[start:at], found)
    found.blocks.append(messages)


def next_chunk(data: bytes, start: int) -> int | None:
    """The first whole and sound chunk at or after `start`, found by its compression mark."""
    mark = data.find(_ZSTD_MARK, start)
    while mark >= 0:
        at = mark - _ZSTD_MARK_AT
        if at >= start and data[at] == Opcode.CHUNK and _record(data, at, Scan()) is not None:
            return at
        mark = data.find(_ZSTD_MARK, mark + 1)
    return None
