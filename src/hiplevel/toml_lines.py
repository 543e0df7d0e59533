"""Which line of a TOML text a key stands on: tomllib does not say, and a sentence without a line helps nobody."""

import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_SKIP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'", flags=re.DOTALL
)


class Locator:
    """Lines (from 1) of the key paths of a TOML text that tomllib has already accepted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[Path, int] = {(): 1}
        self._arrays: dict[Path, int] = {}
        self._document()

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest table around it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _document(self) -> None:
        table: Path = ()
        while self._skip() < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        line = self._line_here()
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        path = self._resolved(self._key())
        self._at += 2 if is_array else 1
        if is_array:
            index = self._arrays.get(path, -1) + 1
            self._arrays[path] = index
            self._lines.setdefault(path, line)
            path = (*path, index)
        self._note(path, line)
        return path

    def _resolved(self, key: Path) -> Path:
        """`frame.samples` under [[frame]] means that of the last frame."""
        path: Path = ()
        for position, part in enumerate(key):
            path = (*path, part)
            if position < len(key) - 1 and path in self._arrays:
                path = (*path, self._arrays[path])
        return path

    def _pair(self, table: Path) -> None:
        line = self._line_here()
        key = self._key()
        for end in range(1, len(key) + 1):
            self._lines.setdefault((*table, *key[:end]), line)
        self._at = self._text.index("=", self._at) + 1
        self._value((*table, *key))

    def _key(self) -> Path:
        parts: list[str | int] = []
        while True:
            self._at = self._end(_BLANK)
            quoted = self._text[self._at] in "\"'"
            start, self._at = self._at, self._end(_STRING if quoted else _BARE)
            parts.append(self._text[start + quoted : self._at - quoted])
            self._at = self._end(_BLANK)
            if self._text[self._at] != ".":
                return tuple(parts)
            self._at += 1

    def _value(self, path: Path) -> None:
        self._at = self._end(_BLANK)
        first = self._text[self._at]
        if first == "[":
            self._items("]", path, numbered=True)
        elif first == "{":
            self._items("}", path, numbered=False)
        else:
            self._at = self._end(_STRING if first in "\"'" else _SCALAR)

    def _items(self, close: str, path: Path, *, numbered: bool) -> None:
        self._at += 1
        index = 0
        while self._text[self._skip()] != close:
            if numbered:
                self._note((*path, index), self._line_here())
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
            if self._text[self._skip()] == ",":
                self._at += 1
        self._at += 1

    def _note(self, path: Path, line: int) -> None:
        for end in range(1, len(path)):
            self._lines.setdefault(path[:end], line)
        self._lines[path] = line

    def _skip(self) -> int:
        self._at = self._end(_SKIP)
        return self._at

    def _end(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        return self._at if found is None else found.end()

    def _line_here(self) -> int:
        return self._text.count("\n", 0, self._at) + 1
