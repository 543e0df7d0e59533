"""Sessions in the store: whose they are, counted once, and looked at anew when something changed."""

import shutil
from pathlib import Path

import pytest

from clinic.conftest import CODE
from clinic.recorded import INFO, record, samples
from hiplevel import ClinicError, Correction, Reason, UsageError
from hiplevel.clinic import add_session as adding
from hiplevel.clinic.add_session import add_session, add_sessions
from hiplevel.clinic.audit import lines
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.sessions import find_session, sessions
from hiplevel.recording.amend import amend

SIX = samples({1: 9.0, 4: 9.0})


@pytest.fixture
def six(tmp_path: Path) -> Path:
    return record(tmp_path / "six.mcap", SIX)


def test_a_session_is_kept_with_its_figures(store: Store, six: Path) -> None:
    session, new = add_session(store, six)
    assert new
    assert (session.client, session.exercise, session.reps, session.sets) == (CODE, "pelvic-drop", 6, 1)
    (right,) = session.sides
    assert (right.side, right.limit_deg, right.drops) == ("right", 6.0, 2)
    assert right.peak_deg is not None
    assert right.peak_deg == pytest.approx(9.66, abs=0.3)  # asked for 9, and swaying
    assert sessions(store) == [session]
    assert find_session(store, session.content_hash[:8]) == session


def test_the_same_session_is_never_counted_twice(store: Store, six: Path, tmp_path: Path) -> None:
    add_session(store, six)
    copy = shutil.copyfile(six, tmp_path / "copy.mcap")
    _, new = add_session(store, copy)
    assert not new
    assert len(sessions(store)) == 1
    assert [line.action for line in lines(store, last=1)] == ["session-added"]


def test_corrected_later_it_is_looked_at_anew(store: Store, six: Path) -> None:
    add_session(store, six)
    amend(six, [Correction(20.0, "undo", 1, 2, author="Dr. Weber", made_ns=1)])
    session, new = add_session(store, six)
    assert not new
    assert (session.reps, session.measures["machine_reps"]) == (5, 6)
    assert [line.action for line in lines(store, last=1)] == ["session-looked-at-anew"]


def test_with_another_pipeline_it_is_looked_at_anew(store: Store, six: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_session(store, six)
    monkeypatch.setattr(adding, "pipeline_version", lambda: "9.9.9+later")
    assert add_session(store, six)[0].pipeline == "9.9.9+later"


def test_a_session_of_another_client_is_refused(store: Store, six: Path, tmp_path: Path) -> None:
    add_client(store, "c-2")
    with pytest.raises(ClinicError, match=r"a session of c-017, not of c-2; it was not taken") as told:
        add_session(store, six, client="c-2")
    assert told.value.reason is Reason.OTHER_CLIENT
    nobody = record(tmp_path / "nobody.mcap", SIX, client="")
    add_session(store, six)
    with pytest.raises(ClinicError, match="in the store already, as a session of c-017"):
        add_session(store, nobody, client="c-2")


def test_a_session_without_a_client_is_asked_about(store: Store, tmp_path: Path) -> None:
    nobody = record(tmp_path / "nobody.mcap", samples(seed=8), client="")
    with pytest.raises(UsageError, match="does not say whose"):
        add_session(store, nobody)
    assert add_session(store, nobody, client=CODE)[0].client == CODE


def test_one_bad_file_costs_only_itself(store: Store, six: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mcap"
    bad.write_bytes(b"nothing of ours")
    stranger = record(tmp_path / "stranger.mcap", samples(seed=9), client="c-9")
    taken = add_sessions(store, [bad, six, stranger])
    assert [one.session is not None for one in taken] == [False, True, False]
    assert "not a recording" in taken[0].error
    assert "no client c-9" in taken[2].error


def test_sessions_are_found_by_client_exercise_and_stance(store: Store, six: Path, tmp_path: Path) -> None:
    add_session(store, six)
    squat = record(
        tmp_path / "squat.mcap",
        samples(exercise="single-leg-squat", stance="right"),
        exercise="single-leg-squat",
        stance="right",
        prescription=None,
        day=1,
    )
    add_session(store, squat)
    assert [s.exercise for s in sessions(store, CODE)] == ["pelvic-drop", "single-leg-squat"]
    assert [s.stance for s in sessions(store, CODE, "single-leg-squat")] == ["right"]
    assert sessions(store, CODE, stance="both") == []
    with pytest.raises(UsageError, match="2 sessions"):
        find_session(store, "")


def test_the_head_of_the_fixture_is_what_it_says() -> None:
    assert INFO.client == CODE
