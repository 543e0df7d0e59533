"""Dating samples: integer nanoseconds since the session's first sample, strictly increasing.

Two ways: by the sensor's own clock where packets carry one, by the count of samples and their arrival where not. Both
depend on nothing but packets and arrival times, and give the same however the packets were cut into calls.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hiplevel.sensors.decode.time import NS, within
from hiplevel.sensors.decode.types import Ints, Packets

LONGEST_GAP_NS = 7 * 24 * 3600 * NS
"""Arrival times further apart than this are nonsense, not a gap."""


@dataclass(frozen=True)
class Gaps:
    """What was missing in time: how often, how long, and how many samples beyond those that the decoder called lost."""

    number: int = 0
    total_ns: int = 0
    samples: int = 0

    def plus(self, gap_ns: int, samples: int) -> "Gaps":
        """One more."""
        return Gaps(self.number + 1, self.total_ns + gap_ns, self.samples + samples)


class Clock(Protocol):
    """What a stream asks of its clock."""

    gaps: Gaps

    def date(self, packets: Packets, arrival_ns: Ints) -> Ints:
        """(n,) session time of every sample, ns; arrival_ns is (p,), one a packet."""

    @property
    def rate_hz(self) -> float | None:
        """The measured sampling rate, None before it is known."""

    @property
    def rate_error_ppm(self) -> float | None:
        """How far the measured rate is from the nominal one, None before it is known."""

    @property
    def drift_ppm(self) -> float | None:
        """How much faster than the host's the sensor's clock runs, None before it is known or without a clock."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Sample i of each packet at base + (i * num + add) // den: (p,) each, integers."""

    base: Ints
    num: Ints
    add: Ints
    den: Ints

    def times(self, count: Ints) -> Ints:
        """(n,) the time of every sample."""
        base, num, add, den = (np.repeat(part, count) for part in (self.base, self.num, self.add, self.den))
        return base + (within(count) * num + add) // den
