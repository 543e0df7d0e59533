"""`hiplevel analyze`: sets, repetitions, drops and data quality of a recording or a CSV file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from hiplevel.cli.common import find_input, json_option, print_json, say
from hiplevel.cli.options.calibration import calibration_option, told_calibration, worn, worn_options
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.csv_columns import csv_hints, csv_options
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.options.training import limits, training_options
from hiplevel.cli.summary.facts import Summary
from hiplevel.cli.summary.text import summary_text
from hiplevel.exercises import load_exercise
from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event, said_by_person
from hiplevel.model.exercise import Exercise
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.samples import Samples
from hiplevel.model.schema import event_to_json
from hiplevel.pipeline import Analysis, Pipeline
from hiplevel.pipeline import analyze as analyze_samples


@dataclass(frozen=True)
class Loaded:
    """A session from a file: its samples, and what the file says about it."""

    samples: Samples
    exercise: Exercise | None = None
    stance: Stance = "both"
    rule: DropRule | None = None
    calibration: Calibration | None = None
    simulated: bool = False
    lost: int | None = None
    clipped: int = 0
    notices: tuple[str, ...] = ()
    sensor_id: str = ""
    client: str = ""
    started_ns: int = 0
    prescription: Prescription | None = None
    events: tuple[Event, ...] = ()


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=recording_names)
@training_options
@worn_options
@calibration_option
@click.option("--csv", "csv_out", type=OutFile(), help="Also write the angles to this new CSV file.")
@csv_options
@json_option
def analyze(
    files: tuple[str, ...],
    exercise: str | None,
    stance: Stance | None,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    left_axis: str | None,
    up_axis: str | None,
    calibrated: str | None,
    csv_out: Path | None,
    as_json: bool,
    **columns: Any,
) -> None:
    """Count sets and repetitions in FILE, and find the drops beyond the limit.

    FILE is a recording, a name from `hiplevel recordings list`, or whatever `recordings import` takes (columns can be
    told as there). What is not given comes from the recording; another file has the exercise's preset limit.
    """
    loaded = load([find_input(file) for file in files], columns)
    trained = load_exercise(exercise) if exercise else loaded.exercise
    stance = stance or loaded.stance
    rule = limits(loaded.rule or Pipeline(exercise=trained).rule, limit_deg, left_deg, right_deg)
    calibration = worn(left_axis, up_axis) or loaded.calibration
    if calibrated is not None:
        if left_axis is not None:
            raise UsageError("Say how the clip sits once: by --calibration or by its axes.", Reason.USAGE)
        calibration = told_calibration(calibrated, loaded.sensor_id, loaded.client, loaded.started_ns)
    analysis = analyze_samples(
        loaded.samples,
        exercise=trained,
        stance=stance,
        rule=rule,
        calibration=calibration,
        marks=loaded.events if rule == loaded.rule else unchanged(loaded.events),
        hold_s=None if loaded.prescription is None else loaded.prescription.asked_hold_s,
    )
    events = (*analysis.events, *(event for event in loaded.events if said_by_person(event)))
    summary = Summary(
        events=events,
        exercise=trained,
        stance=stance,
        rule=rule,
        duration_s=float(loaded.samples.time_s[-1] - loaded.samples.time_s[0]),
        rate_hz=_rate_hz(loaded.samples),
        simulated=loaded.simulated,
        lost_samples=loaded.lost,
        clipped_samples=loaded.clipped,
        notices=loaded.notices,
        angles=analysis,
        prescription=loaded.prescription,
        calibration=calibration,
    )
    if csv_out is not None:
        _write_angles(analysis, csv_out)
        say(f"The angles are in {csv_out}.")
    if as_json:
        print_json({"summary": summary.to_json(), "events": [event_to_json(event) for event in events]})
    else:
        click.echo(summary_text(summary))


def unchanged(events: tuple[Event, ...]) -> list[Event]:
    """Without what a clinician changed meanwhile: another limit is tried, from the beginning to the end."""
    return [event for event in events if not isinstance(event, LimitChanged)]


def load(paths: Sequence[Path], columns: dict[str, Any]) -> Loaded:
    """A recording, or what another program wrote, whose columns may be told as in `csv_options`."""
    recordings = [path for path in paths if _is_recording(path)]
    if not recordings:
        return _load_foreign(paths, columns)
    if len(paths) > 1:
        raise UsageError(
            f"{recordings[0].name} is a recording and is analyzed alone.", Reason.USAGE, "Name one recording."
        )
    return _load_recording(paths[0])


def _is_recording(path: Path) -> bool:
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
        lost=None if health is None else health.lost,
        clipped=0 if health is None else health.clipped,
        notices=recording.notices,
        sensor_id=info.sensor_id,
        events=recording.events,
        client=info.client,
        started_ns=info.started_ns,
        prescription=info.prescription,
    )


def _load_foreign(paths: Sequence[Path], columns: dict[str, Any]) -> Loaded:
    from hiplevel.recording.csv_memory import ColumnMemory
    from hiplevel.recording.csv_rows import CsvOptions
    from hiplevel.recording.foreign import load_files

    how = {name: columns.pop(name) for name in ("rate_hz", "delimiter", "decimal", "bad_rows", "repeated")}
    with csv_hints():
        found = load_files(paths, columns, CsvOptions(**how), ColumnMemory())
    say(f"{', '.join(path.name for path in paths)}: columns {found.how}: {found.columns}.")
    return Loaded(samples=found.samples, notices=found.notices)


def _rate_hz(samples: Samples) -> float | None:
    """The median rate: gaps do not lower it."""
    import numpy as np

    steps_s = np.diff(samples.time_s)
    return float(1.0 / np.median(steps_s)) if steps_s.size else None


def _write_angles(analysis: Analysis, out: Path) -> None:
    import numpy as np

    from hiplevel.recording.whole_file import whole_file

    rows = np.column_stack([analysis.time_s, analysis.obliquity_deg, analysis.tilt_deg])
    with whole_file(out) as part:
        np.savetxt(
            part, rows, fmt="%.17g", delimiter=",", header="time_s,obliquity_deg,tilt_deg", comments="", newline="\n"
        )
