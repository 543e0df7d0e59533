"""Delta-compressed samples: a whole sample, then blocks of differences as narrow as they allow.

A block: u8 width w in bits, u8 samples c, then c times all channels as w-bit two's complement, the lowest bit of a byte
first, filled up to a whole byte. Each difference adds to the sample before it. Floats differ in their bit patterns.
"""

import numpy as np
from numpy.typing import NDArray

from hiplevel.sensors.decode.types import Ints
from hiplevel.sensors.spec.elements import Element

HEADER = 2
MOST = 4096
"""A packet that claims more samples is none."""


def count(body: bytes, channels: int, element: Element) -> int:
    """Samples in the bytes from the first whole sample to the packet's end; -1 where they do not come out even."""
    at, n = channels * element.size, 1
    if len(body) < at:
        return -1
    while at < len(body):
        if at + HEADER > len(body) or body[at] > element.bits + 1:
            return -1
        at, n = at + HEADER + _size(body[at], body[at + 1], channels), n + body[at + 1]
    return n if at == len(body) and n <= MOST else -1


def unpack(body: bytes, channels: int, element: Element) -> NDArray[np.generic]:
    """(n, channels) numbers of a body that `count` accepts; integers as int64."""
    at = channels * element.size
    first = np.frombuffer(body, element.dtype, channels)
    rows = [_whole(first)[None, :]]
    while at < len(body):
        width, samples = body[at], body[at + 1]
        size = _size(width, samples, channels)
        rows.append(_differences(body[at + HEADER : at + HEADER + size], width, samples * channels, channels))
        at += HEADER + size
    values = np.cumsum(np.concatenate(rows), axis=0)
    if element.is_float:
        return (values & 0xFFFFFFFF).astype(np.uint32).view(np.float32)
    return values


def pack(values: NDArray[np.generic], element: Element, block: int) -> bytes:
    """(n, channels) numbers of the element's type as a body, `block` differences together."""
    whole = _whole(values.astype(element.dtype))
    parts = [values[0].astype(element.dtype).tobytes()]
    steps = np.diff(whole, axis=0)
    for at in range(0, len(steps), block):
        part = steps[at : at + block]
        width = int(np.max(np.where(part < 0, ~part, part))).bit_length() + 1
        bits = (part.reshape(-1, 1) >> np.arange(width)) & 1
        parts.append(
            bytes([width, len(part)]) + np.packbits(bits.astype(np.uint8).ravel(), bitorder="little").tobytes()
        )
    return b"".join(parts)


def _size(width: int, samples: int, channels: int) -> int:
    return (width * samples * channels + 7) // 8


def _whole(values: NDArray[np.generic]) -> Ints:
    """Integers, or the bit patterns of floats."""
    if values.dtype.kind == "f":
        values = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    return values.astype(np.int64)


def _differences(body: bytes, width: int, numbers: int, channels: int) -> Ints:
    """(samples, channels) signed numbers of `width` bits."""
    if width == 0:
        return np.zeros((numbers // channels, channels), dtype=np.int64)
    bits = np.unpackbits(np.frombuffer(body, np.uint8), bitorder="little", count=numbers * width)
    weights = np.left_shift(np.int64(1), np.arange(width, dtype=np.int64))
    weights[-1] = -weights[-1]
    values: Ints = bits.reshape(numbers, width).astype(np.int64) @ weights
    return values.reshape(-1, channels)
