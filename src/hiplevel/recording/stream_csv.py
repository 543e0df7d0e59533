"""A table that holds one kind of values, x, y and z, with the wall clock."""

from pathlib import Path

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.arrivals import are_arrivals, evened
from hiplevel.recording.csv_columns import Columns, check_present
from hiplevel.recording.csv_rows import CsvOptions, read_rows
from hiplevel.recording.csv_text import read_table
from hiplevel.recording.streams import Stream


def read_stream(
    path: Path,
    columns: tuple[str, str, str, str],
    time_unit: str,
    unit: str,
    options: CsvOptions,
    *,
    packets: bool = False,
) -> Stream:
    """The columns of time, x, y and z; packets: stamps that samples share tell when a packet came.

    Raises
    ------
    InputError, UsageError, RecordingError
        each with a reason of its own and, where there is one, the line.
    """
    table = read_table(
        path, delimiter=options.delimiter, decimal=options.decimal, is_header=lambda fields: {*columns} <= {*fields}
    )
    time, *axes = columns
    xyz = (axes[0], axes[1], axes[2])
    both = Columns(time, acc=xyz, gyr=xyz, time_unit=time_unit)  # the reader of tables wants two kinds
    check_present(both, table.header, table.name)
    try:
        rows = read_rows(table, both, options, packets=packets)
    except InputError as error:
        if error.reason is not Reason.TIME_BACKWARDS:
            raise
        sentence = str(error).removesuffix(error.hint).strip()
        raise InputError(
            sentence, Reason.SHAPE, "Are these several sessions in one file? Cut both files there."
        ) from error
    if rows.started_ns is None:
        raise InputError(
            f"The time column {time!r} of {path.name} is no time of day: its rows cannot be put beside another file's.",
            Reason.RATE,
            "Name the files as the app wrote them.",
        )
    time_s, notices = rows.time_s - rows.time_s[0], rows.notices
    if packets and are_arrivals(time_s):
        time_s = evened(time_s)
        notices = (*notices, "its stamps tell when packets came, so its rate was learned from them.")
    return Stream(
        name=path.name,
        columns=columns,
        since_ns=rows.started_ns,
        time_s=time_s,
        time_unit=rows.time_unit,
        values=rows.acc,
        unit=unit,
        total=rows.total,
        bad=rows.bad,
        repeated=rows.repeated,
        notices=notices,
    )
