"""How far the pelvis falls from step to step, in walking, running and walking sideways."""

from dataclasses import dataclass

from hiplevel.model.known import Known
from hiplevel.model.rules import Side


@dataclass(frozen=True)
class Step(Known):
    """An initial contact at `time_s`, and its foot: side is 'left' or 'right'."""

    time_s: float
    side: str


@dataclass(frozen=True)
class StepDrop(Known):
    """One foot stood alone from start_s to end_s: `side`, the unsupported one, fell peak_deg below neutral at most.

    Negative when it stayed above. Known with the next contact.
    """

    start_s: float
    end_s: float
    side: Side
    peak_deg: float


@dataclass(frozen=True)
class UsualDrop(Known):
    """The median of a side's StepDrops over so many strides, 20 at least: all since start_s."""

    start_s: float
    end_s: float
    side: Side
    median_deg: float
    strides: int
