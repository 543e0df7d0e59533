"""One hold as it goes on: its ticks, its best second, and what is said of it at the end."""

import math
from collections import deque
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from hiplevel.detect.ticks import SECOND, Tick
from hiplevel.model.holding import Hold

# The end of a hold is where it left the level of the seconds before, or the beginning of the way up where it arrived.
LEVEL_SHARE = 0.9
# Of the way it went when the leg was put down, and at least so much: more than a hip sinks meanwhile.
MOVED_SHARE, MOVED_DEG = 0.05, 0.3


@dataclass
class HoldRecord:
    """level_deg: the raise of each tick; raised_deg: that at which the hold was confirmed, 0 when none was seen.

    by_sway: what begins and ends it is swaying as on one leg.
    """

    start_s: float
    number: int
    side: str
    cued: bool = False
    by_sway: bool = False
    raised_deg: float = 0.0
    time_s: list[float] = field(default_factory=list)
    level_deg: list[float] = field(default_factory=list)
    roll_deg: list[float] = field(default_factory=list)
    tremor_deg_s: list[float] = field(default_factory=list)
    rate_deg_s: list[float] = field(default_factory=list)
    best_deg: float = -math.inf
    failed: str = ""
    failed_s: float = 0.0
    told_s: int = 0
    _second: deque[float] = field(default_factory=lambda: deque(maxlen=SECOND))

    def add(self, tick: Tick, level_deg: float, rolled_deg: float) -> None:
        """One tick more."""
        self.time_s.append(tick.time_s)
        self.level_deg.append(level_deg)
        self.roll_deg.append(rolled_deg)
        self.tremor_deg_s.append(tick.tremor_deg_s)
        self.rate_deg_s.append(tick.rate_deg_s)
        self._second.append(level_deg)
        if len(self._second) == SECOND:
            self.best_deg = max(self.best_deg, sum(self._second) / SECOND)

    def turn(self, side: str) -> None:
        """It is the other leg that stands: what seemed to sink was raised."""
        self.side, self.level_deg = side, [-level for level in self.level_deg]
        self._second = deque(self.level_deg[-SECOND:], maxlen=SECOND)
        seconds = (self.level_deg[k : k + SECOND] for k in range(len(self.level_deg) - SECOND + 1))
        self.best_deg = max((math.fsum(second) / SECOND for second in seconds), default=-math.inf)

    @property
    def now_deg(self) -> float:
        """The mean of the last second."""
        return math.fsum(self._second) / max(len(self._second), 1)

    @property
    def sunk_deg(self) -> float:
        """Below its best second."""
        return max(self.best_deg - self.now_deg, 0.0) if math.isfinite(self.best_deg) else 0.0

    def left_s(self, over_s: float) -> float:
        """When it left its level before it was over at over_s."""
        times, levels = self.time_s, self.level_deg
        before = [v for t, v in zip(times, levels, strict=True) if over_s - 4.5 <= t <= over_s - 1.5]
        level = LEVEL_SHARE * (median(before) if before else self.raised_deg)
        held = [k for k, t in enumerate(times) if t <= over_s and levels[k] >= level]
        if not held or held[-1] + 1 == len(times):
            return over_s
        last, after = held[-1], held[-1] + 1
        return crossing_s(times[last], levels[last], times[after], levels[after], level)

    def moved_s(self, lately: int) -> float | None:
        """When it moved away from where it was so many ticks ago; None: it has not."""
        if len(self.level_deg) <= lately:
            return None
        levels, rolls = self.level_deg[-1 - lately :], self.roll_deg[-1 - lately :]
        away = [math.hypot(level - levels[0], roll - rolls[0]) for level, roll in zip(levels, rolls, strict=True)]
        least_deg = max(MOVED_SHARE * away[-1], MOVED_DEG)
        if away[-1] < 2.0 * least_deg:
            return None
        last = max(k for k, far in enumerate(away) if far < least_deg)
        times = self.time_s[-1 - lately :]
        return crossing_s(times[last], away[last], times[last + 1], away[last + 1], least_deg)

    def closed(self, end_s: float, known_s: float, *, confidence: float, complete: bool, meant: bool) -> Hold:
        """What there is to say of it; only what lies before end_s counts."""
        count = max(sum(t <= end_s + 1e-6 for t in self.time_s), 1)
        time_s, level = np.array(self.time_s[:count]), np.array(self.level_deg[:count])
        lasted_s = max(end_s - self.start_s, 0.0)
        per_s = _sinking(time_s, level)
        tremor = math.sqrt(math.fsum(v * v for v in self.tremor_deg_s[:count]) / count) if self.tremor_deg_s else 0.0
        mean = math.fsum(self.level_deg[:count]) / max(len(level), 1)
        return Hold(
            self.start_s,
            max(end_s, self.start_s),
            self.side,
            mean_deg=mean,
            drift_deg=per_s * lasted_s,
            number=self.number,
            drift_deg_per_30s=per_s * 30.0,
            rise_deg=self.best_deg if math.isfinite(self.best_deg) else mean,
            roll_back_deg=max([0.0, *self.roll_deg[:count]]),
            tremor_deg_s=tremor,
            held_s=self.failed_s - self.start_s if self.failed else lasted_s,
            failed=self.failed,
            cued=self.cued,
            confidence=confidence,
            complete=complete,
            meant=meant,
            known_s=known_s,
        )


def _sinking(time_s: np.ndarray, level_deg: np.ndarray) -> float:
    """Slope of the straight line through the levels, deg/s, + = sinking; 0 for less than two seconds."""
    if len(time_s) < 2 * SECOND:
        return 0.0
    away = time_s - math.fsum(time_s) / len(time_s)
    return -math.fsum(away * level_deg) / math.fsum(away * away)


def crossing_s(before_s: float, before: float, after_s: float, after: float, level: float) -> float:
    """When a straight line between two ticks passes a level."""
    share = (level - before) / (after - before) if after != before else 1.0
    return before_s + max(0.0, min(1.0, share)) * (after_s - before_s)
