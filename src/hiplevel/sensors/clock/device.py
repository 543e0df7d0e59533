"""The sensor's own clock dates samples; arrival only tells when that clock jumped or began anew."""

import numpy as np

from hiplevel.sensors.clock.clock import LONGEST_GAP_NS, Gaps, Lines
from hiplevel.sensors.clock.drift import Drift
from hiplevel.sensors.clock.period import Spacing, Spacings
from hiplevel.sensors.decode.time import NS, offset_ns, period_ns
from hiplevel.sensors.decode.types import Bools, Ints, Packets

JUMP_NS = NS
"""Device and host may disagree by this much before the device's clock is taken to have jumped."""
STALL_NS = 5 * NS
"""A packet that follows the last one seamlessly may be this late: a radio in the body's shadow sends it again."""
PATIENCE_NS = 2 * NS
"""Lateness that lasts this long is no stall."""
SEAMLESS_PATIENCE_NS = 30 * NS
"""Nor is it when packets follow each other seamlessly; but a computer that cannot keep up may lag for long."""
NEAR_NS = 60 * NS
"""Two streams of one device are no further apart."""
LEAK = 2000
"""The least latency seen is forgotten at 1/2000 of the time, more than any quartz drifts."""
SAFE_NS = 1 << 61


class DeviceClock:
    """Session time = stamp + shift. The shift changes only where the device's clock restarts or jumps.

    Attributes
    ----------
    sibling : the clock of another stream with stamps of the same device clock; they share the shift
    """

    def __init__(self, rate_hz: float) -> None:
        self._period = period_ns(rate_hz)
        self._spacings = Spacings(self._period)
        self._drift = Drift()
        self.gaps = Gaps()
        self.sibling: DeviceClock | None = None
        self._started = False
        self._shift = self._least = self._last = self._stamp = self._lateness = 0
        self._late_since: int | None = None

    @property
    def rate_hz(self) -> float | None:
        """The rate by the device's clock, over all packets that followed each other without a gap."""
        return self._spacings.rate_hz

    @property
    def rate_error_ppm(self) -> float | None:
        """By the device's own clock."""
        rate_hz = self.rate_hz
        return None if rate_hz is None else 1e6 * (rate_hz * float(self._period) / NS - 1.0)

    @property
    def drift_ppm(self) -> float | None:
        """How much faster than the host's the device's clock runs, from the least latencies of a minute or more."""
        return self._drift.ppm

    def date(self, packets: Packets, arrival_ns: Ints) -> Ints:
        """(n,) session time of every sample, ns."""
        if packets.stamp_ns is None or not packets.count.size:
            return np.zeros(0, dtype=np.int64)
        spacing = self._spacings.of(packets, packets.stamp_ns)
        if self._started or packets.count.size == 1:
            return self._date(packets, packets.stamp_ns, spacing, arrival_ns)
        head, rest = slice(0, 1), slice(1, None)
        return np.concatenate(
            [
                self._date(packets[rows], packets.stamp_ns[rows], spacing[rows], arrival_ns[rows])
                for rows in (head, rest)
            ]
        )

    def _date(self, packets: Packets, stamp_ns: Ints, spacing: Spacing, arrival_ns: Ints) -> Ints:
        lines = self._all_regular(packets, stamp_ns, spacing, arrival_ns) if self._started else None
        return (lines or self._each(packets, stamp_ns, spacing, arrival_ns)).times(packets.count)

    def _all_regular(self, packets: Packets, stamp_ns: Ints, spacing: Spacing, arrival_ns: Ints) -> Lines | None:
        """The usual case at once: the clock neither restarts nor jumps, nothing overlaps. None if it is another."""
        if packets.restarted.any() or max(abs(self._shift), *_extent(arrival_ns), *_extent(stamp_ns)) > SAFE_NS:
            return None
        offset = arrival_ns - stamp_ns
        level = offset - stamp_ns // LEAK
        least = np.minimum.accumulate(np.concatenate([[self._least], level]))
        ahead: Bools = level < least[:-1] - JUMP_NS
        lateness = level - least[1:]
        if np.any(ahead & ~spacing.seamless) or np.any(lateness > JUMP_NS):
            return None
        lines = spacing.lines(stamp_ns + self._shift, packets)
        first = lines.base + lines.add // lines.den
        last = lines.base + ((packets.count - 1) * lines.num + lines.add) // lines.den
        if np.any(first <= np.concatenate([[self._last], last[:-1]])):
            return None
        self._least, self._lateness, self._late_since = int(least[-1]), int(lateness[-1]), None
        self._stamp, self._last = int(stamp_ns[-1]), int(last[-1])
        self._drift.add(stamp_ns, offset)
        return lines

    def _each(self, packets: Packets, stamp_ns: Ints, spacing: Spacing, arrival_ns: Ints) -> Lines:
        rows = [
            self._place(*row)
            for row in zip(
                stamp_ns.tolist(),
                arrival_ns.tolist(),
                packets.count.tolist(),
                packets.anchor.tolist(),
                packets.restarted.tolist(),
                packets.lost.tolist(),
                spacing.seamless.tolist(),
                zip(spacing.num.tolist(), spacing.add.tolist(), spacing.den.tolist(), strict=True),
                strict=True,
            )
        ]
        base, num, add, den = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
        return Lines(base, num, add, den)

    def _place(
        self,
        stamp: int,
        arrival: int,
        count: int,
        anchor: int,
        restarted: bool,
        lost: int,
        seamless: bool,
        line: tuple[int, int, int],
    ) -> tuple[int, int, int, int]:
        """base, num, add, den of one packet."""
        num, add, den = line
        before = (anchor * num + add) // den
        level = arrival - stamp - stamp // LEAK
        if not self._started:
            shared = self._shared(stamp, before)
            self._started, self._least = True, level
            self._shift = before - stamp if shared is None else shared
            self._last = stamp + self._shift - before - 1
        elif restarted or self._jumped(level, arrival, seamless):
            self._anchor_anew(stamp, arrival, before, lost)
            self._least, self._late_since = level, None
            self._drift.restart()
        self._least = min(self._least, level)
        self._lateness = level - self._least
        self._drift.add_one(stamp, arrival - stamp)
        self._stamp = stamp
        return self._in_order(stamp + self._shift - before, count, num, add, den)

    def _jumped(self, level: int, arrival: int, seamless: bool) -> bool:
        if level < self._least - JUMP_NS:
            self._late_since = None
            return not seamless
        lateness = level - self._least
        if lateness <= JUMP_NS:
            self._late_since = None
            return False
        if lateness - self._lateness > (STALL_NS if seamless else JUMP_NS):
            return True
        if self._late_since is None:
            self._late_since = arrival
        return arrival - self._late_since > (SEAMLESS_PATIENCE_NS if seamless else PATIENCE_NS)

    def _anchor_anew(self, stamp: int, arrival: int, before: int, lost: int) -> None:
        """Choose the shift so that time goes on as arrival says, and correct what was called lost."""
        expected = arrival + self._shift - (self._least + self._stamp // LEAK) - before
        earliest = self._last + offset_ns(1, self._period)
        first = min(max(expected, earliest), self._last + LONGEST_GAP_NS)
        shared = self._shared(stamp, before)
        self._shift = first + before - stamp if shared is None else shared
        self.gaps = self.gaps.plus(first - earliest, round((first - earliest) / self._period) - lost)

    def _shared(self, stamp: int, before: int) -> int | None:
        """The sibling's shift, if it is of the same run of the device's clock and moves time on."""
        other = self.sibling
        if other is None or not other._started or abs(stamp - other._stamp) > NEAR_NS:
            return None
        return other._shift if not self._started or stamp + other._shift - before > self._last else None

    def _in_order(self, base: int, count: int, num: int, add: int, den: int) -> tuple[int, int, int, int]:
        """The packet as it is, or squeezed behind what is already out."""
        last = base + ((count - 1) * num + add) // den
        if base + add // den <= self._last:
            span = last - self._last
            if span > count:
                base, num, add, den = self._last, span, span, count
            else:
                quarter = offset_ns(1, self._period) // 4
                base, num, add, den = self._last, quarter, quarter, 1
            last = base + ((count - 1) * num + add) // den
        self._last = last
        return base, num, add, den


def _extent(values: Ints) -> tuple[int, int]:
    return abs(int(values.min())), abs(int(values.max()))
