"""A course of sessions: trends with error bands, limits as prescribed, and no change that is none."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.recorded import DAY_NS, STARTED_NS, record, samples
from hiplevel import DropRule, Prescription
from hiplevel.clinic import audit, keyring
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.progress import progress
from hiplevel.report import course_data, figures, render, svg_trend
from hiplevel.report.course_data import CourseReport
from hiplevel.report.words import Words

ASKED = Prescription("pelvic-drop", "left", sets=1, reps=6, per_week=2, rule=DropRule(11.0))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseReport]:
    folder = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch, Store(folder / "clinic.db") as store:
        patch.setitem(keyring.SCRYPT, "n", 2**4)
        clock = [STARTED_NS - DAY_NS]
        patch.setattr(audit.time, "time_ns", lambda: clock[0])
        by = add_clinician(store, "Dr. <Weber>", "four plain words here")
        add_client(store, "c-017", by=by)
        prescribe(store, "c-017", ASKED, by=by)
        for number, fall_deg in enumerate((12.0, 12.0, 7.0, 6.0)):
            if number == 2:
                clock[0] = STARTED_NS + 5 * DAY_NS
                prescribe(store, "c-017", replace(ASKED, rule=DropRule(9.0), reason="steady & calm"), by=by)
            falls = dict.fromkeys(range(6), fall_deg)
            path = record(folder / f"{number}.mcap", samples(falls, seed=number), day=3 * number)
            add_session(store, path)
        yield CourseReport("c-017", STARTED_NS + 9 * DAY_NS, tuple(progress(store, "c-017")), "0.1.0+test")


def test_both_pages_are_made(report: CourseReport) -> None:
    html = render.course_html(report)
    assert set(re.findall(r"https?://[^\"' ]+", html)) == {"http://www.w3.org/2000/svg"}
    assert "Dr. &lt;Weber&gt;" in html
    assert "SIMULATED" in html
    assert render.course_pdf(report).startswith(b"%PDF")
    assert render.course_pdf(report) == render.course_pdf(report)


def test_the_trend_shows_each_session_its_band_and_the_change_of_limit(report: CourseReport) -> None:
    drawing = svg_trend.trend(report.courses[0], "right")
    assert drawing.count("<circle") == 4 + 1 + 1  # sessions, the change of limit, the key
    assert "limit 9° by Dr. &lt;Weber&gt;. steady &amp; calm" in drawing
    assert "Within 4 degrees of the first sessions" in drawing
    level, low = (float(re.findall(f'y="([0-9.]+)"[^>]*>{words}<', drawing)[0]) for words in ("level", "5° low"))
    assert level < low  # further up: low is drawn low, as in a session
    assert svg_trend.trend(report.courses[0], "left") == ""
    other = svg_trend.trend(report.courses[0], "right", Words("de"))
    words = re.compile(r"<(text|title).*?</\1>")
    assert words.sub("", other) == words.sub("", drawing)
    said = re.findall(r"<text[^>]*>([^<]*)</text>", other)
    assert {"Median", "Grenze", "± ein Sigma"} < set(said)
    assert [text for text in said if re.search("[A-Z][a-z]{2} 20", text)] == []  # no English month


def test_a_change_is_told_only_when_it_may_be(report: CourseReport) -> None:
    (course,) = report.courses
    assert "falls 5° less than at first" in course_data.sentences(course)[1]
    (trend,) = course.trends
    small = replace(course, trends=(replace(trend, last_deg=trend.first_deg - 3.0, real=False),))
    assert "no change that one may speak of" in course_data.sentences(small)[1]


def test_the_figures_are_the_same_everywhere(report: CourseReport) -> None:
    told = figures.course_json(report)
    json.dumps(told, allow_nan=False)
    rows = list(csv.DictReader(io.StringIO(figures.course_csv(report))))
    assert [float(row["median_deg"]) for row in rows] == [
        point["sides"][0]["median_deg"] for point in told["courses"][0]["points"]
    ]
    assert told["courses"][0]["complete"] == 1.0


def test_a_client_with_prescriptions_only_has_a_page_too(report: CourseReport) -> None:
    bare = replace(report, courses=(replace(report.courses[0], points=(), trends=()),))
    assert "0 sessions" in render.course_html(bare)
    assert render.course_pdf(bare).startswith(b"%PDF")


def test_of_very_many_sessions_the_last_are_shown(report: CourseReport) -> None:
    (course,) = report.courses
    many = replace(report, courses=(replace(course, points=course.points * 100),))
    html = render.course_html(many)
    assert "The last 200; 200 earlier ones are in the CSV" in html
    assert html.count("<tr>") < 300
    assert svg_trend.trend(many.courses[0], "right").count("median 1") < 500


def test_an_exercise_that_is_not_known_here_keeps_its_id(report: CourseReport) -> None:
    assert course_data.title(replace(report.courses[0], exercise="our-own")) == "our-own, standing on the left leg"


def test_the_store_is_not_needed_again(report: CourseReport) -> None:
    assert isinstance(report, CourseReport)
    assert not Path("clinic.db").exists()
