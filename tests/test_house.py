"""The house as docs/architecture.md draws it: a room may import those below it, and no other."""

import ast
import re
from pathlib import Path

import pytest

import hiplevel

PACKAGE = Path(hiplevel.__file__).parent
PAGE = Path(__file__).parents[1] / "docs" / "architecture.md"


def rooms() -> list[str]:
    """From the top down, as the table has them."""
    text = PAGE.read_text(encoding="utf-8").partition("## The house")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def imported(file: Path) -> set[str]:
    """The rooms that a module imports, wherever in it."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return {module.split(".")[1] for module in modules if module.startswith("hiplevel.")}


def test_every_room_is_drawn() -> None:
    there = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()}
    assert set(rooms()) == there
    assert len(rooms()) == len(there)


@pytest.mark.parametrize("room", rooms())
def test_arrows_point_down(room: str) -> None:
    above = set(rooms()[: rooms().index(room)])
    wrong = {
        f"{file.relative_to(PACKAGE)} imports {', '.join(sorted(imported(file) & above))}"
        for file in (PACKAGE / room).rglob("*.py")
        if imported(file) & above
    }
    assert not wrong
