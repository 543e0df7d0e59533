"""What the pipeline says: repetitions, drops, holds, steps, sets, gaps, notes.

Every event carries `known_s`, the time of the sample at which it was certain: events are emitted in that order, and
nothing in an event depends on samples after it.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from hiplevel.model.rules import Side


@dataclass(frozen=True)
class Known:
    """Base of all events: when it became certain."""

    known_s: float = field(default=0.0, kw_only=True)


@dataclass(frozen=True)
class Rep(Known):
    """One repetition: out from `start_s` to the turn at `turn_s`, and back at `end_s`.

    rom_deg is the range of the count signal. peak_drop_deg is the worst drop inside it (0 when the pelvis never fell).
    number counts within the set from 1. confidence is 0 to 1.
    """

    start_s: float
    turn_s: float
    end_s: float
    rom_deg: float
    side: str = "both"
    number: int = 0
    set_number: int = 0
    peak_drop_deg: float = 0.0
    obliquity_rom_deg: float = 0.0
    tilt_rom_deg: float = 0.0
    confidence: float = 1.0


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
    which repetition it belongs to, as far as that was known when it ended; 0 when none was.
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

    @property
    def duration_s(self) -> float:
        """How long the limit was exceeded, s."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Hold(Known):
    """A position held: mean angle of the count signal, and its drift over the hold."""

    start_s: float
    end_s: float
    side: str = "both"
    mean_deg: float = 0.0
    drift_deg: float = 0.0


@dataclass(frozen=True)
class Step(Known):
    """An initial contact and its foot."""

    time_s: float
    side: str


@dataclass(frozen=True)
class SetStarted(Known):
    """A set began; known only once its first repetitions are."""

    time_s: float
    number: int


@dataclass(frozen=True)
class SetEnded(Known):
    """A set is over: rest, walking away, a lost posture or the end of the recording."""

    start_s: float
    end_s: float
    number: int
    reps: int


@dataclass(frozen=True)
class Gap(Known):
    """No usable samples in [start_s, end_s): nothing was counted there. reason: 'missing' or 'not-finite'."""

    start_s: float
    end_s: float
    reason: str = "missing"


@dataclass(frozen=True)
class Rezero(Known):
    """The neutral was taken: from `start_s` to `end_s` the pelvis was still. offset_deg: what was subtracted."""

    start_s: float
    end_s: float
    obliquity_offset_deg: float = 0.0
    tilt_offset_deg: float = 0.0
    source: str = "still"


@dataclass(frozen=True)
class Note(Known):
    """A remark for people, with a code for programs; level 'info' or 'warning'. `author` is 'machine' or a person."""

    time_s: float
    text: str
    code: str = "note"
    level: str = "info"
    author: str = "machine"


@dataclass(frozen=True)
class LinkLost(Known):
    """The Bluetooth link broke at `time_s`."""

    time_s: float
    reason: str = "lost"


@dataclass(frozen=True)
class LinkRestored(Known):
    """The link is back after `gap_s` seconds."""

    time_s: float
    gap_s: float


Event: TypeAlias = (
    Rep
    | DropWarned
    | DropStarted
    | DropUpdated
    | Drop
    | Hold
    | Step
    | SetStarted
    | SetEnded
    | Gap
    | Rezero
    | Note
    | LinkLost
    | LinkRestored
)
EVENT_TYPES: dict[str, type[Known]] = {
    kind.__name__: kind
    for kind in (
        Rep,
        DropWarned,
        DropStarted,
        DropUpdated,
        Drop,
        Hold,
        Step,
        SetStarted,
        SetEnded,
        Gap,
        Rezero,
        Note,
        LinkLost,
        LinkRestored,
    )
}
