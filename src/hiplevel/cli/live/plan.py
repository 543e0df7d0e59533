"""From what was told, prescribed and asked to the plan of a session, and whose limit it is."""

from dataclasses import dataclass, replace

from hiplevel.cli.live.ask import ask_exercise, ask_stance
from hiplevel.cli.options.training import limits
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import ClinicError, Reason, UsageError
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.tempo import Tempo
from hiplevel.session.plan import Plan

CLINICIAN, PRESET, TOLD = "set by your clinician", "preset of the catalogue", "as told with --limit"


@dataclass(frozen=True)
class Told:
    """The options of the command line; limits_deg: of both sides, of the left, of the right side."""

    client: str
    exercise: str | None
    stance: Stance | None
    limits_deg: tuple[float | None, float | None, float | None]
    sets: int = 0
    reps: int = 0
    hold_s: float = 0.0
    rest_s: float = 0.0
    note: str = ""
    seed: int | None = None

    @property
    def dose(self) -> bool:
        """Whether a target was told."""
        return bool(self.sets or self.reps or self.hold_s or self.rest_s)


def plan_of(told: Told, *, ask: bool) -> tuple[Plan, str]:
    """(plan, whose limit it is). What was not told is taken from the client's prescription, then asked for.

    Raises
    ------
    UsageError
        for an unknown exercise, or a dose or limit that cannot be meant.
    ClinicError
        NOT_ALLOWED for another limit than the one prescribed.
    """
    exercise_id, stance = told.exercise, told.stance
    from hiplevel.clinic.training import prescribed_to

    asked_of = prescribed_to(told.client)
    if exercise_id is None and len(asked_of) == 1:
        exercise_id = asked_of[0].exercise
    if exercise_id is None and ask:
        exercise_id = ask_exercise()
    if exercise_id is None:
        rule = limits(DropRule(), *told.limits_deg)
        plan = Plan(None, stance or "both", rule, client=told.client, note=told.note, seed=told.seed)
        return plan, TOLD if any(told.limits_deg) else PRESET
    exercise = load_exercise(exercise_id)
    mine = [one for one in asked_of if one.exercise == exercise_id and stance in (None, one.stance)]
    prescription = mine[0] if len(mine) == 1 else None
    if stance is None:
        sided = exercise.sides == "declared"
        stance = prescription.stance if prescription is not None else ask_stance(exercise) if ask and sided else "both"
    plan = Plan(
        exercise,
        stance,
        client=told.client,
        prescription=prescription,
        note=told.note,
        seed=told.seed,
    )
    preset = plan.pipeline().rule
    rule = limits(preset if prescription is None else prescription.rule, *told.limits_deg)
    if prescription is not None and rule != prescription.rule:
        raise ClinicError(
            f"The limit of {told.client} in {exercise_id} is set by {prescription.author}; it changes in the "
            "clinician's role only.",
            Reason.NOT_ALLOWED,
            f"Leave it out, or change it: hiplevel clinic threshold {told.client} --exercise {exercise_id} "
            f'--side {stance} --limit DEG --reason "..."',
        )
    whose = TOLD if any(told.limits_deg) else PRESET if prescription is None else CLINICIAN
    if told.dose:
        prescription = Prescription(
            exercise_id, stance, told.sets, told.reps, told.hold_s, told.rest_s, rule=rule, reason="told at the start"
        )
    return replace(plan, rule=rule, prescription=prescription), whose


def tempo_of(told: str, plan: Plan) -> Tempo:
    """The tempo as told, else as prescribed, else the middle of what is usual for the exercise.

    Raises
    ------
    UsageError
        PRESCRIPTION for a tempo that nobody can follow, or when none is known.
    """
    if told:
        return Tempo.parse(told)
    asked, exercise = plan.prescription, plan.pipeline().exercise
    rep_s = 0.0 if asked is None else asked.tempo_s
    if not rep_s and exercise is not None:
        rep_s = sum(exercise.counting.tempo_s) / 2.0
    if not rep_s:
        raise UsageError("No tempo is known for this.", Reason.PRESCRIPTION, "Write one, such as --metronome 2-1-2-0.")
    return Tempo(0.5 * rep_s, 0.0, 0.5 * rep_s)
