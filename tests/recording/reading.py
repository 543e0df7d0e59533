"""The samples of a CSV file, and nothing written or remembered."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from hiplevel.model.samples import Samples
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_load import CsvOptions, load_csv


def read_csv(path: str | Path, columns: Columns | None = None, **options: Any) -> Samples:
    """columns None means guessed from the header; options are those of `CsvOptions`."""
    return load_csv(Path(path), {} if columns is None else asdict(columns), CsvOptions(**options)).samples
