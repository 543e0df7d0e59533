"""The entry point: help, version, errors and exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import hiplevel as package
from cli.running import Hiplevel
from hiplevel.cli import display, failures, main
from hiplevel.cli.cohort.cohort import SOME_FAILED
from hiplevel.cli.failures import INTERRUPTED
from hiplevel.model.errors import (
    ClinicError,
    HiplevelError,
    InputError,
    LinkError,
    Reason,
    RecordingError,
    SpecError,
    UsageError,
)


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make `hiplevel exercises` fail with that error."""

    @click.command("exercises")
    @click.option("--json", "as_json", is_flag=True)
    def command(as_json: bool) -> None:
        raise error

    monkeypatch.setattr(main.LazyGroup, "get_command", lambda *_: command)


def test_version_is_the_package_version(hiplevel: Hiplevel) -> None:
    ran = hiplevel("--version")
    assert (ran.code, ran.out) == (0, f"hiplevel {package.__version__}\n")


def test_help_lists_every_command_with_a_short_help(hiplevel: Hiplevel) -> None:
    ran = hiplevel("--help")
    assert ran.code == 0
    for name in ("demo", "replay", "analyze", "recordings", "sensors", "exercises"):
        assert f"\n  {name} " in ran.out
    assert "not diagnosis" in ran.out


@pytest.mark.parametrize("name", list(main.COMMANDS))
def test_every_command_of_the_table_exists_and_says_what_it_does(hiplevel: Hiplevel, name: str) -> None:
    ran = hiplevel(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: hiplevel {name}")


def test_a_misspelt_command_names_the_nearest_one(hiplevel: Hiplevel) -> None:
    ran = hiplevel("analyse", "x.mcap")
    assert ran.code == 2
    assert "Did you mean 'analyze'?" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("an", ["analyze"]),
        ("analyze pelvic-drop-b", ["pelvic-drop-bad-left"]),
        ("analyze x.csv --exercise single-leg-s", ["single-leg-squat", "single-leg-stand"]),
        ("analyze x.csv --stance r", ["right"]),
        ("sensors show movesense", ["movesense.gsp-imu6"]),
    ],
)
def test_tab_completes_commands_and_names(
    hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch, begun: str, offered: list[str]
) -> None:
    monkeypatch.setenv("COMP_WORDS", f"hiplevel {begun}")
    monkeypatch.setenv("COMP_CWORD", str(len(begun.split())))
    monkeypatch.setenv("_HIPLEVEL_COMPLETE", "bash_complete")
    lines = [line.partition(",") for line in hiplevel().out.splitlines()]
    assert [name for kind, _, name in lines if kind == "plain"] == offered


def test_it_runs_as_a_module_too() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "hiplevel", "--version"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert ran.stdout == f"hiplevel {package.__version__}\n"


def test_no_command_prints_the_help_and_is_a_usage_error(hiplevel: Hiplevel) -> None:
    ran = hiplevel()
    assert ran.code == 2
    assert "Commands:" in ran.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("No.", Reason.USAGE), 2),
        (InputError("No.", Reason.UNITS), 3),
        (SpecError("No.", Reason.SPEC_INVALID), 4),
        (RecordingError("No.", Reason.DAMAGED_FILE), 5),
        (LinkError("No.", Reason.NO_ADAPTER), 6),
        (ClinicError("No.", Reason.NOT_ALLOWED), 7),
        (KeyboardInterrupt(), 130),
        (PermissionError(13, "Permission denied", "locked.csv"), 1),
    ],
)
def test_each_kind_of_error_has_its_exit_code_and_no_traceback(
    hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    raising(monkeypatch, error)
    ran = hiplevel("exercises")
    assert ran.code == code
    assert ran.out == ""
    assert ran.err
    assert "Traceback" not in ran.err


def test_the_page_lists_every_exit_code() -> None:
    page = Path(__file__).parents[2] / "docs" / "architecture.md"
    table = page.read_text(encoding="utf-8").partition("| exit code |")[2].partition("\n\n")[0]
    kinds = (UsageError, InputError, SpecError, RecordingError, LinkError, ClinicError, HiplevelError)
    codes = {0, *(kind.exit_code for kind in kinds), SOME_FAILED, INTERRUPTED}
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == sorted(codes)


def test_under_json_an_error_is_one_object_on_stdout_and_a_sentence_on_stderr(
    hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(monkeypatch, InputError("Gravity reads 1.", Reason.UNITS, "Say --acc-unit g."))
    ran = hiplevel("exercises", "--json")
    assert ran.code == 3
    assert ran.error == {"reason": "units", "message": "Gravity reads 1.", "hint": "Say --acc-unit g."}
    assert ran.err == "Error: Gravity reads 1.\nSay --acc-unit g.\n"


def test_an_unknown_error_is_one_sentence_and_the_details_are_kept(
    hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    raising(monkeypatch, RuntimeError("inner workings"))
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "log")
    ran = hiplevel("exercises")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    (details,) = (tmp_path / "log").iterdir()
    assert str(details) in ran.err
    assert "inner workings" in details.read_text()


def test_details_go_to_the_temporary_folder_when_the_log_folder_cannot_be_made(
    hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    raising(monkeypatch, RuntimeError("inner workings"))
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "file" / "log")
    monkeypatch.setattr(failures.tempfile, "gettempdir", lambda: str(tmp_path))
    ran = hiplevel("exercises")
    assert ran.code == 1
    assert len(list(tmp_path.glob("error-*.txt"))) == 1


def test_debug_shows_the_traceback(hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, RuntimeError("inner workings"))
    assert "Traceback" in hiplevel("--debug", "exercises").err
    monkeypatch.setenv("HIPLEVEL_DEBUG", "1")
    assert "Traceback" in hiplevel("exercises").err


def run_process(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from hiplevel.cli.main import main; main()", *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **env},
    )


def test_a_real_process_exits_with_the_code_of_the_error() -> None:
    ran = run_process("sensors", "show", "no.such.sensor", "--json")
    assert ran.returncode == 2
    assert json.loads(ran.stdout)["error"]["reason"] == "unknown-spec"
    assert "Traceback" not in ran.stderr


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    program = "from hiplevel.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "sensors", "simulate", "hiplevel.reference", "--seconds", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.readline()
        writer.stdout.close()
        assert b"rror" not in writer.stderr.read()
        assert writer.wait() == 0


@pytest.mark.parametrize(("platform", "shown"), [("offscreen", False), ("xcb", True)])
def test_a_window_is_opened_only_where_there_is_a_screen(
    platform: str, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display.has_display() is shown
