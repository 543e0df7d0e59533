"""What the README and the docs tell people to type exists, and what they link to is there."""

import re
import shlex
from pathlib import Path

import click
import pytest

from hiplevel.cli.main import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "firmware_specs").glob("*.md"))]


def commands(page: Path) -> list[list[str]]:
    """Every `hiplevel ...` in a shell block or between backticks, as words."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]
    found = [re.sub(r"^\.venv/bin/", "", line.strip()) for line in [*lines, *spans]]
    return [shlex.split(line, comments=True) for line in found if line.startswith("hiplevel ")]


ALL = [pytest.param(words, id=" ".join(words)) for page in PAGES for words in commands(page)]


def test_there_is_something_to_check() -> None:
    assert len(ALL) > 10


@pytest.mark.parametrize("words", ALL)
def test_every_command_and_option_exists(words: list[str]) -> None:
    command: click.Command = cli
    context = click.Context(cli)
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(context, rest[0])
        assert found is not None, f"there is no {rest[0]!r}"
        command, rest = found, rest[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in rest if word.startswith("--")} <= known


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"^(?:PYTHON=\S+ )?make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []
