"""The shape of a table: delimiter, decimal comma, comments and where the header is."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_decode import read_text

DELIMITERS = ("\t", ";", "|", ",")  # in this order: a comma may be a decimal sign where one of the others divides
LOOK_AHEAD = 60  # lines in which the header must be: some programs write a page about the device first
MIN_FIELDS = 4
AXES = 3
BLOCK_ROWS = 8192
_COMMA_NUMBER = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?|nan|[+-]?inf", re.IGNORECASE)
_UNIT = re.compile(r"m?g|m/\(?s.*|(?:rad|m?deg|°|º)/s.*|dps|[mµun]?s", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """A table's header and where its rows are. `first_row` is an index into `lines`; lines are numbered from 1."""

    name: str
    lines: list[str]
    header: tuple[str, ...]
    first_row: int
    delimiter: str
    decimal_comma: bool

    @property
    def measures(self) -> bool:
        """Whether most of the first rows have as many numbers as a sensor has axes."""
        some = (line for _, line in islice(_content(self.lines[self.first_row :]), LOOK_AHEAD))
        rows = _split(list(some), self.delimiter)
        full = sum(sum(bool(_NUMBER.fullmatch(field)) for field in _clean(row)) >= AXES for row in rows)
        return 2 * full > len(rows)

    def blocks(self) -> Iterator[tuple[list[int], list[list[str]]]]:
        """Rows in blocks: their line numbers and their fields; blank and comment lines left out."""
        numbers: list[int] = []

        def content() -> Iterator[str]:
            for number, line in enumerate(islice(self.lines, self.first_row, None), self.first_row + 1):
                if not _is_blank(line):
                    numbers.append(number)
                    yield line

        lines = content()
        while some := list(islice(lines, BLOCK_ROWS)):
            yield numbers, _split(some, self.delimiter)
            numbers = []


def read_table(
    path: Path, *, delimiter: str | None, decimal: str | None, is_header: Callable[[Sequence[str]], bool]
) -> Table:
    """The table in the file `path`; its header is the first line that `is_header`, or else the first as wide as most.

    A second line of it may tell the units, or what each of several sensors measured.

    Raises
    ------
    RecordingError
        NOT_FOUND, DISK, or FOREIGN_FILE for what is no text.
    InputError
        EMPTY when there is nothing, or nothing below the header.
    """
    lines = read_text(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0][:4].lower() == "sep=":  # a spreadsheet's hint to itself
        delimiter = delimiter or lines[0][4:5] or None
        lines[0] = ""
    start = [(index, line) for index, line in islice(_content(lines), LOOK_AHEAD)]
    if not start:
        raise InputError(f"{path.name} is empty: there is no header and no row.", Reason.EMPTY)
    delimiter = delimiter or _find_delimiter([line for _, line in start])
    split = [(index, _without_tail(_clean(fields))) for index, fields in _fields(start, delimiter)]
    width = Counter(len(fields) for _, fields in split).most_common(1)[0][0]
    as_wide = next((i, fields) for i, fields in split if len(fields) == width)
    index, header = next(((i, fields) for i, fields in split if is_header(fields)), as_wide)
    first_row = index + 1
    if _is_numbers(header):
        header, first_row = _header_of_numbers(lines, index, header, delimiter), index
    rows = [fields for i, fields in split if i >= first_row]
    if len(rows) > 1 and (joined := _with_second_line(header, rows[0])):
        header, first_row, rows = joined, next(i for i, _ in split if i >= first_row) + 1, rows[1:]
    if not rows:
        raise InputError(f"{path.name} has a header but no rows.", Reason.EMPTY, "Nothing was recorded in it.")
    comma = decimal == "," if decimal else _has_decimal_commas(rows)
    _check_width(path.name, header, rows[0], first_row + 1, delimiter)
    return Table(path.name, lines, tuple(header), first_row, delimiter, comma)


def _is_blank(line: str) -> bool:
    text = line.lstrip()
    return not text or text.startswith(("#", "//"))


def _content(lines: list[str]) -> Iterator[tuple[int, str]]:
    return ((index, line) for index, line in enumerate(lines) if not _is_blank(line))


def _split(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    if delimiter == " ":
        return [line.split() for line in lines]
    return (
        [next(csv.reader([line], delimiter=delimiter)) for line in lines]
        if any('"' in line for line in lines)
        else [line.split(delimiter) for line in lines]
    )


def _fields(start: list[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    return zip((index for index, _ in start), _split([line for _, line in start], delimiter), strict=True)


def _clean(fields: Sequence[str]) -> list[str]:
    return [field.strip().strip("\"'").strip() for field in fields]


def _without_tail(fields: list[str]) -> list[str]:
    """Without the empty field of a delimiter that stands behind each row, and not always behind the header."""
    return fields[:-1] if len(fields) > 1 and not fields[-1] else fields


def _is_numbers(fields: Sequence[str]) -> bool:
    return all(_NUMBER.fullmatch(field) for field in fields if field)


def _with_second_line(header: Sequence[str], below: Sequence[str]) -> list[str]:
    """The header with what a second line of it adds, units or the names below those of several sensors; or nothing."""
    if len(below) != len(header) or any(_NUMBER.fullmatch(field) for field in below if field):
        return []
    if any(map(_UNIT.fullmatch, below)):
        return [f"{name} ({unit})" if unit else name for name, unit in zip(header, below, strict=True)]
    grouped = len(set(header)) < len(header) and len(set(zip(header, below, strict=True))) == len(header)
    return [" ".join(filter(None, names)) for names in zip(header, below, strict=True)] if grouped else []


def _find_delimiter(lines: list[str]) -> str:
    for delimiter in DELIMITERS:
        widths = Counter(len(fields) for fields in _split(lines, delimiter))
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        if width >= MIN_FIELDS and count >= 0.5 * len(lines):
            return delimiter
    return " " if all(len(line.split()) >= MIN_FIELDS for line in lines[-3:]) else ","


def _header_of_numbers(lines: list[str], index: int, fields: list[str], delimiter: str) -> list[str]:
    """Names for a table that starts with numbers: from the comment right above, or else by position."""
    above = lines[index - 1].lstrip("#/ \t") if index else ""
    named = _clean(_split([above], delimiter)[0]) if above else []
    if len(named) == len(fields) and not _is_numbers(named):
        return named
    return [f"column {number}" for number in range(1, len(fields) + 1)]


def _has_decimal_commas(rows: list[list[str]]) -> bool:
    fields = [field for row in rows for field in row]
    return any(_COMMA_NUMBER.fullmatch(field) for field in fields) and not any(
        "." in field and _NUMBER.fullmatch(field) for field in fields
    )


def _check_width(name: str, header: Sequence[str], row: Sequence[str], line: int, delimiter: str) -> None:
    if delimiter == "," and len(header) > 1 and len(row) in (2 * len(header), 2 * len(header) - 1):
        raise InputError(
            f"Line {line} of {name} has {len(row)} fields where the header has {len(header)}: "
            "commas stand both between the columns and inside the numbers.",
            Reason.SHAPE,
            "Save it again with semicolons between the columns.",
        )
