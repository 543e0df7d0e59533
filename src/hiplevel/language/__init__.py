"""Which languages are spoken, how numbers are written in them, and catalogues of words: one TOML file a language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
COMMA = ("de",)


def number(value: float, form: str, language: str) -> str:
    """As it is written in the language; form: as of `format`, such as `.1f`."""
    text = format(value, form)
    return text.replace(".", ",") if language in COMMA else text


@cache
def catalogue(package: str, language: str) -> dict[str, str]:
    """Every key of a package's TOML file, such as `live.start`, and its words."""
    text = files(package).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


def _flat(table: dict[str, Any], before: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        rows += _flat(value, f"{before}{key}.") if isinstance(value, dict) else [(f"{before}{key}", str(value))]
    return rows
