"""The metronome: the beat leads, the sensor checks."""

from dataclasses import dataclass
from typing import Literal

from hiplevel.model.known import Known

# rep: a counted repetition followed the beat; moving: the pelvis moved in its rhythm, too little to be counted;
# missed: nothing followed; unseen: nothing was seen, and that says nothing where the pelvis hardly moves.
Found = Literal["rep", "moving", "missed", "unseen"]


@dataclass(frozen=True)
class MetronomeStarted(Known):
    """A person let the beat begin: the first repetition at `time_s`. Recorded: replay hears it."""

    time_s: float
    out_s: float
    hold_s: float
    back_s: float
    home_s: float


@dataclass(frozen=True)
class MetronomeStopped(Known):
    """The beat ended; a repetition that had begun less than whole before `time_s` is not asked for."""

    time_s: float


@dataclass(frozen=True)
class BeatChecked(Known):
    """What followed beat `number` (from 1), which began at `time_s`. late_s: of the turn, + = late; 0 without one."""

    time_s: float
    number: int
    found: Found
    late_s: float = 0.0
    set_number: int = 0
    rep_number: int = 0
