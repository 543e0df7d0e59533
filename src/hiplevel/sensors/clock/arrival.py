"""Dating samples of a sensor that tells no time: their count, at a rate learned from when they arrive.

Samples come in bursts, so one arrival says little; the least late of a second says more, and a phase-locked loop
turns that into a period that changes smoothly. Integer arithmetic throughout, in 1/1024 ns.
"""

import numpy as np

from hiplevel.sensors.clock.clock import LONGEST_GAP_NS, Gaps, Lines
from hiplevel.sensors.clock.drift import Drift
from hiplevel.sensors.decode.time import NS, period_ns
from hiplevel.sensors.decode.types import Ints, Packets

FINE = 1024
STALL_NS = 150_000_000
"""A notification this much later than its samples explain begins after a gap."""
WINDOW_NS = NS
PHASE_NS = 5 * NS
"""A phase error is made good within this time."""
RATE_NS = 10 * NS
"""The rate follows the phase error with this time constant."""
BURST_NS = 80_000_000
"""Two arrivals may be this far off, so a rate measured over t is known to this part of t."""
AHEAD_NS = NS // 2
"""Time running ahead of arrival by more cannot be made good: it cannot go back."""


class ArrivalClock:
    """Session time = count of samples times a learned period; a gap where the samples stall."""

    def __init__(self, rate_hz: float) -> None:
        self._nominal = round(period_ns(rate_hz) * FINE)
        self._period = self._step = self._nominal
        self.gaps = Gaps()
        self._drift = Drift()
        self._counted = 0  # samples since the last stall
        self._started = False
        self._next = 0  # session time of the next sample
        self._first_arrival = self._arrival = 0
        self._usual: int | None = None  # least lateness of a window, as it was at first
        self._least: int | None = None  # least lateness in this window
        self._behind = False
        self._window = 0
        self._begin_learning(0)

    @property
    def rate_hz(self) -> float | None:
        """The learned rate; None in the first second."""
        return NS * FINE / self._period if self._usual is not None else None

    @property
    def first_arrival_ns(self) -> int:
        """The host's time of session time 0."""
        return self._first_arrival

    @property
    def rate_error_ppm(self) -> float | None:
        """By this computer's clock, over all that came without a stall; None before a minute of it."""
        return self._drift.ppm

    @property
    def drift_ppm(self) -> float | None:
        """None: there is no clock to drift."""
        return None

    def date(self, packets: Packets, arrival_ns: Ints) -> Ints:
        """(n,) session time of every sample, ns."""
        if not packets.count.size:
            return np.zeros(0, dtype=np.int64)
        begins = np.flatnonzero(np.diff(packets.notification, prepend=packets.notification[0] - 1))
        counts = np.add.reduceat(packets.count, begins)
        lost = np.add.reduceat(packets.lost, begins)
        rows = [self._place(*r) for r in zip(counts.tolist(), lost.tolist(), arrival_ns[begins].tolist(), strict=True)]
        base, num, add = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
        return Lines(base, num, add, np.full(base.size, FINE)).times(counts)

    def _place(self, count: int, lost: int, arrival: int) -> tuple[int, int, int]:
        """base, num, add (over FINE) of one notification, before which a counter may have told of losses."""
        if not self._started:
            self._started = True
            self._first_arrival = self._arrival = arrival
            self._begin_learning(arrival)
        waited = (arrival - self._arrival) * FINE - count * self._period
        if lost * self._period <= max(waited, 0) + NS * FINE:  # more is a counter gone wild
            waited -= lost * self._period
            self._next += lost * self._step
            self._samples += lost
        stalled = waited > STALL_NS * FINE
        if stalled:
            self._stall_excess += waited
            self._stalls += 1
        if stalled or self._behind:
            self._jump(count, arrival)
            self._drift.restart()
            self._counted = 0
        start, step = self._next, self._step
        self._next += count * step
        self._arrival = arrival
        self._samples += count
        self._notifications += 1
        self._counted += lost + count
        nominal = self._counted * self._nominal // FINE
        self._drift.add_one(nominal, arrival - self._first_arrival - nominal)
        late = (arrival - self._first_arrival) * FINE - (self._next - step)
        self._least = late if self._least is None else min(self._least, late)
        if not 0 <= arrival - self._window < WINDOW_NS:
            self._end_window(arrival)
        return start // FINE, step, start % FINE

    def _jump(self, count: int, arrival: int) -> None:
        """Move time on to what arrival says, never back."""
        usual = self._usual if self._usual is not None else (self._least or 0)
        said = (arrival - self._first_arrival) * FINE - usual - (count - 1) * self._step
        gap = min(max(said - self._next, 0), LONGEST_GAP_NS * FINE)
        if gap:
            self._next += gap
            self.gaps = self.gaps.plus(gap // FINE, round(gap / self._period))
        self._least, self._behind = None, False

    def _end_window(self, arrival: int) -> None:
        least = self._least if self._least is not None else 0
        usual = least if self._usual is None else self._usual
        error = least - usual
        self._measure(arrival)
        if abs(error) > LONGEST_GAP_NS * FINE or error < -AHEAD_NS * FINE:
            usual, error = least, 0
        elif error > STALL_NS * FINE:
            self._behind = True
            self._begin_learning(arrival)
            error = 0
        window = min(max(arrival - self._window, 0), 2 * WINDOW_NS)
        self._period += self._period * error * window // (FINE * RATE_NS * RATE_NS)
        self._period = min(max(self._period, self._nominal // 20), self._nominal * 50)
        correction = self._period * error // (FINE * PHASE_NS)
        self._step = self._period + min(max(correction, -self._period // 4), self._period // 4)
        self._usual, self._least, self._window = usual, None, arrival

    def _begin_learning(self, arrival: int) -> None:
        self._window = self._learning = arrival
        self._mark = WINDOW_NS
        self._samples = self._notifications = self._stalls = self._stall_excess = 0

    def _measure(self, arrival: int) -> None:
        """After 1, 2, 4, ... 32 s take over the rate measured since, if it differs by more than bursts explain."""
        elapsed = arrival - self._learning
        if elapsed < self._mark or self._mark > 32 * WINDOW_NS or self._samples < 5:
            return
        self._mark *= 2
        excess = 0 if 2 * self._stalls > self._notifications else self._stall_excess
        measured = (elapsed * FINE - excess) // self._samples
        if abs(measured - self._period) * elapsed > self._period * BURST_NS:
            self._period = min(max(measured, self._nominal // 20), self._nominal * 50)
