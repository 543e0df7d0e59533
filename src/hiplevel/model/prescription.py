"""What a client was asked to do."""

from dataclasses import dataclass, field

from hiplevel.model.rules import DropRule, Stance


@dataclass(frozen=True)
class Prescription:
    """One exercise of a programme: dose, side and drop limit. Zero means "not prescribed"."""

    exercise: str
    stance: Stance = "both"
    sets: int = 0
    reps: int = 0
    hold_s: float = 0.0
    rest_s: float = 0.0
    tempo_s: float = 0.0
    rule: DropRule = field(default_factory=DropRule)
    author: str = ""
    reason: str = ""
