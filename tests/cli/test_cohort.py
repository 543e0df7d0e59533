"""`hiplevel cohort`: many recordings as one table, the same as each by itself."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cli.running import Hiplevel, Ran
from hiplevel.cli.cohort.one import look_at
from hiplevel.cohort.crew import Processes
from hiplevel.cohort.work import WorkerDied

ONE = ("--jobs", 1)


@pytest.fixture(autouse=True)
def one_works_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time works in this process, for a new one takes seconds to begin; two are two processes."""
    elsewhere = Processes.hired
    monkeypatch.setattr(
        Processes, "hired", lambda self, at_once: ThreadPoolExecutor(1) if at_once == 1 else elsewhere(self, at_once)
    )


@pytest.fixture
def folder(tmp_path: Path, drops_recording: Path, drops_csv: Path) -> Path:
    """Two recordings and a CSV file at different depths, a file that is none, and a table of something else."""
    folder = tmp_path / "study"
    (folder / "week-2").mkdir(parents=True)
    shutil.copy(drops_recording, folder / "a.mcap")
    shutil.copy(drops_recording, folder / "week-2" / "d.mcap")
    shutil.copy(drops_csv, folder / "b.csv")
    (folder / "c.mcap").write_bytes(b"no recording at all")
    (folder / "ages.csv").write_text("client,age\nc-017,34\n", encoding="utf-8")
    return folder


