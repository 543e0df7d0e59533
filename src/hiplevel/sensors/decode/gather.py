"""Samples read kind by kind and length by length, put back into the order in which they came."""

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats
from hiplevel.sensors.decode.frame import FrameReader, Read
from hiplevel.sensors.decode.sequence import BAD_TIME, DUPLICATE, LATE, RESTART, Sequenced, Sequencer
from hiplevel.sensors.decode.time import offset_ns, period_ns, within
from hiplevel.sensors.decode.types import ACC, GYR, NOT_FINITE, TIME, Bools, Decoded, DecodeError, Ints, Packets

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Piece:
    """Packets of one kind and one sample count: their (m,) order in the call, n samples each."""

    reader: FrameReader
    orders: Ints
    n: int
    read: Read


@dataclass
class Call:
    """What is collected during one call of the decoder. places: notification of each whole packet."""

    places: list[int] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    errors: list[tuple[int, int, str, str]] = field(default_factory=list)
    battery_percent: float | None = None
    battery_order: int = -1

    def error(self, place: int, reason: str, sentence: str, order: int = -1) -> None:
        """Count a notification (or a whole packet of it) that could not be used."""
        self.errors.append((place, order, reason, sentence))


@dataclass(frozen=True, eq=False)
class _Kept:
    """The packets of one piece that count, with their (p,) device time and (p,) restarts."""

    orders: Ints
    n: int
    acc: Floats | None
    gyr: Floats | None
    clipped: Bools
    stamp_ns: Ints
    restarted: Bools
    lost: Ints
    anchor: int
    carries: int


@dataclass
class _Tally:
    verdicts: Ints = field(default_factory=lambda: np.zeros(BAD_TIME + 1, dtype=np.int64))
    counter: tuple[int, int] = (-1, -1)


def gather(call: Call, sequencers: dict[FrameReader, Sequencer], rate_hz: float) -> Decoded:
    """All samples of a call in order, with what was lost before them."""
    tally, kept = _Tally(), list[_Kept]()
    for reader, sequencer in sequencers.items():
        pieces = [piece for piece in call.pieces if piece.reader is reader]
        if pieces:
            kept += _sequence(pieces, sequencer, call, tally)
    has_clock = any(reader.frame.time is not None for reader in sequencers)
    packets, rows = _packets(kept, call, has_clock)
    return Decoded(
        None if packets.stamp_ns is None else date_packets(packets, rate_hz),
        _rows([k.acc for k in kept], kept, rows, carried=any(r.carries("acc") for r in sequencers)),
        _rows([k.gyr for k in kept], kept, rows, carried=any(r.carries("gyr") for r in sequencers)),
        _ordered([k.clipped.reshape(-1) for k in kept], rows, np.zeros(0, dtype=np.bool_)),
        int(packets.lost.sum()) if any(reader.frame.gap != "none" for reader in sequencers) else None,
        packets,
        call.battery_percent,
        tally.counter[1] if tally.counter[0] >= 0 else None,
        int(tally.verdicts[DUPLICATE]),
        int(tally.verdicts[LATE]),
        int(tally.verdicts[RESTART]),
        tuple(DecodeError(reason, sentence, place) for place, _, reason, sentence in sorted(call.errors)),
    )


def date_packets(packets: Packets, rate_hz: float) -> Ints:
    """(n,) device time of every sample: the packet's stamp, and the nominal rate within the packet."""
    if packets.stamp_ns is None or not packets.count.size:
        return np.zeros(0, dtype=np.int64)
    period = period_ns(rate_hz)
    offsets = np.array([offset_ns(i, period) for i in range(int(packets.count.max()))], dtype=np.int64)
    first_ns = packets.stamp_ns - offsets[packets.anchor]
    return np.repeat(first_ns, packets.count) + offsets[within(packets.count)]


