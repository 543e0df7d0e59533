"""What a simulated wearer is asked to do: the pieces a session is chained from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from hiplevel.model.errors import Reason, UsageError

_NO_DROPS: Mapping[int, float] = MappingProxyType({})
# What comes between clean repetitions: an attempt given up early before the repetition, a stop on the way out or on the
# way back, a long pause after it.
Mishap = Literal["partial", "stop-out", "stop-back", "pause"]
MISHAPS: tuple[Mishap, ...] = ("partial", "stop-out", "stop-back", "pause")
_NO_MISHAPS: Mapping[int, Mishap] = MappingProxyType({})


@dataclass(frozen=True)
class Work:
    """Sets of one exercise; None means what is usual for it.

    Attributes
    ----------
    exercise : an id of the catalogue
    stance : 'left' or 'right': the leg stood upon, the side lain upon, the way a band walk sets out
    reps : repetitions, steps or holds in each set
    rest_s : between sets
    rom_deg, fall_deg : range of a repetition; fall of the unsupported side at its turn (negative: raised)
    tempo_s, hold_s, pause_s : a repetition, the hold at its turn, the pause after it
    variation : relative scatter of range and tempo; fatigue : relative slowing and sinking by the end of a set
    cheating : 0 to 1, how much other planes help
    drops : number of a repetition, step or hold (from 0, over all sets) to the degrees it falls to
    speed_m_s : walking and running
    depth : how deep a squat goes, as a multiple of the usual; None is the usual, each time the same
    knee_bend, trunk_swing : 0 to 1, helping by bending the standing knee, or by throwing the trunk
    mishaps : number of a repetition to what went wrong with it
    movement : another movement than the exercise's own: one of a limb, for `generic`
    """

    exercise: str
    stance: Literal["left", "right"] = "left"
    reps: int | None = None
    sets: int = 1
    rest_s: float = 20.0
    rom_deg: float | None = None
    fall_deg: float | None = None
    tempo_s: float | None = None
    hold_s: float | None = None
    pause_s: float | None = None
    variation: float = 0.05
    fatigue: float = 0.0
    cheating: float = 0.0
    drops: Mapping[int, float] = field(default_factory=lambda: _NO_DROPS)
    speed_m_s: float | None = None
    depth: float | None = None
    knee_bend: float = 0.0
    trunk_swing: float = 0.0
    mishaps: Mapping[int, Mishap] = field(default_factory=lambda: _NO_MISHAPS)
    movement: str | None = None

    def __post_init__(self) -> None:
        if self.stance not in ("left", "right"):
            raise UsageError(f"A simulated wearer stands on 'left' or 'right', not on {self.stance!r}.", Reason.USAGE)
        if self.sets < 1 or (self.reps is not None and self.reps < 1):
            raise UsageError("A simulated exercise needs at least one set and one repetition.", Reason.USAGE)
        if not 0.0 <= self.variation <= 0.3:
            raise UsageError("The variation between repetitions must lie between 0 and 0.3.", Reason.USAGE)
        if min(self.rest_s, self.hold_s or 0.0, self.pause_s or 0.0) < 0.0:
            raise UsageError("Rests, holds and pauses cannot be negative.", Reason.USAGE)
        if self.tempo_s is not None and self.tempo_s <= 0.0:
            raise UsageError("A repetition takes longer than 0 s.", Reason.USAGE)

    @property
    def sign(self) -> float:
        """+1 on the left leg (its drop is positive obliquity), -1 on the right."""
        return 1.0 if self.stance == "left" else -1.0


@dataclass(frozen=True)
class Still:
    """Standing still on both feet."""

    duration_s: float = 4.0


@dataclass(frozen=True)
class Rest:
    """Standing about: shifting weight, looking round."""

    duration_s: float = 20.0


@dataclass(frozen=True)
class Stroll:
    """Walking somewhere: a number of steps, with a turn to the left at the end."""

    steps: int = 8
    turn_deg: float = 0.0


@dataclass(frozen=True)
class Sit:
    """Sitting down on a chair, staying for so long, and standing up again."""

    duration_s: float = 10.0


@dataclass(frozen=True)
class Hinges:
    """Forward hip hinges on both feet, as for learning the mounting; sideways_deg: how far the pelvis lists in each."""

    count: int = 3
    hinge_deg: float = 45.0
    sideways_deg: float = 0.0


Segment: TypeAlias = Work | Still | Rest | Stroll | Sit | Hinges
