"""Who wears a virtual sensor."""

from typing import Protocol

from hiplevel.model.samples import Samples


class Worn(Protocol):
    """Who wears it: samples at the sensor's rate, in the sensor's frame; fewer than asked for when it is over."""

    def take(self, count: int) -> Samples:
        """The next `count` samples."""


class Given:
    """A wearer who does what was recorded, once."""

    def __init__(self, samples: Samples) -> None:
        self._left = samples

    def take(self, count: int) -> Samples:
        """The next `count` samples, as far as there are."""
        taken, self._left = self._left[:count], self._left[count:]
        return taken