def _sequence(pieces: list[Piece], sequencer: Sequencer, call: Call, tally: _Tally) -> list[_Kept]:
    """Judge the packets of one kind in the order in which they came; what is kept of each piece."""
    orders = np.concatenate([piece.orders for piece in pieces])
    counts = np.concatenate([np.full(piece.orders.size, piece.n, dtype=np.int64) for piece in pieces])
    first = pieces[0].read
    counter = None
    if first.counter is not None:
        counter = np.concatenate([p.read.counter for p in pieces if p.read.counter is not None])
    ticks = None if first.ticks is None else [tick for p in pieces if p.read.ticks is not None for tick in p.read.ticks]
    if len(pieces) > 1:
        by_order = np.argsort(orders)
        orders, counts = orders[by_order], counts[by_order]
        counter = None if counter is None else counter[by_order]
        ticks = None if ticks is None else [ticks[place] for place in by_order.tolist()]
    result = sequencer.run(counter, ticks, counts)
    tally.verdicts += np.bincount(result.verdict, minlength=BAD_TIME + 1)
    if counter is not None and orders[-1] > tally.counter[0]:
        tally.counter = (int(orders[-1]), int(counter[-1]))
    for order in orders[result.verdict == BAD_TIME].tolist():
        call.error(call.places[order], TIME, "The time stamp of a packet is out of all range.", order)
    return [_keep(piece, orders, result, call) for piece in pieces]


def _keep(piece: Piece, orders: Ints, result: Sequenced, call: Call) -> _Kept:
    mine = slice(None) if orders.size == piece.orders.size else np.searchsorted(orders, piece.orders)
    verdict, stamp_ns = result.verdict[mine], result.stamp_ns[mine]
    rows = verdict <= RESTART
    read = piece.read
    for order in piece.orders[rows & ~read.finite].tolist():
        call.error(call.places[order], NOT_FINITE, "A packet holds values that are not numbers.", order)
    frame, every = piece.reader.frame, bool(rows.all())
    last = frame.time is not None and frame.time.of == "last"
    return _Kept(
        piece.orders if every else piece.orders[rows],
        piece.n,
        read.acc if read.acc is None or every else read.acc[rows],
        read.gyr if read.gyr is None or every else read.gyr[rows],
        read.clipped if every else read.clipped[rows],
        stamp_ns[rows],
        verdict[rows] == RESTART,
        result.lost[mine][rows],
        piece.n - 1 if last else 0,
        (0 if read.acc is None else ACC) + (0 if read.gyr is None else GYR),
    )


def _packets(kept: list[_Kept], call: Call, has_clock: bool) -> tuple[Packets, Ints | None]:
    """The packets in order, and the (n,) order of the samples (None: as they are)."""
    empty = np.zeros(0, dtype=np.int64)
    orders = np.concatenate([empty, *(k.orders for k in kept)])
    count = np.concatenate([empty, *(np.full(k.orders.size, k.n, dtype=np.int64) for k in kept)])
    anchor = np.concatenate([empty, *(np.full(k.orders.size, k.anchor, dtype=np.int64) for k in kept)])
    stamp_ns = np.concatenate([empty, *(k.stamp_ns for k in kept)])
    restarted = np.concatenate([empty.astype(np.bool_), *(k.restarted for k in kept)])
    lost = np.concatenate([empty, *(k.lost for k in kept)])
    carries = np.concatenate([empty, *(np.full(k.orders.size, k.carries, dtype=np.int64) for k in kept)])
    rows = None
    if len(kept) > 1:
        rows = np.argsort(np.repeat(orders, count), kind="stable")
        by_order = np.argsort(orders)
        orders, count, anchor = orders[by_order], count[by_order], anchor[by_order]
        stamp_ns, restarted, lost = stamp_ns[by_order], restarted[by_order], lost[by_order]
        carries = carries[by_order]
    notification = np.array(call.places, dtype=np.int64)[orders]
    return Packets(notification, count, stamp_ns if has_clock else None, anchor, restarted, lost, carries), rows


def _rows(arrays: list[Floats | None], kept: list[_Kept], rows: Ints | None, *, carried: bool) -> Floats | None:
    """(n, 3) in order; NaN where a packet does not carry the kind; None when none does."""
    if not carried or (arrays and all(array is None for array in arrays)):
        return None
    flat = [
        np.full((k.orders.size * k.n, 3), np.nan) if array is None else array.reshape(-1, 3)
        for array, k in zip(arrays, kept, strict=True)
    ]
    return _ordered(flat, rows, np.zeros((0, 3)))


def _ordered(parts: list[NDArray[T]], rows: Ints | None, empty: NDArray[T]) -> NDArray[T]:
    if not parts:
        return empty
    joined = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return joined if rows is None else joined[rows]
