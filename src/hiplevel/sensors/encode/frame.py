"""One kind of packet written from samples, for many packets at once: the inverse of `decode.frame`."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.errors import Reason, SpecError
from hiplevel.model.samples import Floats
from hiplevel.sensors.decode import delta
from hiplevel.sensors.decode.frame import KINDS, ChannelRule, FrameReader, channel_rule
from hiplevel.sensors.decode.time import period_ns
from hiplevel.sensors.decode.types import Bools, Ints
from hiplevel.sensors.spec.elements import Bytes, Element
from hiplevel.sensors.spec.packet import Counter, DeviceTime, Field, Frame
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec

DELTA_BLOCK = 10
"""Differences in a block: sensors choose freely."""


class Start(NamedTuple):
    """Where counter and clock stand at sample 0."""

    counter: int = 0
    tick: int = 0


class FrameWriter:
    """One kind of packet, written for many packets at once."""

    def __init__(self, spec: Spec, frame: Frame, settings: Mapping[str, Value], start: Start) -> None:
        if frame.samples is None:
            raise SpecError(f"{spec.id} has no packet of samples.", Reason.SPEC_INVALID)
        self.frame, self.block = frame, frame.samples
        self._start = start
        self._sample_ns = period_ns(float(settings["rate"]))
        self._reader = FrameReader(spec, frame, settings)
        self._rules = [channel_rule(spec, frame.samples, kind, settings) for kind in KINDS]
        full_scale = spec.full_scale(settings)
        self._full = (full_scale.acc_m_s2, full_scale.gyr_rad_s)

    def size(self, n: int) -> int:
        """Bytes of a packet of n samples; of a delta packet, which is cut to fit, those of one sample."""
        block = self.block
        n = 1 if block.layout == "delta" else n
        return max(block.at + n * block.row_size + block.tail, self.frame.length.min, self._reader.header_size())

    def write(
        self, acc: Floats, gyr: Floats, index: Ints, number: Ints, max_payload: int | None = None
    ) -> list[list[bytes]]:
        """The notifications of m packets from (m, n, 3) samples; where that must be, several for a packet."""
        if self.block.layout != "delta":
            rows = self._rows(acc, gyr, index, number)
            return [self.parts(row.tobytes(), max_payload) for row in rows]
        return [self._deltas(acc[k : k + 1], gyr[k : k + 1], index[k : k + 1], max_payload) for k in range(len(acc))]

    def _deltas(self, acc: Floats, gyr: Floats, index: Ints, max_payload: int | None) -> list[bytes]:
        """One packet of differences, or its halves where it is too long."""
        head = self._rows(acc, gyr, index, index)[0].tobytes()[: self.block.at]
        raw, _ = self._raw(acc, gyr)
        packet = head + delta.pack(raw[0], self.block.element, DELTA_BLOCK) + bytes(self.block.tail)
        half = acc.shape[1] // 2
        if max_payload is None or len(packet) <= max_payload or half == 0:
            return [packet]
        first = self._deltas(acc[:, :half], gyr[:, :half], index, max_payload)
        return first + self._deltas(acc[:, half:], gyr[:, half:], index + half, max_payload)

    def _rows(self, acc: Floats, gyr: Floats, index: Ints, number: Ints) -> Bytes:
        """(m, size) bytes of m packets; of delta packets only what stands before the samples."""
        m, n = acc.shape[:2]
        packets: Bytes = np.zeros((m, self.size(n)), dtype=np.uint8)
        for when in self.frame.when:
            packets[:, when.at] |= when.eq
        frame, block = self.frame, self.block
        if frame.time is not None:
            stamped = index + (n - 1 if frame.time.of == "last" else 0)
            ticks = [self._tick(i, frame.time) for i in stamped.tolist()]
            _put(packets, frame.time.field, np.array(ticks, dtype=np.uint64))
        if isinstance(frame.gap, Counter):
            _put(packets, frame.gap.field, self._count(index, number, frame.gap))
        if isinstance(block.count, Field):
            _put(packets, block.count, np.full(m, n))
        raw, cut = self._raw(acc, gyr)
        if block.layout != "delta":
            body = self._laid_out(raw)
            packets[:, block.at : block.at + body.shape[1]] = body
        if frame.clip is not None:
            for bits, was_cut in zip((frame.clip.acc, frame.clip.gyr), cut, strict=True):
                packets[:, frame.clip.at] |= np.where(was_cut, bits, 0).astype(np.uint8)
        return packets

    def parts(self, packet: bytes, max_payload: int | None) -> list[bytes]:
        """The packet as one notification, or in parts."""
        join = self.frame.join
        if max_payload is None or len(packet) <= max_payload or join is None:
            return [packet]
        first = max_payload
        while not self._reader.is_begun(packet[:first]):
            first -= 1  # a first part must not look whole
        head = bytearray(join.skip)
        for when in join.next:
            head[when.at] |= when.eq
        room = max_payload - join.skip
        return [packet[:first]] + [bytes(head) + packet[at : at + room] for at in range(first, len(packet), room)]

    def _raw(self, acc: Floats, gyr: Floats) -> tuple[NDArray[np.generic], tuple[Bools, Bools]]:
        """(m, n, channels) numbers on the wire, and for acc and gyr (m,) whether any was cut off."""
        element, sentinel = self.block.element, self.block.sentinel
        values = np.zeros((*acc.shape[:2], len(self.block.channels)))
        none: Bools = np.zeros(acc.shape[0], dtype=np.bool_)
        cuts = [none, none]
        for place, (rule, samples, full) in enumerate(zip(self._rules, (acc, gyr), self._full, strict=True)):
            if rule is not None:
                values[:, :, rule.order] = _on_wire(samples, rule, full, element)
                cuts[place] = np.any(np.abs(samples) >= rule.limit, axis=(1, 2))
        cut = (cuts[0], cuts[1])
        if element.is_float:
            return values.astype(element.dtype), cut
        missing = np.isnan(values)
        whole = np.clip(np.rint(np.where(missing, 0.0, values)), float(element.lowest), float(element.highest))
        if sentinel is not None:
            whole = np.where(
                missing, sentinel, np.where(whole == sentinel, sentinel + (1 if sentinel < 0 else -1), whole)
            )
        return whole.astype(element.dtype), cut

    def _laid_out(self, raw: NDArray[np.generic]) -> Bytes:
        """(m, n, channels) numbers as (m, bytes) in the block's layout."""
        m = raw.shape[0]
        if self.block.layout == "aos":
            return np.ascontiguousarray(raw).view(np.uint8).reshape(m, -1)
        parts, at = [], 0
        for group in self.block.groups:
            parts.append(np.ascontiguousarray(raw[:, :, at : at + len(group)]).view(np.uint8).reshape(m, -1))
            at += len(group)
        return np.concatenate(parts, axis=1)

    def _tick(self, index: int, time: DeviceTime) -> int:
        """The raw time stamp of sample `index`."""
        ticks = round(index * self._sample_ns / time.tick_ns) + self._start.tick
        return ticks % (1 << time.field.element.bits)

    def _count(self, index: Ints, number: Ints, counter: Counter) -> Ints:
        """The (m,) raw counters of packets `number` that begin with samples `index`."""
        counted = number if counter.counts == "packets" else index
        return (counted + self._start.counter) % (1 << counter.field.element.bits)


def _on_wire(samples: Floats, rule: ChannelRule, full: float | None, element: Element) -> Floats:
    kept = samples if full is None else np.clip(samples, -full, full)
    with np.errstate(over="ignore"):
        wire = kept / rule.factor
        return wire.astype(element.dtype).astype(np.float64) if element.is_float else wire


def _put(packets: Bytes, field: Field, values: NDArray[np.integer]) -> None:
    """Write (m,) numbers into their column."""
    column = np.ascontiguousarray(values.astype(field.element.dtype)).view(np.uint8)
    packets[:, field.at : field.at + field.element.size] = column.reshape(len(packets), field.element.size)
