"""The inverse of the decoder: physical samples to the notifications that the sensor would send."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hiplevel.model.errors import InputError, Reason, SpecError, UsageError
from hiplevel.model.samples import Floats
from hiplevel.sensors.decoder_frame import KINDS, ChannelRule, FrameReader, channel_rule
from hiplevel.sensors.decoder_time import period_ns
from hiplevel.sensors.decoder_types import Bools, Ints
from hiplevel.sensors.spec_elements import Bytes, Element
from hiplevel.sensors.spec_model import Counter, Field, Frame, SampleBlock
from hiplevel.sensors.spec_scale import Value
from hiplevel.sensors.spec_sensor import Spec

Notification = tuple[str, bytes]


class Encoder:
    """Samples in, notifications out; samples short of a whole packet wait for the next call.

    Parameters
    ----------
    max_payload : longest notification, bytes (ATT MTU - 3); longer packets are sent in parts where the spec can join
    first_counter, first_tick : where counter and clock stand at sample 0

    Raises
    ------
    UsageError
        with reason USAGE when a packet does not fit `max_payload`.
    """

    def __init__(
        self,
        spec: Spec,
        settings: Mapping[str, Value] | None = None,
        *,
        max_payload: int | None = None,
        first_counter: int = 0,
        first_tick: int = 0,
    ) -> None:
        self.spec = spec
        self.settings = spec.settings(settings)
        self._sample_ns = period_ns(float(self.settings["rate"]))
        self._writers = [_FrameWriter(self, frame) for frame in _frames_to_send(spec)]
        self.batch = batch_size(spec, self._writers[0].block, self.settings)
        self._first_counter, self._first_tick = first_counter, first_tick
        self._packets = 0
        self._acc, self._gyr = np.zeros((0, 3)), np.zeros((0, 3))
        self._index = 0
        self._max_payload = max_payload
        size = max(writer.size(self.batch) for writer in self._writers)
        if max_payload is not None and size > max_payload and any(w.frame.join is None for w in self._writers):
            raise UsageError(
                f"{spec.id} sends {size} bytes at once; the link carries {max_payload}.", Reason.USAGE, "Send fewer."
            )

    def encode(self, acc_m_s2: ArrayLike, gyr_rad_s: ArrayLike, first_index: int | None = None) -> list[Notification]:
        """Notifications of all whole packets: (n, 3) m/s2, (n, 3) rad/s; sample i is measured at i / rate.

        first_index is the number of the first sample; a jump in it is a gap in the sensor's time, before which what
        waited is sent as a short packet or forgotten. Values are rounded to the wire's scale and kept within full
        scale.
        """
        acc, gyr = _rows(acc_m_s2), _rows(gyr_rad_s)
        if acc.shape != gyr.shape:
            raise InputError(f"acc has {len(acc)} samples and gyr {len(gyr)}.", Reason.SHAPE)
        sent: list[Notification] = []
        if first_index is not None and first_index != self._index + len(self._acc):
            sent = self.flush()
            self._index = first_index
        self._acc, self._gyr = np.concatenate([self._acc, acc]), np.concatenate([self._gyr, gyr])
        whole = len(self._acc) // self.batch
        return sent + self._send(whole, self.batch)

    def flush(self) -> list[Notification]:
        """What waits as one short packet, where the format allows it; it is forgotten otherwise."""
        n = len(self._acc)
        short = n > 0 and all(not isinstance(writer.block.count, int) for writer in self._writers)
        sent = self._send(1, n) if short else []
        self._index += len(self._acc)
        self._acc, self._gyr = self._acc[:0], self._gyr[:0]
        return sent

    def _send(self, packets: int, n: int) -> list[Notification]:
        if packets == 0:
            return []
        used = packets * n
        acc, gyr = (values[:used].reshape(packets, n, 3) for values in (self._acc, self._gyr))
        index = self._index + np.arange(packets, dtype=np.int64) * n
        number = self._packets + np.arange(packets, dtype=np.int64)
        sent: list[list[Notification]] = [[] for _ in range(packets)]
        for writer in self._writers:
            for place, row in enumerate(writer.write(acc, gyr, index, number)):
                sent[place] += [(writer.frame.on, part) for part in writer.parts(row.tobytes(), self._max_payload)]
        self._acc, self._gyr = self._acc[used:], self._gyr[used:]
        self._index += used
        self._packets += packets
        return [notification for group in sent for notification in group]

    def tick(self, index: int, frame: Frame) -> int:
        """The raw time stamp of sample `index`."""
        if frame.time is None:
            return 0
        ticks = round(index * self._sample_ns / frame.time.tick_ns) + self._first_tick
        return ticks % (1 << frame.time.field.element.bits)

    def count(self, index: Ints, number: Ints, counter: Counter) -> Ints:
        """The (m,) raw counters of packets `number` that begin with samples `index`."""
        counted = number if counter.counts == "packets" else index
        return (counted + self._first_counter) % (1 << counter.field.element.bits)


class _FrameWriter:
    """One kind of packet, written for many packets at once."""

    def __init__(self, encoder: Encoder, frame: Frame) -> None:
        if frame.samples is None:
            raise SpecError(f"{encoder.spec.id} has no packet of samples.", Reason.SPEC_INVALID)
        self.frame, self.block = frame, frame.samples
        self._encoder = encoder
        self._reader = FrameReader(encoder.spec, frame, encoder.settings)
        self._rules = [channel_rule(encoder.spec, frame.samples, kind, encoder.settings) for kind in KINDS]
        full_scale = encoder.spec.full_scale(encoder.settings)
        self._full = (full_scale.acc_m_s2, full_scale.gyr_rad_s)

    def size(self, n: int) -> int:
        """Bytes of a packet of n samples."""
        block = self.block
        return max(block.at + n * block.row_size + block.tail, self.frame.length.min, self._reader.header_size())

    def write(self, acc: Floats, gyr: Floats, index: Ints, number: Ints) -> Bytes:
        """(m, size) bytes of m packets from (m, n, 3) samples."""
        m, n = acc.shape[:2]
        packets: Bytes = np.zeros((m, self.size(n)), dtype=np.uint8)
        for when in self.frame.when:
            packets[:, when.at] |= when.eq
        frame, block = self.frame, self.block
        if frame.time is not None:
            stamped = index + (n - 1 if frame.time.of == "last" else 0)
            ticks = [self._encoder.tick(i, frame) for i in stamped.tolist()]
            _put(packets, frame.time.field, np.array(ticks, dtype=np.uint64))
        if isinstance(frame.gap, Counter):
            _put(packets, frame.gap.field, self._encoder.count(index, number, frame.gap))
        if isinstance(block.count, Field):
            _put(packets, block.count, np.full(m, n))
        raw, cut = self._raw(acc, gyr)
        body = self._laid_out(raw)
        packets[:, block.at : block.at + body.shape[1]] = body
        if frame.clip is not None:
            packets[:, frame.clip.at] |= np.where(cut, frame.clip.mask, 0).astype(np.uint8)
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

    def _raw(self, acc: Floats, gyr: Floats) -> tuple[NDArray[np.generic], Bools]:
        """(m, n, channels) numbers on the wire, and (m,) whether any was cut off."""
        element, sentinel = self.block.element, self.block.sentinel
        values = np.zeros((*acc.shape[:2], len(self.block.channels)))
        cut: Bools = np.zeros(acc.shape[0], dtype=np.bool_)
        for rule, samples, full in zip(self._rules, (acc, gyr), self._full, strict=True):
            if rule is not None:
                values[:, :, rule.order] = _on_wire(samples, rule, full, element)
                cut |= np.any(np.abs(samples) >= rule.limit, axis=(1, 2))
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


def batch_size(spec: Spec, block: SampleBlock, settings: Mapping[str, Value]) -> int:
    """Samples a packet usually carries with these settings."""
    if isinstance(block.batch, int):
        return block.batch
    name, _, code = block.batch.partition(".")
    return spec.vars[name].code_of(settings[name]) if code else int(settings[name])


def _frames_to_send(spec: Spec) -> list[Frame]:
    """For acc and for gyr the first frame that carries it."""
    found: list[Frame] = []
    for kind in KINDS:
        carriers = [frame for frame in spec.frames if frame.samples and frame.samples.has(kind)]
        if carriers and not any(frame.samples and frame.samples.has(kind) for frame in found):
            found.append(carriers[0])
    return found


def _on_wire(samples: Floats, rule: ChannelRule, full: float | None, element: Element) -> Floats:
    kept = samples if full is None else np.clip(samples, -full, full)
    with np.errstate(over="ignore"):
        wire = kept / rule.factor
        return wire.astype(element.dtype).astype(np.float64) if element.is_float else wire


def _put(packets: Bytes, field: Field, values: NDArray[np.integer]) -> None:
    """Write (m,) numbers into their column."""
    column = np.ascontiguousarray(values.astype(field.element.dtype)).view(np.uint8)
    packets[:, field.at : field.at + field.element.size] = column.reshape(len(packets), field.element.size)


def _rows(values: ArrayLike) -> Floats:
    rows = np.asarray(values, dtype=np.float64)
    if rows.size and (rows.ndim != 2 or rows.shape[1] != 3):
        raise InputError(f"Samples must have the shape (n, 3), not {rows.shape}.", Reason.SHAPE)
    return rows.reshape(-1, 3)
