"""A recording from what another program wrote: a CSV file of any column names and units, or one of known layouts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_columns import UNITS, Columns
from hiplevel.recording.csv_load import Loaded
from hiplevel.recording.csv_memory import ColumnMemory
from hiplevel.recording.csv_rows import BadRows, CsvOptions, Repeated
from hiplevel.recording.foreign import load_files
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.sink import exists
from hiplevel.recording.whole_file import whole_file
from hiplevel.recording.writer import RecordingWriter


@dataclass(frozen=True)
class ImportReport:
    """What became of a file.

    Attributes
    ----------
    samples : written, of `rows` in the file; bad_rows and repeated_rows were left out, as was asked for
    columns : with the units they were read in; how : 'told', 'remembered' or 'guessed'
    notices : what is worth knowing, in sentences
    """

    path: Path
    rows: int
    samples: int
    bad_rows: int
    repeated_rows: int
    duration_s: float
    rate_hz: float
    columns: Columns
    how: str
    started_ns: int
    notices: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.path.name}: {self.samples} samples over {self.duration_s:.1f} s at {self.rate_hz:.1f} Hz. "
            f"Columns {self.how}: {self.columns}."
        )


def import_csv(
    path: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    time: str | None = None,
    acc: Sequence[str] | None = None,
    gyr: Sequence[str] | None = None,
    units: Mapping[str, str] | None = None,
    rate_hz: float | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    bad_rows: BadRows = "refuse",
    repeated: Repeated = "refuse",
    stream: Sequence[str] = (),
    info: RecordingInfo | None = None,
    remember: bool = True,
    memory: ColumnMemory | None = None,
) -> ImportReport:
    """Make the recording `out` of the file `path`, which is left as it is.

    Parameters
    ----------
    path : a CSV file, a folder or archive with those of a session, an XDF file; or two CSV files, of the accelerometer
        and of the gyroscope (see `load_files`)
    time, acc, gyr : column names (x, y, z); what is not given is remembered for this header, or guessed from it
    units : of 'time' (s, ms, us, ns, iso8601), 'acc' (m/s2, g, mg), 'gyr' (rad/s, deg/s, mdeg/s), as far as known
    stream : the names of the streams of an XDF file to read, where it is not clear which
    info : the head to write; its source becomes 'import' and, unless set, its start the file's own
    remember : keep what was told for the next file with this header, in `memory`

    Raises
    ------
    InputError, UsageError, RecordingError
        each with a reason of its own; then nothing is left under the name `out`.
    """
    paths, out = [Path(one) for one in ([path] if isinstance(path, str | Path) else path)], Path(out)
    if out.exists():
        raise exists(out)
    told = {"time": time, "acc": acc and tuple(acc), "gyr": gyr and tuple(gyr), **_units(units or {})}
    chosen = {"stream": tuple(stream)} if stream else {}
    memory = (memory or ColumnMemory()) if remember else None
    loaded = load_files(paths, told | chosen, CsvOptions(rate_hz, delimiter, decimal, bad_rows, repeated), memory)
    head, notices = _head(paths[0], loaded, info or RecordingInfo())
    with whole_file(out) as part, RecordingWriter(part, head) as writer:
        writer.samples(loaded.samples)
    if memory is not None and loaded.header and any(told.values()) and not memory.keep(loaded.header, loaded.columns):
        notices = (*notices, f"The columns could not be remembered: {memory.path} cannot be written.")
    span_s = float(loaded.samples.time_s[-1] - loaded.samples.time_s[0])
    return ImportReport(
        path=out,
        rows=loaded.rows,
        samples=len(loaded.samples),
        bad_rows=loaded.bad_rows,
        repeated_rows=loaded.repeated_rows,
        duration_s=span_s,
        rate_hz=1.0 / float(np.median(np.diff(loaded.samples.time_s))) if len(loaded.samples) > 1 else 0.0,
        columns=loaded.columns,
        how=loaded.how,
        started_ns=head.started_ns,
        notices=notices,
    )


def _units(units: Mapping[str, str]) -> dict[str, str]:
    unknown = sorted(set(units) - set(UNITS))
    if unknown:
        raise InputError(f"Units are given for {', '.join(UNITS)}, not for {unknown[0]!r}.", Reason.UNITS)
    return {f"{kind}_unit": unit for kind, unit in units.items()}


def _head(path: Path, loaded: Loaded, info: RecordingInfo) -> tuple[RecordingInfo, tuple[str, ...]]:
    notices = loaded.notices
    started_ns = info.started_ns or loaded.started_ns
    if not started_ns:
        started_ns = path.stat().st_mtime_ns
        notices = (*notices, "The file tells no date: the recording is dated by the file's last change.")
    note = " ".join(filter(None, [info.note, f"Imported, columns {loaded.how}: {loaded.columns}."]))
    return replace(info, source="import", started_ns=started_ns, note=note), notices
