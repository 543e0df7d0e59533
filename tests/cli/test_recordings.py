"""`hiplevel recordings`: in, out, whole again, and what a file says about itself."""

import shutil
from pathlib import Path

import numpy as np

from cli.running import Hiplevel
from hiplevel.recording.names import default_folder

TRAINED = ("--exercise", "pelvic-drop", "--stance", "left", "--limit", "6")


def imported(hiplevel: Hiplevel, csv: Path, out: Path) -> Path:
    assert hiplevel("recordings", "import", csv, "-o", out, "--client", "c-017", *TRAINED).code == 0
    return out


def test_import_keeps_what_was_said_and_analyze_uses_it(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    path = imported(hiplevel, drops_csv, tmp_path / "s.mcap")
    head = hiplevel("recordings", "info", path, "--json").json
    assert (head["client"], head["exercise"], head["stance"]) == ("c-017", "pelvic-drop", "left")
    assert head["rule"]["threshold_deg"] == 6.0
    assert (head["source"], head["closed"], head["simulated"]) == ("import", True, False)
    summary = hiplevel("analyze", path, "--json").json["summary"]
    assert (summary["reps"], summary["drops"]["right"]["count"]) == (6, 2)


def test_a_csv_file_and_the_recording_of_it_give_the_same_bits(
    hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path
) -> None:
    path = imported(hiplevel, drops_csv, tmp_path / "s.mcap")
    assert hiplevel("analyze", path, "--json").json == hiplevel("analyze", drops_csv, *TRAINED, "--json").json


def test_export_gives_back_what_was_imported(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    path = imported(hiplevel, drops_csv, tmp_path / "s.mcap")
    out = tmp_path / "back.csv"
    rows = hiplevel("recordings", "export", path, "-o", out, "--json").json["rows"]
    given = np.loadtxt(drops_csv, delimiter=",", skiprows=1)
    assert rows == len(given)
    np.testing.assert_array_equal(np.loadtxt(out, delimiter=",", skiprows=1), given)


def test_nothing_is_ever_overwritten(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    path = imported(hiplevel, drops_csv, tmp_path / "s.mcap")
    before = path.read_bytes()
    ran = hiplevel("recordings", "import", drops_csv, "-o", path, "--json")
    assert (ran.code, ran.error["reason"]) == (5, "exists")
    assert path.read_bytes() == before


def test_what_was_told_once_is_remembered_until_told_to_forget(
    hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.csv"
    rows = drops_csv.read_text().splitlines(keepends=True)
    odd.write_text("zeit,b1,b2,b3,r1,r2,r3\n" + "".join(rows[1:]))
    told = ("--time", "zeit", "--acc", "b1", "b2", "b3", "--gyr", "r1", "r2", "r3", "--time-unit", "s")
    units = ("--acc-unit", "m/s2", "--gyr-unit", "rad/s")
    assert hiplevel("recordings", "import", odd, "-o", tmp_path / "1.mcap", *told, *units).code == 0
    again = hiplevel("recordings", "import", odd, "-o", tmp_path / "2.mcap", "--json")
    assert again.code == 0
    assert again.json["how"] == "remembered"
    assert hiplevel("analyze", odd, *TRAINED).code == 0
    assert hiplevel("recordings", "import", odd, "-o", tmp_path / "3.mcap", "--forget").code == 2


def test_a_torn_recording_says_so_and_is_made_whole(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    path = imported(hiplevel, drops_csv, tmp_path / "s.mcap")
    torn = tmp_path / "torn.mcap"
    torn.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.7)])
    ran = hiplevel("recordings", "info", torn)
    assert ran.code == 0
    assert "never closed" in ran.out
    assert "Note: " in ran.err
    whole = tmp_path / "whole.mcap"
    report = hiplevel("recordings", "recover", torn, "-o", whole, "--json").json
    assert report["was_closed"] is False
    assert hiplevel("recordings", "info", whole, "--json").json["closed"] is True
    before, after = (hiplevel("analyze", file, "--json").json["events"] for file in (torn, whole))
    assert before == after


def test_a_name_is_refused_as_a_client_code(hiplevel: Hiplevel, drops_csv: Path) -> None:
    ran = hiplevel("recordings", "import", drops_csv, "--client", "Erika Mustermann")
    assert ran.code == 2
    assert "never a name" in ran.err


def test_files_without_a_given_place_go_to_the_current_folder(hiplevel: Hiplevel, drops_csv: Path) -> None:
    assert hiplevel("recordings", "import", drops_csv).code == 0
    assert hiplevel("recordings", "export", "drops.mcap").code == 0
    assert hiplevel("recordings", "recover", "drops.mcap").code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["drops-recovered.mcap", "drops.csv", "drops.mcap"]


def test_the_shipped_samples_are_listed_and_open_by_name(hiplevel: Hiplevel) -> None:
    listed = hiplevel("recordings", "list", "--json").json
    samples = [entry["name"] for entry in listed if entry["kind"] == "sample"]
    assert len(samples) >= 6
    for name in samples:
        head = hiplevel("recordings", "info", name, "--json").json
        assert head["simulated"] is True


def test_your_own_are_listed_and_open_by_name(hiplevel: Hiplevel, drops_recording: Path) -> None:
    folder = default_folder()
    folder.mkdir(parents=True)
    shutil.copy(drops_recording, folder / "c-017_today.mcap")
    listed = hiplevel("recordings", "list", "--json").json
    assert [entry["name"] for entry in listed if entry["kind"] == "yours"] == ["c-017_today"]
    assert hiplevel("recordings", "info", "c-017_today", "--json").json["client"] == "c-017"
    assert "Did you mean c-017_today?" in hiplevel("recordings", "info", "c-017_tody").err


def test_export_to_stdout_is_the_file(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    path = imported(hiplevel, drops_csv, tmp_path / "s.mcap")
    assert hiplevel("recordings", "export", path, "-o", tmp_path / "back.csv").code == 0
    ran = hiplevel("recordings", "export", path, "--out", "-")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (tmp_path / "back.csv").read_text()
    assert not Path("-").exists()
    both = hiplevel("recordings", "export", path, "--out", "-", "--json")
    assert both.code == 2
    assert both.error["message"] == "The CSV and --json cannot both go to stdout."


def test_a_recording_is_not_imported_once_more(hiplevel: Hiplevel, drops_recording: Path) -> None:
    ran = hiplevel("recordings", "import", drops_recording)
    assert ran.code == 2
    assert "is a recording already" in ran.err
    assert f"recordings info {drops_recording}" in ran.err
