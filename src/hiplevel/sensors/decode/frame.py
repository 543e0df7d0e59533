"""Equal-shaped packets of one kind to samples in SI units, all at once. No state."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.sensors.decode import delta
from hiplevel.sensors.decode.types import Bools, Ints
from hiplevel.sensors.spec.elements import Bytes
from hiplevel.sensors.spec.packet import CHANNELS, Counter, Field, Frame, SampleBlock
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

KINDS = ("acc", "gyr")
FLOAT_CLIP = 0.9999
"""A float this close to full scale is clipped: the converter behind it has no more than 16 bits."""


@dataclass(frozen=True, eq=False)
class Read:
    """What m packets of n samples carry: (m, n, 3) each kind, (m, n) clipped, (m,) counters and raw ticks."""

    acc: Floats | None
    gyr: Floats | None
    clipped: Bools
    finite: Bools
    counter: Ints | None
    ticks: list[int] | None


class FrameReader:
    """One `[[frame]]` with the settings filled in."""

    def __init__(self, spec: Spec, frame: Frame, settings: Mapping[str, Value]) -> None:
        self.frame = frame
        self._channels = [channel_rule(spec, frame.samples, kind, settings) for kind in KINDS] if frame.samples else []

    def holds(self, packets: Bytes) -> Bools:
        """(m,) whether the discriminators of the frame are there in (m, length) packets."""
        found: Bools = np.ones(packets.shape[0], dtype=np.bool_)
        for when in self.frame.when:
            if when.at >= packets.shape[1]:
                return np.zeros_like(found)
            found &= (packets[:, when.at] & when.mask) == when.eq
        return found

    def carries(self, kind: str) -> bool:
        """Whether the frame's samples have 'acc' or 'gyr'."""
        return self.frame.samples is not None and self.frame.samples.has(kind)

    def is_begun(self, payload: bytes) -> bool:
        """Whether the payload is of this kind, and its length says that more must follow."""
        packets = np.frombuffer(payload, dtype=np.uint8).reshape(1, len(payload))
        return bool(self.holds(packets)[0]) and int(self.counts(packets)[0]) < 0

    def counts(self, packets: Bytes) -> Ints:
        """(m,) samples in each packet; -1 where the length does not fit."""
        size, rows = packets.shape[1], packets.shape[0]
        low, high = self.frame.length
        wrong = np.full(rows, -1, dtype=np.int64)
        if size < max(low, self.header_size()) or (high is not None and size > high):
            return wrong
        block = self.frame.samples
        if block is None:
            return np.zeros(rows, dtype=np.int64)
        if block.layout == "delta":
            return np.array([delta.count(body, len(block.channels), block.element) for body in _bodies(block, packets)])
        room = size - block.at - block.tail
        if isinstance(block.count, Field):
            counts = block.count.element.column(packets, block.count.at).astype(np.int64)
            return np.where((counts > 0) & (counts * block.row_size <= room), counts, -1)
        if isinstance(block.count, int):
            return np.full(rows, block.count if block.count * block.row_size <= room else -1, dtype=np.int64)
        whole = room > 0 and room % block.row_size == 0
        return np.full(rows, room // block.row_size, dtype=np.int64) if whole else wrong

    def wanted(self) -> str:
        """The lengths that fit, in words."""
        block, size = self.frame.samples, self.header_size()
        if block is None:
            return f"{size} bytes"
        if block.layout == "delta":
            return f"{block.at + block.tail} bytes, {block.row_size} of a whole sample, and blocks of differences"
        if isinstance(block.count, int):
            least = block.at + block.tail + block.count * block.row_size
            return f"{least} bytes" if self.frame.length.max is not None else f"at least {least} bytes"
        return f"{block.at + block.tail} bytes and {block.row_size} a sample"

    def read(self, packets: Bytes, n: int) -> Read:
        """The samples of (m, length) packets with n samples each."""
        block, frame = self.frame.samples, self.frame
        if block is None:
            raise ValueError("a frame without samples is not read")
        raw = self._raw(block, packets, n)
        clipped: Bools = np.zeros(raw.shape[:2], dtype=np.bool_)
        finite: Bools = np.ones(raw.shape[0], dtype=np.bool_)
        kinds: list[Floats | None] = []
        for rule in self._channels:
            if rule is None:
                kinds.append(None)
                continue
            taken = raw[:, :, rule.order]
            values = taken.astype(np.float64) * rule.factor
            if block.sentinel is not None:
                values[taken == block.sentinel] = np.nan
            if block.sentinel is not None or block.element.is_float:
                finite &= np.all(np.isfinite(values), axis=(1, 2))
            clipped |= np.any(np.abs(values) >= rule.limit, axis=2)
            kinds.append(values)
        if frame.clip is not None:
            told = (packets[:, frame.clip.at] & frame.clip.mask) != 0
            clipped |= (told & ~np.any(clipped, axis=1))[:, None]
        counter = frame.gap.field if isinstance(frame.gap, Counter) else None
        ticks = frame.time.field if frame.time else None
        return Read(
            kinds[0],
            kinds[1],
            clipped,
            finite,
            None if counter is None else counter.element.column(packets, counter.at).astype(np.int64),
            None if ticks is None else ticks.element.column(packets, ticks.at).tolist(),
        )

    def _raw(self, block: SampleBlock, packets: Bytes, n: int) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
        """(m, n, channels) numbers as on the wire."""
        rows = packets.shape[0]
        if block.layout == "delta":
            channels = len(block.channels)
            return np.stack([delta.unpack(body, channels, block.element) for body in _bodies(block, packets)])
        body = np.ascontiguousarray(packets[:, block.at : block.at + n * block.row_size]).view(block.element.dtype)
        if block.layout == "aos":
            return body.reshape(rows, n, len(block.channels))
        parts, at = [], 0
        for group in block.groups:
            parts.append(body[:, at : at + n * len(group)].reshape(rows, n, len(group)))
            at += n * len(group)
        return np.concatenate(parts, axis=2)

    def header_size(self) -> int:
        """Bytes up to the end of the last field outside the samples."""
        frame = self.frame
        fields = [frame.time.field if frame.time else None, frame.battery.field if frame.battery else None]
        fields.append(frame.gap.field if isinstance(frame.gap, Counter) else None)
        fields.append(frame.samples.count if frame.samples and isinstance(frame.samples.count, Field) else None)
        ends = [field.at + field.element.size for field in fields if field is not None]
        return max([0, *ends] + [when.at + 1 for when in frame.when] + ([frame.clip.at + 1] if frame.clip else []))


def _bodies(block: SampleBlock, packets: Bytes) -> list[bytes]:
    """Of each packet the bytes of its samples."""
    return [row.tobytes() for row in packets[:, block.at : packets.shape[1] - block.tail]]


@dataclass(frozen=True, eq=False)
class ChannelRule:
    """How x, y, z of one kind come from the channels of a sample, and from where on they are clipped."""

    order: list[int]
    factor: Floats
    limit: Floats


def channel_rule(spec: Spec, block: SampleBlock, kind: str, settings: Mapping[str, Value]) -> ChannelRule | None:
    """The rule for 'acc' or 'gyr' with the spec's axes; None when the block does not carry it."""
    if not block.has(kind):
        return None
    wire = [block.channels.index(channel) for channel in CHANNELS if channel.startswith(kind)]
    scale = [block.scales[place].value(settings) for place in wire]
    order, factor, limit = [], [], []
    full_scale = spec.full_scale_products.get(kind)
    for row in spec.axes[kind]:
        axis = next(place for place, sign in enumerate(row) if sign)
        order.append(wire[axis])
        factor.append(row[axis] * scale[axis])
        quantum = abs(scale[axis])
        if full_scale is None:
            limit.append(np.inf if block.element.is_float else (block.element.highest - 0.5) * quantum)
        else:
            full = abs(full_scale.value(settings))
            limit.append(full * FLOAT_CLIP if block.element.is_float else full - 1.5 * quantum)
    return ChannelRule(order, np.array(factor), np.array(limit))
