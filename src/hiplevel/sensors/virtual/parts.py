"""What a virtual sensor is given: who wears it, and what goes wrong."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Faults:
    """What goes wrong on demand.

    Attributes
    ----------
    drop, duplicate : probability that a data packet is lost on the way, or sent twice
    break_after : the link breaks after so many packets, once
    seed : of the two probabilities
    answer : control answers are replaced by this
    """

    drop: float = 0.0
    duplicate: float = 0.0
    break_after: int | None = None
    seed: int = 0
    answer: bytes | None = None
