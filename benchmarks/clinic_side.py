"""How fast the clinic's side is, that what-if counts as the pipeline does, and that no edit of the trail goes unseen.

    python benchmarks/clinic_side.py [--sessions 1000] [--edits 1000] [--json clinic.json]

All sessions are simulated. Times are wall time, as somebody waits for them; the least of several runs where it says so.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clinic_edits import edit_bytes, edit_store
from hiplevel import DropRule, HiplevelError, Prescription, Samples, simulate
from hiplevel.clinic import angle_cache, keyring, what_if
from hiplevel.clinic.analyzed import Judged, analyze_recording
from hiplevel.clinic.audit import TRAINEE, append
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import Clinician, add_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import change_limit, prescribe
from hiplevel.clinic.prescription_export import write_file
from hiplevel.clinic.prescription_file import read_file
from hiplevel.clinic.progress import progress
from hiplevel.pipeline import analyze
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.report import render
from hiplevel.report.course_data import CourseReport
from hiplevel.report.session_data import session_report

EXERCISE, STANCE, RATE_HZ = "pelvic-drop", "left", 100.0
STARTED_NS = 1_750_000_000_000_000_000
DAY_NS = 86_400 * 10**9
RULE = DropRule(8.0)
WEARERS = 20


def least_s(work: Callable[[], object], runs: int = 3) -> float:
    """The least wall time of several runs, s."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def trained(minutes: float, seed: int) -> Samples:
    """Sets of ten with rests, simulated."""
    return simulate.wearer(EXERCISE, stance=STANCE, seed=seed).take(round(minutes * 60.0 * RATE_HZ))


def record(samples: Samples, path: Path) -> Path:
    """An import: rows instead of notifications."""
    info = RecordingInfo(
        client="c-0",
        exercise=EXERCISE,
        stance=STANCE,
        rule=RULE,
        started_ns=STARTED_NS,
        simulated=True,
        source="import",
    )
    with RecordingWriter(path, info) as writer:
        writer.samples(samples)
    return path


def clinician(store: Store) -> Clinician:
    """Somebody who may prescribe, and somebody to prescribe to."""
    made = add_clinician(store, "Dr. Weber", "four plain words here")
    add_client(store, "c-0", by=made)
    return made


