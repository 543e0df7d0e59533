"""What is about to be trained: the answers of the guided start, remembered for the next time."""

from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any, Self, cast

from hiplevel.exercises import load_exercise
from hiplevel.model.errors import HiplevelError
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Stance
from hiplevel.session.plan import Plan

SIMULATED = "simulated"
AUTHOR = "window"


@dataclass(frozen=True)
class Choice:
    """What the guide asks. Limits in degrees; 0 for reps, sets and rest_s means none.

    sensor: SIMULATED, or the id or file of a firmware spec; name and address: of the very one, where it is known.
    """

    sensor: str = SIMULATED
    name: str = ""
    address: str = ""
    client: str = ""
    exercise: str = "pelvic-drop"
    stance: str = "left"
    left_deg: float = 10.0
    right_deg: float = 10.0
    own_limit: bool = False
    reps: int = 8
    sets: int = 3
    rest_s: float = 30.0
    hinges: bool = False

    @property
    def simulated(self) -> bool:
        """No sensor at all."""
        return self.sensor == SIMULATED

    @cached_property
    def prescribed(self) -> Prescription | None:
        """What a clinician asks this client for in this exercise; it goes before everything that was set here."""
        from hiplevel.clinic.training import prescribed_to

        found = prescribed_to(self.client, self.exercise, self.stance)
        return found[0] if found else None

    @property
    def rule(self) -> DropRule:
        """The limits: as prescribed, as they were set here, or the exercise's preset."""
        if self.prescribed is not None:
            return self.prescribed.rule
        exercise = load_exercise(self.exercise)
        if not self.own_limit:
            warn_deg = exercise.warn_deg if exercise.warn_deg < exercise.alarm_deg else None
            return DropRule(exercise.alarm_deg, warn_deg=warn_deg)
        both = max(self.left_deg, self.right_deg)
        # A warning as far below the limit as the preset's, so that a low limit still leaves room for one.
        warn_deg = min(self.left_deg, self.right_deg) * exercise.warn_deg / exercise.alarm_deg
        hysteresis_deg = min(1.0, 0.5 * warn_deg)
        return DropRule(
            both,
            left_deg=self.left_deg,
            right_deg=self.right_deg,
            warn_deg=warn_deg if hysteresis_deg < warn_deg < min(self.left_deg, self.right_deg) else None,
            hysteresis_deg=hysteresis_deg,
        )

    @property
    def dose(self) -> Prescription:
        """Repetitions, sets and rest: as prescribed, or as they were set here."""
        stance = cast(Stance, self.stance)
        return self.prescribed or Prescription(
            self.exercise, stance, sets=self.sets, reps=self.reps, rest_s=self.rest_s, rule=self.rule, author=AUTHOR
        )

    def plan(self, seed: int | None = None) -> Plan:
        """The plan of the session."""
        stance = cast(Stance, self.stance)
        return Plan(self.exercise, stance, self.rule, client=self.client, prescription=self.dose, seed=seed)

    def to_json(self) -> dict[str, Any]:
        """For the settings."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """What the settings hold, as far as it still makes sense."""
        choice = cls()
        if not isinstance(data, dict):
            return choice
        kinds = {field.name: type(getattr(choice, field.name)) for field in fields(cls)}
        known = {name: value for name, value in data.items() if name in kinds and isinstance(value, kinds[name])}
        choice = replace(choice, **known)
        try:
            _ = choice.plan().pipeline()
        except (HiplevelError, ValueError):
            return cls()
        return choice
