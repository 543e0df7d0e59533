"""`hiplevel analyze`: what a person reads, what a program reads, and what happens with wrong input."""

from pathlib import Path

import numpy as np
import pytest

import hiplevel as package
from cli.running import Hiplevel
from hiplevel import simulate
from hiplevel.recording.csv_export import write_csv
from recording.reading import read_csv

TRAINED = ("--exercise", "pelvic-drop", "--stance", "left", "--limit", "6")


def test_a_csv_file_is_counted_and_its_drops_named_by_side(hiplevel: Hiplevel, drops_csv: Path) -> None:
    ran = hiplevel("analyze", drops_csv, *TRAINED)
    assert ran.code == 0
    assert "Repetitions: 6 in 1 set" in ran.out
    assert "right side: 2 (limit 6°)" in ran.out
    assert "left side: it stands, so it is not watched" in ran.out
    assert "100.0 % of the time covered" in ran.out


def test_json_holds_the_summary_and_every_event(hiplevel: Hiplevel, drops_csv: Path) -> None:
    told = hiplevel("analyze", drops_csv, *TRAINED, "--json").json
    assert told["summary"]["reps"] == 6
    assert [s["reps"] for s in told["summary"]["sets"]] == [6]
    assert told["summary"]["drops"]["right"]["count"] == 2
    assert told["summary"]["drops"]["left"] == {"count": 0, "worst_deg": 0.0, "beyond_limit_s": 0}
    kinds = [event["type"] for event in told["events"]]
    assert (kinds.count("Rep"), kinds.count("Drop"), kinds.count("DropStarted")) == (6, 2, 2)


def test_it_says_what_the_public_api_says(hiplevel: Hiplevel, drops_csv: Path) -> None:
    told = hiplevel("analyze", drops_csv, *TRAINED, "--json").json
    analysis = package.analyze(
        read_csv(drops_csv), exercise="pelvic-drop", stance="left", rule=package.DropRule(threshold_deg=6.0)
    )
    reps = [event for event in told["events"] if event["type"] == "Rep"]
    assert [(rep["start_s"], rep["end_s"]) for rep in reps] == [(rep.start_s, rep.end_s) for rep in analysis.reps]


def test_a_lower_limit_finds_more_and_the_other_sides_limit_changes_nothing(
    hiplevel: Hiplevel, drops_csv: Path
) -> None:
    def right_drops(*limit: object) -> int:
        told = hiplevel("analyze", drops_csv, "--exercise", "pelvic-drop", "--stance", "left", *limit, "--json").json
        return int(told["summary"]["drops"]["right"]["count"])

    assert right_drops("--limit", 20) == 0
    assert right_drops("--limit", 2) > right_drops("--limit", 6) == 2
    assert right_drops("--limit", 6, "--left-limit", 20) == 2
    assert right_drops("--limit", 6, "--right-limit", 20) == 0


def test_without_an_exercise_there_are_angles_and_drops_only(hiplevel: Hiplevel, drops_csv: Path) -> None:
    ran = hiplevel("analyze", drops_csv, "--limit", 6)
    assert ran.code == 0
    assert "no exercise named" in ran.out
    assert "Repetitions: not counted" in ran.out
    assert "right side: 2" in ran.out


