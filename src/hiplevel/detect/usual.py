"""What is usual of the swings that passed: once the movement's own range is known, its gates are its own."""

from statistics import median
from typing import NamedTuple, Protocol

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


class _Medians(NamedTuple):
    """Of at least two; end_s: when the latest was back."""

    end_s: float
    size: float
    rise_cm: float
    tilt_rom_deg: float


class Usual:
    """The latest swings that passed, of either direction by itself: which one counts is not known here."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """A gap, or another posture."""
        self._passed: dict[int, list[Passed]] = {1: [], -1: []}
        self._medians: dict[int, _Medians] = {}

    def add(self, direction: int, one: Passed) -> None:
        """One more."""
        before = self._passed[direction]
        goes_on = before and one.start_s - before[-1].end_s <= FORGET_S
        passed = self._passed[direction] = [*before[1 - MEMORY :], one] if goes_on else [one]
        self._medians.pop(direction, None)
        if len(passed) >= LEAST:
            size, rise_cm = median([one.size for one in passed]), median([one.rise_cm for one in passed])
            tilt_rom_deg = median([one.tilt_rom_deg for one in passed])
            self._medians[direction] = _Medians(one.end_s, size, rise_cm, tilt_rom_deg)

    def alike(self, direction: int, start_s: float, size: float) -> bool:
        """Whether a swing of this size is one more of what is usual."""
        known = self._known(direction, start_s)
        return known is not None and SIZES[0] * known.size <= size <= SIZES[1] * known.size

    def rises_more(self, direction: int, one: Passed) -> bool:
        """Whether the body rose and sank by more than the movement does."""
        known = self._known(direction, one.start_s)
        return known is not None and one.rise_cm > max(known.rise_cm + MORE_CM, TIMES * known.rise_cm)

    def leans_more(self, direction: int, one: Passed) -> bool:
        """Whether it tipped forward or back by more than the movement does."""
        known = self._known(direction, one.start_s)
        return known is not None and one.tilt_rom_deg > known.tilt_rom_deg + MORE_DEG

    def _known(self, direction: int, start_s: float) -> _Medians | None:
        known = self._medians.get(direction)
        return None if known is None or start_s - known.end_s > FORGET_S else known
