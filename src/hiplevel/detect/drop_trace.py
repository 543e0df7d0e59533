"""What the drop watch was given: enough to judge a session again by any limit without computing motion again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hiplevel.detect.drops import DropEvent, Drops
from hiplevel.model.events import Drop
from hiplevel.model.rules import MAX_LIMIT_DEG, DropRule, Stance
from hiplevel.model.samples import Floats


@dataclass(frozen=True, eq=False)
class JudgedCells:
    """The cells in which drops were looked for.

    time_s, obliquity_deg (m,): + left side up. cut_rows (k,): no drop spans from before such a row to it; the last: m.
    lying (k,): the cut is a change of posture, before which a fall beyond any limit was lying down.
    """

    time_s: Floats
    obliquity_deg: Floats
    cut_rows: NDArray[np.int64]
    lying: NDArray[np.bool_]

    def fall_deg(self, side: str) -> Floats:
        """How far `side` is below neutral, degrees (m,)."""
        return self.obliquity_deg if side == "right" else -self.obliquity_deg


@dataclass
class DropTrace:
    """Follows a pipeline; `cells` is what it saw."""

    _time_s: list[Floats] = field(default_factory=list)
    _obliquity_deg: list[Floats] = field(default_factory=list)
    _cuts: list[tuple[int, bool]] = field(default_factory=list)
    _rows: int = 0

    def judged(self, time_s: Floats, obliquity_deg: Floats) -> None:
        """Cells that were looked at."""
        self._time_s.append(np.array(time_s))
        self._obliquity_deg.append(np.array(obliquity_deg))
        self._rows += len(time_s)

    def cut(self, *, lying: bool = False) -> None:
        """What is open ends here."""
        if self._rows and (not self._cuts or self._cuts[-1][0] < self._rows):
            self._cuts.append((self._rows, lying))

    def cells(self) -> JudgedCells:
        """All that was looked at."""
        self.cut()
        empty: Floats = np.empty(0)
        return JudgedCells(
            np.concatenate([empty, *self._time_s]),
            np.concatenate([empty, *self._obliquity_deg]),
            np.array([row for row, _ in self._cuts], dtype=np.int64),
            np.array([lying for _, lying in self._cuts], dtype=bool),
        )


def judge_again(cells: JudgedCells, stance: Stance, rule: DropRule) -> tuple[Drop, ...]:
    """The drops that the pipeline would have told with this rule from the beginning, in order of their start.

    Which repetition they belong to, and when exactly a cut-off one became known, is not told.
    """
    watch, drops, at = Drops(stance, rule), list[Drop](), 0
    for row, lying in zip(cells.cut_rows.tolist(), cells.lying.tolist(), strict=True):
        drops += _closed(watch.process(cells.time_s[at:row], cells.obliquity_deg[at:row]))
        closing = _closed(watch.finish(float(cells.time_s[row - 1])))
        drops += [drop for drop in closing if not lying or drop.peak_deg <= MAX_LIMIT_DEG]
        at = row
    return tuple(sorted(drops, key=lambda drop: (drop.start_s, drop.side)))


def _closed(events: Iterable[DropEvent]) -> list[Drop]:
    return [event for event in events if isinstance(event, Drop)]
