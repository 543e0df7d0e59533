"""What is usual of the swings that passed: once the movement's own range is known, its gates are its own."""

from collections.abc import Callable
from operator import attrgetter
from statistics import median
from typing import Protocol

LEAST = 2  # alike before anything is usual
MEMORY = 5
FORGET_S = 15.0  # a pause within a set is shorter
SIZES = (0.6, 1.6)  # of the usual one: those of one movement
SLACK = 1.2  # beyond a gate by so much is still the same movement
# Stepping down lifts and lowers the body by the height of the block, beside what the movement itself does.
MORE_CM, TIMES, MORE_DEG = 3.0, 1.8, 2.0
LESS = 0.4  # of the usual lean: an attempt given up, whatever the height, which fades in the slower ones, says of it
SIZE, RISE, TILT = attrgetter("size"), attrgetter("rise_cm"), attrgetter("tilt_rom_deg")


class Passed(Protocol):
    """Of a swing that passed."""

    @property
    def start_s(self) -> float:
        """When it left."""

    @property
    def end_s(self) -> float:
        """When it was back."""

    @property
    def size(self) -> float:
        """In the unit of the count signal."""

    @property
    def tilt_rom_deg(self) -> float:
        """How far it tipped forward and back."""

    @property
    def rise_cm(self) -> float:
        """How far the body rose and sank."""


class Usual:
    """The latest swings that passed, of either direction by itself: which one counts is not known here."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """A gap, or another posture."""
        self._passed: dict[int, list[Passed]] = {1: [], -1: []}

    def add(self, direction: int, one: Passed) -> None:
        """One more."""
        before = self._passed[direction]
        goes_on = before and one.start_s - before[-1].end_s <= FORGET_S
        self._passed[direction] = [*before[1 - MEMORY :], one] if goes_on else [one]

    def alike(self, direction: int, start_s: float, size: float) -> bool:
        """Whether a swing of this size is one more of what is usual."""
        usual = self._usual(direction, start_s, SIZE)
        return usual is not None and SIZES[0] * usual <= size <= SIZES[1] * usual

    def rises_more(self, direction: int, one: Passed) -> bool:
        """Whether the body rose and sank by more than the movement does."""
        usual_cm = self._usual(direction, one.start_s, RISE)
        return usual_cm is not None and one.rise_cm > max(usual_cm + MORE_CM, TIMES * usual_cm)

    def leans_more(self, direction: int, one: Passed) -> bool:
        """Whether it tipped forward or back by more than the movement does."""
        usual_deg = self._usual(direction, one.start_s, TILT)
        return usual_deg is not None and one.tilt_rom_deg > usual_deg + MORE_DEG

    def leans_less(self, direction: int, one: Passed) -> bool:
        """Whether it tipped by far less than the movement does."""
        usual_deg = self._usual(direction, one.start_s, TILT)
        return usual_deg is not None and one.tilt_rom_deg < LESS * usual_deg

    def _usual(self, direction: int, start_s: float, measure: Callable[[Passed], float]) -> float | None:
        """The median of those that have just passed; None for too few."""
        passed = self._passed[direction]
        if len(passed) < LEAST or start_s - passed[-1].end_s > FORGET_S:
            return None
        return median(map(measure, passed))
