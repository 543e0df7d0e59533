"""From the fields of a table to numbers, with the line of whatever is no number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats
from hiplevel.recording.csv_columns import ISO, Columns
from hiplevel.recording.csv_text import Table

Ints = NDArray[np.int64]
_NOTHING = frozenset(("", "nan", "na", "n/a", "null", "none", "nil", "-", "#n/a", "inf", "+inf", "-inf"))


@dataclass(frozen=True)
class Values:
    """Columns as numbers, in the units of the file.

    Attributes
    ----------
    line : (n,) line of each row
    index : (n,) which row it was, from 0, before any was left out
    time : (n,) as written; whole numbers stay whole, text when the unit is a date; None without such a column
    acc, gyr : (n, 3); NaN where a field is empty or missing
    """

    line: Ints
    index: Ints
    time: Floats | Ints | list[str] | None
    acc: Floats
    gyr: Floats

    def __len__(self) -> int:
        return int(self.line.size)

    def rows(self, keep: NDArray[np.bool_]) -> "Values":
        """Only the rows where `keep` (n,) holds."""
        time = self.time
        if isinstance(time, list):
            time = [text for text, kept in zip(time, keep.tolist(), strict=True) if kept]
        elif time is not None:
            time = time[keep]
        return Values(self.line[keep], self.index[keep], time, self.acc[keep], self.gyr[keep])


def read_values(table: Table, columns: Columns) -> Values:
    """All rows of the columns.

    Raises
    ------
    InputError
        NOT_A_NUMBER with line, column and text; EMPTY when there is no row.
    """
    names = columns.names()
    at = [table.header.index(name) for name in names]
    pick = itemgetter(*at)
    lines: list[Ints] = []
    times: list[list[str]] = []
    blocks: list[Floats] = []
    for numbers, rows in table.blocks():
        short = [row for row in rows if len(row) <= max(at)]  # a line that breaks off, as the last one may
        for row in short:
            row.extend([""] * (max(at) + 1 - len(row)))
        fields = list(zip(*map(pick, rows), strict=True))
        if columns.time is not None:
            times.append(list(fields.pop(0)))
        convert = _Converter(table, numbers, names[-6:])
        blocks.append(np.column_stack([convert.floats(i, column) for i, column in enumerate(fields)]))
        lines.append(np.array(numbers, dtype=np.int64))
    if not blocks:
        raise InputError(f"{table.name} has a header but no rows.", Reason.EMPTY)
    values, line = np.concatenate(blocks), np.concatenate(lines)
    time = _times(table, columns, [text for block in times for text in block], line)
    acc, gyr = np.ascontiguousarray(values[:, :3]), np.ascontiguousarray(values[:, 3:])
    return Values(line, np.arange(line.size), time, acc, gyr)


class _Converter:
    """Converts columns of one block; knows what to say about a field that is no number."""

    def __init__(self, table: Table, lines: Sequence[int], names: Sequence[str]) -> None:
        self._table, self._lines, self._names = table, lines, names

    def floats(self, column: int, texts: Sequence[str]) -> Floats:
        if self._table.decimal_comma:
            texts = [text.replace(",", ".") for text in texts]
        try:
            return np.array(list(map(float, texts)))
        except ValueError:
            return np.array([self._float(column, row, text) for row, text in enumerate(texts)])

    def _float(self, column: int, row: int, text: str) -> float:
        bare = text.strip().strip("\"'").lower()
        if bare in _NOTHING:
            return float("nan")
        try:
            return float(bare)
        except ValueError as error:
            again = bare == self._names[column].lower()
            raise InputError(
                f"Line {self._lines[row]} of {self._table.name}: {text.strip()!r} in column "
                f"{self._names[column]!r} is not a number.",
                Reason.NOT_A_NUMBER,
                "The header comes again there: cut the file into its recordings." if again else "Correct that line.",
            ) from error


def _times(table: Table, columns: Columns, texts: list[str], line: Ints) -> Floats | Ints | list[str] | None:
    if columns.time is None:
        return None
    if columns.time_unit == ISO or (not columns.time_unit and _is_date(texts)):
        return texts
    if not table.decimal_comma:
        whole = _whole_numbers(texts)
        if whole is not None:
            return whole
    return _Converter(table, line.tolist(), [columns.time]).floats(0, texts)


def _whole_numbers(texts: Sequence[str]) -> Ints | None:
    """Exact even for nanoseconds since 1970, which a float cannot hold."""
    number: Callable[[str], int] = int
    try:
        return np.array(list(map(number, texts)), dtype=np.int64)
    except (ValueError, OverflowError):
        return None


def _is_date(texts: Sequence[str]) -> bool:
    text = next((text.strip().strip("\"'") for text in texts if text.strip()), "")
    return len(text) >= 16 and text[4:5] == "-" and text[7:8] == "-" and ":" in text
