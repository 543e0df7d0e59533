"""The house as docs/architecture.md draws it: a room may import those below it, and no other."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import hiplevel

PACKAGE = Path(hiplevel.__file__).parent
# The public API asks a spec for the decoder and the encoder that read it.
ASKED_OF = {"sensors/spec/sensor.py": {"sensors/decode/decoder.py", "sensors/encode/encoder.py"}}
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


def modules() -> list[str]:
    return [file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py")]


def imports_of(file: Path) -> set[str]:
    """The modules of hiplevel that a module imports, wherever in it, for types too."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
    names |= {node.module or "" for node in froms}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    within = {
        name.removeprefix("hiplevel.").replace(".", "/") + ".py" for name in names if name.startswith("hiplevel.")
    }
    return {name for name in within if (PACKAGE / name).is_file()}


def test_no_module_needs_one_that_needs_it() -> None:
    needs = {name: imports_of(PACKAGE / name) - ASKED_OF.get(name, set()) for name in modules()}
    try:
        tuple(TopologicalSorter(needs).static_order())
    except CycleError as circle:
        raise AssertionError(" -> ".join(circle.args[1])) from None
