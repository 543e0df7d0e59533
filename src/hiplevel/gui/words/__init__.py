"""Every word of the window, one file a language; English is complete, others are held against it by a test."""

from typing import Any

from hiplevel.language import ENGLISH, LANGUAGES, catalogue, number

_current = ENGLISH


def use(language: str) -> None:
    """Speak this language from now on; an unknown one is English."""
    global _current
    _current = language if language in LANGUAGES else ENGLISH


def current() -> str:
    """The language spoken."""
    return _current


def tr(key: str, **values: Any) -> str:
    """The words for `key`, such as `live.start`, with the values put in; English where a language lacks them."""
    text = all_words(_current).get(key) or all_words(ENGLISH)[key]
    return text.format(**values) if values else text


def written(value: float, form: str) -> str:
    """A number as it is written in this language; form: as of `format`, such as `.1f`."""
    return number(value, form, _current)


def count(key: str, many: int) -> str:
    """The words for `key` with a number: `key.one` for 1, `key.many` otherwise."""
    return tr(f"{key}.one" if many == 1 else f"{key}.many", n=many)


def all_words(language: str) -> dict[str, str]:
    """Every key and its words."""
    return catalogue(__name__, language)
