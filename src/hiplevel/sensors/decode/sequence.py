"""Packet after packet: what was lost, came twice or late, and the device's clock without its wraps."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np

from hiplevel.sensors.decode.types import Bools, Ints
from hiplevel.sensors.spec.packet import Counter, DeviceTime, Frame

S = TypeVar("S", Ints, list[int])

NS = 1e9
LATE_NS = 1e9
"""A packet stepping back no further than this came late; further back, the device began anew."""
LATE_RUN = 3
"""After so many late packets in a row it is the device that began anew."""
PAUSE_PACKETS = 64
"""A counter that went on by no more than this while the clock went on for longer: the sensor paused in between."""
FARTHEST_NS = 1 << 61
RATE_ERROR = 0.125
"""Device clocks and sampling rates agree with the nominal rate to this part."""

KEEP, RESTART, DUPLICATE, LATE, BAD_TIME = range(5)


@dataclass(frozen=True)
class Sequenced:
    """For (p,) packets: what became of each, its device time, samples lost before it."""

    verdict: Ints
    stamp_ns: Ints
    lost: Ints

    @property
    def kept(self) -> Bools:
        """(p,) whether the packet's samples count."""
        return self.verdict <= RESTART


class Sequencer:
    """The state of one kind of packet. All numbers are integers; floats only compare steps with the nominal rate."""

    def __init__(self, frame: Frame, rate_hz: float) -> None:
        self._gap = frame.gap
        self._sample_ns = NS / rate_hz
        self._tick = frame.time.tick_ns if frame.time else Fraction(1)
        self._tick_ns = float(self._tick)
        self._ticks_wrap = _width(frame.time)
        self._counts_wrap = _width(frame.gap) if isinstance(frame.gap, Counter) else 0
        self._by_packet = not (isinstance(frame.gap, Counter) and frame.gap.counts == "samples")
        self._has_time = frame.time is not None
        self._of_last = frame.time is not None and frame.time.of == "last"
        self._farthest_ticks = int(FARTHEST_NS / self._tick)
        self._started = False
        self._counter = self._raw = self._total = self._n = self._late_run = 0

    def run(self, counter: Ints | None, ticks: list[int] | None, count: Ints) -> Sequenced:
        """Judge (p,) packets with their counters, raw ticks and sample counts, in order."""
        if self._started or count.size < 2:
            return self._run_on(counter, ticks, count)
        head, rest = slice(0, 1), slice(1, None)
        first = self._run_each(_part(counter, head), _part(ticks, head), count[head])
        others = self._run_on(_part(counter, rest), _part(ticks, rest), count[rest])
        return Sequenced(
            np.concatenate([first.verdict, others.verdict]),
            np.concatenate([first.stamp_ns, others.stamp_ns]),
            np.concatenate([first.lost, others.lost]),
        )

    def _run_on(self, counter: Ints | None, ticks: list[int] | None, count: Ints) -> Sequenced:
        fast = self._run_fast(counter, ticks, count) if self._started and count.size > 1 else None
        return self._run_each(counter, ticks, count) if fast is None else fast

    def _run_each(self, counter: Ints | None, ticks: list[int] | None, count: Ints) -> Sequenced:
        counters = [0] * count.size if counter is None else counter.tolist()
        raws = [0] * count.size if ticks is None else ticks
        verdicts, totals, lost = [], [], []
        for c, raw, n in zip(counters, raws, count.tolist(), strict=True):
            verdict, missing = self._judge(c, raw, n)
            verdicts.append(verdict)
            totals.append(self._total)
            lost.append(missing)
        verdict_of, total_of, lost_of = (np.array(column, dtype=np.int64) for column in (verdicts, totals, lost))
        return Sequenced(verdict_of, self._ns(total_of), lost_of)

    def _judge(self, counter: int, raw: int, n: int) -> tuple[int, int]:
        """Take one packet: its verdict, and the samples lost before it."""
        if raw > self._farthest_ticks:
            return BAD_TIME, 0
        if not self._started:
            return self._accept(counter, raw, n, raw, KEEP), 0
        forward, back = self._steps(raw)
        if self._counts_wrap:
            verdict, lost = self._by_counter(counter, forward, back, n)
        else:
            verdict, lost = self._by_time(forward, back, n)
        if verdict == LATE:
            self._late_run += 1
            if self._late_run <= LATE_RUN:
                return LATE, 0
            verdict, lost = RESTART, 0
        if verdict == DUPLICATE:
            return DUPLICATE, 0
        total = raw if forward is None else self._total + forward
        if total > self._farthest_ticks:
            verdict, total = RESTART, raw
        return self._accept(counter, raw, n, total, verdict), lost

    def _accept(self, counter: int, raw: int, n: int, total: int, verdict: int) -> int:
        self._started, self._late_run = True, 0
        self._counter, self._raw, self._total, self._n = counter, raw, total, n
        return verdict

    def _steps(self, raw: int) -> tuple[int | None, int]:
        """Ticks forward (None: the clock began anew), and ticks back if the packet is an older one."""
        step = raw - self._raw
        if step >= 0:
            return step, self._ticks_wrap - step if self._ticks_wrap else 0
        if self._ticks_wrap and -step > self._ticks_wrap // 2:
            return step + self._ticks_wrap, -step
        return None, -step

    def _by_counter(self, counter: int, forward: int | None, back: int, n: int) -> tuple[int, int]:
        wrap = self._counts_wrap
        ahead = (counter - self._counter) % wrap
        due, samples = (1, self._n) if self._by_packet else (self._n, 1)
        if not self._has_time:
            if ahead == 0:
                return DUPLICATE, 0
            if ahead < wrap // 2:
                return (KEEP, (ahead - due) * samples) if ahead >= due else (RESTART, 0)
            return (LATE if (wrap - ahead) * samples * self._sample_ns <= LATE_NS else RESTART), 0
        unit_ns = self._sample_ns * samples
        if forward is not None:
            step_ns = forward * self._tick_ns - self._longer_ns(n)
            turns = max(0, round((step_ns / unit_ns - ahead) / wrap))
            for passed in (ahead, ahead + turns * wrap):
                if passed >= due and self._agrees(step_ns, passed, unit_ns):
                    return KEEP, (passed - due) * samples
            if due <= ahead <= due * PAUSE_PACKETS and step_ns > ahead * unit_ns:
                return KEEP, max(round(step_ns / self._sample_ns) - self._n, 0)
            if ahead == 0 and forward == 0:
                return DUPLICATE, 0
        is_older = wrap - ahead <= wrap // 2 and 0 < back * self._tick_ns <= LATE_NS
        return (LATE if is_older else RESTART), 0

    def _agrees(self, step_ns: float, passed: int, unit_ns: float) -> bool:
        return abs(step_ns - passed * unit_ns) <= unit_ns * 0.5 + passed * unit_ns * RATE_ERROR

    def _by_time(self, forward: int | None, back: int, n: int) -> tuple[int, int]:
        if not self._has_time:
            return KEEP, 0
        if forward == 0:
            return (DUPLICATE if self._gap == "time" else KEEP), 0
        if 0 < back * self._tick_ns <= LATE_NS:
            return LATE, 0
        if forward is None:
            return RESTART, 0
        if self._gap != "time":
            return KEEP, 0
        step_ns = forward * self._tick_ns - self._longer_ns(n)
        return KEEP, self._n * max(0, math.floor(step_ns / (self._sample_ns * self._n) - 0.5))

    def _longer_ns(self, n: int) -> float:
        """From stamps of last samples to steps of first samples: the packet's length beyond the last one's."""
        return (n - self._n) * self._sample_ns if self._of_last else 0.0

    def _run_fast(self, counter: Ints | None, ticks: list[int] | None, count: Ints) -> Sequenced | None:
        """The same for packets that all follow each other as they should; None if one does not."""
        if self._has_time and (ticks is None or max(ticks) > self._farthest_ticks):
            return None
        before = np.concatenate([[self._n], count[:-1]])
        raw = np.array(ticks if ticks is not None else [0] * count.size, dtype=np.int64)
        forward = np.diff(raw, prepend=self._raw)
        wrapped = (forward < 0) & (-forward > self._ticks_wrap // 2) & (self._ticks_wrap > 0)
        forward = forward + wrapped * self._ticks_wrap
        if np.any(forward < 0) or np.any(forward > (self._ticks_wrap or 1 << 62) // 2):
            return None
        total = self._total + np.cumsum(forward)
        if int(total[-1]) > self._farthest_ticks:
            return None
        lost = self._lost_fast(counter, forward, before, count)
        if lost is None:
            return None
        last = 0 if counter is None else int(counter[-1])
        self._accept(last, int(raw[-1]), int(count[-1]), int(total[-1]), KEEP)
        return Sequenced(np.zeros(count.size, dtype=np.int64), self._ns(total), lost)

    def _lost_fast(self, counter: Ints | None, forward: Ints, before: Ints, count: Ints) -> Ints | None:
        step_ns = forward * self._tick_ns - (count - before) * (self._sample_ns if self._of_last else 0.0)
        if counter is not None:
            ahead = np.diff(counter, prepend=self._counter) % self._counts_wrap
            due = np.ones_like(before) if self._by_packet else before
            samples = before if self._by_packet else np.ones_like(before)
            if np.any(ahead < due) or np.any(ahead >= self._counts_wrap // 2):
                return None
            unit_ns = self._sample_ns * samples
            if self._has_time:
                error = np.abs(step_ns - ahead * unit_ns)
                if np.any(error > unit_ns * 0.5 + ahead * unit_ns * RATE_ERROR):
                    return None
            missing: Ints = (ahead - due) * samples
            return missing
        if self._gap != "time":
            return None if self._has_time and np.any(self._near_wrap(forward)) else np.zeros_like(count)
        if np.any(forward == 0) or np.any(self._near_wrap(forward)):
            return None
        packets = np.maximum(0.0, np.floor(step_ns / (self._sample_ns * before) - 0.5))
        skipped: Ints = packets.astype(np.int64) * before
        return skipped

    def _near_wrap(self, forward: Ints) -> Bools:
        return (self._ticks_wrap > 0) & ((self._ticks_wrap - forward) * self._tick_ns <= LATE_NS)

    def _ns(self, total: Ints) -> Ints:
        """Ticks to nanoseconds, rounded half up, exact."""
        num, den = self._tick.numerator, self._tick.denominator
        if den == 1:
            return total * num
        if total.size and int(total.max()) >= (1 << 62) // (2 * num):
            return np.array([(2 * t * num + den) // (2 * den) for t in total.tolist()], dtype=np.int64)
        return (2 * total * num + den) // (2 * den)


def _part(values: S | None, rows: slice) -> S | None:
    return None if values is None else values[rows]


def _width(source: DeviceTime | Counter | object) -> int:
    """2 to the number of bits, 0 when it does not wrap."""
    if isinstance(source, DeviceTime):
        return 1 << source.field.element.bits if source.wraps else 0
    return 1 << source.field.element.bits if isinstance(source, Counter) else 0
