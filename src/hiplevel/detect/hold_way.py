"""The way out from rest, which becomes a hold when it stays where it came to."""

import math
from collections import deque

from hiplevel.detect.hold_params import RAISED_S, HoldParams
from hiplevel.detect.hold_record import LEVEL_SHARE, crossing_s
from hiplevel.detect.hold_rest import RestLevel
from hiplevel.detect.hold_side import RaisedSide
from hiplevel.detect.ticks import SECOND, TICK_S, Tick

Step = tuple[Tick, float, float]  # with the frontal angle and roll away from rest, degrees


class WayOut:
    """`process` takes the ticks while nothing is held."""

    def __init__(self, params: HoldParams, side: RaisedSide, rest: RestLevel) -> None:
        self._params, self._side, self._rest = params, side, rest
        self.steps: list[Step] = []
        self.raises: deque[float] = deque(maxlen=5)  # how far the last holds were raised

    def process(self, tick: Tick, frontal: float, roll: float) -> bool:
        """Whether a hold has begun, whose way out is in `steps`."""
        if not self.steps and self._rest.settles(tick):
            return False
        params, size, least_deg = self._params, self._side.size(frontal, roll), self._least_deg()
        if size < (0.7 if self.steps else 1.0) * least_deg:
            self.steps = []
            self._rest.stays(tick, (frontal, roll), near=size < 0.5 * params.out_deg)
            return False
        if not self._rest.ready(tick) and not self.steps:
            self.elsewhere(tick)
            return False
        self.steps.append((tick, frontal, roll))
        lasted_s = len(self.steps) * TICK_S
        if size > params.most_deg or lasted_s > 4.0 * params.confirm_s or not self._rest.quiet(tick):
            self.elsewhere(tick)
        elif lasted_s >= (RAISED_S if self._side.falls(frontal) else params.confirm_s) and self._arrived(least_deg):
            # Lying, it goes towards the ribs or rolls back; standing, the side may fall.
            if not params.lying or self._side.raise_deg(frontal, tick) + roll > 0.0:
                return True
            self.elsewhere(tick)
        return False

    def elsewhere(self, tick: Tick) -> None:
        """Another position, no hold."""
        self.steps = []
        self._rest.elsewhere(tick)

    def begun(self) -> tuple[float, float, list[Step]]:
        """Of the hold that has begun: how far it is raised, when it arrived there, s, and the steps since."""
        way = self.steps
        last = [self._side.size(f, r) for _, f, r in way[-SECOND:]]
        raised = math.fsum(last) / len(last)
        self._side.learn(way[-1][1])
        self.raises.append(raised)
        level = LEVEL_SHARE * raised
        arrived = next(k for k, (_, f, r) in enumerate(way) if self._side.size(f, r) >= level)
        return raised, self._arrived_s(arrived, level), way[arrived:]

    def _least_deg(self) -> float:
        """A raise that may begin a hold."""
        usual = sorted(self.raises)[len(self.raises) // 2] if self.raises else 0.0
        return max(self._params.out_deg, self._params.usual_share * usual)

    def _arrived(self, least_deg: float) -> bool:
        """Whether the last second kept its level."""
        last = [self._side.size(f, r) for _, f, r in self.steps[-SECOND:]]
        return max(last) - min(last) <= max(0.5 * max(last), least_deg)

    def _arrived_s(self, arrived: int, level: float) -> float:
        """When the way out passed a level, between the tick before and this one."""
        tick, *there = self.steps[arrived]
        if arrived == 0:
            return tick.time_s
        before, *here = self.steps[arrived - 1]
        return crossing_s(before.time_s, self._side.size(*here), tick.time_s, self._side.size(*there), level)
