"""Noticing that a connected sensor has fallen silent."""

from hiplevel.sensors.spec.sensor import Spec

STALL_S = 0.8  # noticed within a second, with the time between two looks
LOOK_S = 0.1
GIVE_UP_S = 3.0  # silent for so long beyond that, it is connected to anew
PACKETS = 3.0  # a sensor that sends seldom is silent when so many packets are overdue


def patience_s(spec: Spec) -> float:
    """How long no data is no reason to worry, s: longer for a sensor that gathers samples before it sends."""
    latency_s = spec.limits.get("latency_s", 0.0)
    return max(STALL_S, PACKETS * float(latency_s))


class Silence:
    """When data were last heard, and what that means now. All times in ns of one clock."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._heard_ns: int | None = None

    def heard(self, now_ns: int) -> None:
        """Data came, or the wait for them begins."""
        self._heard_ns = now_ns

    def length_s(self, now_ns: int) -> float:
        """How long nothing has come, s."""
        return 0.0 if self._heard_ns is None else (now_ns - self._heard_ns) * 1e-9

    def stalled(self, now_ns: int) -> bool:
        """Whether it has lasted too long."""
        return self.length_s(now_ns) > self._patience_s

    def hopeless(self, now_ns: int) -> bool:
        """Whether waiting on is in vain."""
        return self.length_s(now_ns) > self._patience_s + GIVE_UP_S
