"""Holds: a side of the pelvis raised and kept there, told while it lasts.

From standing or lying at rest the pelvis changes its level, stays, and comes back. Once a tenth of a second the level
of the last half second is compared with that at rest. A person's "start" and "stop" go before what is seen.
"""

import math
from collections import deque
from collections.abc import Iterable

from hiplevel.detect.hold_params import HoldParams
from hiplevel.detect.hold_record import LEVEL_SHARE, HoldRecord, crossing_s
from hiplevel.detect.hold_rest import RestLevel
from hiplevel.detect.lying_start import LyingStart
from hiplevel.detect.stirs import Stirs
from hiplevel.detect.ticks import SECOND, SMOOTH, TICK_S, Tick, Ticks
from hiplevel.model.events import Mark
from hiplevel.model.holding import Hold, HoldBroken, HoldStarted, HoldUpdated
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import STAMP_TOLERANCE_S
from hiplevel.motion.posture import Posture

HoldEvent = HoldStarted | HoldUpdated | HoldBroken | Hold
EARLY_SHARE = 0.95
LEAST_RAISE_DEG = 2.0  # less has nothing to sink from, and after so long is no raise
RAISED_S = 5.0
# The last half second is looked at as a whole: what it shows was so half of it earlier.
LAG_S = 0.5 * SMOOTH * TICK_S
WAIT_S = 3.0
SIGN = {"left": -1.0, "right": 1.0}  # of obliquity when the unsupported side is raised


