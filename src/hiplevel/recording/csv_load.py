"""From a table in a file to samples: every step checked, every refusal with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording import core_motion, movella_dot, mt_manager
from hiplevel.recording.csv_columns import SAMPLES, Columns, check_present
from hiplevel.recording.csv_guess import fill, guess_columns
from hiplevel.recording.csv_head import rate_in_head_hz
from hiplevel.recording.csv_memory import ColumnMemory
from hiplevel.recording.csv_rows import CsvOptions, read_rows
from hiplevel.recording.csv_text import Table, read_table
from hiplevel.recording.measured import measured


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
    rate_hz = rate_in_head_hz(path) if options.rate_hz is None else options.rate_hz
    by_rate, is_mt = rate_hz is not None, mt_manager.is_mt(path)

    def columns_of(header: Sequence[str]) -> tuple[Columns | None, str]:
        known = None if memory is None else memory.recall(header)
        if known is not None and not told:
            return known, "remembered"
        if is_mt and mt_manager.COUNTERS & set(header):
            return fill({**mt_manager.told(header), **told}, header, dated_by_rate=by_rate), mt_manager.HOW
        if not told and movella_dot.is_dot(header):
            return fill(movella_dot.UNITS, header, dated_by_rate=by_rate), "as Movella DOT writes them"
        apart = None if {"acc", "gyr"} & set(told) else core_motion.parts(header)
        if apart is not None and guess_columns(header).get("acc", apart.free) == apart.free:
            of_both = {"acc": apart.free, "gyr": apart.gyr, **told}
            return fill(of_both, header, dated_by_rate=by_rate), "with gravity apart"
        named = {"time", "acc", "gyr"} <= set(told) or (by_rate and {"acc", "gyr"} <= set(told))
        return fill(told, header, dated_by_rate=by_rate), "told" if named else "guessed"

    def is_header(fields: Sequence[str]) -> bool:
        if movella_dot.is_dot(fields):
            return True
        columns, _ = columns_of(fields)
        return columns is not None and set(columns.names()) <= set(fields)

    table = read_table(path, delimiter=options.delimiter, decimal=options.decimal, is_header=is_header)
    columns, how = columns_of(table.header)
    if columns is None:
        movella_dot.check_payload(table.header, table.name)
        raise _unclear(table, told)
    check_present(columns, table.header, table.name)
    if options.rate_hz is None and rate_hz is not None and (columns.time is None or columns.time_unit == SAMPLES):
        loaded = _load(table, columns, how, replace(options, rate_hz=rate_hz))
        note = f"Dated by the rate that the file tells: {rate_hz:g} Hz."
        return replace(loaded, notices=(note, *loaded.notices))
    return _load(table, columns, how, options)


def _load(table: Table, columns: Columns, how: str, options: CsvOptions) -> Loaded:
    rows, unit = read_rows(table, columns, options), columns.acc_unit
    apart = core_motion.parts(table.header)
    if apart is not None and columns.acc == apart.free:
        gravity = read_rows(table, replace(columns, acc=apart.gravity), options)
        rows, unit = core_motion.summed(rows, gravity, table.name)
        columns = replace(columns, acc_unit=unit)
    found = measured(rows.time_s, rows.acc, rows.gyr, unit, columns.gyr_unit, table.name)
    full = replace(columns, time_unit=rows.time_unit, acc_unit=found.acc_unit, gyr_unit=found.gyr_unit)
    return Loaded(
        samples=found.samples,
        columns=full,
        how=how,
        header=table.header,
        rows=rows.total,
        bad_rows=rows.bad,
        repeated_rows=rows.repeated,
        started_ns=rows.started_ns,
        notices=(*_found_units(columns, full), *rows.notices, *found.notices),
    )


def _found_units(asked: Columns, full: Columns) -> tuple[str, ...]:
    """Which units neither the user nor the header told."""
    units = {kind: (getattr(asked, f"{kind}_unit"), getattr(full, f"{kind}_unit")) for kind in ("time", "acc", "gyr")}
    found = [f"{kind} in {now}" for kind, (told, now) in units.items() if now and not told]
    return (f"Units found from the data: {', '.join(found)}.",) if found else ()


def _unclear(table: Table, told: Mapping[str, Any]) -> UsageError | InputError:
    if not table.measures:
        return InputError(
            f"{table.name} is a text file, but no table of measurements.",
            Reason.NO_TABLE,
            "Name the CSV file that the sensor's app saved, or a recording, which ends in .mcap.",
        )
    known = {**guess_columns(table.header), **told}
    names = {"time": "the time", "acc": "the accelerometer (x, y, z)", "gyr": "the gyroscope (x, y, z)"}
    open_questions = [words for kind, words in names.items() if kind not in known]
    no_time = " Where none is the time, give the rate in Hz." if "time" not in known else ""
    return UsageError(
        f"{table.name} does not make clear which columns are {' and '.join(open_questions)}. "
        f"Its columns are: {', '.join(table.header)}.",
        Reason.UNKNOWN_COLUMN,
        f"Name them; they are remembered for files with this header.{no_time}",
    )
