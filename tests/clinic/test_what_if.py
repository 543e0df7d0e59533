"""Another limit tried on sessions that are over: the same counts as if it had been set from the beginning."""

from pathlib import Path

import numpy as np
import pytest

from clinic.conftest import CODE
from clinic.recorded import record, samples
from hiplevel import DropRule, Reason, UsageError
from hiplevel.clinic import angle_cache, what_if
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.analyzed import analyze_recording
from hiplevel.clinic.database import Store
from hiplevel.clinic.sessions import Session, sessions
from hiplevel.clinic.what_if import SideCurve, angles_of, from_files, grid
from hiplevel.model.calibration import Calibration
from hiplevel.pipeline import analyze
from hiplevel.recording.reader import open_recording

LIMITS = grid(2.0, 12.0, 0.5)
COURSES = ({1: 9.0, 4: 9.0}, {0: 6.5, 2: 8.0, 3: 7.0}, {})


@pytest.fixture
def three(store: Store, tmp_path: Path) -> list[Session]:
    """Three sessions on three days, the store's, with angles kept."""
    for day, drops in enumerate(COURSES):
        add_session(store, record(tmp_path / f"day-{day}.mcap", samples(drops, seed=day), day=day))
    return sessions(store)


def tried(store: Store, found: list[Session], rule: DropRule = DropRule(6.0)) -> SideCurve:  # noqa: B008
    left_out: list[str] = []
    answer = what_if.what_if(angles_of(store, found, left_out=left_out), rule, LIMITS, left_out=left_out)
    assert answer.left_out == ()
    assert answer.sessions == len(found)
    (curve,) = answer.curves
    return curve


def test_count_for_count_as_the_pipeline_run_again(store: Store, three: list[Session]) -> None:
    curve = tried(store, three)
    assert (curve.side, curve.reps, curve.current_deg) == ("right", 18, 6.0)
    for point in curve.points:
        drops, over_s, passed = 0, 0.0, 0
        for session in three:
            recording = open_recording(session.path)
            again = analyze(recording.samples, exercise="pelvic-drop", stance="left", rule=DropRule(point.limit_deg))
            drops += len(again.drops)
            over_s += sum(drop.duration_s for drop in again.drops)
            for rep in again.reps:
                passed += not any(d.start_s < rep.end_s and d.end_s > rep.start_s for d in again.drops)
        assert (point.drops, point.passed) == (drops, passed)
        assert abs(point.over_s - over_s) < 1e-9


def test_a_lower_limit_never_lets_more_repetitions_pass(store: Store, three: list[Session]) -> None:
    points = tried(store, three).points
    assert list(np.diff([point.passed for point in points]) >= 0) == [True] * (len(points) - 1)
    assert (points[-1].drops, points[-1].passed) == (0, 18)


def test_without_the_recordings_the_kept_angles_answer(store: Store, three: list[Session]) -> None:
    before = tried(store, three)
    for session in three:
        session.path.unlink()
    assert tried(store, three) == before


def test_lost_angles_are_computed_again_and_kept(store: Store, three: list[Session]) -> None:
    before = tried(store, three)
    kept = sorted(angle_cache.cache_folder(store.path).iterdir())
    kept[0].unlink()
    kept[3].write_bytes(kept[3].read_bytes()[:1000])
    assert tried(store, three) == before
    assert sorted(angle_cache.cache_folder(store.path).iterdir()) == kept


def test_a_session_that_cannot_be_had_is_named(store: Store, three: list[Session], tmp_path: Path) -> None:
    for file in angle_cache.cache_folder(store.path).iterdir():
        file.unlink()
    three[0].path.unlink()
    record(tmp_path / "other.mcap", samples(seed=99)).replace(three[1].path)
    left_out: list[str] = []
    answer = what_if.what_if(angles_of(store, three, left_out=left_out), DropRule(6.0), LIMITS, left_out=left_out)
    assert answer.sessions == 1
    assert "day-0.mcap" in answer.left_out[0]
    assert "is another session now" in answer.left_out[1]


def test_where_drops_were_not_judged_none_are_counted(store: Store, tmp_path: Path) -> None:
    path = record(tmp_path / "side.mcap", samples(), calibration=Calibration.assumed("left side"))
    session, _ = add_session(store, path)
    assert session.sides == ()
    left_out: list[str] = []
    answer = what_if.what_if(angles_of(store, [session], left_out=left_out), DropRule(6.0), LIMITS, left_out=left_out)
    assert answer.curves == ()
    assert "not judged" in answer.left_out[0]


def test_files_that_are_in_no_store(tmp_path: Path) -> None:
    path = record(tmp_path / "one.mcap", samples(COURSES[0]))
    judged, left_out, rule = from_files([path, tmp_path / "nowhere.mcap"])
    assert rule == DropRule(6.0)
    assert "nowhere.mcap" in left_out[0]
    (curve,) = what_if.what_if(judged, rule, [6.0]).curves
    assert curve.points[0].drops == len(analyze_recording(path).analysis.drops) == 2


@pytest.mark.parametrize(("given", "said"), [((0.0, 5.0, 1.0), "cannot be tried"), ((5.0, 2.0, 1.0), "lower one first"),
                                             ((2.0, 90.0, 1.0), "up to 45"), ((2.0, 5.0, 0.0), "steps of 0"),
                                             ((1.0, 45.0, 0.01), "too many")])  # fmt: skip
def test_limits_that_cannot_be_tried(given: tuple[float, float, float], said: str) -> None:
    with pytest.raises(UsageError, match=said) as told:
        grid(*given)
    assert told.value.reason is Reason.RULE


def test_a_code_stays_what_it_is(store: Store, three: list[Session]) -> None:
    assert {session.client for session in three} == {CODE}
