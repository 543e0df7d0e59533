"""Holds: a side of the pelvis raised and kept there, told while it lasts.

From standing or lying at rest the pelvis changes its level, stays, and comes back. Once a tenth of a second the level
of the last half second is compared with that at rest. A person's "start" and "stop" go before what is seen.
"""

import math
from collections import deque
from collections.abc import Iterable

from hiplevel.detect.hold_course import HoldCourse, HoldEvent
from hiplevel.detect.hold_params import HoldParams
from hiplevel.detect.hold_record import HoldRecord
from hiplevel.detect.hold_rest import RestLevel
from hiplevel.detect.hold_side import RaisedSide
from hiplevel.detect.hold_sway import WINDOW, Sway
from hiplevel.detect.hold_way import WayOut
from hiplevel.detect.lying_start import LyingStart
from hiplevel.detect.stirs import Stirs
from hiplevel.detect.ticks import SMOOTH, TICK_S, Tick, Ticks
from hiplevel.model.events import Mark
from hiplevel.model.holding import Hold, HoldStarted
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import STAMP_TOLERANCE_S

# The last half second is looked at as a whole: what it shows was so half of it earlier.
LAG_S = 0.5 * SMOOTH * TICK_S
WAIT_S = 3.0


class Holds:
    """`process(block, marks)` gives what became certain, in order of known_s."""

    def __init__(self, params: HoldParams, stance: Stance, target_s: float = 0.0) -> None:
        """target_s: how long is asked for; 0 is as long as one likes."""
        self.params, self._target_s = params, target_s
        self._ticks, self._stirs, self._rest = Ticks(), Stirs(), RestLevel(params)
        self._lying = LyingStart(stance)
        self._side = RaisedSide(stance, lying=params.lying)
        self._way = WayOut(params, self._side, self._rest)
        self._sway, self._last = Sway(), deque[tuple[Tick, float, float]](maxlen=WINDOW)
        self._marks: list[Mark] = []
        self._number = 0
        self._forget()

    def process(self, block: MotionBlock, marks: Iterable[Mark] = (), *_: object) -> list[HoldEvent]:
        """Events of these cells; marks: what a person said up to their end."""
        self._marks += marks
        out: list[HoldEvent] = []
        seen = self._lying.lying(block) if self.params.lying else block
        if seen is None or not self.params.fits(seen.posture):
            # Who says start while lying down is heard when the posture is known.
            self._marks = [mark for mark in self._marks if mark.time_s > float(block.time_s[-1]) - WAIT_S]
            return out
        for tick in self._ticks.process(seen):
            while self._marks and self._marks[0].time_s + 2.0 * STAMP_TOLERANCE_S < tick.time_s:
                self._marked(self._marks.pop(0), tick, out)
            self._tick(tick, out)
        return out

    def restart(self, known_s: float) -> list[HoldEvent]:
        """A gap, another posture, the end: what is held is cut off where it was last seen."""
        out: list[HoldEvent] = []
        if self._hold is not None:
            record = self._hold.record
            self._close(record.time_s[-1] if record.time_s else record.start_s, known_s, out, complete=False)
        self._ticks.restart()
        self._stirs.restart()
        self._rest.restart()
        self._sway.restart()
        self._last.clear()
        self._forget()
        return out

    def finish(self, known_s: float, marks: Iterable[Mark] = ()) -> list[HoldEvent]:
        """The end of the recording; a stop that no motion came after is heard."""
        stop = next((m for m in [*self._marks, *marks] if m.what == "stop"), None)
        self._marks = []
        out: list[HoldEvent] = []
        if stop is not None:
            self._close(stop.time_s, known_s, out)
        return out + self.restart(known_s)

    def _forget(self) -> None:
        self._hold: HoldCourse | None = None
        self._way.steps = []
        self._side.forget()
        self._ended_s, self._stood = -math.inf, True

    def _tick(self, tick: Tick, out: list[HoldEvent]) -> None:
        if not self._rest.add(tick):
            return
        blind = self.params.blind and not self._way.raises
        stir = self._stirs.process(tick) if blind else None
        frontal, roll = self._rest.away()
        self._sway.add(tick)
        self._last.append((tick, frontal, roll))
        if self._hold is not None:
            self._holding(self._hold, tick, frontal, roll, out)
        elif self._way.process(tick, frontal, roll):
            self._begin(tick, out)
        elif not self.params.lying and not self._way.steps and self._stands_on_one(tick):
            self._begin_swaying(tick, frontal, out)
        if stir is not None:
            self._stirred(stir, tick, out)

    def _begin(self, tick: Tick, out: list[HoldEvent]) -> None:
        raised, arrived_s, since = self._way.begun()
        record = self._open(max(arrived_s - LAG_S, self._ended_s), tick, out)
        record.raised_deg = raised
        for earlier, frontal, roll in since:
            record.add(earlier, self._side.raise_deg(frontal, earlier), roll)

    def _stands_on_one(self, tick: Tick) -> bool:
        """Whether it does, having stood on both since the last hold."""
        stands = self._stood or self._sway.settled
        if stands != self._stood or not self._rest.quiet(tick):  # what was before is no part of it
            self._sway.restart()
            self._last.clear()
        self._stood = stands
        return stands and self._sway.on_one_leg

    def _begin_swaying(self, tick: Tick, frontal: float, out: list[HoldEvent]) -> None:
        """Who stands on one leg without raising the other side sways all the same."""
        self._side.learn(frontal)
        since = list(self._last)[self._sway.begun :]
        record = self._open(since[0][0].time_s - TICK_S, tick, out)
        record.by_sway = True
        for earlier, away, roll in since:
            record.add(earlier, self._side.raise_deg(away, earlier), roll)

    def _open(self, start_s: float, tick: Tick, out: list[HoldEvent], *, cued: bool = False) -> HoldRecord:
        self._number += 1
        side, told_s = self._side.name(tick), int(max(tick.time_s - start_s, 0.0))
        record = HoldRecord(start_s, self._number, side, cued, told_s=told_s)
        self._hold, self._way.steps = HoldCourse(record, self.params, self._sway), []
        out.append(HoldStarted(start_s, self._number, side, cued, known_s=tick.time_s))
        return record

    def _holding(self, hold: HoldCourse, tick: Tick, frontal: float, roll: float, out: list[HoldEvent]) -> None:
        params, size, record = self.params, self._side.size(frontal, roll), hold.record
        if not record.raised_deg and size >= params.out_deg and tick.time_s - record.start_s >= params.confirm_s:
            # At which level a hold that a cue or a stir began is kept shows now.
            record.raised_deg = size
            if self._side.turns(frontal):
                record.turn(self._side.name(tick))
        record.add(tick, self._side.raise_deg(frontal, tick), roll)
        if back_s := hold.back(size):
            back_at_s = tick.time_s - back_s
            left_s = back_at_s - 1.0 if record.by_sway else hold.left_s(back_at_s) - LAG_S
            self._close(max(left_s, record.start_s), tick.time_s, out)
        elif size > params.most_deg or not self._rest.quiet(tick):
            self._close(tick.time_s, tick.time_s, out)
            self._way.elsewhere(tick)
        else:
            out += hold.goes_on(tick)

    def _close(self, end_s: float, known_s: float, out: list[HoldEvent], *, complete: bool = True) -> None:
        if self._hold is None:
            return
        out += self._hold.close(end_s, known_s, self._target_s, complete=complete)
        self._number -= isinstance(out[-1], Hold) and not out[-1].meant  # only what was meant is counted
        self._hold, self._way.steps, self._ended_s, self._stood = None, [], known_s, False
        self._rest.unrest()
        self._stirs.restart()

    def _stirred(self, stir: tuple[float, float], tick: Tick, out: list[HoldEvent]) -> None:
        """A short stir from start to end with quiet around it: the leg went up, or came down."""
        record = None if self._hold is None else self._hold.record
        if record is None and not self._way.steps:
            self._open(stir[1], tick, out)
        elif record is not None and not record.raised_deg and not record.cued:
            self._close(max(stir[0], record.start_s), tick.time_s, out)

    def _marked(self, mark: Mark, tick: Tick, out: list[HoldEvent]) -> None:
        if mark.what == "stop":
            self._close(mark.time_s, tick.time_s, out)
        elif mark.what != "start":
            return
        elif self._hold is not None:
            self._hold.record.cued = True
        else:
            self._rest.here(tick)
            # Nothing is held before it is seen: a start in a gap counts from its end.
            self._open(max(mark.time_s, tick.time_s - TICK_S), tick, out, cued=True)
