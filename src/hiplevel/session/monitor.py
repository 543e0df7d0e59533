"""How well the data comes in: the state of the link, the latency, the disk; twice a second."""

from collections import deque
from collections.abc import Iterator

import numpy as np

from hiplevel.sensors.ble.link import HostClock
from hiplevel.sensors.ble.phases import Phase
from hiplevel.session.stream import Stream
from hiplevel.session.view import Health

EVERY_NS = 500_000_000
REFUSED_NS = 3_000_000_000  # the recorder reports a full disk about once a second
LATELY = 100  # packets
KEPT = 100_000


class Monitor:
    """Collects what `Health` says. clock: of the source; None for what is not live, which has no latency.

    Attributes
    ----------
    phase, reason, overflowed : told by the session
    latencies_ms : of the packets so far, the last KEPT of them
    """

    def __init__(self, stream: Stream, clock: HostClock | None) -> None:
        self.phase = Phase.STREAMING
        self.reason = ""
        self.overflowed = 0
        self.latencies_ms: deque[float] = deque(maxlen=KEPT)
        self._lately_ms: deque[float] = deque(maxlen=LATELY)
        self._stream = stream
        self._clock = clock
        self._arrival_ns: int | None = None
        self._shown_ns: int | None = None
        self._trouble, self._trouble_ns = "", 0

    def arrived(self, arrival_ns: int) -> None:
        """A notification that arrived then has just been dealt with."""
        self._arrival_ns = arrival_ns
        if self._clock is not None:
            latency_ms = (self._clock.now_ns() - arrival_ns) * 1e-6
            self.latencies_ms.append(latency_ms)
            self._lately_ms.append(latency_ms)

    def latency_ms(self, part: float) -> float | None:
        """The quantile `part` (0 to 1) of the latencies; None when nothing was live."""
        if not self.latencies_ms:
            return None
        return float(np.quantile(np.array(self.latencies_ms), part))

    def refused(self, sentence: str, at_ns: int) -> bool:
        """The disk refused; whether that is news."""
        news = at_ns - self._trouble_ns > REFUSED_NS or not self._trouble
        self._trouble, self._trouble_ns = sentence, at_ns
        return news

    def due(self, now: bool = False) -> Iterator[Health]:
        """The state of things, when it is time to show it again."""
        now_ns = self._now_ns()
        if not now and self._shown_ns is not None and now_ns - self._shown_ns < EVERY_NS:
            return
        self._shown_ns = now_ns
        told = self._stream.health
        yield Health(
            connected=self.phase.connected,
            phase=self.phase,
            reason=self.reason,
            silence_s=0.0 if self._arrival_ns is None else (now_ns - self._arrival_ns) * 1e-9,
            rate_hz=told.rate_hz,
            rate_error_ppm=told.rate_error_ppm,
            packets=told.packets,
            samples=told.samples,
            lost=told.lost,
            clipped=told.clipped,
            overflowed=self.overflowed,
            latency_ms=max(self._lately_ms, default=None),
            battery_percent=told.battery_percent,
            trouble=self._trouble if now_ns - self._trouble_ns <= REFUSED_NS else "",
        )

    def _now_ns(self) -> int:
        return self._clock.now_ns() if self._clock is not None else self._arrival_ns or 0
