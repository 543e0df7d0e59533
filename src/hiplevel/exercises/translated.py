"""The catalogue's texts in another language: one TOML file a language, a table an exercise."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from hiplevel.model.exercise import Exercise

TEXTS = ("name", "summary", "setup", "stance", "cannot_see", "discouraged")  # and the cues; sources stay as published


def in_language(exercise: Exercise, language: str) -> Exercise:
    """The exercise with its texts in `language`; as its file says where there are none, as in one of your own."""
    told = {} if exercise.own else translations(language).get(exercise.id, {})
    texts: dict[str, Any] = {key: told[key] for key in TEXTS if key in told}
    if "cues" in told:
        texts["cues"] = tuple(told["cues"])
    return replace(exercise, **texts)


@cache
def translations(language: str) -> dict[str, dict[str, Any]]:
    """The texts by exercise and key; empty for English, which is the catalogue's own, and for an unknown language."""
    file = files("hiplevel.exercises").joinpath("translations", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
