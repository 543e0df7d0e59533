"""What the pipeline says: repetitions, drops, holds, steps, sets, gaps, notes.

Every event carries `known_s`, the time of the sample at which it was certain: events are emitted in that order, and
nothing in an event depends on samples after it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeGuard, get_args

from hiplevel.model.clipping import Clipped as Clipped
from hiplevel.model.compensating import Compensation as Compensation
from hiplevel.model.compensating import CompensationStarted as CompensationStarted
from hiplevel.model.counting import Rep as Rep
from hiplevel.model.counting import RepRevised as RepRevised
from hiplevel.model.counting import RepTurned as RepTurned
from hiplevel.model.counting import SetArmed as SetArmed
from hiplevel.model.counting import SetDisarmed as SetDisarmed
from hiplevel.model.counting import SetEnded as SetEnded
from hiplevel.model.counting import SetStarted as SetStarted
from hiplevel.model.dropping import Drop as Drop
from hiplevel.model.dropping import DropStarted as DropStarted
from hiplevel.model.dropping import DropUpdated as DropUpdated
from hiplevel.model.dropping import DropWarned as DropWarned
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.holding import Hold as Hold
from hiplevel.model.holding import HoldBroken as HoldBroken
from hiplevel.model.holding import HoldStarted as HoldStarted
from hiplevel.model.holding import HoldUpdated as HoldUpdated
from hiplevel.model.known import Known
from hiplevel.model.limit_change import LimitChanged as LimitChanged
from hiplevel.model.metronome import BeatChecked, MetronomeStarted, MetronomeStopped
from hiplevel.model.missing import Gap as Gap
from hiplevel.model.missing import LinkLost as LinkLost
from hiplevel.model.missing import LinkRestored as LinkRestored
from hiplevel.model.passing import Pass as Pass
from hiplevel.model.stepping import Step as Step
from hiplevel.model.stepping import StepDrop as StepDrop
from hiplevel.model.stepping import UsualDrop as UsualDrop
from hiplevel.model.targets import RestStarted, TargetReached

MarkKind = Literal["start", "stop", "rezero", "next", "pause", "resume"]
MARKS: tuple[MarkKind, ...] = ("start", "stop", "rezero", "next", "pause", "resume")


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
EVENT_TYPES: dict[str, type[Known]] = {kind.__name__: kind for kind in get_args(Event)}


Said: TypeAlias = Correction | BadSpan | Note | MetronomeStarted | MetronomeStopped


def said_by_person(event: Event) -> TypeGuard[Said]:
    """Whether a person said this. It is no result, so a replay has no say in it and takes it from the recording."""
    return isinstance(event, (MetronomeStarted, MetronomeStopped)) or is_edit(event)


def is_edit(event: Event) -> bool:
    """Whether a person put something right by it: a correction, a bad span, a note. It can be taken back."""
    return isinstance(event, (Correction, BadSpan)) or (isinstance(event, Note) and event.author != "machine")
