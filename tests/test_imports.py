"""Starting must stay cheap: what is heavy is imported by the command that needs it, not by everyone."""

import subprocess
import sys

import pytest

HEAVY = {"scipy", "bleak", "bumble", "rich", "pyqtgraph", "vqf", "mcap", "PySide6", "asyncio"}


def modules_loaded_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nsys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in run.stderr.split()}


def test_import_hiplevel_loads_nothing_heavy() -> None:
    assert not modules_loaded_by("import hiplevel") & (HEAVY | {"numpy", "click"})


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_loaded_by("from hiplevel.cli.main import run\nassert run(['--help']) == 0")
    assert "click" in loaded
    assert not loaded & (HEAVY | {"numpy", "platformdirs"})


@pytest.mark.parametrize("command", [["sensors", "--help"], ["exercises", "--help"], ["recordings", "--help"]])
def test_help_of_a_query_loads_no_radio_and_no_window(command: list[str]) -> None:
    loaded = modules_loaded_by(f"from hiplevel.cli.main import run\nassert run({command!r}) == 0")
    assert not loaded & {"bleak", "bumble", "rich", "pyqtgraph", "scipy", "vqf"}


def test_the_pipeline_knows_no_radio_disk_or_screen() -> None:
    loaded = modules_loaded_by("import hiplevel.pipeline")
    assert not loaded & {"bleak", "bumble", "rich", "pyqtgraph", "mcap", "click", "asyncio"}
