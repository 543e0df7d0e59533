"""`hiplevel calibrate`, and its result in `analyze` and `replay`; on simulated movements."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cli.running import Hiplevel
from hiplevel import DropRule, Samples, simulate
from hiplevel.model.hip_check import HALF_TURN
from hiplevel.recording.csv_export import write_csv
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.simulate import mounting_from_euler

SIDE = mounting_from_euler(-87.0)
STARTED_NS = 1_800_000_000_000_000_000
INFO = RecordingInfo(client="c-017", sensor_id="AA:BB", simulated=True, started_ns=STARTED_NS, source="import")
TRAINED = ("--exercise", "pelvic-drop", "--stance", "left", "--limit", "6")


def recorded(path: Path, samples: Samples, info: RecordingInfo = INFO) -> Path:
    with RecordingWriter(path, info) as writer:
        writer.samples(samples)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Movements, an exercise ten minutes and a day later, and raising the left hip: a clip at the left side."""
    folder = tmp_path_factory.mktemp("calibrate")
    moves = simulate.calibration_movements(SIDE, 3).samples
    recorded(folder / "moves.mcap", moves)
    write_csv(moves, folder / "moves.csv")
    drops = simulate.exercise("pelvic-drop", stance="left", reps=4, drops={1: 9.0}, seed=3, mounting=SIDE).samples
    trained = replace(INFO, exercise="pelvic-drop", stance="left", rule=DropRule(6.0))
    recorded(folder / "drops.mcap", drops, replace(trained, started_ns=STARTED_NS + 600 * 10**9))
    recorded(folder / "next-day.mcap", drops, replace(trained, started_ns=STARTED_NS + 86_400 * 10**9))
    write_csv(drops, folder / "drops.csv")
    hike = {"stance": "right", "reps": 1, "fall_deg": -1.0, "rom_deg": 9.0, "still_s": 2.0, "seed": 3}
    write_csv(simulate.exercise("pelvic-drop", mounting=SIDE, **hike).samples, folder / "left-hip.csv")
    other_hip = simulate.exercise("pelvic-drop", mounting=HALF_TURN @ SIDE, **hike).samples
    write_csv(other_hip, folder / "other-hip.csv")
    write_csv(simulate.calibration_movements(SIDE, 3, hinge_deg=18.0).samples, folder / "small.csv")
    write_csv(simulate.calibration_movements(SIDE, 3, hinge_deg=6.0).samples, folder / "tiny.csv")
    return folder


def test_it_says_how_the_clip_sits_and_how_good_that_is(hiplevel: Hiplevel, folder: Path) -> None:
    ran = hiplevel("calibrate", folder / "moves.mcap")
    assert ran.code == 0
    assert "Quality: 1.00 of 1 · SIMULATED" in ran.out
    assert "Hinges: 3, " in ran.out
    assert any(f"turned {yaw} degrees to the right: it sits at the left side" in ran.out for yaw in (86, 87, 88))
    assert "left is its -x" in ran.out
    assert "Good enough to judge drops." in ran.out
    assert "Kept for the sensor AA:BB on c-017, for 12 hours" in ran.err


def test_what_was_kept_finds_the_drops_that_the_side_hides(hiplevel: Hiplevel, folder: Path) -> None:
    hiplevel("calibrate", folder / "moves.mcap")
    told = hiplevel("analyze", folder / "drops.mcap", "--calibration", "saved", "--json").json["summary"]
    assert told["drops"]["right"]["count"] == 1
    assert abs(told["drops"]["right"]["worst_deg"] - 9.0) < 1.0
    assert hiplevel("analyze", folder / "drops.mcap", "--json").json["summary"]["drops"]["right"]["count"] == 0


def test_the_next_day_it_is_refused(hiplevel: Hiplevel, folder: Path) -> None:
    hiplevel("calibrate", folder / "moves.mcap")
    ran = hiplevel("analyze", folder / "next-day.mcap", "--calibration", "saved", "--json")
    assert ran.code == 3
    assert "holds for 12 hours" in ran.error["message"]


def test_nothing_kept_is_a_sentence(hiplevel: Hiplevel, folder: Path) -> None:
    ran = hiplevel("analyze", folder / "drops.mcap", "--calibration", "saved")
    assert ran.code == 2
    assert "No calibration is kept of the sensor AA:BB on c-017" in ran.err


