"""Every file, folder and module of the code that a page names is there, so that whoever reads it finds the place."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CODE = ("src", "tests", "benchmarks", "scripts", "docs", "firmware_specs")
THERE = {f"/{path.relative_to(ROOT).as_posix()}" for top in CODE for path in ((ROOT / top), *(ROOT / top).rglob("*"))}


def files(page: Path) -> set[str]:
    """Such as `gui/words/` and `hold_sway.py`; not a pattern such as `catalogue/ID.toml`."""
    spans = re.findall(r"`([\w./-]+)`", page.read_text(encoding="utf-8"))
    return {span.rstrip("/") for span in spans if re.fullmatch(r"[a-z_]+(/[a-z_-]+)*(\.(py|toml)|/)", span)}


def modules() -> set[tuple[str, str]]:
    """Room and module, or what a room gives: `motion.slip`, `cues.CueView`."""
    spans = re.findall(r"`([a-z]+)\.(\w+)`", ARCHITECTURE.read_text(encoding="utf-8"))
    return {(room, name) for room, name in spans if (ROOT / "src" / "hiplevel" / room).is_dir()}


def test_the_architecture_names_files() -> None:
    assert len(files(ARCHITECTURE)) > 40
    assert len(modules()) > 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    assert {name for name in files(page) if not any(path.endswith(f"/{name}") for path in THERE)} == set()


@pytest.mark.parametrize(("room", "name"), sorted(modules()))
def test_the_modules_that_the_architecture_names_are_there(room: str, name: str) -> None:
    in_room = (ROOT / "src" / "hiplevel" / room / f"{name}.py").is_file()
    assert in_room or hasattr(importlib.import_module(f"hiplevel.{room}"), name)
