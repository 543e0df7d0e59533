"""What a drop is measured from where the catalogue says 'rep-start': how the pelvis stood when the repetition began.

When exactly a repetition began is known only later. So the level follows what is known at each moment: the pelvis at
rest between repetitions, the end of the last one where nobody rests, and neutral before the first.
"""

from collections import deque
from collections.abc import Iterable

import numpy as np

from hiplevel.detect.describe import worst_drop_deg
from hiplevel.detect.history import KEEP_CELLS as REP_CELLS
from hiplevel.model.events import Event, Rep
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import AFTER_S, STAMP_TOLERANCE_S
from hiplevel.motion.stillness import BEAT_CELLS

RESTED_BEATS = 2
# Mean over so many cells around the end of a repetition.
AROUND_CELLS = 10
# A repetition is known at most so long after its end.
KEEP_CELLS = 1000


class RepFalls:
    """The angle that the rule graded, kept as long as a repetition may last, so that its worst drop is that angle's."""

    def __init__(self, stance: Stance) -> None:
        self._stance: Stance = stance
        self._kept: deque[tuple[Floats, Floats]] = deque()
        self._cells = 0

    def append(self, time_s: Floats, fall_rad: Floats) -> None:
        """The newest cells; fall_rad (m,): obliquity from the level that drops were measured from."""
        self._kept.append((time_s, fall_rad))
        self._cells += len(time_s)
        while self._cells - len(self._kept[0][0]) >= REP_CELLS:
            self._cells -= len(self._kept.popleft()[0])

    def graded(self, events: Iterable[Event]) -> list[Event]:
        """The same events, each repetition with its worst drop below that level."""
        return [self._graded(event) if isinstance(event, Rep) else event for event in events]

    def _graded(self, rep: Rep) -> Rep:
        inside = []
        for time_s, fall_rad in self._kept:
            first, last = np.searchsorted(time_s, (rep.start_s, rep.end_s + STAMP_TOLERANCE_S))
            inside.append(fall_rad[first:last])
        fall_rad = np.concatenate([np.zeros(1), *inside])
        return rep.but(peak_drop_deg=worst_drop_deg(fall_rad, self._stance))


class RepStart:
    """`process(block, events)` gives the level (m,), rad, that drops of these cells are measured from."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A gap, or another neutral: from neutral again."""
        self._time_s, self._obliquity_rad = np.empty(0), np.empty(0)
        self._level_rad, self._rested = 0.0, 0

    def process(self, block: MotionBlock, events: Iterable[Event]) -> Floats:
        """events: those that this block made certain, in order of known_s."""
        offset = len(self._time_s)
        self._time_s = np.concatenate([self._time_s, block.time_s])
        self._obliquity_rad = np.concatenate([self._obliquity_rad, block.obliquity_rad])
        changes = [*self._ends(events), *self._rests(block, offset)]
        level = np.empty(len(block.time_s))
        first = 0
        for after_s, level_rad in sorted(changes):
            row = int(np.searchsorted(block.time_s, after_s + AFTER_S, side="right"))
            level[first:row], first, self._level_rad = self._level_rad, row, level_rad
        level[first:] = self._level_rad
        self._time_s, self._obliquity_rad = self._time_s[-KEEP_CELLS:], self._obliquity_rad[-KEEP_CELLS:]
        return level

    def _ends(self, events: Iterable[Event]) -> list[tuple[float, float]]:
        """When each repetition became known, and where it ended."""
        out = []
        for event in events:
            if isinstance(event, Rep):
                row = int(np.searchsorted(self._time_s, event.end_s))
                around = slice(max(row - AROUND_CELLS, 0), row + AROUND_CELLS)
                known = self._time_s[around] <= event.known_s + AFTER_S
                if known.any():
                    out.append((event.known_s, _mean(self._obliquity_rad[around][known])))
        return out

    def _rests(self, block: MotionBlock, offset: int) -> list[tuple[float, float]]:
        """When the pelvis had been at rest for half a second, and where."""
        out = []
        for row, rest in zip(block.beats.rows, block.beats.rest, strict=True):
            self._rested = self._rested + 1 if rest else 0
            begin = offset + row + 1 - RESTED_BEATS * BEAT_CELLS
            if self._rested >= RESTED_BEATS and begin >= 0:
                where = _mean(self._obliquity_rad[begin : offset + row + 1])
                out.append((float(block.time_s[row]), where))
        return out


def _mean(x: Floats) -> float:
    """Summed one after the other: numpy's own mean adds in an order that depends on where the values lie."""
    return float(np.cumsum(x)[-1] / len(x))