def test_a_csv_file_goes_by_way_of_a_file(hiplevel: Hiplevel, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "cal.json"
    ran = hiplevel("calibrate", folder / "moves.csv", "--out", out, "--json")
    assert ran.json["gradable"] is True
    assert ran.json["kept"] is False
    assert json.loads(out.read_text())["matrix"] == ran.json["calibration"]["matrix"]
    told = hiplevel("analyze", folder / "drops.csv", *TRAINED, "--calibration", out, "--json").json["summary"]
    assert told["drops"]["right"]["count"] == 1
    saved = hiplevel("analyze", folder / "drops.csv", *TRAINED, "--calibration", "saved")
    assert saved.code == 2
    assert "does not say which sensor" in saved.err


def test_replay_takes_it_and_does_not_compare(hiplevel: Hiplevel, folder: Path) -> None:
    hiplevel("calibrate", folder / "moves.mcap")
    told = hiplevel("replay", folder / "drops.mcap", "--speed", 0, "--calibration", "saved", "--json").json
    assert told["summary"]["drops"]["right"]["count"] == 1
    assert told["recorded"]["equal"] is None
    assert "another calibration" in told["recorded"]["text"]


def test_at_the_side_without_calibration_drops_are_not_judged(hiplevel: Hiplevel, folder: Path) -> None:
    ran = hiplevel("analyze", folder / "drops.mcap", "--calibration", "left-side")
    assert ran.code == 0
    assert "Drops: not judged, see below" in ran.out
    assert "side: none" not in ran.out
    assert "a clip at the left side that was not calibrated" in ran.out
    told = hiplevel("analyze", folder / "drops.mcap", "--calibration", "left-side", "--json").json["summary"]
    assert told["drops"] == {"left": None, "right": None}


def test_small_hinges_are_not_kept_until_the_left_hip_was_raised(hiplevel: Hiplevel, folder: Path) -> None:
    ran = hiplevel("calibrate", folder / "small.csv", "--sensor", "AA:BB", "--client", "c-017")
    assert ran.code == 3
    assert "The hinges reached 19 degrees" in ran.out
    assert "Not kept." in ran.err
    checked = hiplevel("calibrate", folder / "small.csv", "--sensor", "AA:BB", "--check", folder / "left-hip.csv")
    assert checked.code == 0
    assert "Check of the left hip: right." in checked.out
    assert "Kept for the sensor AA:BB" in checked.err


def test_the_wrong_side_is_corrected_and_said(hiplevel: Hiplevel, folder: Path) -> None:
    ran = hiplevel("calibrate", folder / "moves.csv", "--check", folder / "other-hip.csv", "--json")
    assert ran.code == 0
    assert ran.json["check"]["verdict"] == "wrong side"
    assert "it sits at the right side" in ran.json["mounting"][0]


def test_only_a_part_may_be_looked_at(hiplevel: Hiplevel, folder: Path) -> None:
    assert hiplevel("calibrate", folder / "moves.csv", "--between", 0, 60).code == 0
    ran = hiplevel("calibrate", folder / "moves.csv", "--between", 0, 3.5)
    assert ran.code == 3
    assert "hinge forward at the hips three times" in ran.err


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("calibrate", "tiny.csv"), 3, "The hinges reached 6 degrees"),
        (("calibrate", "nowhere.csv"), 2, "There is no file nowhere.csv"),
        (("analyze", "drops.csv", "--calibration", "nowhere.json"), 2, "There is no file nowhere.json"),
        (("analyze", "drops.csv", "--calibration", "nowhere.json"), 2, "Check the name and the folder."),
        (("analyze", "drops.csv", "--calibration", "drops.csv"), 3, "drops.csv is no calibration"),
        (("analyze", "drops.csv", "--calibration", "empty.json"), 3, "empty.json is no calibration"),
        (("analyze", "drops.csv", "--calibration", "back", "--left-axis", "y", "--up-axis", "z"), 2, "once"),
    ],
)
def test_wrong_input_is_a_sentence(
    hiplevel: Hiplevel, folder: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(folder)
    (folder / "empty.json").write_text("{}", encoding="utf-8")
    ran = hiplevel(*args)
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err