def progress_page(folder: Path, count: int = 10_000, clients: int = 100) -> dict[str, Any]:
    """The progress of one client of a hundred, and of one who has half of all sessions; from the store to the page."""
    rng = random.Random(1)
    with Store(folder / "many.db") as store:
        by = clinician(store)
        with store.transaction():
            for number in range(1, clients):
                add_client(store, f"c-{number}", by=by)
            for number in range(0, clients, 10):
                asked = Prescription(EXERCISE, STANCE, sets=3, reps=10, per_week=3, rule=RULE)
                prescribe(store, f"c-{number}", asked, by=by)
            for number in range(count):
                _insert(store, number, 1 if number % 2 else 2 + number // 2 % (clients - 1), rng)

        def page(code: str) -> str:
            courses = tuple(progress(store, code))
            return render.course_html(CourseReport(code, STARTED_NS + 400 * DAY_NS, courses, "benchmark"))

        page("c-2")  # templates are read once
        return {
            "sessions in the store": store.value("SELECT count(*) FROM session"),
            "one client's page, s": least_s(lambda: page("c-2")),
            "sessions on that page": len(progress(store, "c-2")[0].points),
            "a client with half of them, figures, s": least_s(lambda: progress(store, "c-0")),
            "a client with half of them, page, s": least_s(lambda: page("c-0")),
            "goal, s": 0.3,
        }


def _insert(store: Store, number: int, client_id: int, rng: random.Random) -> None:
    content = hashlib.sha256(str(number).encode()).hexdigest()
    store.run(
        "INSERT INTO session VALUES (?, ?, ?, '', ?, ?, ?, ?, '', '', 1, 'x', 0, 3, 30, '{}', '')",
        content,
        client_id,
        f"/{number}.mcap",
        STARTED_NS + number % 400 * DAY_NS,
        1200.0,
        EXERCISE,
        STANCE,
    )
    values = (8.0, rng.randrange(6), rng.random() * 5.0, 9.0 + rng.random(), 6.0 + rng.random(), 8.0, 0.9, 1200.0)
    store.run(
        "INSERT INTO session_side (content_hash, side, limit_deg, drops, over_s, peak_deg, median_deg, p90_deg, "
        "sigma_deg, judged_s) VALUES (?, 'right', ?, ?, ?, ?, ?, ?, ?, ?)",
        content,
        *values,
    )


def trying_limits(folder: Path, sessions: int, minutes: float = 20.0) -> dict[str, Any]:
    """14 limits on many sessions from kept angles; and some of them again through the pipeline, limit by limit."""
    cache = folder / "angles"
    kept: list[tuple[Path, Judged]] = []
    for seed in range(min(WEARERS, sessions)):
        analyzed = analyze_recording(record(trained(minutes, seed), folder / f"w{seed}.mcap"))
        kept.append((analyzed.recording.path, analyzed.judged))
    for number in range(sessions):
        angle_cache.save(cache, f"{number}", kept[number % len(kept)][1])
    limits = what_if.grid()

    def ask() -> what_if.WhatIf:
        loaded = (angle_cache.load(cache, f"{number}") for number in range(sessions))
        return what_if.what_if((one for one in loaded if one is not None), RULE, limits)

    seconds = least_s(ask)
    compared = differing = 0
    for path, judged in kept[:5]:
        (curve,) = what_if.what_if([judged], RULE, limits).curves
        samples = analyze_recording(path).recording.samples
        for point in curve.points:
            again = analyze(samples, exercise=EXERCISE, stance=STANCE, rule=DropRule(point.limit_deg))
            through = sum(
                not any(d.start_s < rep.end_s and d.end_s > rep.start_s for d in again.drops) for rep in again.reps
            )
            compared += 1
            over_s = sum(drop.duration_s for drop in again.drops)
            same = (point.drops, point.passed) == (len(again.drops), through) and abs(point.over_s - over_s) < 1e-6
            differing += not same
    return {
        "sessions": sessions,
        "minutes each": minutes,
        "limits": len(limits),
        "seconds": seconds,
        "goal, s": 6.0,
        "compared with the pipeline run again": compared,
        "differing": differing,
    }


def reporting(folder: Path) -> dict[str, Any]:
    """A session of an hour, from its recording to both files."""
    path = record(trained(60.0, 1), folder / "hour.mcap")
    told = session_report(path)
    render.session_pdf(told)  # typst reads its fonts once
    return {
        "read and analyse, s": least_s(lambda: session_report(path)),
        "HTML, s": least_s(lambda: render.session_html(told)),
        "PDF, s": least_s(lambda: render.session_pdf(told)),
        "all three, s": least_s(lambda: _both(path)),
        "all three, CPU s": _cpu_s(lambda: _both(path)),
        "goal, s": 2.0,
    }


def _cpu_s(work: Callable[[], object]) -> float:
    """On a machine that others use too."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _both(path: Path) -> None:
    told = session_report(path)
    render.session_html(told)
    render.session_pdf(told)


def tampering(folder: Path, edits: int) -> dict[str, Any]:
    """Half of the edits in the store, half in a signed file; each on a fresh copy."""
    rng = random.Random(2)
    original = folder / "trail.db"
    with Store(original) as store:
        by = clinician(store)
        prescribe(store, "c-0", Prescription(EXERCISE, STANCE, 3, 8, rule=RULE, note="slowly"), by=by)
        for number in range(20):
            append(store, TRAINEE, "session-added", {"client": "c-0", "session": f"{number}"})
            change_limit(store, "c-0", EXERCISE, STANCE, DropRule(5.0 + 0.1 * number), "steady", by=by)
        write_file(store, "c-0", folder / "file.toml", by=by)
        store.copy_to(folder / "copy.db")
    missed = []
    path = folder / "edited.db"
    for _ in range(edits // 2):
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(folder / "copy.db", path)
        what = edit_store(path, rng)
        with Store(path) as store:
            if verify(store).whole:
                missed.append(what)
    data = (folder / "file.toml").read_bytes()
    for _ in range(edits - edits // 2):
        (folder / "edited.toml").write_bytes(edit_bytes(data, rng))
        try:
            read_file(folder / "edited.toml")
        except HiplevelError:
            continue
        missed.append("signed file")
    return {"edits": edits, "found": edits - len(missed), "missed": missed}


def main() -> None:
    """Measure, print, and keep as JSON where told."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1000, help="sessions of 20 minutes for what-if")
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    keyring.SCRYPT["n"] = 2**4  # the passphrase is no part of what is measured
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        out: dict[str, dict[str, Any]] = {
            "progress": progress_page(folder),
            "what-if": trying_limits(folder, told.sessions),
            "report of an hour": reporting(folder),
            "tampering": tampering(folder, told.edits),
        }
    for title, figures in out.items():
        print(f"{title} (simulated)")
        for key, value in figures.items():
            print(f"  {key:45} {value:.3f}" if isinstance(value, float) else f"  {key:45} {value}")
    if told.json:
        told.json.write_text(json.dumps(out, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
