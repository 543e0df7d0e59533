"""The level at rest that a hold is raised from: the neutral in standing, what was last quiet in lying."""

import math
from collections import deque
from collections.abc import Iterable

from hiplevel.detect.hold_params import HoldParams
from hiplevel.detect.ticks import SECOND, TICK_S, Tick

LEARN = 0.05  # of the level at rest, a tick
# Having lain down, the filter takes this long to find gravity again; slower changes than this are its own.
SETTLE_S, SETTLE_DEG_S = 10.0, 1.0
QUIET_DEG_S = 3.0
WAY_S = 1.5  # from rest until the way out shows

Angles = tuple[float, float]  # frontal, roll, degrees


class RestLevel:
    """Follows the ticks; `away` is how far the last half second is from rest."""

    def __init__(self, params: HoldParams) -> None:
        self.params = params
        self.restart()

    def restart(self) -> None:
        """Nothing is known."""
        self.base: Angles | None = None
        self.unrest()
        self._first: list[Tick] = []
        self._recent: deque[Angles] = deque(maxlen=SECOND + 1)
        self._begun_s: float | None = None

    def unrest(self) -> None:
        """Rest begins anew."""
        self.ticks, self._ready_until_s = 0, -math.inf

    def add(self, tick: Tick) -> bool:
        """One tick more; whether the level at rest is known."""
        self._recent.append((tick.frontal_deg, tick.roll_deg))
        self._begun_s = tick.time_s if self._begun_s is None else self._begun_s
        if self.base is None and not self.params.lying:
            self.base = (0.0, 0.0)
        elif self.base is None:
            self._first.append(tick)
            if len(self._first) == SECOND:
                self.base, self._first = mean(self._first), []
        return self.base is not None

    def _told_ready(self, tick: Tick) -> None:
        if self.ticks * TICK_S >= self.params.rest_s:
            self._ready_until_s = tick.time_s + WAY_S

    def here(self, tick: Tick) -> None:
        """Rest is here when it is not known yet."""
        self.base = self.base or mean([tick])

    def away(self) -> Angles:
        """Frontal angle and roll of the last half second from those at rest."""
        frontal, roll = self._recent[-1]
        base = self.base or (0.0, 0.0)
        return frontal - base[0], roll - base[1]

    def settles(self, tick: Tick) -> bool:
        """Whether rest follows what is seen: a while after lying down, as long as nothing moves."""
        if not self.params.lying or self._begun_s is None or tick.time_s - self._begun_s > SETTLE_S:
            return False
        now, before = self._recent[-1], self._recent[0]
        if math.hypot(now[0] - before[0], now[1] - before[1]) > SETTLE_DEG_S:
            return False
        self.base = before
        self.ticks += 1
        self._told_ready(tick)
        return True

    def ready(self, tick: Tick) -> bool:
        """Whether it was rest for as long as goes before a hold, until just now: the way out is no rest."""
        return tick.time_s <= self._ready_until_s

    def stays(self, tick: Tick, away: Angles, *, near: bool) -> None:
        """A tick at the level of rest; near enough to it, rest follows slowly."""
        params = self.params
        calm = tick.shaken_m_s2 < params.rest_m_s2 and tick.rate_deg_s < params.rest_deg_s
        self.ticks = self.ticks + 1 if calm else 0
        self._told_ready(tick)
        if near and self.base is not None:
            self.base = (self.base[0] + LEARN * away[0], self.base[1] + LEARN * away[1])

    def elsewhere(self, tick: Tick) -> None:
        """Not a hold but another position: lying, rest is where it is quiet next."""
        self.unrest()
        if self.params.lying:
            self._first.append(tick)
            last = self._first[-SECOND:]
            if len(last) == SECOND and max(t.rate_deg_s for t in last) < QUIET_DEG_S:
                self.base, self._first = mean(last), []

    def quiet(self, tick: Tick) -> bool:
        """Whether this is standing on a leg, not walking about or sitting down."""
        params = self.params
        return params.lying or (tick.shaken_m_s2 < params.acc_m_s2 and abs(tick.tilt_deg) < params.lean_deg)


def mean(ticks: Iterable[Tick]) -> Angles:
    """Of their frontal angles and rolls."""
    some = list(ticks)
    return math.fsum(t.frontal_deg for t in some) / len(some), math.fsum(t.roll_deg for t in some) / len(some)
