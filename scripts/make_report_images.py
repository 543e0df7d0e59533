#!/usr/bin/env python3
"""Make docs/images/report-*.png and window-clinic.png again: a simulated session, and a simulated course of twelve.

    python scripts/make_report_images.py [--out docs/images]

The picture of the HTML file needs Chromium; where there is none, that one stays as it is.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

from hiplevel import DropRule, Prescription, simulate
from hiplevel.clinic import audit
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.clinic.prescribed import programme
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.progress import progress
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.report import render, typeset
from hiplevel.report.course_data import CourseReport
from hiplevel.report.session_data import session_report

STARTED_NS = 1_790_000_000_000_000_000
DAY_NS = 86_400 * 10**9
CLIENT, SESSIONS, REPS = "c-017", 12, 8
ASKED = Prescription(
    "pelvic-drop",
    "left",
    sets=1,
    reps=REPS,
    per_week=3,
    rule=DropRule(12.0),
    author="Dr. Weber",
    note="Slowly down, and up until level. Hold on to the rail.",
)


def record(path: Path, number: int, asked: Prescription, rng: random.Random) -> Path:
    """A simulated session, a little steadier than the one before."""
    falls = {rep: 13.0 - 0.65 * number + rng.uniform(-1.5, 1.5) for rep in range(REPS)}
    samples = simulate.exercise("pelvic-drop", stance="left", reps=REPS, drops=falls, seed=number).samples
    info = RecordingInfo(
        client=CLIENT,
        sensor_name="hiplevel-SIM-0001",
        exercise="pelvic-drop",
        stance="left",
        rule=asked.rule,
        prescription=asked,
        started_ns=STARTED_NS + _day(number) * DAY_NS,
        simulated=True,
        source="import",
    )
    with RecordingWriter(path, info) as writer:
        writer.samples(samples)
    return path


def course(folder: Path) -> tuple[CourseReport, Path]:
    """Twelve sessions over four weeks with the limit lowered once; and the recording of the sixth."""
    rng, asked = random.Random(4), ASKED
    with mock.patch.object(audit.time, "time_ns") as clock, Store(folder / "clinic.db") as store:
        clock.return_value = STARTED_NS - DAY_NS
        by = add_clinician(store, "Dr. Weber", "four plain words here")
        add_client(store, CLIENT, by=by)
        prescribe(store, CLIENT, asked, by=by)
        for number in range(SESSIONS):
            if number == 5:
                clock.return_value = STARTED_NS + _day(number) * DAY_NS - 1
                asked = replace(asked, rule=DropRule(9.0), reason="two steady weeks")
                prescribe(store, CLIENT, asked, by=by)
            (kept,) = programme(store, CLIENT)
            add_session(store, record(folder / f"{number}.mcap", number, kept.prescription, rng))
        until_ns = STARTED_NS + 27 * DAY_NS
        found = tuple(progress(store, CLIENT, until_ns=until_ns))
    return CourseReport(CLIENT, until_ns, found, pipeline_version()), folder / "5.mcap"


def main() -> None:
    """Render, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "docs" / "images")
    out: Path = parser.parse_args().out
    with tempfile.TemporaryDirectory() as name:
        told, path = course(Path(name))
        session = session_report(path)
        client, clinician = typeset.pictures(render.session_document(session))
        (out / "report-client.png").write_bytes(client)
        (out / "report-clinician.png").write_bytes(clinician)
        (out / "report-course.png").write_bytes(typeset.pictures(render.course_document(told))[0])
        page = Path(name) / "course.html"
        page.write_text(render.course_html(told), encoding="utf-8")
        window(told_store(Path(name)), out / "window-clinic.png")
        browser = shutil.which("chromium") or shutil.which("google-chrome")
        if browser is None:
            print("No Chromium: report-html.png stays as it is.", file=sys.stderr)
            return
        how = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,1180")
        picture = f"--screenshot={out / 'report-html.png'}"
        subprocess.run([browser, *how, picture, page.as_uri()], check=True, capture_output=True, timeout=120)


def told_store(folder: Path) -> Path:
    """The store that `course` has made."""
    return folder / "clinic.db"


def window(store: Path, picture: Path) -> None:
    """The Clinic place with the course."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from hiplevel.cues.speaker import Silent
    from hiplevel.gui.application import application
    from hiplevel.gui.clinic.place import ClinicPlace
    from hiplevel.gui.settings import Settings
    from hiplevel.gui.window import Window

    now = mock.patch("hiplevel.gui.clinic.course.time.time_ns", return_value=STARTED_NS + 27 * DAY_NS)
    with mock.patch.dict(os.environ, {"HIPLEVEL_DB": str(store)}), now:
        app = application()
        shown = Window(Settings(store.with_name("window.ini")), output=Silent(), folder=store.parent)
        shown.resize(1180, 760)
        shown.show()
        place = shown.go("clinic")
        assert isinstance(place, ClinicPlace)
        place.pages.setCurrentWidget(place.course)
        app.processEvents()
        shown.grab().save(str(picture))
        shown.close_now()


def _day(number: int) -> int:
    return number * 7 // 3


if __name__ == "__main__":
    main()
