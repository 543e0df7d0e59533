"""What is prescribed is what is trained."""

from pathlib import Path

import pytest

from clinic.conftest import CODE
from clinic.recorded import record, samples
from hiplevel import ClinicError, DropRule, Prescription
from hiplevel.cli.live.plan import CLINICIAN, PRESET, Told, plan_of
from hiplevel.cli.main import run
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.sessions import sessions
from hiplevel.clinic.training import keep_session, look_anew, prescribed_to

ASKED = Prescription("single-leg-squat", "left", sets=3, reps=8, rule=DropRule(8.0))


@pytest.fixture
def here(store: Store, clinician: Clinician, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of this computer, with something prescribed."""
    monkeypatch.setenv("HIPLEVEL_DB", str(store.path))
    prescribe(store, CODE, ASKED, by=clinician)
    return store


def test_the_training_side_does_exactly_what_was_prescribed(here: Store) -> None:
    plan, whose = plan_of(Told(CODE, None, None, (None, None, None)), ask=False)
    assert (plan.exercise_id, plan.stance, plan.rule, whose) == ("single-leg-squat", "left", DropRule(8.0), CLINICIAN)
    assert plan.prescription is not None
    assert (plan.prescription.sets, plan.prescription.reps, plan.prescription.version) == (3, 8, 1)


def test_another_limit_needs_the_clinicians_role(here: Store) -> None:
    with pytest.raises(ClinicError, match=r"set by Dr\. Weber; it changes in the clinician's role only"):
        plan_of(Told(CODE, "single-leg-squat", "left", (12.0, None, None)), ask=False)
    assert plan_of(Told(CODE, "single-leg-squat", "left", (8.0, None, None)), ask=False)[0].rule == DropRule(8.0)


def test_what_is_not_prescribed_goes_by_the_preset(here: Store) -> None:
    for told in (Told(CODE, "pelvic-drop", "left", (None,) * 3), Told("c-2", "single-leg-squat", "left", (None,) * 3)):
        plan, whose = plan_of(told, ask=False)
        assert (plan.prescription, whose) == (None, PRESET)


def test_after_training_the_session_is_in_the_store(here: Store, tmp_path: Path) -> None:
    path = record(tmp_path / "trained.mcap", samples({1: 9.0}), simulated=False)
    assert keep_session(path, CODE) == ""
    assert keep_session(path, "c-stranger") == ""  # nobody of this store
    assert [session.path for session in sessions(here, CODE)] == [path]
    assert keep_session(path, CODE, path=tmp_path / "nowhere.db") == ""
    assert not (tmp_path / "nowhere.db").exists()
    path.write_bytes(b"no recording")
    assert keep_session(path, CODE).startswith("The session is recorded, but not added to the clinic's store: ")


def test_no_store_is_no_prescription_and_a_damaged_one_is_an_error(here: Store, tmp_path: Path) -> None:
    assert prescribed_to(CODE, path=tmp_path / "nowhere.db") == []
    assert prescribed_to("", path=here.path) == []
    assert [p.exercise for p in prescribed_to(CODE, "single-leg-squat", "left")] == ["single-leg-squat"]
    assert prescribed_to(CODE, "single-leg-squat", "right") == []
    broken = tmp_path / "broken.db"
    broken.write_bytes(here.path.read_bytes()[:200])
    with pytest.raises(ClinicError, match="half there"):
        prescribed_to(CODE, path=broken)


def test_a_correction_reaches_the_store_that_has_the_session(here: Store, tmp_path: Path) -> None:
    path = record(tmp_path / "s.mcap", samples({1: 9.0}), simulated=False)
    copy = tmp_path / "copy.mcap"
    copy.write_bytes(path.read_bytes())
    assert keep_session(path, CODE) == ""
    (before,) = sessions(here, CODE)
    assert run(["recordings", "bad", str(copy), "0:00", "0:20"]) == 0  # a copy is no business of the store
    assert sessions(here, CODE) == [before]
    assert run(["recordings", "correct", str(path), "--undo"]) == 0
    (after,) = sessions(here, CODE)
    assert after.reps == before.reps - 1
    assert here.value("SELECT count(*) FROM audit WHERE action = 'session-looked-at-anew'") == 1
    assert run(["recordings", "bad", str(path), "0:00", "0:20"]) == 0
    (marked,) = sessions(here, CODE)
    assert marked.sides[0].drops < before.sides[0].drops
    assert marked.sides[0].judged_s < before.sides[0].judged_s
    assert look_anew(tmp_path / "elsewhere.mcap") == ""
