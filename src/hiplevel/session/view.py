"""What a session shows: anything that takes events, angles and the state of the link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hiplevel.model.events import Event
from hiplevel.pipeline import MotionOutput
from hiplevel.sensors.ble.phases import Phase


@dataclass(frozen=True)
class Health:
    """How the data comes in.

    Attributes
    ----------
    connected : the link is up
    phase, reason : where it stands in the life of a link, and why, for people
    silence_s : since the last notification
    rate_hz : samples a second lately; None before there are enough
    rate_error_ppm : how far the rate is from the nominal one; None before it is known
    packets, samples, lost, clipped : so far; lost is None where the sensor cannot tell
    overflowed : notifications lost in this computer
    latency_ms : from the arrival of a packet to its events, the worst lately
    battery_percent : as the sensor last told it
    trouble : what keeps the recording from the disk, '' when nothing does
    """

    connected: bool = True
    phase: Phase = Phase.STREAMING
    reason: str = ""
    silence_s: float = 0.0
    rate_hz: float | None = None
    rate_error_ppm: float | None = None
    packets: int = 0
    samples: int = 0
    lost: int | None = 0
    clipped: int = 0
    overflowed: int = 0
    latency_ms: float | None = None
    battery_percent: float | None = None
    trouble: str = ""


class View(Protocol):
    """Called from the session's thread, in order."""

    def on_events(self, events: Sequence[Event]) -> None:
        """These have just become certain."""

    def on_motion(self, motion: MotionOutput) -> None:
        """These angles have just become known."""

    def on_health(self, health: Health) -> None:
        """How the data comes in, twice a second."""
