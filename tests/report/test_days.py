"""The day of a session is that of the place where it took place, whoever looks and wherever."""

from dataclasses import replace
from pathlib import Path

import pytest

from clinic.recorded import record, samples
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.progress import progress
from hiplevel.clinic.sessions import sessions
from hiplevel.gui import when
from hiplevel.report import course_data, render
from hiplevel.report.session_data import session_report

HAWAII_MIN = -600  # and STARTED_NS is 21 September 2026, 14:13 UTC


@pytest.mark.usefixtures("in_tokyo")
def test_a_session_is_dated_by_the_place_that_its_recording_kept_else_by_this_computer(tmp_path: Path) -> None:
    report = session_report(record(tmp_path / "one.mcap", samples(), day=0.5))
    assert "22 September 2026, 11:13" in render.session_html(report)
    there = replace(report, utc_offset_min=HAWAII_MIN)
    assert "21 September 2026, 16:13" in render.session_html(there)
    assert "21.09.2026, 16:13" in render.session_html(there, language="de")


@pytest.mark.usefixtures("in_tokyo")
def test_store_course_and_window_know_the_place_as_well(tmp_path: Path) -> None:
    with Store(tmp_path / "clinic.db") as store:
        add_client(store, "c-017")
        for name, kept in (("here", None), ("there", HAWAII_MIN)):
            path = record(tmp_path / f"{name}.mcap", samples(seed=len(name)), day=1.5, utc_offset_min=kept)
            add_session(store, path)
        (course,) = progress(store, "c-017")
        known = {session.path.stem: session.utc_offset_min for session in sessions(store)}
    assert known == {"here": None, "there": HAWAII_MIN}
    rows = course_data.tables(course)[-1].rows
    assert [row[0] for row in rows] == ["23 Sep 2026", "22 Sep 2026"]
    assert [when.day(one.started_ns, one.utc_offset_min) for one in course.points] == ["2026-09-23", "2026-09-22"]
