"""A session in which everything happens has the same figures wherever somebody looks at it."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.running import Ran
from eventful import BAD_S, CHANGED_S, LATER_DEG, LIMIT_DEG, PAUSED_S, eventful, mark_bad
from hiplevel.cli.main import run
from hiplevel.cli.summary.facts import Summary
from hiplevel.clinic.analyzed import AnalyzedRecording, analyze_recording
from hiplevel.clinic.side_figures import side_figures
from hiplevel.clinic.what_if import what_if
from hiplevel.gui.replay.computed import look
from hiplevel.gui.replay.review import Review
from hiplevel.recording.export_events import happened
from hiplevel.recording.reader import open_recording
from hiplevel.report.figures import session_csv, session_json
from hiplevel.report.plain_words import level
from hiplevel.report.session_data import from_analyzed
from hiplevel.report.tables import prescribed, remarks, sets

pytestmark = pytest.mark.usefixtures("nothing_of_yours")
SIDE = "right"  # the one that may fall


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    path = tmp_path_factory.mktemp("eventful") / "all.mcap"
    return path, eventful(path)


@pytest.fixture(scope="module")
def marked(live: tuple[Path, Summary], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a bad span, said later."""
    path = Path(shutil.copy(live[0], tmp_path_factory.mktemp("marked") / "all.mcap"))
    mark_bad(path)
    return path


def told(capsys: pytest.CaptureFixture[str], *args: object) -> dict[str, Any]:
    capsys.readouterr()
    code = run([str(arg) for arg in (*args, "--json")])
    ran = Ran(code, *capsys.readouterr())
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert isinstance(answer, dict)
    return answer


def review(path: Path) -> Review:
    *_, whole = look(path)
    return Review.of(whole)


def test_the_terminal_says_the_same_live_in_replay_and_of_the_file(
    live: tuple[Path, Summary], capsys: pytest.CaptureFixture[str]
) -> None:
    path, summary = live
    then = json.loads(json.dumps(summary.to_json()))
    again = told(capsys, "replay", path, "--speed", "0")
    assert again["summary"] == then
    assert again["recorded"]["equal"] is True
    assert told(capsys, "analyze", path)["summary"] == then
    assert then["data"]["links_lost"] == 1
    assert then["data"]["paused_s"] == pytest.approx(PAUSED_S[1] - PAUSED_S[0], abs=0.2)
    assert then["metronome"]["beats"] >= 3
    assert sum(one["warm_up"] for one in then["sets"]) == 1
    assert then["drops"][SIDE]["count"] > 4


@pytest.mark.parametrize("corrected_later", [False, True])
def test_the_window_the_clinic_the_report_and_the_cohort_agree_with_it(
    live: tuple[Path, Summary], marked: Path, capsys: pytest.CaptureFixture[str], corrected_later: bool
) -> None:
    path = marked if corrected_later else live[0]
    said = told(capsys, "analyze", path)["summary"]
    assert said == told(capsys, "replay", path, "--speed", "0")["summary"]
    drops, data = said["drops"][SIDE], said["data"]

    seen = review(path)
    here = seen.figures(SIDE)
    assert (here.drops, here.over_s) == (drops["count"], pytest.approx(drops["beyond_limit_s"]))
    assert (seen.counted.done, seen.counted.machine_reps) == (said["reps"], said["machine_reps"])
    assert seen.range_deg == said["median_rom_deg"]

    analyzed = analyze_recording(path)
    (side,) = side_figures(analyzed)
    assert (side.limit_deg, side.drops, side.over_s) == (LATER_DEG, drops["count"], drops["beyond_limit_s"])
    assert (analyzed.counted.done, analyzed.duration_s) == (said["reps"], said["duration_s"])

    report = session_json(from_analyzed(analyzed, "all"))
    assert len(report["drops"]) == drops["count"]
    assert [one["done"] for one in report["summary"]["sets"]] == [one["reps"] for one in said["sets"]]
    assert report["summary"]["falls"][0]["over_s"] == said["falls"][SIDE]["over_s"]
    kept = ("duration_s", "paused_s", "gaps", "gap_s", "invalid_share")
    assert [report["summary"]["data"][name] for name in kept] == [{**data, **said}[name] for name in kept]
    assert report["quality"]["links_lost"] == data["links_lost"]
    assert report["metronome"] == said["metronome"]
    assert [remark["text"] for remark in report["remarks"]] == ["felt odd"]

    (row,) = told(capsys, "cohort", path, "--fresh")["rows"]
    assert (row["right_limit_deg"], row["right_drops"]) == (LATER_DEG, drops["count"])
    assert row["right_beyond_limit_s"] == drops["beyond_limit_s"]
    for name in ("duration_s", "rate_hz", "reps", "median_rom_deg"):
        assert row[name] == said[name]
    for name in ("paused_s", "gaps", "gap_s", "covered", "lost_samples", "invalid_share"):
        assert row[name] == data[name]
    assert row["right_rep_median_deg"] == side.median_deg


