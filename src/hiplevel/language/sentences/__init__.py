"""What all rooms say in English, in another language: by their sentences, and else by their reasons.

The core makes sentences out of fields and gives them a reason; a catalogue, one TOML file a language, has a line for
each sentence with blanks for the fields, as gettext has it. So recordings made before there was a translation speak
another language as well. A sentence that a catalogue lacks stays English behind what its reason means in general.
English has a catalogue too, of the few sentences that name an option of the command line.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from hiplevel.language import ENGLISH, number

PARTS, REASONS, AND = "parts", "reasons", " and "
_BETWEEN = re.compile(r"(?<=[.!?])\s+")
_NUMBER = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Template:
    """A sentence in English as a pattern with a group for each blank, and what it is in the other language."""

    pattern: re.Pattern[str]
    told: str


@dataclass(frozen=True)
class Catalogue:
    """Of one language. parts: words that fill a blank; reasons: what each means in general."""

    language: str = ENGLISH
    sentences: tuple[Template, ...] = ()
    parts: tuple[Template, ...] = ()
    reasons: dict[str, str] | None = None

    def told(self, text: str) -> str | None:
        """A text of one or more sentences; None when one of them is missing."""
        found = _filled(self, self.sentences, text)
        if found is not None:
            return found
        for first, rest in _cuts(text):
            begun = _filled(self, self.sentences, first)
            if begun is not None and (ended := self.told(rest)) is not None:
                return f"{begun} {ended}"
        return None

    def mended(self, text: str) -> str:
        """The text with the sentences that are known in the place of their originals."""
        return " ".join(_filled(self, self.sentences, one) or one for one in _BETWEEN.split(text))


@lru_cache(maxsize=256)  # remarks are drawn anew with every frame
def in_language(text: str, reason: str, language: str) -> str:
    """The text in that language; where it has none, in English behind what the reason means."""
    known = catalogue(language)
    if language == ENGLISH:
        return known.mended(text)
    if (told := known.told(text)) is not None:
        return told
    meaning = (known.reasons or {}).get(reason)
    return text if meaning is None else f"{meaning}: {text}"


@cache
def catalogue(language: str) -> Catalogue:
    """Empty for an unknown language; of English, only what a window has to say otherwise than a terminal."""
    file = files("hiplevel.language.sentences").joinpath(f"{language}.toml")
    if not file.is_file():
        return Catalogue(language)
    tables: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    parts, reasons = tables.pop(PARTS, {}), tables.pop(REASONS, {})
    return Catalogue(language, _templates(*tables.values()), _templates(parts), reasons)


def _templates(*tables: dict[str, str]) -> tuple[Template, ...]:
    """The most particular first."""
    lines = [line for table in tables for line in table.items()]
    lines.sort(key=lambda line: len(re.sub(r"\{\w+\}", "", line[0])), reverse=True)
    return tuple(Template(_pattern(english), told) for english, told in lines)


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    return re.compile("".join(_blank(part) if place % 2 else re.escape(part) for place, part in enumerate(parts)))


def _blank(name: str) -> str:
    """Any words within a sentence; another error may be several sentences."""
    return f"(?P<{name}>.+)" if name == "error" else rf"(?P<{name}>(?:(?![.!?]\s).)*?)"


def _filled(known: Catalogue, templates: tuple[Template, ...], text: str) -> str | None:
    for template in templates:
        if found := template.pattern.fullmatch(text):
            return template.told.format(**{name: _value(known, value) for name, value in found.groupdict().items()})
    return None


def _value(known: Catalogue, value: str) -> str:
    if _NUMBER.fullmatch(value):
        return number(float(value), f".{len(value.partition('.')[2])}f", known.language)
    if not value or (told := known.told(value)) is None:
        return _parts(known, value)
    return told


def _parts(known: Catalogue, value: str) -> str:
    parts = [_filled(known, known.parts, part) for part in value.split(AND)]
    return value if None in parts else f" {_filled(known, known.parts, AND.strip())} ".join(map(str, parts))


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """The text in two, between its sentences, the longest beginning first."""
    for cut in reversed(list(_BETWEEN.finditer(text))):
        yield text[: cut.start()], text[cut.end() :]
