"""What the drop watch says: take care, the alarm, how far it went, and the drop when it is over."""

from dataclasses import dataclass

from hiplevel.model.known import Known
from hiplevel.model.rules import Side


@dataclass(frozen=True)
class DropWarned(Known):
    """`side` has fallen beyond the level at which to take care; the alarm may follow."""

    time_s: float
    side: Side
    drop_deg: float
    limit_deg: float


@dataclass(frozen=True)
class DropStarted(Known):
    """The alarm: `side` has just fallen beyond its limit."""

    time_s: float
    side: Side
    drop_deg: float
    limit_deg: float


@dataclass(frozen=True)
class DropUpdated(Known):
    """The drop goes on and became worse: its peak so far."""

    time_s: float
    side: Side
    peak_deg: float


@dataclass(frozen=True)
class Drop(Known):
    """A drop that is over (or was cut off by a gap or the end, then `complete` is False).

    side is the side that fell; area_deg_s is the integral of what exceeded the limit. set_number and rep_number say
    which repetition it belongs to, as far as that was known when it ended; 0 when none was. alarmed is False when it
    was over before the start was judged, so that no DropStarted told of it.
    """

    start_s: float
    end_s: float
    peak_deg: float
    side: Side
    mean_deg: float = 0.0
    area_deg_s: float = 0.0
    limit_deg: float = 0.0
    complete: bool = True
    set_number: int = 0
    rep_number: int = 0
    alarmed: bool = True

    @property
    def duration_s(self) -> float:
        """How long the limit was exceeded, s."""
        return self.end_s - self.start_s
