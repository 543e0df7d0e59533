"""The few figures that describe a measure over repetitions, and the difference between two sides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

# A symmetry index divides by the mean of both sides: near zero it says nothing (reference: science, B4).
SYMMETRY_FROM_DEG = 3.0
ENDS = 3  # the first and the last so many repetitions are compared


@dataclass(frozen=True)
class Spread:
    """A measure over so many repetitions; sd with one less as divisor, variation = sd / |mean|, each None for one."""

    count: int
    mean: float
    least: float
    most: float
    sd: float | None = None
    variation: float | None = None


@dataclass(frozen=True)
class Trend:
    """How a measure went over a set: per repetition by least squares, and its first three against its last three.

    first, last and change are None where those six are not six different repetitions.
    """

    per_rep: float
    first: float | None = None
    last: float | None = None

    @property
    def change(self) -> float | None:
        """From the first three to the last three."""
        return None if self.first is None or self.last is None else self.last - self.first


@dataclass(frozen=True)
class LeftRight:
    """The same measure of both sides, degrees. difference_deg: left minus right.

    symmetry_percent: (right - left) / their mean x 100; None where their mean magnitude is 3 degrees or less.
    """

    left_deg: float
    right_deg: float

    @property
    def difference_deg(self) -> float:
        """Left minus right."""
        return self.left_deg - self.right_deg

    @property
    def symmetry_percent(self) -> float | None:
        """None near zero, where it would say nothing."""
        mean_deg = 0.5 * (abs(self.left_deg) + abs(self.right_deg))
        return None if mean_deg <= SYMMETRY_FROM_DEG else -self.difference_deg / mean_deg * 100.0


def spread(values: Sequence[float]) -> Spread | None:
    """None without values."""
    if not values:
        return None
    mean = fmean(values)
    if len(values) == 1:
        return Spread(1, mean, mean, mean)
    sd = stdev(values)
    return Spread(len(values), mean, min(values), max(values), sd, sd / abs(mean) if mean else None)


def trend(values: Sequence[float]) -> Trend | None:
    """Of at least three values, in their order; None for fewer."""
    count = len(values)
    if count < ENDS:
        return None
    middle = 0.5 * (count - 1)
    up = math.fsum((place - middle) * value for place, value in enumerate(values))
    per_rep = up / math.fsum((place - middle) ** 2 for place in range(count))
    if count < 2 * ENDS:
        return Trend(per_rep)
    return Trend(per_rep, fmean(values[:ENDS]), fmean(values[-ENDS:]))