class Holds:
    """`process(block, marks)` gives what became certain, in order of known_s."""

    def __init__(self, params: HoldParams, stance: Stance, target_s: float = 0.0) -> None:
        """target_s: how long is asked for; 0 is as long as one likes."""
        self.params, self._stance, self._target_s = params, stance, target_s
        self._ticks, self._stirs, self._rest = Ticks(), Stirs(), RestLevel(params)
        self._lying = LyingStart(stance)
        self._marks: list[Mark] = []
        self._number = 0
        self._raises: deque[float] = deque(maxlen=5)
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
            self._close(
                self._hold.time_s[-1] if self._hold.time_s else self._hold.start_s, known_s, out, complete=False
            )
        self._ticks.restart()
        self._stirs.restart()
        self._rest.restart()
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
        self._hold: HoldRecord | None = None
        self._out: list[tuple[Tick, float, float]] = []  # a raise that may become a hold
        self._sign = SIGN.get(self._stance, 1.0)
        self._back = self._sunk = 0  # ticks
        self._ended_s = -math.inf

    def _tick(self, tick: Tick, out: list[HoldEvent]) -> None:
        if not self._rest.add(tick):
            return
        blind = self.params.blind and not self._raises
        stir = self._stirs.process(tick) if blind else None
        frontal, roll = self._rest.away()
        if self._hold is not None:
            self._holding(self._hold, tick, frontal, roll, out)
        else:
            self._waiting(tick, frontal, roll, out)
        if stir is not None:
            self._stirred(stir, tick, out)

    def _size(self, frontal: float, roll: float) -> float:
        return math.hypot(frontal, roll) if self.params.lying else abs(frontal)

    def _raise_deg(self, frontal: float, tick: Tick) -> float:
        """How far the upper, or the unsupported, side is raised: towards the ribs, above neutral."""
        if self.params.lying:
            return -frontal if tick.posture is Posture.LEFT_SIDE else frontal
        return self._sign * frontal

    def _waiting(self, tick: Tick, frontal: float, roll: float, out: list[HoldEvent]) -> None:
        if not self._out and self._rest.settles(tick):
            return
        size, least_deg = self._size(frontal, roll), self._least_deg()
        if size < (0.7 if self._out else 1.0) * least_deg:
            self._out = []
            self._rest.stays(tick, (frontal, roll), near=size < 0.5 * self.params.out_deg)
            return
        if not self._rest.ready(tick) and not self._out:
            self._elsewhere(tick)
            return
        self._out.append((tick, frontal, roll))
        lasted_s, params = len(self._out) * TICK_S, self.params
        if size > params.most_deg or lasted_s > 4.0 * params.confirm_s or not self._rest.quiet(tick):
            self._elsewhere(tick)
        elif lasted_s >= self._confirm_s(frontal) and self._arrived(least_deg):
            if self._raised(tick, frontal, roll):
                self._begin(tick, out)
            else:
                self._elsewhere(tick)

    def _confirm_s(self, frontal: float) -> float:
        """A side that falls looks like standing at ease for longer than one that is raised."""
        falls = not self.params.lying and self._stance in SIGN and self._sign * frontal < 0.0
        return RAISED_S if falls else self.params.confirm_s

    def _least_deg(self) -> float:
        """A raise that may begin a hold."""
        usual = sorted(self._raises)[len(self._raises) // 2] if self._raises else 0.0
        return max(self.params.out_deg, self.params.usual_share * usual)

    def _arrived(self, least_deg: float) -> bool:
        """Whether the last second kept its level."""
        last = [self._size(f, r) for _, f, r in self._out[-SECOND:]]
        return max(last) - min(last) <= max(0.5 * max(last), least_deg)

    def _raised(self, tick: Tick, frontal: float, roll: float) -> bool:
        """Whether this way out begins a hold: lying, towards the ribs or rolling back; standing, the side may fall."""
        return not self.params.lying or self._raise_deg(frontal, tick) + roll > 0.0

    def _elsewhere(self, tick: Tick) -> None:
        self._out = []
        self._rest.elsewhere(tick)

    def _begin(self, tick: Tick, out: list[HoldEvent]) -> None:
        way = self._out
        last = [self._size(f, r) for _, f, r in way[-SECOND:]]
        raised = math.fsum(last) / len(last)
        self._sign = SIGN.get(self._stance, math.copysign(1.0, way[-1][1]))
        self._raises.append(raised)
        arrived = next(k for k, (_, f, r) in enumerate(way) if self._size(f, r) >= LEVEL_SHARE * raised)
        hold = self._open(max(self._arrived_s(arrived, LEVEL_SHARE * raised) - LAG_S, self._ended_s), tick, out)
        hold.raised_deg = raised
        for earlier, frontal, roll in way[arrived:]:
            hold.add(earlier, self._raise_deg(frontal, earlier), roll)

    def _arrived_s(self, arrived: int, level: float) -> float:
        """When the way out passed a level, between the tick before and this one."""
        tick, *there = self._out[arrived]
        if arrived == 0:
            return tick.time_s
        before, *here = self._out[arrived - 1]
        return crossing_s(before.time_s, self._size(*here), tick.time_s, self._size(*there), level)

    def _open(self, start_s: float, tick: Tick, out: list[HoldEvent], *, cued: bool = False) -> HoldRecord:
        self._number += 1
        if self.params.lying:
            side = "left" if tick.posture is Posture.LEFT_SIDE else "right"
        else:
            side = "left" if self._sign < 0.0 else "right"  # the raised side is the one without support
        hold = HoldRecord(start_s, self._number, side, cued, told_s=int(max(tick.time_s - start_s, 0.0)))
        self._hold, self._out, self._back, self._sunk = hold, [], 0, 0
        out.append(HoldStarted(start_s, self._number, side, cued, known_s=tick.time_s))
        return hold

    def _holding(self, hold: HoldRecord, tick: Tick, frontal: float, roll: float, out: list[HoldEvent]) -> None:
        params, size = self.params, self._size(frontal, roll)
        if not hold.raised_deg and size >= params.out_deg and tick.time_s - hold.start_s >= params.confirm_s:
            self._level_seen(hold, size, frontal)
        hold.add(tick, self._raise_deg(frontal, tick), roll)
        # Who says start says stop: only what nobody cued ends by itself.
        comes_back = hold.raised_deg and not hold.cued and size < params.back_share * hold.raised_deg
        self._back = self._back + 1 if comes_back else 0
        if self._back * TICK_S >= params.back_s:
            left_s = hold.left_s(tick.time_s - self._back * TICK_S) - LAG_S
            self._close(max(left_s, hold.start_s), tick.time_s, out)
        elif size > params.most_deg or not self._rest.quiet(tick):
            self._close(tick.time_s, tick.time_s, out)
            self._elsewhere(tick)
        else:
            self._sinks(hold, tick, out)
            self._tell(hold, tick, out)

    def _level_seen(self, hold: HoldRecord, size: float, frontal: float) -> None:
        """Which level a hold that a cue or a stir began is kept at, when it shows."""
        hold.raised_deg = size
        if not self.params.lying and self._stance not in SIGN and self._sign * frontal < 0.0:
            self._sign = -self._sign
            hold.turn("left" if self._sign < 0.0 else "right")

    def _sinks(self, hold: HoldRecord, tick: Tick, out: list[HoldEvent]) -> None:
        params = self.params
        if hold.failed:
            return
        if hold.best_deg < LEAST_RAISE_DEG:
            if not params.lying and tick.time_s - hold.start_s >= RAISED_S:
                self._breaks(hold, "not-raised", hold.start_s, tick.time_s, out)
            return
        self._sunk = self._sunk + 1 if hold.level_deg[-1] < params.sank_share * hold.best_deg else 0
        if self._sunk * TICK_S >= params.sank_s:
            self._breaks(hold, "sank", tick.time_s - self._sunk * TICK_S, tick.time_s, out)

    def _breaks(self, hold: HoldRecord, reason: str, at_s: float, known_s: float, out: list[HoldEvent]) -> None:
        hold.failed, hold.failed_s = reason, max(at_s, hold.start_s)
        held_s = hold.failed_s - hold.start_s
        out.append(HoldBroken(known_s, hold.number, held_s, reason, known_s=known_s))

    def _tell(self, hold: HoldRecord, tick: Tick, out: list[HoldEvent]) -> None:
        """Once a second."""
        held_s = tick.time_s - hold.start_s
        if int(held_s + 1e-6) > hold.told_s:
            hold.told_s = int(held_s + 1e-6)
            told = HoldUpdated(tick.time_s, hold.number, held_s, hold.now_deg, hold.sunk_deg, known_s=tick.time_s)
            out.append(told)

    def _close(self, end_s: float, known_s: float, out: list[HoldEvent], *, complete: bool = True) -> None:
        hold = self._hold
        if hold is None:
            return
        held_s = max(end_s - hold.start_s, 0.0)
        if hold.failed and hold.failed_s > end_s:
            hold.failed = ""
        if complete and not hold.failed:
            if not self.params.lying and hold.now_deg < LEAST_RAISE_DEG and hold.best_deg < LEAST_RAISE_DEG:
                self._breaks(hold, "not-raised", hold.start_s, known_s, out)
            elif held_s < EARLY_SHARE * self._target_s:
                self._breaks(hold, "early", end_s, known_s, out)
        shows = 0.5 * hold.raised_deg / self.params.out_deg
        confidence = 1.0 if hold.cued else max(0.3, min(1.0, shows))
        out.append(hold.closed(end_s, known_s, confidence=confidence, complete=complete))
        self._hold, self._out, self._ended_s = None, [], known_s
        self._rest.unrest()
        self._stirs.restart()

    def _stirred(self, stir: tuple[float, float], tick: Tick, out: list[HoldEvent]) -> None:
        """A short stir from start to end with quiet around it: the leg went up, or came down."""
        if self._hold is None and not self._out:
            self._open(stir[1], tick, out)
        elif self._hold is not None and not self._hold.raised_deg and not self._hold.cued:
            self._close(max(stir[0], self._hold.start_s), tick.time_s, out)

    def _marked(self, mark: Mark, tick: Tick, out: list[HoldEvent]) -> None:
        if mark.what == "stop":
            self._close(mark.time_s, tick.time_s, out)
        elif mark.what != "start":
            return
        elif self._hold is not None:
            self._hold.cued = True
        else:
            self._rest.here(tick)
            # Nothing is held before it is seen: a start in a gap counts from its end.
            self._open(max(mark.time_s, tick.time_s - TICK_S), tick, out, cued=True)
