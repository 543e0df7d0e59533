"""Prescriptions: versions, reasons, and who may change a limit."""

from dataclasses import replace

import pytest

from clinic.conftest import CODE
from hiplevel import ClinicError, DropRule, Prescription, Reason, UsageError
from hiplevel.clinic.audit import TRAINEE, lines
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import current, history, programme
from hiplevel.clinic.prescribing import change_limit, prescribe

SQUAT = Prescription("single-leg-squat", "left", sets=3, reps=8, rule=DropRule(8.0), band="red", note="slowly")


def test_what_is_prescribed_is_what_is_read(store: Store, clinician: Clinician) -> None:
    made = prescribe(store, CODE, SQUAT, by=clinician)
    assert made.prescription == replace(SQUAT, id=made.prescription.id, version=1, author="Dr. Weber")
    assert [p.prescription for p in programme(store, CODE)] == [made.prescription]


def test_a_change_is_a_new_version_and_the_old_one_stays(store: Store, clinician: Clinician) -> None:
    first = prescribe(store, CODE, SQUAT, by=clinician)
    second = change_limit(store, CODE, "single-leg-squat", "left", DropRule(6.5), "steady for a week", by=clinician)
    assert [p.prescription.version for p in history(store, CODE)] == [1, 2]
    assert history(store, CODE)[0] == first
    assert second.prescription.reps == 8
    line = lines(store)[-1]
    assert line.detail is not None
    assert (line.who, line.action) == ("Dr. Weber", "prescription-changed")
    assert (line.detail["from"]["threshold_deg"], line.detail["to"]["threshold_deg"]) == (8.0, 6.5)
    assert line.detail["why"] == "steady for a week"
    assert verify(store).whole


def test_a_change_of_limits_says_why(store: Store, clinician: Clinician) -> None:
    prescribe(store, CODE, SQUAT, by=clinician)
    with pytest.raises(UsageError, match="says why") as told:
        change_limit(store, CODE, "single-leg-squat", "left", DropRule(6.5), " ", by=clinician)
    assert told.value.reason is Reason.PRESCRIPTION
    assert current(store, CODE, "single-leg-squat", "left") == history(store, CODE)[0]


def test_a_trainee_is_no_clinician(store: Store) -> None:
    with pytest.raises(AttributeError):  # nobody but a Clinician has what signs and seals
        TRAINEE.seal_name("x")  # type: ignore[attr-defined]
    with pytest.raises(ClinicError, match="clinician's role") as told:
        prescribe(store, CODE, SQUAT, by=TRAINEE)  # type: ignore[arg-type]
    assert told.value.reason is Reason.NOT_ALLOWED
    assert history(store, CODE) == []


def test_the_same_limit_again_changes_nothing(store: Store, clinician: Clinician) -> None:
    prescribe(store, CODE, SQUAT, by=clinician)
    with pytest.raises(UsageError, match="already; nothing was changed"):
        change_limit(store, CODE, "single-leg-squat", "left", SQUAT.rule, "no reason", by=clinician)


def test_stopping_ends_the_programme_and_keeps_the_history(store: Store, clinician: Clinician) -> None:
    prescribe(store, CODE, SQUAT, by=clinician)
    prescribe(store, CODE, replace(SQUAT, stance="right"), by=clinician)
    prescribe(store, CODE, replace(SQUAT, reason="hip hurts"), by=clinician, stop=True)
    assert [p.prescription.stance for p in programme(store, CODE)] == ["right"]
    assert [p.stopped for p in history(store, CODE, "single-leg-squat", "left")] == [False, True]
    again = prescribe(store, CODE, SQUAT, by=clinician)
    assert again.prescription.version == 3


def test_prescriptions_cannot_be_changed_by_the_program_either(store: Store, clinician: Clinician) -> None:
    prescribe(store, CODE, SQUAT, by=clinician)
    with pytest.raises(ClinicError, match="never changed"), store.transaction():
        store.run("UPDATE prescription SET version = 9")


@pytest.mark.parametrize("limit_deg", [-3.0, 0.0, 90.0, float("nan")])
def test_a_limit_that_cannot_be_meant_is_refused(limit_deg: float) -> None:
    with pytest.raises(UsageError, match="cannot be meant") as told:
        DropRule(limit_deg)
    assert told.value.reason is Reason.RULE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sets": -1}, "-1 sets"),
        ({"reps": 1000}, "1000 repetitions"),
        ({"hold_s": float("inf")}, "inf seconds of hold"),
        ({"feedback": "loud"}, "every, half, set-end, fading"),
        ({"note": "x" * 501}, "note has more than 500"),
    ],
)
def test_a_dose_that_cannot_be_meant_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        replace(SQUAT, **change)  # type: ignore[arg-type]


def test_an_unknown_exercise_is_not_prescribed(store: Store, clinician: Clinician) -> None:
    with pytest.raises(UsageError, match="single-leg-sqat"):
        prescribe(store, CODE, replace(SQUAT, exercise="single-leg-sqat"), by=clinician)


def test_json_keeps_every_field_and_ignores_later_ones() -> None:
    full = replace(SQUAT, hold_s=2.0, tempo_s=4.0, rest_s=60.0, load_kg=2.5, per_week=3, feedback="half", version=4)
    assert Prescription.from_json({**full.to_json(), "later": 1}) == full
