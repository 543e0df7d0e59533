"""The demo: a whole session without a sensor, a screen or a radio."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import Hiplevel
from hiplevel import analyze, open_recording
from hiplevel.model.events import Drop, Rep

RUN = [sys.executable, "-c", "from hiplevel.cli.main import main; main()"]


def test_within_twenty_seconds_it_counts_and_flags_the_bad_drops(hiplevel: Hiplevel, tmp_path: Path) -> None:
    ran = hiplevel("demo", "--seconds", 20, "--fast", "--json", "--out", tmp_path / "demo.mcap")
    assert ran.code == 0
    told = ran.json
    assert told["simulated"]
    assert told["reps"] >= 3
    assert told["drops"]["right"]["count"] == 2
    assert told["drops"]["right"]["worst_deg"] == pytest.approx(8.6, abs=0.6)
    assert told["drops"]["left"]["count"] == 0
    assert told["data"]["covered"] == 1.0
    assert told["data"]["lost_samples"] == 0
    assert told["notices"] == []
    assert [one["faults"] for one in told["sets"]] == [{}]
    assert "simulated" in ran.err
    assert "DROP: right side" in ran.err


def test_what_it_recorded_can_be_replayed_and_gives_the_same(hiplevel: Hiplevel, tmp_path: Path) -> None:
    path = tmp_path / "demo.mcap"
    ran = hiplevel("demo", "--seconds", 20, "--fast", "--out", path)
    assert ran.code == 0
    assert "SIMULATED" in ran.out
    assert f"hiplevel replay {path}" in ran.out
    recording = open_recording(path)
    assert recording.closed
    assert recording.info.simulated
    info = recording.info
    again = analyze(recording.samples, exercise=info.exercise, stance=info.stance, rule=info.rule)
    assert list(again.events) == list(recording.events)
    assert len([e for e in again.events if isinstance(e, Drop)]) == 2


def test_the_same_seed_is_the_same_person_and_another_seed_another(hiplevel: Hiplevel) -> None:
    def roms(seed: int) -> list[float]:
        path = hiplevel("demo", "--seconds", 16, "--fast", "--json", "--seed", seed).json["recording"]
        return [e.rom_deg for e in open_recording(path).events if isinstance(e, Rep)]

    first = roms(1)
    assert first == roms(1)
    assert first != roms(2)


def test_the_limit_can_be_moved(hiplevel: Hiplevel) -> None:
    assert hiplevel("demo", "--seconds", 20, "--fast", "--json", "--limit", 12).json["drops"]["right"]["count"] == 0


def test_a_demo_too_short_to_show_anything_says_so(hiplevel: Hiplevel) -> None:
    ran = hiplevel("demo", "--seconds", 3, "--fast")
    assert ran.code == 0
    assert "3 s is short" in ran.out


def test_an_existing_file_is_not_written_over_and_a_folder_gets_a_new_one(hiplevel: Hiplevel, tmp_path: Path) -> None:
    path = tmp_path / "demo.mcap"
    path.write_bytes(b"mine")
    ran = hiplevel("demo", "--seconds", 3, "--fast", "--out", path)
    assert ran.code == 5
    assert "already there" in ran.err
    assert path.read_bytes() == b"mine"
    folder = tmp_path / "sessions"
    folder.mkdir()
    assert hiplevel("demo", "--seconds", 3, "--fast", "--out", folder).code == 0
    assert [p.suffix for p in folder.iterdir()] == [".mcap"]


def test_a_limit_that_cannot_be_meant_is_refused_before_anything_starts(hiplevel: Hiplevel) -> None:
    ran = hiplevel("demo", "--limit", "-3", "--json")
    assert ran.code == 2
    assert ran.error["reason"] == "rule"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a single process")
def test_ctrl_c_leaves_a_closed_recording_and_says_that_it_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "cut.mcap"
    with subprocess.Popen(
        [*RUN, "demo", "--seconds", "60", "--out", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "level taken" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate()
    assert process.returncode == 130
    assert "Cut short with Ctrl-C" in out
    recording = open_recording(path)
    assert recording.closed
    assert len(recording.samples) >= 90
