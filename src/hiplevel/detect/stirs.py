"""Stirs: the pelvis turns for a moment and is quiet again, as when a leg is raised on a pelvis that keeps its level."""

from hiplevel.detect.ticks import TICK_S, Tick

LEAST_DEG_S = 2.5  # breathing and a pulse in lying stay below 1
ABOVE = 4.0  # times what is usual in quiet
QUIET_S = 1.5  # before a stir, and after it
LONGEST_S = 3.0  # a longer one is changing position
SAME_DEG = 0.8  # and so is one that leaves another level behind
LEARN = 0.12


class Stirs:
    """`process(tick)` gives (start_s, end_s) of a stir once it has been quiet after it."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Nothing stirred yet."""
        self._quiet_deg_s = 0.5
        self._quiet_s = 0.0
        self._start_s: float | None = None
        self._end_s = 0.0
        self._pure = False  # whether it was quiet before
        self._level_deg = 0.0

    def process(self, tick: Tick) -> tuple[float, float] | None:
        """One tick more."""
        stirs = tick.rate_deg_s > max(LEAST_DEG_S, ABOVE * self._quiet_deg_s)
        if stirs:
            if self._start_s is None:
                self._start_s, self._pure = tick.time_s - TICK_S, self._quiet_s >= QUIET_S
            self._end_s, self._quiet_s = tick.time_s, 0.0
            return None
        if self._start_s is None:
            self._level_deg = tick.frontal_deg
        self._quiet_s += TICK_S
        self._quiet_deg_s += LEARN * (tick.rate_deg_s - self._quiet_deg_s)
        if self._start_s is None or self._quiet_s < QUIET_S:
            return None
        start_s, self._start_s = self._start_s, None
        same = abs(tick.frontal_deg - self._level_deg) < SAME_DEG
        return (start_s, self._end_s) if self._pure and same and self._end_s - start_s <= LONGEST_S else None
