"""Exact times between samples, in integer nanoseconds."""

from fractions import Fraction

import numpy as np

from hiplevel.sensors.decode.types import Ints

NS = 1_000_000_000


def period_ns(rate_hz: float) -> Fraction:
    """The exact time between samples of a nominal rate, ns."""
    return Fraction(NS) / Fraction(str(rate_hz)).limit_denominator(1_000_000)


def offset_ns(index: int, period: Fraction) -> int:
    """`index` periods in ns, rounded half up."""
    return (2 * index * period.numerator + period.denominator) // (2 * period.denominator)


def within(count: Ints) -> Ints:
    """0, 1, ... count - 1 for every packet, joined."""
    starts = np.cumsum(count) - count
    return np.arange(int(count.sum()), dtype=np.int64) - np.repeat(starts, count)
