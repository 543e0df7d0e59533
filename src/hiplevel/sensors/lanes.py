"""Two streams of one sensor on one time axis: accelerometer and gyroscope in packets of their own."""

from itertools import pairwise

import numpy as np

from hiplevel.sensors.clock.arrival import ArrivalClock
from hiplevel.sensors.clock.clock import Gaps
from hiplevel.sensors.clock.device import DeviceClock
from hiplevel.sensors.decode.time import NS
from hiplevel.sensors.decode.types import ACC, GYR, Decoded, Ints
from hiplevel.sensors.pairing import NOTHING, Paired, Pairing


class Lanes:
    """Each kind is dated by a clock of its own; where packets carry time stamps, both clocks share their anchor.

    Attributes
    ----------
    lost : samples that never came, or whose other half is missing
    """

    def __init__(self, rate_hz: float, *, has_clock: bool) -> None:
        self._pairing = Pairing(NS / rate_hz)
        self._clocks: dict[int, ArrivalClock | DeviceClock] = {}
        if has_clock:
            acc, gyr = DeviceClock(rate_hz), DeviceClock(rate_hz)
            acc.sibling, gyr.sibling = gyr, acc
            self._clocks = {ACC: acc, GYR: gyr}
        else:
            self._clocks = {ACC: ArrivalClock(rate_hz), GYR: ArrivalClock(rate_hz)}
        self._first_arrival_ns: int | None = None
        self._origin_ns: int | None = None
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
        return self._lost + self._pairing.unpaired

    def take(self, decoded: Decoded, arrival_ns: Ints) -> Paired:
        """Time (ns), acc and gyr of the samples that these packets complete; arrival_ns is (p,), one a packet."""
        packets = decoded.packets
        if not packets.count.size:
            return NOTHING
        self._lost += int(packets.lost[packets.carries == GYR].sum())
        if self._first_arrival_ns is None:
            self._first_arrival_ns = int(arrival_ns[0])
        changes = np.flatnonzero(np.diff(packets.carries)) + 1
        samples = np.concatenate([[0], np.cumsum(packets.count)])
        found = []
        for start, end in pairwise([0, *changes.tolist(), packets.count.size]):
            part, kind = packets[start:end], int(packets.carries[start])
            time_ns = self._clocks[kind].date(part, arrival_ns[start:end]) + self._offset_ns(kind)
            rows = slice(int(samples[start]), int(samples[end]))
            if kind == ACC and decoded.acc_m_s2 is not None:
                found.append(self._pairing.add_acc(time_ns, decoded.acc_m_s2[rows]))
            elif decoded.gyr_rad_s is not None:
                found.append(self._pairing.add_gyr(time_ns, decoded.gyr_rad_s[rows]))
        return self._from_origin(found)

    def finish(self) -> Paired:
        """What was held back."""
        return self._from_origin([self._pairing.finish()])

    def _offset_ns(self, kind: int) -> int:
        """Clocks that go by arrival count from their own first packet."""
        clock = self._clocks[kind]
        if not isinstance(clock, ArrivalClock) or self._first_arrival_ns is None:
            return 0
        return clock.first_arrival_ns - self._first_arrival_ns

    def _from_origin(self, found: list[Paired]) -> Paired:
        time_ns, acc, gyr = (np.concatenate(column) for column in zip(*found, strict=True))
        if time_ns.size and self._origin_ns is None:
            self._origin_ns = int(time_ns[0])
        return time_ns - (self._origin_ns or 0), acc, gyr
