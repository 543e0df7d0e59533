"""Who wears a virtual sensor."""

from collections.abc import Callable
from typing import Protocol

from hiplevel.model.samples import Samples


class Worn(Protocol):
    """Who wears it: samples at the sensor's rate, in the sensor's frame; fewer than asked for when it is over."""

    def take(self, count: int) -> Samples:
        """The next `count` samples."""


class AtRate:
    """A wearer who is measured at whatever rate the sensor was told: made anew when that changes."""

    def __init__(self, make: Callable[[float], Worn]) -> None:
        self._make = make
        self._rate_hz: float | None = None
        self._worn: Worn = Given(Samples.empty())

    def measure_at(self, rate_hz: float) -> None:
        """What comes from now on is at this rate."""
        if rate_hz != self._rate_hz:
            self._rate_hz, self._worn = rate_hz, self._make(rate_hz)

    def take(self, count: int) -> Samples:
        """The next `count` samples."""
        return self._worn.take(count)


class Given:
    """A wearer who does what was recorded, once."""

    def __init__(self, samples: Samples) -> None:
        self._left = samples

    def take(self, count: int) -> Samples:
        """The next `count` samples, as far as there are."""
        taken, self._left = self._left[:count], self._left[count:]
        return taken
