"""A recording's samples as CSV, to the last bit."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from hiplevel.model.samples import Samples
from hiplevel.recording import layout
from hiplevel.recording.reader import Recording, open_recording
from hiplevel.recording.whole_file import whole_file

BLOCK_ROWS = 8192


def export_csv(recording: Recording | str | Path, out: str | Path, *, overwrite: bool = False) -> int:
    """Write `time_s,acc_x_m_s2,...,gyr_z_rad_s` to `out`; the number of rows.

    Raises
    ------
    RecordingError
        EXISTS, DISK, or whatever opening the recording raises.
    """
    opened = recording if isinstance(recording, Recording) else open_recording(recording)
    return write_csv(opened.samples, Path(out), overwrite=overwrite)


def write_csv(samples: Samples, out: Path, *, overwrite: bool = False) -> int:
    """Write samples as `export_csv` does."""
    with whole_file(out, overwrite=overwrite) as part, part.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(csv_text(samples))
    return len(samples)


def csv_text(samples: Samples) -> Iterator[str]:
    """The file in pieces of whole lines; numbers have as many digits as it takes to read them back exactly."""
    yield ",".join(layout.ROW_COLUMNS) + "\n"
    rows = np.column_stack([samples.time_s, samples.acc_m_s2, samples.gyr_rad_s])
    for start in range(0, len(rows), BLOCK_ROWS):  # a list of all would hold every number as an object
        yield "".join(",".join(map(repr, row)) + "\n" for row in rows[start : start + BLOCK_ROWS].tolist())
