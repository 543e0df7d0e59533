"""The page about exercises says what the catalogue says."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from hiplevel import list_exercises
from hiplevel.exercises import parse
from maker import script

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "exercises.md"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return script("make_exercise_docs")


def test_it_is_current(maker: ModuleType) -> None:
    assert PAGE.read_text(encoding="utf-8") == maker.page(), "run `make exercise-docs`"


def test_every_exercise_has_its_drawing_and_says_what_cannot_be_seen() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for exercise in list_exercises():
        assert exercise.cannot_see in page
        (drawing,) = re.findall(rf'src="([^"]*/{exercise.id}\.svg)"', page)
        assert (PAGE.parent / drawing).is_file()


def test_every_key_of_a_file_is_explained_and_no_other(maker: ModuleType) -> None:
    told = {key for names in maker.KEYS for key in names.split(", ")}
    counted = {f"counting.{key}" for key in (*parse.COUNTED, "count_at")}
    assert told == {*parse.REQUIRED, *parse.OPTIONAL, *counted}
