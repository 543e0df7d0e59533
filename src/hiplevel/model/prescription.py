"""What a client was asked to do."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Self

from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.rules import DropRule, Stance

Feedback = Literal["every", "half", "set-end", "fading"]
FEEDBACKS: tuple[Feedback, ...] = ("every", "half", "set-end", "fading")
# What may be asked of somebody; beyond it a slip of the finger is meant.
BOUNDS: dict[str, tuple[float, str]] = {
    "sets": (20, "sets"),
    "reps": (200, "repetitions a set"),
    "hold_s": (300.0, "seconds of hold"),
    "tempo_s": (60.0, "seconds a repetition"),
    "rest_s": (1800.0, "seconds of rest"),
    "load_kg": (200.0, "kilograms"),
    "per_week": (21, "sessions a week"),
}
MAX_TEXT = 500


@dataclass(frozen=True)
class Prescription:
    """One exercise of a programme: dose, side and drop limit. Zero and an empty text mean "not prescribed".

    Attributes
    ----------
    tempo_s : of one repetition, s; load_kg, band : what it is done against
    per_week : sessions a week, for adherence
    feedback : a cue at every drop, at those of every second repetition, only a summary at the end of a set, or fading
        from the one to the other set by set. 'every', which nobody had to choose, leaves it to who trains
    note : to the client; reason : why this limit and dose, for the trail
    id, version : given by the clinic's store; a change is a new version with a new id

    Raises
    ------
    UsageError
        PRESCRIPTION for a dose that cannot be meant, RULE for such a limit.
    """

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
    load_kg: float = 0.0
    band: str = ""
    per_week: int = 0
    feedback: Feedback = "every"
    note: str = ""
    id: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        for name, (most, what) in BOUNDS.items():
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= most):
                raise UsageError(
                    f"{value:g} {what} cannot be meant: write a number from 0 (not prescribed) to {most:g}.",
                    Reason.PRESCRIPTION,
                )
        if self.feedback not in FEEDBACKS:
            raise UsageError(f"Feedback is one of {', '.join(FEEDBACKS)}, not {self.feedback!r}.", Reason.PRESCRIPTION)
        for name in ("author", "reason", "band", "note"):
            if len(getattr(self, name)) > MAX_TEXT:
                raise UsageError(f"The {name} has more than {MAX_TEXT} characters.", Reason.PRESCRIPTION)

    @property
    def asked_hold_s(self) -> float | None:
        """How long a hold is asked for; None leaves it to the exercise."""
        return self.hold_s or None

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` gave; fields of a later version are ignored. Raises UsageError, KeyError or TypeError."""
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        rules = {f.name for f in fields(DropRule)}
        return cls(**{**known, "rule": DropRule(**{n: v for n, v in data["rule"].items() if n in rules})})
