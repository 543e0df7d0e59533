"""A recording as Parquet: samples to the last bit, the angles, or the events."""

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from hiplevel.detect.corrections import corrected
from hiplevel.model.events import Event, Rep
from hiplevel.model.schema import event_to_json
from hiplevel.recording import layout
from hiplevel.recording.export_events import analysed, events_of
from hiplevel.recording.exported import Exported, lacking
from hiplevel.recording.reader import Recording
from hiplevel.recording.whole_file import whole_file
from hiplevel.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

What = Literal["samples", "angles", "events"]

_TIMES = ("known_s", "time_s", "start_s", "turn_s", "end_s")
_ANGLES = ("time_s", "obliquity_deg", "tilt_deg", "obliquity_sigma_deg", "tilt_sigma_deg")
_UNITS = {"deg": "deg", "s": "s", "s2": "m/s2"}


def export_parquet(recording: Recording, out: Path, *, what: What = "samples", overwrite: bool = False) -> Exported:
    """Write one table to `out`, Zstandard compressed. The key `hiplevel` of its metadata is a JSON object.

    samples: time_s, acc_x_m_s2, ..., gyr_z_rad_s, float64. angles: time_s, obliquity_deg, tilt_deg and a sigma of each,
    computed now, 100 a second. events: type, times, side, numbers, `counts` and all fields as JSON.

    Raises
    ------
    UsageError
        when pyarrow is not installed.
    RecordingError
        EXISTS or DISK.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise lacking("Parquet", "pyarrow", "parquet") from error
    table = {"samples": _samples, "angles": _angles, "events": _events}[what](recording)
    table = table.replace_schema_metadata({"hiplevel": json.dumps(_metadata(recording, what, table.column_names))})
    with whole_file(out, overwrite=overwrite) as part:
        pq.write_table(table, part, compression="zstd")
    notices = ("The angles were computed now; what was shown live may differ.",) if what == "angles" else ()
    return Exported(out, table.num_rows, notices)


def _samples(recording: Recording) -> "pa.Table":
    import pyarrow as pa

    samples = recording.samples
    columns = [samples.time_s, *samples.acc_m_s2.T, *samples.gyr_rad_s.T]
    return pa.table({name: pa.array(column) for name, column in zip(layout.ROW_COLUMNS, columns, strict=True)})


def _angles(recording: Recording) -> "pa.Table":
    import pyarrow as pa

    analysis = analysed(recording)
    return pa.table({name: pa.array(getattr(analysis, name)) for name in _ANGLES})


def _events(recording: Recording) -> "pa.Table":
    import pyarrow as pa

    events = events_of(recording)
    standing = [rep.rep for rep in corrected(events).reps]
    return pa.table(
        {
            "type": pa.array([type(event).__name__ for event in events], pa.string()),
            **{name: pa.array([getattr(event, name, None) for event in events], pa.float64()) for name in _TIMES},
            "side": pa.array([getattr(event, "side", None) for event in events], pa.string()),
            "set_number": pa.array([getattr(event, "set_number", None) for event in events], pa.int64()),
            "number": pa.array([getattr(event, "number", None) for event in events], pa.int64()),
            "counts": pa.array([_counts(event, standing) for event in events], pa.bool_()),
            "event_json": pa.array([json.dumps(event_to_json(event), ensure_ascii=False) for event in events]),
        }
    )


def _counts(event: Event, standing: list[Rep | None]) -> bool | None:
    """Whether a repetition stands after it was revised and people corrected the count; None for anything else."""
    return any(event is rep for rep in standing) if isinstance(event, Rep) else None


def _metadata(recording: Recording, what: What, columns: list[str]) -> dict[str, Any]:
    info = recording.info
    return {
        "what": what,
        "client": info.client,
        "sensor": {"name": info.sensor_name, "id": info.sensor_id, "firmware": info.firmware, "spec": info.spec_id},
        "exercise": info.exercise,
        "stance": info.stance,
        "drop_rule": dataclasses.asdict(info.rule),
        "started_ns": info.started_ns,
        "utc_offset_min": info.utc_offset_min,
        "simulated": info.simulated,
        "source": info.source,
        "closed": recording.closed,
        "units": {name: unit for name in columns if (unit := _unit(name))},
        "frame": "the sensor's own; at rest the accelerometer reads +9.81 m/s2 along the axis that points up",
        "recorded_by": dict(info.versions),
        "exported_by": f"hiplevel {__version__}",
    }


def _unit(column: str) -> str:
    if column.endswith("_rad_s"):
        return "rad/s"
    return _UNITS.get(column.rpartition("_")[2], "")
