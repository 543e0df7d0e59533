"""The life of a link as a state machine: which phases there are, and which may follow which."""

from collections.abc import Callable, Mapping
from enum import StrEnum


class Phase(StrEnum):
    """Where a link stands; the value is what `--json` prints."""

    IDLE = "idle"
    SCANNING = "scanning"
    CONNECTING = "connecting"
    STARTING = "starting"
    STREAMING = "streaming"
    STALLED = "stalled"  # connected, and nothing comes
    LOST = "lost"
    WAITING = "waiting"  # before the next try to reconnect
    STOPPING = "stopping"
    STOPPED = "stopped"

    @property
    def connected(self) -> bool:
        """Whether data come, or could."""
        return self in (Phase.STREAMING, Phase.STALLED, Phase.STOPPING)


# A try to connect may fail in each of its phases: into the wait for the next one, or, the first time, into the end.
_TRY = frozenset({Phase.WAITING, Phase.STOPPED})
NEXT: Mapping[Phase, frozenset[Phase]] = {
    Phase.IDLE: frozenset({Phase.SCANNING}),
    Phase.SCANNING: _TRY | {Phase.CONNECTING},
    Phase.CONNECTING: _TRY | {Phase.STARTING},
    Phase.STARTING: _TRY | {Phase.STREAMING},
    Phase.STREAMING: frozenset({Phase.STALLED, Phase.LOST, Phase.STOPPING}),
    Phase.STALLED: frozenset({Phase.STREAMING, Phase.LOST, Phase.STOPPING}),
    Phase.LOST: frozenset({Phase.WAITING, Phase.STOPPED}),
    Phase.WAITING: frozenset({Phase.SCANNING, Phase.STOPPED}),
    Phase.STOPPING: frozenset({Phase.STOPPED}),
    Phase.STOPPED: frozenset({Phase.SCANNING}),
}


class Life:
    """The phase of one link. Every change is told to `tell`, with a reason for people."""

    def __init__(self, tell: Callable[[Phase, str], object]) -> None:
        self.phase = Phase.IDLE
        self._tell = tell

    def go(self, phase: Phase, reason: str = "") -> None:
        """Into another phase. RuntimeError for a way that does not exist: that is a fault of the caller."""
        if phase not in NEXT[self.phase]:
            raise RuntimeError(f"a link cannot go from {self.phase} to {phase}")
        self.phase = phase
        self._tell(phase, reason)
