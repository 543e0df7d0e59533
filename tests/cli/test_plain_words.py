"""Wrong input answered by a sentence that a person can act on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.running import Hiplevel
from hiplevel.recording.sink import Sink

RUN = [sys.executable, "-c", "from hiplevel.cli.main import main; main()"]


@pytest.mark.parametrize("number", ["nan", "inf", "0", "-1", "1e9"])
def test_a_number_that_cannot_be_meant_is_refused_with_its_bounds(hiplevel: Hiplevel, number: str) -> None:
    ran = hiplevel("demo", "--fast", "--seconds", number)
    assert ran.code == 2
    assert f"'{number}' cannot be meant: write a number from 1 to 3600" in ran.err


def test_a_word_is_no_number(hiplevel: Hiplevel) -> None:
    assert "'soon' is no number: write one from 1 to 3600." in hiplevel("demo", "--fast", "--seconds", "soon").err


@pytest.mark.parametrize("number", ["-1", "1.5", "many"])
def test_a_whole_number_too(hiplevel: Hiplevel, number: str) -> None:
    ran = hiplevel("demo", "--fast", "--seed", number)
    assert ran.code == 2
    assert f"'{number}' cannot be meant: write a whole number from 0" in ran.err


def test_a_decimal_comma_is_a_number(hiplevel: Hiplevel) -> None:
    told = hiplevel("demo", "--fast", "--seconds", "2", "--limit", "5,5", "--json").json
    assert told["rule"]["threshold_deg"] == 5.5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["recordings", "lst"], "Did you mean 'list'?"),
        (["sensors", "xyzzy"], "There are: decode, list,"),
        (["clinic", "client"], "Did you mean 'clients'?"),
        (["clinic", "audit", "verfy"], "Did you mean 'verify'?"),
    ],
)
def test_a_command_of_a_command_names_the_nearest(hiplevel: Hiplevel, given: list[str], said: str) -> None:
    ran = hiplevel(*given)
    assert ran.code == 2
    assert said in ran.err


def test_looking_into_a_store_that_is_not_there_makes_none(hiplevel: Hiplevel, tmp_path: Path) -> None:
    path = tmp_path / "clinc.db"
    for looked in (["clients"], ["sessions"], ["progress", "c-017"], ["audit"], ["keys", "list"]):
        ran = hiplevel("clinic", "--db", path, *looked)
        assert ran.code == 2
        assert f"There is no store {path}" in ran.err
        assert not path.exists()
    assert hiplevel("clinic", "--db", path, "clients", "add", "c-017").code == 0
    assert "c-017" in hiplevel("clinic", "--db", path, "clients").out


def test_what_a_simulated_sensor_cannot_follow_is_refused(hiplevel: Hiplevel) -> None:
    ran = hiplevel("live", "--simulated", "--fast", "--seconds", 2, "--exercise", "squat", "--sensor", "polar")
    assert ran.code == 2
    assert "not for --simulated" in ran.err


def test_alone_and_without_a_screen_it_says_how_to_begin(hiplevel: Hiplevel) -> None:
    ran = hiplevel()
    assert ran.code == 2
    assert ran.err.startswith("Usage: hiplevel")
    assert "Begin with: hiplevel demo" in ran.err


def test_a_window_without_a_screen_is_refused_in_words() -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform != "linux":
        pytest.skip("there is always a screen")
    bare = {name: value for name, value in os.environ.items() if name not in names}
    ran = subprocess.run([*RUN, "window"], capture_output=True, text=True, env=bare, check=False)
    assert ran.returncode == 1
    assert "There is no screen here" in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev/full")
def test_an_output_that_is_full_or_closed_is_no_surprise() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([*RUN, "exercises"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert "The output cannot be written: no space left" in ran.stderr
    closed = subprocess.run(
        f"{sys.executable} -c '{RUN[2]}' exercises >&-", shell=True, capture_output=True, check=False
    )
    assert (closed.returncode, closed.stderr) == (0, b"")


def test_bytes_that_hold_no_sample_are_said_to(hiplevel: Hiplevel) -> None:
    assert "No samples in these bytes" in hiplevel("sensors", "decode", "movesense.gsp-imu6", "01").out


def test_a_full_disk_is_told_by_the_name_that_was_asked_for(
    hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.mcap"
    assert hiplevel("recordings", "import", drops_csv, "--out", whole).code == 0
    torn = tmp_path / "torn.mcap"
    torn.write_bytes(whole.read_bytes()[:-40])

    class Full:
        def __init__(self, file: Any) -> None:
            self._file = file

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        def write(self, _data: bytes) -> int:
            raise OSError(28, "No space left on device")

    begin = Sink.push

    def push(self: Sink) -> None:
        if self.path.suffix == ".part":
            self._file = Full(self._file)  # type: ignore[assignment]
        begin(self)

    monkeypatch.setattr(Sink, "push", push)
    ran = hiplevel("recordings", "import", drops_csv, "--out", tmp_path / "new.mcap")
    assert ran.code == 5
    assert "new.mcap cannot be written (No space left on device)" in ran.err
    assert ".part" not in ran.err
    before = torn.read_bytes()
    assert hiplevel("recordings", "note", torn, "Band slipped.").code == 5
    assert torn.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*torn*")) == ["torn.mcap"]


@pytest.mark.parametrize(
    "given",
    [
        ["demo", "--fast", "--seconds", "2", "--out", "-"],
        ["recordings", "recover", "pelvic-drop-good-left", "-o", "-"],
        ["recordings", "import", "s.csv", "--out", "-"],
        ["analyze", "pelvic-drop-good-left", "--csv", "-"],
        ["report", "pelvic-drop-good-left", "-o", "-"],
        ["exercises", "show", "squat", "--drawing", "-"],
        ["clinic", "backup", "-o", "-"],
        ["live", "--out", "-"],
    ],
)
def test_what_cannot_go_to_stdout_is_refused_and_makes_no_file_called_dash(
    hiplevel: Hiplevel, given: list[str]
) -> None:
    ran = hiplevel(*given)
    assert ran.code == 2
    assert "'-' cannot be meant: this is not written to stdout. Name a file." in ran.err
    assert not list(Path.cwd().glob("-*"))
