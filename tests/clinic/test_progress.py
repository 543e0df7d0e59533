"""Sessions over weeks: points, limits as they were prescribed, trends that claim no more than they may, adherence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fhirclient.models.bundle import Bundle
from fhirclient.models.fhirabstractbase import FHIRValidationError

from clinic.conftest import CODE
from clinic.recorded import DAY_NS, STARTED_NS, record, samples
from hiplevel import DropRule, Prescription
from hiplevel.clinic import audit, fhir
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.course import Course
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.progress import progress

ASKED = Prescription("pelvic-drop", "left", sets=1, reps=6, per_week=2, rule=DropRule(6.0))
FALLS = {0: 12.0, 1: 12.0, 2: 12.0, 3: 12.0, 4: 12.0, 5: 12.0}


def at_day(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    """The trail's clock."""
    monkeypatch.setattr(audit.time, "time_ns", lambda: STARTED_NS + day * DAY_NS)


@pytest.fixture
def course(store: Store, clinician: Clinician, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Two weeks: deep falls, then shallow ones; the limit lowered after a week; one session cut short."""
    at_day(monkeypatch, -1)
    prescribe(store, CODE, ASKED, by=clinician)
    at_day(monkeypatch, 7)
    lower = replace(ASKED, rule=DropRule(5.0), reason="steady", per_week=3)
    prescribe(store, CODE, lower, by=clinician)
    for day, (falls, reps) in enumerate([(FALLS, 6), (FALLS, 6), ({}, 6), ({}, 4)]):
        path = record(tmp_path / f"{day}.mcap", samples(falls, reps=reps, seed=day), day=day * 4)
        add_session(store, path)
    (found,) = progress(store, CODE)
    return found


def test_points_carry_what_was_asked_then_and_each_sides_falls(course: Course) -> None:
    assert [(point.reps, point.asked) for point in course.points] == [(6, 6), (6, 6), (6, 6), (4, 6)]
    assert [point.sides[0].side for point in course.points] == ["right"] * 4
    assert all(0.0 < (point.sides[0].sigma_deg or 0.0) < 4.0 for point in course.points)
    assert course.complete == 0.75


def test_limits_are_marked_when_they_changed(course: Course) -> None:
    first, second = course.steps
    assert first.before is None
    assert (first.at_ns, first.after["threshold_deg"]) == (STARTED_NS - DAY_NS, 6.0)
    assert (second.before or {})["threshold_deg"] == 6.0
    assert (second.after["threshold_deg"], second.author, second.reason) == (5.0, "Dr. Weber", "steady")


def test_a_change_is_called_real_only_beyond_four_degrees(course: Course) -> None:
    (trend,) = course.trends
    assert trend.sessions == 4
    assert abs(trend.first_deg - 12.0) < 1.0
    assert trend.real is (abs(trend.change_deg) >= 4.0)
    assert trend.change_deg < -4.0


def test_small_changes_are_not_called_real(store: Store, tmp_path: Path) -> None:
    for day in range(4):
        falls = dict.fromkeys(range(6), 7.0 + day)
        add_session(store, record(tmp_path / f"{day}.mcap", samples(falls, seed=day), day=day))
    (course,) = progress(store, CODE)
    (trend,) = course.trends
    assert 1.0 < trend.change_deg < 3.9
    assert not trend.real


def test_adherence_counts_no_week_twice(course: Course) -> None:
    assert [(week.sessions, week.asked_sessions) for week in course.weeks] == [(2, 2), (2, 2)]
    assert course.adherence == 1.0


def test_weeks_without_training_count(store: Store, course: Course) -> None:
    (longer,) = progress(store, CODE, until_ns=STARTED_NS + 26 * DAY_NS)
    assert [(week.sessions, week.asked_sessions) for week in longer.weeks] == [(2, 2), (2, 2), (0, 3), (0, 3)]
    assert [week.over for week in longer.weeks] == [True, True, True, False]
    assert longer.adherence == pytest.approx(4 / 7)  # the last week is not over yet


def test_an_exercise_that_was_only_prescribed_is_a_course_too(store: Store, clinician: Clinician) -> None:
    assert progress(store, CODE) == []
    prescribe(store, CODE, ASKED, by=clinician)
    (course,) = progress(store, CODE)
    assert (course.points, course.trends, course.complete) == ((), (), None)


def test_fhir_is_valid_against_the_published_classes(store: Store, tmp_path: Path) -> None:
    real = {"simulated": False, "source": "bluetooth"}
    add_session(store, record(tmp_path / "a.mcap", samples({1: 9.0}), **real))
    add_session(store, record(tmp_path / "b.mcap", samples(reps=5), day=1, **real))
    add_session(store, record(tmp_path / "simulated.mcap", samples(seed=3), day=2))
    told = json.loads(json.dumps(fhir.bundle(store, CODE)))
    bundle = Bundle(told)  # checks names, kinds and what must be there
    assert bundle.as_json() == told
    first, second = (entry.resource for entry in bundle.entry)
    assert (first.status, first.valueQuantity.code) == ("final", "deg")
    assert abs(first.valueQuantity.value - 9.0) < 0.6
    assert first.id != second.id
    assert fhir.bundle(store, CODE) == fhir.bundle(store, CODE)


def test_the_published_classes_would_refuse_what_is_wrong(store: Store, tmp_path: Path) -> None:
    add_session(store, record(tmp_path / "a.mcap", samples({1: 9.0}), simulated=False))
    told = fhir.bundle(store, CODE)
    told["entry"][0]["resource"]["valueQuantity"]["value"] = "nine"
    with pytest.raises(FHIRValidationError):
        Bundle(told)
