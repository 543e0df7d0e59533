"""Reading a TOML table with care: every complaint names file, line and what to write instead."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, overload

from hiplevel.model.errors import SpecError
from hiplevel.toml_lines import Path
from hiplevel.toml_text import TomlText

T = TypeVar("T")
_KINDS = {str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false", list: "a list [...]"}


class Table:
    """One table of the file; keys are taken out, and `done` complains about those that nobody took."""

    def __init__(self, source: TomlText, path: Path, data: Mapping[str, Any]) -> None:
        self.source, self.path, self.data = source, path, data
        self._known: list[str] = []

    @property
    def label(self) -> str:
        """How the table is called in a sentence."""
        names = [str(part) if isinstance(part, str) else f"{part + 1}" for part in self.path]
        return f"[{' '.join(names)}]" if names else "the file"

    def wrong(self, key: str | int | None, sentence: str, hint: str = "") -> SpecError:
        """An error at the line of `key` in this table, or of the table itself, to raise."""
        return self.source.wrong(self.path if key is None else (*self.path, key), sentence, hint)

    def done(self) -> None:
        """Complain about the first key that nothing asked for, naming the nearest that exists."""
        for key in self.data:
            if key not in self._known:
                near = get_close_matches(key, self._known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There can be: {', '.join(self._known)}."
                raise self.wrong(key, f"{self.label} has no key {key!r}.", hint)

    def has(self, key: str) -> bool:
        """Whether the key is there (and so expected)."""
        self._known.append(key)
        return key in self.data

    @overload
    def get(self, key: str, kind: type[T], *, example: str) -> T: ...
    @overload
    def get(self, key: str, kind: type[T], default: T) -> T: ...
    def get(self, key: str, kind: type[T], default: T | None = None, *, example: str = "") -> T:
        """The value of `key`, of that type; without a default it must be there."""
        if not self.has(key):
            if default is None:
                raise self.wrong(None, f"{self.label} needs {key}.", f"Write {key} = {example}.")
            return default
        return self.typed(key, self.data[key], kind)

    def typed(self, key: str | int, value: Any, kind: type[T]) -> T:
        """`value` if it is of that type; whole numbers are numbers, booleans are not."""
        wanted: type | tuple[type, ...] = (int, float) if kind is float else kind
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, f"{key} of {self.label} is {value!r}, and must be {_KINDS[kind]}.")
        return kind(value)  # type: ignore[call-arg]

    def number(
        self, key: str, default: int | None = None, *, low: int = 0, high: int = 65535, example: str = "0"
    ) -> int:
        """A whole number within limits."""
        value = self.get(key, int, example=example) if default is None else self.get(key, int, default)
        if not low <= value <= high:
            raise self.wrong(key, f"{key} of {self.label} is {value}, and must lie between {low} and {high}.")
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of a few words."""
        example = " or ".join(f'"{word}"' for word in allowed)
        value = self.get(key, str, example=example) if default is None else self.get(key, str, default)
        if value not in allowed:
            near = get_close_matches(value, allowed, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Write {example}."
            raise self.wrong(key, f"{key} of {self.label} cannot be {value!r}.", hint)
        return value

    def words(self, key: str, *, one_will_do: bool = False) -> tuple[str, ...]:
        """A list of texts; empty when the key is absent."""
        if not self.has(key):
            return ()
        value = self.data[key]
        if one_will_do and isinstance(value, str):
            return (value,)
        return tuple(self._item(key, item, str) for item in self.typed(key, value, list))

    def _item(self, key: str, item: Any, kind: type[T]) -> T:
        if not isinstance(item, kind):
            raise self.wrong(key, f"{key} of {self.label} holds {item!r}, and must hold only {_KINDS[kind]}.")
        return item

    def table(self, key: str, *, example: str = "") -> "Table":
        """A table within; absent means empty unless an example says that it is needed."""
        if not self.has(key) and example:
            raise self.wrong(None, f"{self.label} needs a table {key}.", f"Write {example}.")
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"{key} of {self.label} is {value!r}, and must be a table.")
        return Table(self.source, (*self.path, key), value)

    def tables(self, key: str) -> list["Table"]:
        """A list of tables; empty when absent."""
        if not self.has(key):
            return []
        value = self.data[key]
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"{key} of {self.label} must be a list of tables.", f"Write [[{key}]] above each.")
        return [Table(self.source, (*self.path, key, index), item) for index, item in enumerate(value)]
