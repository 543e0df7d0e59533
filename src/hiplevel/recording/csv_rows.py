"""The rows of a table with their times: what is bad, repeated or out of order is refused or left out, as asked."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.samples import Floats
from hiplevel.recording.csv_bad_rows import without_bad
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_text import Table
from hiplevel.recording.csv_time import check_order, check_told, date_rows
from hiplevel.recording.csv_values import read_values
from hiplevel.recording.movella_dot import check_ticks, unwrapped

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
class Rows:
    """What a table's rows say.

    Attributes
    ----------
    time_s : (n,) increasing; time_unit : the one they were read in
    acc, gyr : (n, 3) in the units of the file
    total : rows in the file, of which `bad` and `repeated` were left out
    started_ns : of the first row, ns since 1970; None when the file tells no date
    """

    time_s: Floats
    time_unit: str
    acc: Floats
    gyr: Floats
    total: int
    bad: int
    repeated: int
    started_ns: int | None
    notices: tuple[str, ...]


def read_rows(table: Table, columns: Columns, options: CsvOptions, *, packets: bool = False) -> Rows:
    """The rows of the columns; packets: samples may share the stamp of a packet.

    Raises
    ------
    InputError
        each with a reason of its own and, where there is one, the line.
    """
    values = unwrapped(read_values(table, columns), columns)
    total, by_rate = len(values), options.rate_hz is not None
    if not by_rate:
        check_told(values, table.name)
        check_ticks(values, columns, table.name)
    values, notices = without_bad(values, table.name, gap=options.bad_rows == "gap", by_rate=by_rate)
    good = len(values)
    dated = date_rows(values, columns.time_unit, options.rate_hz, table.name)
    time_s = dated.time_s
    if options.repeated == "drop":
        keep = np.concatenate([[True], np.diff(time_s) != 0.0])
        values, time_s = values.rows(keep), time_s[keep]
    check_order(time_s, values.line, table.name, packets=packets)
    repeated = good - len(values)
    if repeated:
        notices = (*notices, f"{repeated} lines repeated the time of the line before and were dropped.")
    return Rows(
        time_s=time_s,
        time_unit=dated.unit,
        acc=values.acc,
        gyr=values.gyr,
        total=total,
        bad=total - good,
        repeated=repeated,
        started_ns=dated.started_ns,
        notices=(*notices, *dated.notices),
    )
