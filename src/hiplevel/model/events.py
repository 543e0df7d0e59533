"""What the pipeline says: repetitions, drops, holds, steps, sets, gaps, notes.

Every event carries `known_s`, the time of the sample at which it was certain: events are emitted in that order, and
nothing in an event depends on samples after it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeGuard

from hiplevel.model.clipping import Clipped as Clipped
from hiplevel.model.compensating import Compensation as Compensation
from hiplevel.model.compensating import CompensationStarted as CompensationStarted
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.holding import Hold as Hold
from hiplevel.model.holding import HoldBroken as HoldBroken
from hiplevel.model.holding import HoldStarted as HoldStarted
from hiplevel.model.holding import HoldUpdated as HoldUpdated
from hiplevel.model.known import Known
from hiplevel.model.limit_change import LimitChanged as LimitChanged
from hiplevel.model.metronome import BeatChecked, MetronomeStarted, MetronomeStopped
from hiplevel.model.passing import Pass as Pass
from hiplevel.model.rules import Side
from hiplevel.model.stepping import StepDrop as StepDrop
from hiplevel.model.stepping import UsualDrop as UsualDrop
from hiplevel.model.targets import RestStarted, TargetReached

MarkKind = Literal["start", "stop", "rezero", "next", "pause", "resume"]
MARKS: tuple[MarkKind, ...] = ("start", "stop", "rezero", "next", "pause", "resume")


@dataclass(frozen=True)
class Rep(Known):
    """One repetition: out from `start_s` to the turn at `turn_s`, and back at `end_s`.

    Attributes
    ----------
    rom_deg : range of the angle that the exercise reports; obliquity_rom_deg, tilt_rom_deg: of both angles
    number : within the set, from 1; a number that was withdrawn is given again
    peak_drop_deg : the worst drop inside it, 0 when the pelvis never fell; below what drops are measured from: neutral,
        or how the pelvis stood when the repetition began, where the exercise says so
    peak_deg : the reported angle at the turn, from neutral, in its own sign (+ left side up, + anterior)
    hold_turn_s, hold_home_s : stood still at the turn; and at home before it began
    rotation_rom_deg : to and fro about the vertical
    shift_cm : how far the pelvis went to the side and back, as far as an accelerometer shows it
    quality : 0 to 1, how well range, tempo and the other planes fit the exercise; faults: codes of what did not
    confidence : 0 to 1, how sure it is that this was a repetition at all
    provisional : the movement's own range is not known yet; a RepRevised follows
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
    peak_deg: float = 0.0
    hold_turn_s: float = 0.0
    hold_home_s: float = 0.0
    rotation_rom_deg: float = 0.0
    shift_cm: float = 0.0
    quality: float = 1.0
    faults: tuple[str, ...] = ()
    provisional: bool = False

    @property
    def out_s(self) -> float:
        """The way out, the hold at the turn left out, s."""
        return max(self.turn_s - self.start_s - 0.5 * self.hold_turn_s, 0.0)

    @property
    def back_s(self) -> float:
        """The way back, the hold at the turn left out, s."""
        return max(self.end_s - self.turn_s - 0.5 * self.hold_turn_s, 0.0)


@dataclass(frozen=True)
class RepTurned(Known):
    """A repetition under way has turned, at `time_s`: here it counts where the exercise counts at the turn.

    Its Rep follows with the same numbers when it has come back; a RepRevised with kept False when it never does.
    """

    time_s: float
    number: int
    set_number: int
    side: str = "both"
    peak_deg: float = 0.0


@dataclass(frozen=True)
class RepRevised(Known):
    """A provisional repetition, the newest with these numbers, was confirmed (`kept`) or withdrawn, and why."""

    set_number: int
    number: int
    kept: bool
    reason: str = ""


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
class Step(Known):
    """An initial contact and its foot."""

    time_s: float
    side: str


@dataclass(frozen=True)
class SetArmed(Known):
    """Posture right and quiet at `time_s`: what comes now counts. cue: 'still', or who gave it."""

    time_s: float
    cue: str = "still"


@dataclass(frozen=True)
class SetDisarmed(Known):
    """Ready no more: 'walking' or 'posture'."""

    time_s: float
    reason: str = "walking"


@dataclass(frozen=True)
class SetStarted(Known):
    """A set began; known only once its first repetitions are."""

    time_s: float
    number: int


@dataclass(frozen=True)
class SetEnded(Known):
    """A set of so many kept repetitions is over. reason: 'rest', 'walking', 'posture', 'said' or 'end'."""

    start_s: float
    end_s: float
    number: int
    reps: int
    reason: str = "rest"


@dataclass(frozen=True)
class Gap(Known):
    """No usable samples in [start_s, end_s): nothing was counted there. reason: 'missing', 'paused' or
    'not-finite'."""

    start_s: float
    end_s: float
    reason: str = "missing"


@dataclass(frozen=True)
class Rezero(Known):
    """The neutral was taken: from `start_s` to `end_s` the pelvis was still. offset_deg: what was subtracted.

    source: 'still' (standing), 'assumed' (the quietest moment), 'asked' (a person wanted it) or the lying posture.
    """

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
class Mark(Known):
    """What a person said after the sample at `time_s`: 'start' or 'stop' of a hold, or 'rezero' for a new neutral.

    Recorded: replay hears it.
    """

    time_s: float
    what: MarkKind


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
    | RepTurned
    | RepRevised
    | DropWarned
    | DropStarted
    | DropUpdated
    | Drop
    | HoldStarted
    | HoldUpdated
    | HoldBroken
    | Hold
    | CompensationStarted
    | Compensation
    | Pass
    | Step
    | StepDrop
    | UsualDrop
    | SetArmed
    | SetDisarmed
    | SetStarted
    | SetEnded
    | Gap
    | Clipped
    | Rezero
    | Note
    | Mark
    | LimitChanged
    | LinkLost
    | LinkRestored
    | Correction
    | BadSpan
    | TargetReached
    | RestStarted
    | MetronomeStarted
    | MetronomeStopped
    | BeatChecked
)
EVENT_TYPES: dict[str, type[Known]] = {
    kind.__name__: kind
    for kind in (
        Rep,
        RepTurned,
        RepRevised,
        DropWarned,
        DropStarted,
        DropUpdated,
        Drop,
        HoldStarted,
        HoldUpdated,
        HoldBroken,
        Hold,
        CompensationStarted,
        Compensation,
        Pass,
        Step,
        StepDrop,
        UsualDrop,
        SetArmed,
        SetDisarmed,
        SetStarted,
        SetEnded,
        Gap,
        Clipped,
        Rezero,
        Note,
        Mark,
        LimitChanged,
        LinkLost,
        LinkRestored,
        Correction,
        BadSpan,
        TargetReached,
        RestStarted,
        MetronomeStarted,
        MetronomeStopped,
        BeatChecked,
    )
}


Said: TypeAlias = Correction | BadSpan | Note | MetronomeStarted | MetronomeStopped


def said_by_person(event: Event) -> TypeGuard[Said]:
    """Whether a person said this. It is no result, so a replay has no say in it and takes it from the recording."""
    return isinstance(event, (MetronomeStarted, MetronomeStopped)) or is_edit(event)


def is_edit(event: Event) -> bool:
    """Whether a person put something right by it: a correction, a bad span, a note. It can be taken back."""
    return isinstance(event, (Correction, BadSpan)) or (isinstance(event, Note) and event.author != "machine")