def test_the_angles_as_csv_are_those_of_the_public_api(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    out = tmp_path / "angles.csv"
    assert hiplevel("analyze", drops_csv, *TRAINED, "--csv", out).code == 0
    time_s, obliquity_deg, tilt_deg = np.loadtxt(out, delimiter=",", skiprows=1, unpack=True)
    analysis = package.analyze(read_csv(drops_csv), exercise="pelvic-drop", stance="left")
    np.testing.assert_array_equal(time_s, analysis.time_s)
    np.testing.assert_array_equal(obliquity_deg, analysis.obliquity_deg)
    np.testing.assert_array_equal(tilt_deg, analysis.tilt_deg)
    assert hiplevel("analyze", drops_csv, "--csv", out).code == 5  # an existing file is never overwritten


def test_columns_of_any_name_and_unit(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    rows = np.loadtxt(drops_csv, delimiter=",", skiprows=1)
    rows[:, 0] *= 1000.0
    rows[:, 1:4] /= 9.80665
    rows[:, 4:7] *= 180.0 / np.pi
    odd = tmp_path / "odd.csv"
    np.savetxt(odd, rows, delimiter=";", header="zeit;b1;b2;b3;r1;r2;r3", comments="")
    told = ("--time", "zeit", "--acc", "b1", "b2", "b3", "--gyr", "r1", "r2", "r3")
    units = ("--time-unit", "ms", "--acc-unit", "g", "--gyr-unit", "deg/s")
    assert hiplevel("analyze", odd, *TRAINED, *told, *units, "--json").json["summary"]["reps"] == 6
    ran = hiplevel("analyze", odd, *TRAINED, "--json")
    assert ran.code == 2
    assert ran.error["reason"] == "unknown-column"
    assert "--acc X Y Z" in ran.error["hint"]
    misspelt = hiplevel("analyze", odd, *TRAINED, *told[:-1], "r33", *units)
    assert misspelt.code == 2
    assert "'r3'" in misspelt.err


def test_the_wrong_unit_is_named_and_the_right_one_offered(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    rows = np.loadtxt(drops_csv, delimiter=",", skiprows=1)
    rows[:, 1:4] /= 9.80665
    wrong = tmp_path / "wrong.csv"
    np.savetxt(wrong, rows, delimiter=",", header=drops_csv.read_text().partition("\n")[0], comments="")
    ran = hiplevel("analyze", wrong, *TRAINED, "--json")
    assert ran.code == 3
    assert ran.error["reason"] == "units"
    assert "acc unit g" in ran.error["hint"]
    assert "--acc-unit" in ran.error["hint"]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("nowhere.mcap",), 2, "There is no file nowhere.mcap"),
        (("drops.csv", "--exercise", "pelvic-drops"), 2, "pelvic-drop"),
        (("drops.csv", "--stance", "lft"), 2, "'left'"),
        (("drops.csv", "--limit", "-4"), 2, "-4"),
        (("drops.csv", "--limit", "four"), 2, "four"),
        (("drops.csv", "--limt", "4"), 2, "--limit"),
        (("dorps.csv",), 2, "drops.csv"),
    ],
)
def test_wrong_input_is_a_sentence_with_the_nearest_right_one(
    hiplevel: Hiplevel, drops_csv: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(drops_csv.parent)
    ran = hiplevel("analyze", *args)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.mcap", b""), ("foreign.mcap", b"%PDF-1.7 nothing of ours"), ("torn.mcap", b"\x89MCAP0\r\n\x01")],
)
def test_a_file_that_is_no_recording_is_refused_with_its_own_exit_code(
    hiplevel: Hiplevel, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = hiplevel("analyze", tmp_path / name)
    assert ran.code == 5
    assert name in ran.err


# From the pelvis' axes (x forward, y left, z up) to those of a sensor, and what to say then.
WORN = {
    "as assumed": (np.eye(3), ()),
    "flat on the back, x up": (np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]]), ("--left-axis", "y", "--up-axis", "x")),
    "flat, x down": (np.array([[0, 0, -1], [0, -1, 0], [-1, 0, 0]]), ("--left-axis", "-y", "--up-axis", "-x")),
    "flat, y up": (np.array([[0, -1, 0], [0, 0, 1], [-1, 0, 0]]), ("--left-axis", "-x", "--up-axis", "y")),
}


@pytest.mark.parametrize("way", list(WORN))
def test_a_clip_worn_otherwise_names_the_same_side_once_told(hiplevel: Hiplevel, tmp_path: Path, way: str) -> None:
    to_sensor, told = WORN[way]
    assert np.linalg.det(to_sensor) == pytest.approx(1.0)
    made = simulate.exercise(
        "pelvic-drop", stance="left", reps=6, drops={1: 9.0, 4: 9.0}, seed=7, mounting=to_sensor.T.astype(float)
    )
    path = tmp_path / "worn.csv"
    write_csv(made.samples, path)
    summary = hiplevel("analyze", path, *TRAINED, *told, "--json").json["summary"]
    assert summary["reps"] == 6
    assert summary["drops"]["right"]["count"] == 2
    assert hiplevel("recordings", "import", path, *TRAINED, *told).code == 0
    assert hiplevel("analyze", "worn.mcap", "--json").json["summary"] == summary


@pytest.mark.parametrize("told", [("--left-axis", "y"), ("--up-axis", "x"), ("--left-axis", "y", "--up-axis", "-y")])
def test_one_axis_is_not_enough(hiplevel: Hiplevel, drops_csv: Path, told: tuple[str, ...]) -> None:
    ran = hiplevel("analyze", drops_csv, *told)
    assert ran.code == 2
    assert "two different axes" in ran.err


def test_a_wrong_unit_in_the_header_is_refused_with_the_option_that_helps(hiplevel: Hiplevel, tmp_path: Path) -> None:
    samples = simulate.exercise("pelvic-drop", reps=5, seed=3).samples
    path = tmp_path / "degrees.csv"
    write_csv(package.Samples(samples.time_s, samples.acc_m_s2, np.degrees(samples.gyr_rad_s)), path)
    ran = hiplevel("analyze", path, *TRAINED)
    assert ran.code == 3
    assert "The option: --gyr-unit deg/s" in ran.err
    assert hiplevel("analyze", path, *TRAINED, "--gyr-unit", "deg/s").code == 0
