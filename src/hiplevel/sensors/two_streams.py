"""Two streams of one sensor on one time axis: accelerometer and gyroscope in packets of their own."""

from itertools import pairwise

import numpy as np

from hiplevel.model.samples import Samples
from hiplevel.motion.merge import Merger
from hiplevel.sensors.clock.arrival import ArrivalClock
from hiplevel.sensors.clock.clock import Gaps
from hiplevel.sensors.clock.device import DeviceClock
from hiplevel.sensors.decode.time import NS
from hiplevel.sensors.decode.types import ACC, GYR, Decoded, Ints

LONGEST_WAIT = 4096
"""Values of one kind kept while the other is silent: 40 s at 100 Hz."""


class Lanes:
    """Each kind is dated by a clock of its own; where packets carry time stamps, both clocks share their anchor.

    Attributes
    ----------
    lost : samples that never came, or whose other half is missing
    """

    def __init__(self, rate_hz: float, *, has_clock: bool) -> None:
        self._merger = Merger(LONGEST_WAIT)
        self._clocks: dict[int, ArrivalClock | DeviceClock] = {}
        if has_clock:
            acc, gyr = DeviceClock(rate_hz), DeviceClock(rate_hz)
            acc.sibling, gyr.sibling = gyr, acc
            self._clocks = {ACC: acc, GYR: gyr}
        else:
            self._clocks = {ACC: ArrivalClock(rate_hz), GYR: ArrivalClock(rate_hz)}
        self._first_arrival_ns: int | None = None
        self._origin_s: float | None = None
        self._lost = 0

    @property
    def gaps(self) -> Gaps:
        """Of the gyroscope's packets."""
        return self._clocks[GYR].gaps

    @property
    def rate_hz(self) -> float | None:
        """Of the gyroscope, measured."""
        return self._clocks[GYR].rate_hz

    @property
    def rate_error_ppm(self) -> float | None:
        """Of the gyroscope's rate from the nominal one."""
        return self._clocks[GYR].rate_error_ppm

    @property
    def drift_ppm(self) -> float | None:
        """Of the sensor's clock, where it has one."""
        return self._clocks[GYR].drift_ppm

    @property
    def lost(self) -> int:
        """See above."""
        return self._lost + self._merger.missed

    def take(self, decoded: Decoded, arrival_ns: Ints) -> Samples:
        """The samples that these packets complete; arrival_ns is (p,), one a packet."""
        packets = decoded.packets
        if not packets.count.size:
            return Samples.empty()
        self._lost += int(packets.lost[packets.carries == GYR].sum())
        if self._first_arrival_ns is None:
            self._first_arrival_ns = int(arrival_ns[0])
        changes = np.flatnonzero(np.diff(packets.carries)) + 1
        starts = np.concatenate([[0], np.cumsum(packets.count)])
        found = []
        for start, end in pairwise([0, *changes.tolist(), packets.count.size]):
            part, kind = packets[start:end], int(packets.carries[start])
            time_s = (self._clocks[kind].date(part, arrival_ns[start:end]) + self._offset_ns(kind)) / NS
            rows = slice(int(starts[start]), int(starts[end]))
            if kind == ACC and decoded.acc_m_s2 is not None:
                found.append(self._merger.acc(time_s, decoded.acc_m_s2[rows]))
            elif decoded.gyr_rad_s is not None:
                found.append(self._merger.gyr(time_s, decoded.gyr_rad_s[rows]))
        return self._from_origin(Samples.empty().joined(*found))

    def finish(self) -> Samples:
        """What was held back."""
        return self._from_origin(self._merger.finish())

    def _offset_ns(self, kind: int) -> int:
        """Clocks that go by arrival count from their own first packet."""
        clock = self._clocks[kind]
        if not isinstance(clock, ArrivalClock) or self._first_arrival_ns is None:
            return 0
        return clock.first_arrival_ns - self._first_arrival_ns

    def _from_origin(self, samples: Samples) -> Samples:
        """On a time axis that begins with the first sample."""
        if len(samples) and self._origin_s is None:
            self._origin_s = float(samples.time_s[0])
        return Samples(samples.time_s - (self._origin_s or 0.0), samples.acc_m_s2, samples.gyr_rad_s)
