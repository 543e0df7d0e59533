"""What is usual of the swings that passed: once the movement's own range is known, its gates are its own."""

from statistics import median
from typing import Protocol

LEAST = 2  # alike before anything is usual
MEMORY = 5
FORGET_S = 15.0  # a pause within a set is shorter
SIZES = (0.6, 1.6)  # of the usual one: those of one movement
SLACK = 1.2  # beyond a gate by so much is still the same movement
# Stepping down lifts and lowers the body by the height of the block, beside what the movement itself does.
MORE_CM, TIMES, MORE_DEG = 3.0, 1.8, 2.0


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
        self._passed: dict[int, list[Passed]] = {1: [], -1: []}

    def clear(self) -> None:
        """A gap, or another posture."""
        self._passed = {1: [], -1: []}

    def add(self, direction: int, one: Passed) -> None:
        """One more."""
        before = self._passed[direction]
        goes_on = before and one.start_s - before[-1].end_s <= FORGET_S
        self._passed[direction] = [*before[1 - MEMORY :], one] if goes_on else [one]

    def alike(self, direction: int, start_s: float, size: float) -> bool:
        """Whether a swing of this size is one more of what is usual."""
        known = self._known(direction, start_s)
        if not known:
            return False
        least, most = (share * median(one.size for one in known) for share in SIZES)
        return least <= size <= most

    def rises_more(self, direction: int, one: Passed) -> bool:
        """Whether the body rose and sank by more than the movement does."""
        known = self._known(direction, one.start_s)
        if not known:
            return False
        usual_cm = median(before.rise_cm for before in known)
        return one.rise_cm > max(usual_cm + MORE_CM, TIMES * usual_cm)

    def leans_more(self, direction: int, one: Passed) -> bool:
        """Whether it tipped forward or back by more than the movement does."""
        known = self._known(direction, one.start_s)
        return bool(known) and one.tilt_rom_deg > median(before.tilt_rom_deg for before in known) + MORE_DEG

    def _known(self, direction: int, start_s: float) -> list[Passed]:
        passed = self._passed[direction]
        if len(passed) < LEAST or start_s - passed[-1].end_s > FORGET_S:
            return []
        return passed
