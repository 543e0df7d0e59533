"""Pelvic drops: the unsupported side below its limit, with hysteresis and a minimum duration, alarmed at once."""

import math
from dataclasses import dataclass, field

import numpy as np

from hiplevel.model.events import Drop, DropStarted
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

# Half a cell: comparing durations that are whole numbers of cells.
_ROUNDING_S = 0.5 * CELL_S


@dataclass
class DropState:
    """One side's drop so far. over: above the limit since start_s; alarmed: DropStarted was sent."""

    over: bool = False
    alarmed: bool = False
    start_s: float = 0.0
    last_s: float = 0.0  # last cell above the limit
    drop_deg: list[Floats] = field(default_factory=list)


class SideDrops:
    """Drops of one side from its fall below neutral, degrees."""

    def __init__(self, side: Side, rule: DropRule) -> None:
        self.side: Side = side
        self.limit_deg = rule.limit_deg(side)
        self.release_deg = self.limit_deg - rule.hysteresis_deg
        self.min_duration_s = rule.min_duration_s
        self.state = DropState()

    def process(self, time_s: Floats, drop_deg: Floats) -> list[DropStarted | Drop]:
        """Events of these cells, in order of their known_s."""
        above = drop_deg > self.limit_deg
        if not self.state.over and not above.any():
            return []
        out: list[DropStarted | Drop] = []
        rises = np.flatnonzero(above)
        falls = np.flatnonzero(~above)
        releases = np.flatnonzero(drop_deg < self.release_deg)
        at = 0
        while at < len(time_s):
            if not self.state.over:
                at = _next(rises, at)
                if at == len(time_s) or at < 0:
                    break
                self.state = DropState(over=True, start_s=float(time_s[at]))
            end = _next(releases if self.state.alarmed else falls, at)
            stop = len(time_s) if end < 0 else end
            if not self.state.alarmed:
                stop = self._arm(time_s, drop_deg, at, stop, out)
            self._keep(time_s[at:stop], drop_deg[at:stop], above[at:stop])
            at = stop
            if stop < len(time_s):
                if not self.state.alarmed:
                    self.state = DropState()
                elif drop_deg[stop] < self.release_deg:
                    out.append(self._close(float(time_s[stop]), complete=True))
        return out

    def finish(self, known_s: float) -> list[DropStarted | Drop]:
        """Close an open drop at a gap or at the end."""
        out: list[DropStarted | Drop] = []
        if self.state.alarmed:
            out.append(self._close(known_s, complete=False))
        self.state = DropState()
        return out

    def _arm(self, time_s: Floats, drop_deg: Floats, at: int, stop: int, out: list[DropStarted | Drop]) -> int:
        """Alarm as soon as the limit was exceeded long enough; return where to go on."""
        ripe_s = self.state.start_s + self.min_duration_s - _ROUNDING_S
        ripe = at + int(np.searchsorted(time_s[at:stop], ripe_s))
        if ripe == stop:
            return stop
        known_s = float(time_s[ripe])
        self.state.alarmed = True
        out.append(DropStarted(known_s, self.side, float(drop_deg[ripe]), self.limit_deg, known_s=known_s))
        return ripe

    def _keep(self, time_s: Floats, drop_deg: Floats, above: np.ndarray) -> None:
        self.state.drop_deg.append(drop_deg)
        rows = np.flatnonzero(above)
        if rows.size:
            self.state.last_s = float(time_s[rows[-1]])

    def _close(self, known_s: float, *, complete: bool) -> Drop:
        state = self.state
        end_s = state.last_s + CELL_S
        count = round((end_s - state.start_s) / CELL_S)
        drop_deg = np.concatenate(state.drop_deg)[:count]
        self.state = DropState()
        # fsum is exact, so the sums do not depend on how the cells were cut.
        return Drop(
            state.start_s,
            end_s,
            float(drop_deg.max()),
            self.side,
            mean_deg=math.fsum(drop_deg) / len(drop_deg),
            area_deg_s=math.fsum(np.maximum(drop_deg - self.limit_deg, 0.0)) * CELL_S,
            limit_deg=self.limit_deg,
            complete=complete,
            known_s=known_s,
        )


class Drops:
    """The sides that may fall in this stance: the one opposite the stance leg, or both."""

    def __init__(self, stance: Stance, rule: DropRule) -> None:
        sides: tuple[Side, ...] = ("left", "right")
        if stance == "left":
            sides = ("right",)
        elif stance == "right":
            sides = ("left",)
        self._sides = [SideDrops(side, rule) for side in sides]

    def process(self, time_s: Floats, obliquity_deg: Floats) -> list[DropStarted | Drop]:
        """Events of these cells from obliquity (m,), + = left side up, so that the right side has fallen."""
        out: list[DropStarted | Drop] = []
        for side in self._sides:
            out += side.process(time_s, obliquity_deg if side.side == "right" else -obliquity_deg)
        return out

    def finish(self, known_s: float) -> list[DropStarted | Drop]:
        """Close open drops."""
        return [event for side in self._sides for event in side.finish(known_s)]


def _next(rows: np.ndarray, at: int) -> int:
    """The first of these sorted rows at or after `at`, -1 when there is none."""
    where = int(np.searchsorted(rows, at))
    return int(rows[where]) if where < len(rows) else -1
