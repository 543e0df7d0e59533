"""A session from a file: a recording, or what another program wrote, whose columns can be told."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hiplevel.cli.options.csv_columns import csv_hints
from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.samples import Samples

if TYPE_CHECKING:
    from hiplevel.recording.csv_rows import CsvOptions


@dataclass(frozen=True)
class Loaded:
    """A session from a file: its samples, and what the file says about it. how: a CSV file's columns were found."""

    samples: Samples
    exercise: Exercise | None = None
    stance: Stance = "both"
    rule: DropRule | None = None
    calibration: Calibration | None = None
    simulated: bool = False
    rate_hz: float | None = None
    lost: int | None = None
    clipped: int = 0
    notices: tuple[str, ...] = ()
    sensor_id: str = ""
    client: str = ""
    started_ns: int = 0
    utc_offset_min: int | None = None
    prescription: Prescription | None = None
    events: tuple[Event, ...] = ()
    how: str = ""


def load(paths: Sequence[Path], columns: dict[str, Any]) -> Loaded:
    """A recording, or what another program wrote, whose columns may be told as in `csv_options`."""
    recordings = [path for path in paths if is_recording(path)]
    if not recordings:
        return _load_foreign(paths, columns)
    if len(paths) > 1:
        raise UsageError(
            f"{recordings[0].name} is a recording and is analyzed alone.", Reason.USAGE, "Name one recording."
        )
    return _load_recording(paths[0])


def is_recording(path: Path) -> bool:
    """Whether its name or its first bytes say so."""
    if path.is_dir():
        return False
    with path.open("rb") as file:
        return path.suffix == ".mcap" or file.read(5) == b"\x89MCAP"


def _load_recording(path: Path) -> Loaded:
    from hiplevel.recording.reader import open_recording

    recording = open_recording(path)
    info, health = recording.info, recording.health
    return Loaded(
        samples=recording.samples,
        exercise=recording.exercise,
        stance=info.stance,  # type: ignore[arg-type] # the head is JSON; the pipeline judges it
        rule=info.rule,
        calibration=info.calibration,
        simulated=info.simulated,
        rate_hz=None if health is None else health.rate_hz,
        lost=None if health is None else health.lost,
        clipped=0 if health is None else health.clipped,
        notices=recording.notices,
        sensor_id=info.sensor_id,
        events=recording.events,
        client=info.client,
        started_ns=info.started_ns,
        utc_offset_min=info.utc_offset_min,
        prescription=info.prescription,
    )


def csv_told(columns: dict[str, Any]) -> tuple[dict[str, Any], "CsvOptions"]:
    """What `csv_options` took: the columns, and how to read them. Raises UsageError as `CsvOptions` does."""
    from hiplevel.recording.csv_rows import CsvOptions

    how = {f.name for f in fields(CsvOptions)}
    told = {name: value for name, value in columns.items() if name not in how}
    return told, CsvOptions(**{name: columns[name] for name in how})


def _load_foreign(paths: Sequence[Path], columns: dict[str, Any]) -> Loaded:
    from hiplevel.recording.csv_memory import ColumnMemory
    from hiplevel.recording.foreign import load_files

    told, how = csv_told(columns)
    with csv_hints():
        found = load_files(paths, told, how, ColumnMemory())
    return Loaded(
        samples=found.samples,
        notices=found.notices,
        started_ns=found.started_ns or 0,
        how=f"{', '.join(path.name for path in paths)}: columns {found.how}: {found.columns}.",
    )
