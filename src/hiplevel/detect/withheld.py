"""Counting by height from the middle of a movement: held back until it is known how fast it was when first seen.

After a gap, or where the sensor wakes up within a set, the height begins at an unknown speed. A few seconds on, or at
the first rest, that speed is known, and what was held back is counted as if it had been from the first. Where nobody
was seen standing still, rest is worth waiting for: the way from it tells which end is home.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hiplevel.detect.counter import BRIDGED_S, RepCounter
from hiplevel.detect.first_seen import FirstSeen, before_rest, first_seen
from hiplevel.detect.lift import lifted
from hiplevel.detect.upper_end import turned_rad
from hiplevel.detect.upper_way import UpperWayParams
from hiplevel.model.events import Event
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.stillness import BEAT_CELLS

# By then the speed is known to about 0.1 m/s; gravity as well takes longer.
KNOWN_CELLS, GUESSED_CELLS = round(3.0 / CELL_S), round(4.0 / CELL_S)
LEAST_CELLS = round(1.5 / CELL_S)
RESTED_BEATS = UpperWayParams.rested_beats
# So long after rest who has held a squat is up again; and nobody who trains waits for longer than the other.
RISEN_CELLS, MOST_CELLS = round(2.5 / CELL_S), round(12.0 / CELL_S)
# Two neutrals so near each other are one, taken again.
SAME_RAD = math.radians(10.0)


class WithheldCounter:
    """The same interface as RepCounter."""

    def __init__(self, counter: RepCounter) -> None:
        self._counter = counter
        self._known, self._late = True, list[Event]()
        self._turn: Floats | None = None  # from a neutral to the one that is to come, where that is about the same
        self._begin()

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral that holds from here on was seen standing still."""
        turn, self._turn, self._known = self._turn, None, known
        if turn is not None:
            self._counter.levelled(turn, known=known)
            self._upper.levelled(turn, known=known)
            return
        self._let_go()
        self._counter.neutral(known=known)
        self._begin()

    def process(self, block: MotionBlock, next_s: Sequence[float] = ()) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s. next_s: when a person said 'next'."""
        out = self._told_late(float(block.time_s[0]))
        if not self._holding:
            return out + self._counter.process(block, next_s)
        end = self._end(block)
        if end is None:
            self._hold(block, next_s)
            return out
        at_s = float(block.time_s[end - 1])
        before = [time_s for time_s in next_s if time_s <= at_s]
        self._hold(_part(block, slice(0, end)), before)
        self._let_go()
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
        """Another posture or another neutral: no repetition may span it, unless the two are about the same."""
        if turn is not None and turned_rad(turn) < SAME_RAD:
            self._turn = turn
            return
        self._let_go()
        self._counter.broken(turn)
        self._begin()

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        self._let_go()
        return self._told_late(known_s) + self._counter.finish(known_s)

    def _begin(self) -> None:
        self._held, self._cells, self._holding = list[tuple[MotionBlock, Sequence[float]]](), 0, True
        self._upper = self._counter.upper.from_here()
        # Up to the first rest, the first long enough, the latest, and the beats of that.
        self._still_cells = self._firm_cells = self._rested_cells = self._rest_beats = 0

    def _hold(self, block: MotionBlock, next_s: Sequence[float]) -> None:
        self._held.append((block, next_s))
        self._cells += len(block.time_s)

    def _end(self, block: MotionBlock) -> int | None:
        """After how many cells of this block it is known, or nobody can wait any longer; None: not in these."""
        found, _ = self._upper.process(lifted(block)[0], block.up, block.beats)
        for row, still in zip(block.beats.rows, block.beats.still, strict=True):
            cells = self._cells + row + 1
            if still:
                self._still_cells = self._still_cells or cells
                self._rest_beats = self._rest_beats + 1 if self._rested_cells == cells - BEAT_CELLS else 1
                self._rested_cells = cells
                if self._rest_beats == RESTED_BEATS and not self._firm_cells:
                    self._firm_cells = cells
            if row in found or self._over(cells):
                return row + 1
        return None

    def _over(self, cells: int) -> bool:
        """Whether so many tell all that will soon be known."""
        if self._known:  # a rest shows whether home is where it was taken for
            return self._rest_beats >= RESTED_BEATS or (cells >= KNOWN_CELLS and cells > self._rested_cells)
        rising = self._rested_cells > 0 and cells - self._rested_cells <= RISEN_CELLS
        return cells >= (MOST_CELLS if rising else GUESSED_CELLS)

    def _let_go(self) -> None:
        """What was held back is counted now; its events are to be told."""
        held, self._held, self._holding = self._held, [], False
        at_rest = self._still_cells > 0
        cells = self._still_cells if at_rest else self._cells
        # At rest from the first beat on it has not moved; and less says nothing yet of what moves on.
        if held and (cells >= LEAST_CELLS or (at_rest and cells > BEAT_CELLS)):
            self._counter.first_seen(self._seen(np.concatenate([lifted(block)[0] for block, _ in held]), cells))
        if held:
            self._counter.upper.home = self._upper.home if self._upper.found is None else self._upper.found
        self._cells = 0
        for block, next_s in held:
            self._late += self._counter.process(block, next_s)

    def _seen(self, lift: Floats, cells: int) -> FirstSeen:
        """What is held back began so; cells: up to the first rest, or all."""
        moved = self._firm_cells - (RESTED_BEATS - 1) * BEAT_CELLS
        if BEAT_CELLS < moved <= GUESSED_CELLS:
            rested = lift[moved : self._firm_cells]
            return before_rest(lift[:moved], 0.0 if self._known else float(np.add.reduce(rested)) / len(rested))
        return first_seen(lift[:cells], known=self._known, at_rest=self._still_cells > 0)

    def _told_late(self, at_s: float) -> list[Event]:
        late, self._late = self._late, []
        return [event.but(known_s=max(event.known_s, at_s)) for event in late]


def _part(block: MotionBlock, cells: slice) -> MotionBlock:
    return replace(block[cells], beats=block.beats.within(cells))
