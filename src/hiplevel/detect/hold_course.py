"""The course of a hold while it lasts: whether it sinks, was never raised, is over too early; told once a second."""

import math

from hiplevel.detect.hold_params import RAISED_S, HoldParams
from hiplevel.detect.hold_record import HoldRecord
from hiplevel.detect.hold_sway import ONE_LEG, Sway, one_leg_times
from hiplevel.detect.ticks import SECOND, TICK_S, Tick
from hiplevel.model.holding import Hold, HoldBroken, HoldStarted, HoldUpdated

HoldEvent = HoldStarted | HoldUpdated | HoldBroken | Hold
EARLY_SHARE = 0.95
LATELY = 2 * SECOND  # putting a leg down takes less
MOVED_SHARE = 0.25  # of the raise
BACK_SHARE = 0.5  # of that: rolling back by more is no putting down
LEAST_RAISE_DEG = 2.0  # less has nothing to sink from


class HoldCourse:
    """Of one hold; `record` is what it was like so far."""

    def __init__(self, record: HoldRecord, params: HoldParams, sway: Sway) -> None:
        self.record, self._params, self._sway = record, params, sway
        self._back = self._sunk = 0  # ticks

    def back(self, size: float) -> float:
        """For how long it has come back, s; 0 while it has not for long enough to be over.

        Who says start says stop: only what nobody cued ends by itself.
        """
        record, params = self.record, self._params
        level = size < params.back_share * record.raised_deg
        if params.lying and record.raised_deg:
            level = self._put_down(size, sunk=level)
        if not params.lying and (record.by_sway or level):
            level = self._sway.settled  # a hip that sank on one leg has not come down
        comes_back = (record.raised_deg or record.by_sway) and not record.cued and level
        self._back = self._back + 1 if comes_back else 0
        return self._back * TICK_S if self._back * TICK_S >= params.back_s else 0.0

    def _put_down(self, size: float, *, sunk: bool) -> bool:
        """Lying, whether the leg was: the pelvis moved at once, and not further out; a hip that tires sinks slowly.

        Sunk or not: what is rest has changed meanwhile, by as much as may be left of a raise.
        """
        params, level, roll = self._params, self.record.level_deg, self.record.roll_deg
        if len(level) <= LATELY:
            return sunk
        before, rolled_deg = math.hypot(level[-1 - LATELY], roll[-1 - LATELY]), roll[-1] - roll[-1 - LATELY]
        went_deg = math.hypot(level[-1] - level[-1 - LATELY], rolled_deg)
        if went_deg < max(MOVED_SHARE * self.record.raised_deg, 1.5 * params.out_deg):
            return sunk and size < params.back_share * before
        out, out_roll = math.fsum(level[:SECOND]), math.fsum(roll[:SECOND])
        outward = (level[-1] - level[-1 - LATELY]) * out + rolled_deg * out_roll
        return rolled_deg <= BACK_SHARE * went_deg and outward <= 0.5 * went_deg * math.hypot(out, out_roll)

    def left_s(self, back_at_s: float) -> float:
        """When it was left, of a hold that had come back at back_at_s: lying, when the leg began to go down."""
        moved_s = self.record.moved_s(LATELY) if self._params.lying else None
        return self.record.left_s(back_at_s) if moved_s is None else moved_s

    def goes_on(self, tick: Tick) -> list[HoldEvent]:
        """What is to be said of it after this tick, which it lasts through."""
        return [*self._sinks(tick), *self._told(tick)]

    def close(self, end_s: float, known_s: float, target_s: float, *, complete: bool) -> list[HoldEvent]:
        """Its end, and before it whether it failed."""
        record, params = self.record, self._params
        out: list[HoldEvent] = []
        held_s = max(end_s - record.start_s, 0.0)
        confidence, meant = self._judged(end_s)
        if record.failed and record.failed_s > end_s:
            record.failed = ""
        if complete and meant and not record.failed:
            if not params.lying and record.now_deg < LEAST_RAISE_DEG and record.best_deg < LEAST_RAISE_DEG:
                out.append(self._breaks("not-raised", record.start_s, known_s))
            elif held_s < EARLY_SHARE * target_s:
                out.append(self._breaks("early", end_s, known_s))
        out.append(record.closed(end_s, known_s, confidence=confidence, complete=complete, meant=meant))
        return out

    def _judged(self, end_s: float) -> tuple[float, bool]:
        """Confidence, and whether it was meant: standing, that shows by swaying as on one leg all the time."""
        record = self.record
        if record.cued:
            return 1.0, True
        if self._params.lying:
            return max(0.3, min(1.0, 0.5 * record.raised_deg / self._params.out_deg)), True
        rates = [rate for at_s, rate in zip(record.time_s, record.rate_deg_s, strict=True) if at_s <= end_s]
        share = one_leg_times(rates, self._sway.quiet_deg_s) / ONE_LEG
        return max(0.1, min(1.0, 0.5 * share)), share >= 1.0

    def _sinks(self, tick: Tick) -> list[HoldEvent]:
        record, params = self.record, self._params
        if record.failed:
            return []
        if record.best_deg < LEAST_RAISE_DEG:
            if not params.lying and tick.time_s - record.start_s >= RAISED_S:
                return [self._breaks("not-raised", record.start_s, tick.time_s)]
            return []
        self._sunk = self._sunk + 1 if record.level_deg[-1] < params.sank_share * record.best_deg else 0
        if self._sunk * TICK_S >= params.sank_s:
            return [self._breaks("sank", tick.time_s - self._sunk * TICK_S, tick.time_s)]
        return []

    def _breaks(self, reason: str, at_s: float, known_s: float) -> HoldBroken:
        record = self.record
        record.failed, record.failed_s = reason, max(at_s, record.start_s)
        return HoldBroken(known_s, record.number, record.failed_s - record.start_s, reason, known_s=known_s)

    def _told(self, tick: Tick) -> list[HoldEvent]:
        """Once a second."""
        record = self.record
        held_s = tick.time_s - record.start_s
        if int(held_s + 1e-6) <= record.told_s:
            return []
        record.told_s = int(held_s + 1e-6)
        now_s, (_, meant) = tick.time_s, self._judged(tick.time_s)
        return [HoldUpdated(now_s, record.number, held_s, record.now_deg, record.sunk_deg, meant, known_s=now_s)]
