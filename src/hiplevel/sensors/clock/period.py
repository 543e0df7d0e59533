"""Spacing of samples within packets: nominal, unless the packets' own stamps say that the real rate is another."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from hiplevel.sensors.clock.clock import Lines
from hiplevel.sensors.decode.time import NS
from hiplevel.sensors.decode.types import Bools, Ints, Packets

LONGEST_RUN = 64
SHORTEST_RUN = 8
OFF_NOMINAL = 0.005
"""Stamps of 1 ms and 8 packets tell the rate to this part; nearer to nominal, nominal is used."""


@dataclass(frozen=True, eq=False)
class Spacing:
    """For (p,) packets: sample i at (i * num + add) // den ns, and whether the packet follows the last seamlessly."""

    num: Ints
    add: Ints
    den: Ints
    seamless: Bools

    def __getitem__(self, rows: slice) -> "Spacing":
        return Spacing(self.num[rows], self.add[rows], self.den[rows], self.seamless[rows])

    def lines(self, stamp_ns: Ints, packets: Packets) -> Lines:
        """The lines of packets whose anchors are at these times."""
        before = (packets.anchor * self.num + self.add) // self.den
        return Lines(stamp_ns - before, self.num, self.add, self.den)


class Spacings:
    """The last packets' stamps and sample numbers, as far as they follow each other without a gap."""

    def __init__(self, period: Fraction) -> None:
        self._period = period
        self._stamps = np.zeros(0, dtype=np.int64)
        self._samples = np.zeros(0, dtype=np.int64)
        self._open = 0
        self._run_ns = self._run_samples = 0

    @property
    def rate_hz(self) -> float | None:
        """Samples per second of device time over all seamless steps."""
        return self._run_samples * NS / self._run_ns if self._run_ns > 0 else None

    def of(self, packets: Packets, stamp_ns: Ints) -> Spacing:
        """The spacing of the next (p,) packets, p > 0."""
        known = self._stamps.size
        open_before = np.concatenate([[self._open], (packets.count - packets.anchor)[:-1]])
        samples_ahead = open_before + packets.anchor
        step_ns = np.diff(stamp_ns, prepend=self._stamps[-1] if known else stamp_ns[0])
        expected_ns = samples_ahead * float(self._period)
        seamless: Bools = (np.abs(step_ns - expected_ns) <= 0.5 * expected_ns) & ~packets.restarted
        seamless[0] &= known > 0
        self._run_ns += int(step_ns[seamless].sum())
        self._run_samples += int(samples_ahead[seamless].sum())
        self._open = int(packets.count[-1] - packets.anchor[-1])

        stamps = np.concatenate([self._stamps, stamp_ns])
        samples = np.concatenate([self._samples, (self._samples[-1] if known else 0) + np.cumsum(samples_ahead)])
        place = np.arange(stamps.size)
        begun = np.maximum.accumulate(np.concatenate([np.zeros(known, np.int64), np.where(seamless, 0, place[known:])]))
        back = np.maximum(begun, place - LONGEST_RUN)
        run_ns, run_samples = (stamps - stamps[back])[known:], (samples - samples[back])[known:]
        keep = max(int(begun[-1]), stamps.size - LONGEST_RUN)
        self._stamps, self._samples = stamps[keep:], samples[keep:]
        return self._chosen(run_ns, run_samples, (place - begun)[known:], seamless)

    def _chosen(self, run_ns: Ints, run_samples: Ints, run: Ints, seamless: Bools) -> Spacing:
        num, den = self._period.numerator, self._period.denominator
        nominal_ns = np.maximum(run_samples, 1) * float(self._period)
        off = (run >= SHORTEST_RUN) & (np.abs(run_ns / nominal_ns - 1.0) > OFF_NOMINAL)
        return Spacing(
            np.where(off, run_ns, 2 * num),
            np.where(off, 0, den),
            np.where(off, run_samples, 2 * den),
            seamless,
        )
