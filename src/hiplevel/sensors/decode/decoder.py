"""Notifications to samples, driven by the spec. Any bytes at all give samples or a counted error."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from hiplevel.sensors.decode.frame import FrameReader
from hiplevel.sensors.decode.gather import Call, Piece, gather
from hiplevel.sensors.decode.pieces import Assembler, Cutter, Joiner
from hiplevel.sensors.decode.sequence import Sequencer
from hiplevel.sensors.decode.types import CHARACTERISTIC, LENGTH, NO_FRAME, Bools, Decoded, Ints
from hiplevel.sensors.spec.elements import Bytes
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec


class Decoder:
    """The state between notifications of one sensor: counters, clock, parts not yet whole.

    `feed` and `feed_many` run the same code: however the notifications are cut into calls, the results are the same
    to the last bit.
    """

    def __init__(self, spec: Spec, settings: Mapping[str, Value] | None = None) -> None:
        self.spec = spec
        self.settings = spec.settings(settings)
        self._rate_hz = float(self.settings["rate"])
        self._readers: dict[str, list[FrameReader]] = {}
        self._sequencers: dict[FrameReader, Sequencer] = {}
        for frame in spec.frames:
            reader = FrameReader(spec, frame, self.settings)
            self._readers.setdefault(frame.on, []).append(reader)
            if frame.samples:
                self._sequencers[reader] = Sequencer(frame, self._rate_hz)
        self._assemblers = {alias: found for alias in self._readers if (found := self._assembler(alias))}
        self._aliases: dict[str, str | None] = {}

    def feed(self, characteristic: str, payload: bytes, arrival_ns: int) -> Decoded:
        """The samples of one notification; `characteristic` is an alias or a UUID. Never raises on bytes."""
        return self.feed_many((characteristic,), (payload,), (arrival_ns,))

    def feed_many(
        self, characteristics: Sequence[str], payloads: Sequence[bytes], arrival_ns: Iterable[int] | None = None
    ) -> Decoded:
        """The samples of many notifications in order: equal to feeding them one by one and joining the results."""
        del arrival_ns  # the clock dates samples; decoding depends on the bytes alone
        call = Call()
        groups: dict[tuple[str, int], tuple[list[int], list[bytes]]] = {}
        for place, alias, payload in self._whole_packets(characteristics, payloads, call):
            orders, parts = groups.setdefault((alias, len(payload)), ([], []))
            orders.append(len(call.places))
            parts.append(payload)
            call.places.append(place)
        with np.errstate(all="ignore"):
            for (alias, size), (orders, parts) in groups.items():
                packets = np.frombuffer(b"".join(parts), dtype=np.uint8).reshape(len(parts), size)
                self._sort_out(alias, np.array(orders, dtype=np.int64), packets, call)
            return gather(call, self._sequencers, self._rate_hz)

    def _assembler(self, alias: str) -> Assembler | None:
        if alias in self.spec.streams:
            return Cutter(self.spec.streams[alias])
        for reader in self._readers[alias]:
            if reader.frame.join is not None:
                return Joiner(reader.frame.join, is_begun=reader.is_begun)
        return None

    def _whole_packets(
        self, characteristics: Sequence[str], payloads: Sequence[bytes], call: Call
    ) -> Iterator[tuple[int, str, bytes]]:
        """Place in the call, alias and bytes of every packet that may carry something."""
        for place, (characteristic, payload) in enumerate(zip(characteristics, payloads, strict=True)):
            alias = self._alias(characteristic)
            if alias is None:
                call.error(place, CHARACTERISTIC, f"{self.spec.id} has no characteristic {characteristic}.")
            elif alias in self._assemblers:
                packets, complaints = self._assemblers[alias].take(bytes(payload))
                for reason, sentence in complaints:
                    call.error(place, reason, sentence)
                for packet in packets:
                    yield place, alias, packet
            elif alias in self._readers:
                yield place, alias, payload
            else:
                self._read_battery(alias, bytes(payload), call)

    def _alias(self, characteristic: str) -> str | None:
        if characteristic not in self._aliases:
            self._aliases[characteristic] = self.spec.alias(characteristic)
        return self._aliases[characteristic]

    def _read_battery(self, alias: str, payload: bytes, call: Call) -> None:
        source = self.spec.battery
        if source is not None and source.read == alias and source.battery is not None:
            percent = source.battery.percent(payload)
            call.battery_percent = call.battery_percent if percent is None else percent

    def _sort_out(self, alias: str, orders: Ints, packets: Bytes, call: Call) -> None:
        """Give (m, length) packets to the first frame that each fits; complain about those that fit none."""
        left: Bools = np.ones(orders.size, dtype=np.bool_)
        wanted = [""] * orders.size
        for reader in self._readers[alias]:
            held = left & reader.holds(packets)
            if not held.any():
                continue
            counts = reader.counts(packets)
            fits = held & (counts >= 0)
            for row in np.flatnonzero(held & ~fits).tolist():
                wanted[row] = wanted[row] or reader.wanted()
            left &= ~fits
            self._read(reader, orders, packets, np.where(fits, counts, -1), call)
        for row in np.flatnonzero(left).tolist():
            size, place = packets.shape[1], call.places[orders[row]]
            if wanted[row]:
                sentence = f"A packet of {size} bytes does not fit: expected {wanted[row]}."
                call.error(place, LENGTH, sentence, int(orders[row]))
            else:
                start = packets[row, :4].tobytes().hex(" ")
                sentence = f"A packet of {size} bytes that begins {start or 'with nothing'} is of no known kind."
                call.error(place, NO_FRAME, sentence, int(orders[row]))

    def _read(self, reader: FrameReader, orders: Ints, packets: Bytes, counts: Ints, call: Call) -> None:
        """Read those packets whose count is not negative."""
        frame = reader.frame
        if frame.skip:
            return
        fits = counts >= 0
        if frame.battery is not None and fits.any():
            last = int(np.flatnonzero(fits)[-1])
            if orders[last] > call.battery_order:
                call.battery_order = int(orders[last])
                call.battery_percent = frame.battery.percent(packets[last].tobytes())
        if frame.samples is None:
            return
        for n in np.unique(counts[fits]).tolist():
            rows = counts == n
            part = packets if rows.all() else packets[rows]
            call.pieces.append(Piece(reader, orders[rows], n, reader.read(part, n)))
