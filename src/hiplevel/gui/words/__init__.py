"""Every word of the window, one file a language; English is complete, others are held against it by a test."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = {"en": "English", "de": "Deutsch"}
COMMA = ("de",)
_current = "en"


def use(language: str) -> None:
    """Speak this language from now on; an unknown one is English."""
    global _current
    _current = language if language in LANGUAGES else "en"


def current() -> str:
    """The language spoken."""
    return _current


def tr(key: str, **values: Any) -> str:
    """The words for `key`, such as `live.start`, with the values put in; English where a language lacks them."""
    text = all_words(_current).get(key) or all_words("en")[key]
    return text.format(**values) if values else text


def written(value: float, form: str) -> str:
    """A number as it is written in this language; form: as of `format`, such as `.1f`."""
    text = format(value, form)
    return text.replace(".", ",") if _current in COMMA else text


def count(key: str, number: int) -> str:
    """The words for `key` with a number: `key.one` for 1, `key.many` otherwise."""
    return tr(f"{key}.one" if number == 1 else f"{key}.many", n=number)


@cache
def all_words(language: str) -> dict[str, str]:
    """Every key and its words."""
    text = files("hiplevel.gui.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


def _flat(table: dict[str, Any], before: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        rows += _flat(value, f"{before}{key}.") if isinstance(value, dict) else [(f"{before}{key}", str(value))]
    return rows
