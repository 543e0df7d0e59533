"""Whether a body that stands sways as on one leg, of its own quiet stance on two.

On one foot the base of support is a third as wide, and the pelvis turns several times as fast to stay above it, all the
time. Resting on one leg with both feet on the ground it does not: it moves now and then, and is quiet in between.
"""

from collections import deque

from hiplevel.detect.ticks import SECOND, Tick

# So many times quiet stance is on one leg; unsteadier by this than usual is moving about.
ONE_LEG, MOVING = 2.5, 3.0
WINDOW = 5 * SECOND
# People are asked to stand still at the beginning; later on they may sit, which is quieter than any stance.
_LEARN, _QUIET = 10 * SECOND, 2 * SECOND
# A sensor's own noise, and rounding.
_LEAST_DEG_S = 0.2


def one_leg_times(rates_deg_s: list[float], quiet_deg_s: float) -> float:
    """How many times as much as in quiet stance it sways all the time; 0 when it moves in between."""
    if not rates_deg_s:
        return 0.0
    order = sorted(rates_deg_s)
    low, high = order[len(order) // 4], order[(9 * len(order)) // 10]
    return low / quiet_deg_s if high <= MOVING * low else 0.0


class Sway:
    """Follows the ticks of standing. What is learned of quiet stance outlasts gaps."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=WINDOW)
        self._learned, self._least_deg_s = 0, float("inf")

    def restart(self) -> None:
        """A gap, another posture."""
        self._recent.clear()

    def add(self, tick: Tick) -> None:
        """One tick more."""
        self._recent.append(tick.rate_deg_s)
        if self._learned < _LEARN:
            self._learned += 1
            if len(self._recent) >= _QUIET:
                self._least_deg_s = min(self._least_deg_s, sum(list(self._recent)[-_QUIET:]) / _QUIET)

    @property
    def quiet_deg_s(self) -> float:
        """Of this person on both feet; infinite when it was not seen."""
        return max(self._least_deg_s, _LEAST_DEG_S)

    @property
    def on_one_leg(self) -> bool:
        """Whether the last five seconds are on one leg, and this moment too."""
        recent, quiet_deg_s = self._recent, self.quiet_deg_s
        if len(recent) < WINDOW or recent[-1] < ONE_LEG * quiet_deg_s:
            return False
        return one_leg_times(list(recent), quiet_deg_s) >= ONE_LEG

    @property
    def settled(self) -> bool:
        """Whether it is on both feet again, or off."""
        recent = self._recent
        now_deg_s = recent[-1] if recent else 0.0
        before_deg_s = recent[-2] if len(recent) > 1 else now_deg_s
        return 0.5 * (now_deg_s + before_deg_s) < self._between_deg_s

    @property
    def begun(self) -> int:
        """Since which of the ticks of the last five seconds it sways more than on both feet."""
        return next((k for k, rate in enumerate(self._recent) if rate >= self._between_deg_s), 0)

    @property
    def _between_deg_s(self) -> float:
        return 0.5 * (1.0 + ONE_LEG) * self.quiet_deg_s