def rows(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_a_row_says_what_analyze_says(hiplevel: Hiplevel, drops_recording: Path) -> None:
    told = hiplevel("analyze", drops_recording, "--json").json["summary"]
    ran = hiplevel("cohort", drops_recording, *ONE)
    assert ran.code == 0
    (row,) = rows(ran)
    assert (row["client"], row["exercise"], row["stance"], row["simulated"]) == ("c-017", "pelvic-drop", "left", "true")
    assert row["date"].startswith("2027-01-15T")
    assert (row["sets"], row["reps"], row["right_drops"], row["error"]) == ("1", "6", "2", "")
    assert float(row["right_beyond_limit_s"]) == told["drops"]["right"]["beyond_limit_s"]
    assert float(row["right_p95_deg"]) == told["falls"]["right"]["p95_deg"]
    assert float(row["duration_s"]) == told["duration_s"]
    assert 0.0 < float(row["sigma_deg"]) < 3.0
    assert 2.0 < float(row["right_rep_median_deg"]) < 9.0


def test_the_side_that_stands_has_no_figures_instead_of_zeros(hiplevel: Hiplevel, drops_recording: Path) -> None:
    (row,) = rows(hiplevel("cohort", drops_recording, *ONE, "--what-if", 4))
    assert {row[name] for name in row if name.startswith("left_")} == {""}


def test_a_folder_is_sorted_by_path_and_one_bad_file_stops_nothing(hiplevel: Hiplevel, folder: Path) -> None:
    ran = hiplevel("cohort", folder, "--jobs", 2)
    assert ran.code == 8
    found = rows(ran)
    assert [Path(row["path"]).name for row in found] == ["a.mcap", "b.csv", "c.mcap", "d.mcap"]
    assert [row["reps"] for row in found] == ["6", "", "", "6"]  # of a CSV file nothing says which exercise it is
    assert [row["reason"] for row in found] == ["", "", "foreign-file", ""]
    assert f"Failed: {folder / 'c.mcap'}: " in ran.err
    assert "Left out: 1 CSV file" in ran.err
    assert hiplevel("cohort", folder, "--fresh", *ONE).out == ran.out


def test_what_is_told_holds_for_all(hiplevel: Hiplevel, folder: Path) -> None:
    asked = ("--exercise", "pelvic-drop", "--stance", "left", "--limit", 20, "--what-if", 6, "--what-if", 20)
    a, b, _, _ = rows(hiplevel("cohort", folder, *ONE, *asked))
    for row in (a, b):
        assert (row["reps"], row["right_limit_deg"], row["right_drops"]) == ("6", "20.0", "0")
        assert (row["right_drops_at_6_deg"], row["right_reps_passed_at_6_deg"]) == ("2", "4")
        assert (row["right_drops_at_20_deg"], row["right_reps_passed_at_20_deg"]) == ("0", "6")


def test_a_row_for_each_repetition_or_drop(hiplevel: Hiplevel, drops_recording: Path) -> None:
    events = hiplevel("analyze", drops_recording, "--json").json["events"]
    reps = rows(hiplevel("cohort", drops_recording, "--reps", *ONE))
    assert [(row["set"], row["rep"]) for row in reps] == [("1", str(n)) for n in range(1, 7)]
    assert [float(row["start_s"]) for row in reps] == [e["start_s"] for e in events if e["type"] == "Rep"]
    drops = rows(hiplevel("cohort", drops_recording, "--drops", *ONE))
    assert [float(row["peak_deg"]) for row in drops] == [e["peak_deg"] for e in events if e["type"] == "Drop"]
    assert {(row["side"], row["client"]) for row in drops} == {("right", "c-017")}


def test_json_has_the_same_rows(hiplevel: Hiplevel, folder: Path) -> None:
    told = hiplevel("cohort", folder, "--json", *ONE).json
    assert (told["kind"], told["of"]) == ("cohort", "recordings")
    assert [row["reps"] for row in told["rows"]] == [6, None, None, 6]
    assert told["rows"][2]["reason"] == "foreign-file"


def test_a_second_run_computes_only_what_is_new(hiplevel: Hiplevel, folder: Path, drops_recording: Path) -> None:
    first = hiplevel("cohort", folder, *ONE)
    again = hiplevel("cohort", folder, *ONE)
    assert again.out == first.out
    assert "4 recordings, 3 of them from before; 1 failed." in again.err
    assert "from before" not in hiplevel("cohort", folder, "--limit", 9, *ONE).err
    assert "from before" not in hiplevel("cohort", folder, "--fresh", *ONE).err


def test_ctrl_c_leaves_what_was_done_and_the_next_run_goes_on(
    hiplevel: Hiplevel, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(work: Any, tasks: Any, crew: Any, **_: Any) -> Iterator[tuple[int, Any]]:
        yield 4, look_at(tasks[4])
        yield 0, look_at(tasks[0])
        raise KeyboardInterrupt

    out = tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        patch.setattr("hiplevel.cli.cohort.run.work_through", interrupted)
        ran = hiplevel("cohort", folder, "-o", out)
    assert ran.code == 130
    assert "3 were not done. The same command goes on from here." in ran.err
    found = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [Path(row["path"]).name for row in found] == ["a.mcap", "d.mcap"]
    ran = hiplevel("cohort", folder, "-o", out, *ONE)
    assert "2 of them from before" in ran.err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5


def test_a_file_whose_process_dies_is_named(
    hiplevel: Hiplevel, drops_recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(work: Any, tasks: Any, crew: Any, *, suspected: Any) -> Iterator[tuple[int, Any]]:
        suspected([0])
        yield 0, WorkerDied()

    monkeypatch.setattr("hiplevel.cli.cohort.run.work_through", died)
    ran = hiplevel("cohort", drops_recording)
    assert ran.code == 8
    assert f"A process died while it analysed {drops_recording}: tried again" in ran.err
    assert "killed, crashed, or out of memory" in rows(ran)[0]["error"]


def test_a_recording_is_never_overwritten_by_a_table(hiplevel: Hiplevel, folder: Path) -> None:
    before = (folder / "a.mcap").read_bytes()
    ran = hiplevel("cohort", folder, "-o", folder / "a.mcap", *ONE)
    assert ran.code == 2
    assert "is there already" in ran.err
    assert (folder / "a.mcap").read_bytes() == before


def test_a_json_table_is_replaced_by_the_next(hiplevel: Hiplevel, drops_recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    for _ in range(2):
        assert hiplevel("cohort", drops_recording, "--json", "-o", out, *ONE).code == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))["rows"]) == 1


def test_a_name_that_is_nothing_is_said_before_anything_is_computed(hiplevel: Hiplevel, tmp_path: Path) -> None:
    assert hiplevel("cohort", tmp_path / "no.mcap").code == 2
    (tmp_path / "empty").mkdir()
    ran = hiplevel("cohort", tmp_path / "empty")
    assert ran.code == 2
    assert "no recording and no CSV file" in ran.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--exercise", "pelvic-drp"),
        ("--limit", 90),
        ("--left-axis", "x"),
        ("--calibration", "no.json"),
        ("--delimiter", "tab"),
        ("--what-if", 0),
        ("--left-axis", "y", "--up-axis", "z", "--calibration", "back"),
    ],
)
def test_a_wrong_option_is_one_error_and_not_one_for_each(
    hiplevel: Hiplevel, folder: Path, wrong: tuple[object, ...]
) -> None:
    ran = hiplevel("cohort", folder, *wrong)
    assert ran.code == 2
    assert (ran.out, ran.err.count("Error:")) == ("", 1)


def test_a_calibration_from_a_file_holds_for_all(hiplevel: Hiplevel, drops_recording: Path, tmp_path: Path) -> None:
    from hiplevel.model.calibration import Calibration

    file = tmp_path / "cal.json"
    file.write_text(json.dumps(Calibration.assumed("left side").to_json()), encoding="utf-8")
    asked = (drops_recording, "--calibration", file, "--json")
    told = hiplevel("analyze", *asked).json["summary"]
    (row,) = hiplevel("cohort", *asked, *ONE).json["rows"]
    assert (row["reps"], row["calibration_quality"]) == (told["reps"], told["data"]["calibration"]["quality"])
    file.write_text(json.dumps(Calibration.assumed("back").to_json()), encoding="utf-8")
    assert "from before" not in hiplevel("cohort", *asked, *ONE).err