def at_one_limit(analyzed: AnalyzedRecording, limit_deg: float) -> tuple[int, float, int, int]:
    (curve,) = what_if([analyzed.judged], analyzed.rule, [limit_deg]).curves
    point = next(point for point in curve.points if point.limit_deg == limit_deg)
    return point.drops, point.over_s, point.passed, curve.reps


@pytest.mark.parametrize("limit_deg", [4.0, LIMIT_DEG, LATER_DEG])
def test_another_limit_finds_the_same_in_the_terminal_the_window_and_the_clinic(
    marked: Path, limit_deg: float, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = review(marked).with_limit(SIDE, limit_deg)
    here = seen.figures(SIDE)
    found = at_one_limit(analyze_recording(marked), limit_deg)
    assert (here.drops, pytest.approx(here.over_s), here.passed, seen.measured) == found
    said = told(capsys, "analyze", marked, "--limit", limit_deg)["summary"]["drops"][SIDE]
    assert (said["count"], said["beyond_limit_s"]) == (found[0], pytest.approx(found[1]))


def test_what_people_put_right_is_no_longer_in_the_figures(live: tuple[Path, Summary], marked: Path) -> None:
    before, after = analyze_recording(live[0]), analyze_recording(marked)
    assert len(after.drops) < len(before.drops)
    assert all(drop.end_s <= BAD_S[0] or drop.start_s >= BAD_S[1] for drop in after.drops)
    work = [rep for rep in before.counted.reps if rep.rep is not None and not rep.warm_up]
    assert len(before.judged.reps) == len(work) < before.counted.machine_reps  # one undone, one a warm-up


def test_a_limit_that_was_changed_is_the_one_in_force_at_each_moment(live: tuple[Path, Summary]) -> None:
    seen = review(live[0])
    assert seen.rule_at(CHANGED_S - 1.0).limit_deg(SIDE) == LIMIT_DEG
    assert seen.rule_at(CHANGED_S + 1.0).limit_deg(SIDE) == LATER_DEG
    tried = seen.with_limit(SIDE, LATER_DEG)
    assert tried.figures(SIDE).drops < seen.figures(SIDE).drops  # as if it had been so from the beginning
    assert tried.rule_at(1.0).limit_deg(SIDE) == LATER_DEG


def test_a_pause_is_exported_as_one(live: tuple[Path, Summary]) -> None:
    kinds = {one.kind: one for one in happened(open_recording(live[0]), 0.0)}
    assert (kinds["pause"].start_s, kinds["pause"].end_s) == pytest.approx(PAUSED_S, abs=0.2)
    assert kinds["gap"].start_s == pytest.approx(85.0, abs=0.2)


def test_a_session_that_ended_in_a_pause_was_paused_until_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = eventful(tmp_path / "p.mcap", ends_paused=True)
    data = summary.session.data
    assert data.paused_s == pytest.approx(summary.duration_s - 100.0 + PAUSED_S[1] - PAUSED_S[0], abs=0.2)
    assert told(capsys, "analyze", tmp_path / "p.mcap")["summary"]["data"]["paused_s"] == data.paused_s


def test_words_say_from_when_on_another_limit_held(
    live: tuple[Path, Summary], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(live[0])]) == 0
    assert "(limit 6°, from 1:02.0 on 8°)" in capsys.readouterr().out
    assert run(["recordings", "info", str(live[0])]) == 0
    assert "left 6°, right 6°; from 1:02.0 on left 8°, right 8°" in capsys.readouterr().out
    report = from_analyzed(analyze_recording(live[0]), "all")
    assert any("limit of 6° and later 8° that was set for this session" in told for told in level(report))
    rows = dict(row for row in prescribed(report).rows if len(row) == 2)
    assert rows["Drop limit"] == "right side 6°; from 1:02 on right side 8°"
    assert [row["limit_deg"] for row in csv.DictReader(io.StringIO(session_csv(report)))] == ["6.0", "8.0"]
    assert remarks(report).rows == (("0:52", "c-017", "felt odd"),)
    assert sets(report).rows[0][1] == "5 of 8, and 1 as warm-up"
