"""What comes over the link, and when: notifications, changes of the link, and the host's clock that dates them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from hiplevel.sensors.ble.phases import Phase


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification, verbatim: the characteristic's alias in the spec, and the host's clock at its arrival."""

    characteristic: str
    payload: bytes
    arrival_ns: int


@dataclass(frozen=True, slots=True)
class LinkChange:
    """The link is now in this phase; `reason` is for people."""

    phase: Phase
    at_ns: int
    reason: str = ""


class HostClock:
    """Nanoseconds since 1970 that never jump: the wall clock read once, advanced by the monotonic clock."""

    def __init__(
        self, wall_ns: Callable[[], int] = time.time_ns, monotonic_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        self._monotonic_ns = monotonic_ns
        self._offset_ns = wall_ns() - monotonic_ns()

    def now_ns(self) -> int:
        """The time now."""
        return self._monotonic_ns() + self._offset_ns
