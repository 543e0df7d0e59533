"""A swing: out and back again, of one signal."""

from typing import NamedTuple


class Swing(NamedTuple):
    """A finished swing: when it left, turned, ended and was certain; the signal there, in its own sign."""

    start_s: float
    turn_s: float
    end_s: float
    known_s: float
    home: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Mean of the ways out and back, in the signal's unit."""
        return abs(self.top - 0.5 * (self.home + self.bottom))

    @property
    def direction(self) -> int:
        """1 where it went up, -1 where it went down."""
        return 1 if self.top > self.home else -1


class Left(NamedTuple):
    """A swing has gone out so far that it may be one more of its kind; sign: which way."""

    known_s: float
    sign: int


class Turned(NamedTuple):
    """A swing has turned: when it left and turned, when that was certain; the signal there, in its own sign."""

    home_s: float
    turn_s: float
    known_s: float
    home: float
    top: float
