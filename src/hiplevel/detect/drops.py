"""Pelvic drops: the unsupported side below its limit, with hysteresis and a minimum duration, alarmed at once."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.events import Drop, DropStarted, DropUpdated, DropWarned
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S

UPDATE_S = 0.25  # the running peak is told this often
UPDATE_DEG = 0.5  # when it has grown by this
DropEvent = DropWarned | DropStarted | DropUpdated | Drop
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
    update_s: float = 0.0  # when the peak may be told next
    peak_deg: float = 0.0
    told_deg: float = 0.0


class SideDrops:
    """Drops of one side from its fall below neutral, degrees."""

    def __init__(self, side: Side, rule: DropRule, *, warns: bool = False) -> None:
        self.side: Side = side
        self.limit_deg = rule.warn_deg if warns and rule.warn_deg is not None else rule.limit_deg(side)
        self.release_deg = self.limit_deg - rule.hysteresis_deg
        self.min_duration_s = rule.min_duration_s
        self.state = DropState()

    def process(self, time_s: Floats, drop_deg: Floats) -> list[DropEvent]:
        """Events of these cells, in order of their known_s."""
        above = drop_deg > self.limit_deg
        if not self.state.over and not above.any():
            return []
        out: list[DropEvent] = []
        under, released, at = ~above, drop_deg < self.release_deg, 0
        while at < len(time_s):
            if not self.state.over:
                at = _next(above, at)
                if at < 0:
                    break
                self.state = DropState(over=True, start_s=float(time_s[at]))
            end = _next(released if self.state.alarmed else under, at)
            stop = len(time_s) if end < 0 else end
            if not self.state.alarmed:
                stop = self._arm(time_s, drop_deg, at, stop, out)
            self._keep(time_s[at:stop], drop_deg[at:stop], above[at:stop], out)
            at = stop
            if stop < len(time_s):
                if not self.state.alarmed:
                    self.state = DropState()
                elif drop_deg[stop] < self.release_deg:
                    out.append(self._close(float(time_s[stop]), complete=True))
        return out

    def finish(self, known_s: float) -> list[DropEvent]:
        """Close an open drop at a gap or at the end."""
        out: list[DropEvent] = []
        if self.state.alarmed:
            out.append(self._close(known_s, complete=False))
        self.state = DropState()
        return out

    def _arm(self, time_s: Floats, drop_deg: Floats, at: int, stop: int, out: list[DropEvent]) -> int:
        """Alarm as soon as the limit was exceeded long enough; return where to go on."""
        ripe_s = self.state.start_s + self.min_duration_s - _ROUNDING_S
        ripe = at + int(np.searchsorted(time_s[at:stop], ripe_s))
        if ripe == stop:
            return stop
        known_s = float(time_s[ripe])
        state, now_deg = self.state, float(drop_deg[ripe])
        state.peak_deg = float(np.concatenate([*state.drop_deg, drop_deg[at : ripe + 1]]).max())
        state.alarmed, state.update_s, state.told_deg = True, known_s + UPDATE_S - _ROUNDING_S, now_deg
        out.append(DropStarted(known_s, self.side, now_deg, self.limit_deg, known_s=known_s))
        return ripe

    def _keep(self, time_s: Floats, drop_deg: Floats, above: NDArray[np.bool_], out: list[DropEvent]) -> None:
        self.state.drop_deg.append(drop_deg)
        if self.state.alarmed and time_s.size:
            self._update(time_s, drop_deg, out)
        rows = np.flatnonzero(above)
        if rows.size:
            self.state.last_s = float(time_s[rows[-1]])

    def _update(self, time_s: Floats, drop_deg: Floats, out: list[DropEvent]) -> None:
        """Tell the running peak at fixed times after the alarm."""
        state = self.state
        peaks = np.maximum(np.maximum.accumulate(drop_deg), state.peak_deg)
        while state.update_s <= time_s[-1]:
            row = int(np.searchsorted(time_s, state.update_s))
            peak_deg, known_s = float(peaks[row]), float(time_s[row])
            if peak_deg >= state.told_deg + UPDATE_DEG:
                state.told_deg = peak_deg
                out.append(DropUpdated(known_s, self.side, peak_deg, known_s=known_s))
            state.update_s += UPDATE_S
        state.peak_deg = float(peaks[-1])

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
            mean_deg=math.fsum(drop_deg.tolist()) / len(drop_deg),
            area_deg_s=math.fsum(np.maximum(drop_deg - self.limit_deg, 0.0).tolist()) * CELL_S,
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
        self._warners = [] if rule.warn_deg is None else [SideDrops(side, rule, warns=True) for side in sides]

    def process(self, time_s: Floats, obliquity_deg: Floats) -> list[DropEvent]:
        """Events of these cells from obliquity (m,), + = left side up, so that the right side has fallen."""
        fall_deg = {side.side: obliquity_deg if side.side == "right" else -obliquity_deg for side in self._sides}
        out: list[DropEvent] = []
        for warner in self._warners:
            out += _warnings(warner.process(time_s, fall_deg[warner.side]))
        for side in self._sides:
            out += side.process(time_s, fall_deg[side.side])
        return out

    def finish(self, known_s: float) -> list[DropEvent]:
        """Close open drops."""
        for warner in self._warners:
            warner.finish(known_s)
        return [event for side in self._sides for event in side.finish(known_s)]


def _warnings(events: list[DropEvent]) -> list[DropEvent]:
    """Of a watch at the warning level only its beginnings are told."""
    return [
        DropWarned(event.time_s, event.side, event.drop_deg, event.limit_deg, known_s=event.known_s)
        for event in events
        if isinstance(event, DropStarted)
    ]


def _next(flags: NDArray[np.bool_], at: int) -> int:
    """The first row at or after `at`, within these, whose flag is set; -1 when there is none."""
    where = at + int(flags[at:].argmax())
    return where if flags[where] else -1
