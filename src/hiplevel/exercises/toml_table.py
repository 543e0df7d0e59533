"""A TOML text under scrutiny: what is wrong is said with file, line, key and what to write instead."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any, NoReturn

from hiplevel.model.errors import Reason, SpecError
from hiplevel.toml_text import TomlText


class Table:
    """One table of a TOML text; `name` is '' for what stands before the first heading.

    Every method that takes a key raises SpecError (SPEC_INVALID) when its value cannot be meant.
    """

    def __init__(self, source: TomlText, values: dict[str, Any], name: str = "") -> None:
        self.values = values
        self._source, self._name = source, name

    @classmethod
    def parsed(cls, text: str, origin: str) -> "Table":
        """The table of a whole text. Raises SpecError (SPEC_SYNTAX) for what is not TOML."""
        source = TomlText(text, origin)
        return cls(source, source.values)

    def below(self, key: str) -> "Table":
        """A table within this one."""
        if not isinstance(self.values.get(key), dict):
            self.wrong(key, "must be a table")
        return Table(self._source, self.values[key], key)

    def keys(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Exactly these keys."""
        known = {*required, *optional}
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(known))}."
                self.wrong(key, f"is an unknown key {key!r}", hint)
        missing = sorted(key for key in required if key not in self.values)
        if missing:
            where = f"{self._source.place((self._name,))}: {self._name}" if self._name else self._source.origin
            raise SpecError(f"{where} lacks {', '.join(missing)}.", Reason.SPEC_INVALID)

    def sentence(self, key: str) -> str:
        """A text that is not empty."""
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "must be a sentence in quotes")
        return value

    def sentences(self, key: str) -> tuple[str, ...]:
        """A list of texts, maybe none."""
        value = self.values[key]
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.wrong(key, 'must be sentences, such as ["Knees straight", "Move slowly"]')
        return tuple(value)

    def one_of(self, key: str, choices: Collection[Any]) -> Any:
        """One of these values."""
        value = self.values[key]
        if isinstance(value, (list, dict, bool)) or value not in choices:
            told = ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in choices)
            self.wrong(key, f"must be one of {told}")
        return value

    def number(self, key: str, least: float = 0.0, most: float = float("inf"), *, above: bool = False) -> float:
        """A finite number from `least` (or above it) to `most`."""
        value = self.values[key]
        if not _finite(value) or not (least < value if above else least <= value) or value > most:
            start = f"above {least:g}" if above else f"of {least:g} or more"
            self.wrong(key, f"must be a number {start}" + (f" and up to {most:g}" if most < float("inf") else ""))
        return float(value)

    def pair(self, key: str, what: str, *, above: bool = False) -> tuple[float, float]:
        """[least, most], both 0 or more; `above`: above 0."""
        value = self.values[key]
        if not isinstance(value, list) or len(value) != 2 or not all(map(_finite, value)) or value[0] > value[1]:
            self.wrong(key, f"must be [least, most] {what}")
        if value[0] < 0.0 or (above and value[0] == 0.0):
            self.wrong(key, f"must begin {'above 0' if above else 'at 0 or more'} {what}")
        return float(value[0]), float(value[1])

    def wrong(self, key: str, what: str, hint: str = "") -> NoReturn:
        """Refuse the value of this key."""
        path = self._path(key)
        raise self._source.wrong(path, ".".join(path) + f" {what}.", hint)

    def _path(self, *keys: str) -> tuple[str, ...]:
        return (self._name, *keys) if self._name else keys


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
