"""The drawings: one for each exercise, made by the command that stands beside them, and as plain as SVG can be."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hiplevel import list_exercises
from hiplevel.exercises.drawing import drawing_of

SCRIPTS = Path(__file__).parents[2] / "scripts"
IDS = [exercise.id for exercise in list_exercises()]
AGAIN = "run python scripts/draw_exercises.py"


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    sys.path.insert(0, str(SCRIPTS))
    try:
        from draw_exercises import drawings
    finally:
        sys.path.remove(str(SCRIPTS))
    found = drawings()
    assert isinstance(found, dict)
    return found


def test_they_are_what_the_command_draws(drawn: dict[str, str]) -> None:
    assert set(drawn) == set(IDS)
    assert {name: drawing_of(name) for name in drawn} == drawn, AGAIN


@pytest.mark.parametrize("exercise_id", IDS)
def test_each_is_titled_and_needs_nothing_that_a_viewer_may_lack(exercise_id: str) -> None:
    text = drawing_of(exercise_id)
    assert text is not None
    root = ElementTree.fromstring(text)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "path", "circle"}
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text
    assert "href" not in text
    assert len(text) < 10_000


def test_no_two_are_alike() -> None:
    assert len({drawing_of(name) for name in IDS}) == len(IDS)


def test_one_of_your_own_has_none() -> None:
    assert drawing_of("hip-circle") is None
