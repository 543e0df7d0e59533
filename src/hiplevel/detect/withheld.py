"""Counting by height from the middle of a movement: held back until it is known how fast it was when first seen.

After a gap, or where the sensor wakes up within a set, the height begins at an unknown speed. A few seconds on, or at
the first rest, that speed is known, and what was held back is counted as if it had been from the first.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hiplevel.detect.counter import BRIDGED_S, RepCounter
from hiplevel.detect.first_seen import first_seen
from hiplevel.detect.lift import lifted
from hiplevel.model.events import Event
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.stillness import BEAT_CELLS

# By then the speed is known to about 0.1 m/s; gravity as well takes longer.
KNOWN_CELLS, GUESSED_CELLS = round(3.0 / CELL_S), round(4.0 / CELL_S)
LEAST_CELLS = round(1.5 / CELL_S)


class WithheldCounter:
    """The same interface as RepCounter."""

    def __init__(self, counter: RepCounter) -> None:
        self._counter = counter
        self._known, self._late = True, list[Event]()
        self._begin()

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral that holds from here on was seen standing still."""
        self._let_go()
        self._known = known
        self._counter.neutral(known=known)
        self._begin()

    def process(self, block: MotionBlock, next_s: Sequence[float] = ()) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s. next_s: when a person said 'next'."""
        out = self._told_late(float(block.time_s[0]))
        if not self._holding:
            return out + self._counter.process(block, next_s)
        end, at_rest = self._end(block)
        if end > len(block.time_s):
            self._hold(block, next_s)
            return out
        at_s = float(block.time_s[end - 1])
        before = [time_s for time_s in next_s if time_s <= at_s]
        self._hold(_part(block, slice(0, end)), before)
        self._let_go(at_rest=at_rest)
        out += self._told_late(at_s)
        if end < len(block.time_s):
            out += self._counter.process(_part(block, slice(end, len(block.time_s))), next_s[len(before) :])
        return out

    def restart(self, lost_s: float = 0.0) -> None:
        """A gap of lost_s."""
        self._let_go()
        self._counter.restart(lost_s)
        if not 0.0 < lost_s <= BRIDGED_S:
            self._begin()

    def broken(self, turn: Floats | None) -> None:
        """Another posture or another neutral: no repetition may span it."""
        self._let_go()
        self._counter.broken(turn)
        self._begin()

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        self._let_go()
        return self._told_late(known_s) + self._counter.finish(known_s)

    def _begin(self) -> None:
        self._held, self._cells, self._holding = list[tuple[MotionBlock, Sequence[float]]](), 0, True

    def _hold(self, block: MotionBlock, next_s: Sequence[float]) -> None:
        self._held.append((block, next_s))
        self._cells += len(block.time_s)

    def _end(self, block: MotionBlock) -> tuple[int, bool]:
        """After how many cells of this block it is known, which may be more than it has; whether it is at rest then."""
        end = (KNOWN_CELLS if self._known else GUESSED_CELLS) - self._cells
        still = next(
            (row + 1 for row, still in zip(block.beats.rows, block.beats.still, strict=True) if still), end + 1
        )
        return (still, True) if still <= end else (end, False)

    def _let_go(self, *, at_rest: bool = False) -> None:
        """What was held back is counted now; its events are to be told."""
        held, self._held, self._holding = self._held, [], False
        # At rest from the first beat on it has not moved; and less says nothing yet of what moves on.
        if self._cells >= LEAST_CELLS or (at_rest and self._cells > BEAT_CELLS):
            lift = np.concatenate([lifted(block)[0] for block, _ in held])
            self._counter.first_seen(first_seen(lift, known=self._known, at_rest=at_rest))
        self._cells = 0
        for block, next_s in held:
            self._late += self._counter.process(block, next_s)

    def _told_late(self, at_s: float) -> list[Event]:
        late, self._late = self._late, []
        return [event.but(known_s=max(event.known_s, at_s)) for event in late]


def _part(block: MotionBlock, cells: slice) -> MotionBlock:
    return replace(block[cells], beats=block.beats.within(cells))
