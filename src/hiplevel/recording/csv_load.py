"""From a table in a file to samples: every step checked, every refusal with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_bad_rows import without_bad
from hiplevel.recording.csv_columns import Columns, check_present
from hiplevel.recording.csv_guess import fill, guess_columns
from hiplevel.recording.csv_memory import ColumnMemory
from hiplevel.recording.csv_text import Table, read_table
from hiplevel.recording.csv_time import check_order, date_rows
from hiplevel.recording.csv_units import acc_unit, gyr_unit
from hiplevel.recording.csv_values import read_values

BadRows = Literal["refuse", "gap"]
Repeated = Literal["refuse", "drop"]
_CHOICES = {"decimal": (None, ".", ","), "bad_rows": ("refuse", "gap"), "repeated": ("refuse", "drop")}


@dataclass(frozen=True)
class CsvOptions:
    """How to read a table.

    Attributes
    ----------
    rate_hz : date the rows by this rate instead of by a time column
    delimiter, decimal : None means found out
    bad_rows : lines with empty, NaN or infinite values: 'refuse', or leave them out as a 'gap'
    repeated : lines with the time of the line before: 'refuse' or 'drop'
    """

    rate_hz: float | None = None
    delimiter: str | None = None
    decimal: str | None = None
    bad_rows: BadRows = "refuse"
    repeated: Repeated = "refuse"

    def __post_init__(self) -> None:
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                choices = ", ".join(repr(choice) for choice in known if choice)
                raise UsageError(f"{name}={getattr(self, name)!r} is not known: use {choices}.", Reason.USAGE)
        if self.delimiter is not None and len(self.delimiter) != 1:
            raise UsageError(f"A delimiter is one character, not {self.delimiter!r}.", Reason.USAGE)


@dataclass(frozen=True)
class Loaded:
    """What a table held. how: 'told', 'remembered' or 'guessed'; started_ns: None when the file tells no date."""

    samples: Samples
    columns: Columns
    how: str
    header: tuple[str, ...]
    rows: int
    bad_rows: int
    repeated_rows: int
    started_ns: int | None
    notices: tuple[str, ...]


def load_csv(
    path: Path,
    told: Mapping[str, Any] | None = None,
    options: CsvOptions | None = None,
    memory: ColumnMemory | None = None,
) -> Loaded:
    """Read the table. told: any of the fields of `Columns`; the rest is remembered or guessed.

    Raises
    ------
    InputError, UsageError, RecordingError
        each with a reason of its own and, where there is one, the line.
    """
    options = options or CsvOptions()
    told = {name: value for name, value in (told or {}).items() if value}
    by_rate = options.rate_hz is not None

    def columns_of(header: Sequence[str]) -> tuple[Columns | None, str]:
        known = None if memory is None else memory.recall(header)
        if known is not None and not told:
            return known, "remembered"
        named = {"time", "acc", "gyr"} <= set(told) or (by_rate and {"acc", "gyr"} <= set(told))
        return fill(told, header, dated_by_rate=by_rate), "told" if named else "guessed"

    def is_header(fields: Sequence[str]) -> bool:
        columns, _ = columns_of(fields)
        return columns is not None and set(columns.names()) <= set(fields)

    table = read_table(path, delimiter=options.delimiter, decimal=options.decimal, is_header=is_header)
    columns, how = columns_of(table.header)
    if columns is None:
        raise _unclear(table, told)
    check_present(columns, table.header, table.name)
    return _load(table, columns, how, options)


def _load(table: Table, columns: Columns, how: str, options: CsvOptions) -> Loaded:
    values = read_values(table, columns)
    rows, by_rate = len(values), options.rate_hz is not None
    values, notices = without_bad(values, table.name, gap=options.bad_rows == "gap", by_rate=by_rate)
    good = len(values)
    dated = date_rows(values, columns.time_unit, options.rate_hz, table.name)
    time_s = dated.time_s
    if options.repeated == "drop":
        keep = np.concatenate([[True], np.diff(time_s) != 0.0])
        values, time_s = values.rows(keep), time_s[keep]
    check_order(time_s, values.line, table.name)
    acc, acc_notices = acc_unit(values.acc, columns.acc_unit, table.name)
    acc_m_s2 = Samples.from_units(time_s, values.acc, values.gyr, acc_unit=acc).acc_m_s2
    gyr, gyr_notices = gyr_unit(time_s, acc_m_s2, values.gyr, columns.gyr_unit, table.name)
    samples = Samples.from_units(time_s, values.acc, values.gyr, acc_unit=acc, gyr_unit=gyr)
    repeated = good - len(samples)
    if repeated:
        notices = (*notices, f"{repeated} lines repeated the time of the line before and were dropped.")
    full = replace(columns, time_unit=dated.unit, acc_unit=acc, gyr_unit=gyr)
    return Loaded(
        samples=samples,
        columns=full,
        how=how,
        header=table.header,
        rows=rows,
        bad_rows=rows - good,
        repeated_rows=repeated,
        started_ns=dated.started_ns,
        notices=(*_found_units(columns, full), *notices, *dated.notices, *acc_notices, *gyr_notices),
    )


def _found_units(asked: Columns, full: Columns) -> tuple[str, ...]:
    """Which units neither the user nor the header told."""
    units = {kind: (getattr(asked, f"{kind}_unit"), getattr(full, f"{kind}_unit")) for kind in ("time", "acc", "gyr")}
    found = [f"{kind} in {now}" for kind, (told, now) in units.items() if now and not told]
    return (f"Units found from the data: {', '.join(found)}.",) if found else ()


def _unclear(table: Table, told: Mapping[str, Any]) -> UsageError:
    known = {**guess_columns(table.header), **told}
    names = {"time": "the time", "acc": "the accelerometer (x, y, z)", "gyr": "the gyroscope (x, y, z)"}
    open_questions = [words for kind, words in names.items() if kind not in known]
    return UsageError(
        f"{table.name} does not make clear which columns are {' and '.join(open_questions)}. "
        f"Its columns are: {', '.join(table.header)}.",
        Reason.UNKNOWN_COLUMN,
        "Name them; they are remembered for files with this header.",
    )
