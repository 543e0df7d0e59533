"""`hiplevel analyze`: sets, repetitions, drops and data quality of a recording or a CSV file."""

from pathlib import Path
from typing import Any

import click

from hiplevel.cli.common import find_input, json_option, print_json, say
from hiplevel.cli.loaded import load
from hiplevel.cli.options.calibration import calibration_option, worn_options
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.csv_columns import csv_options
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.options.training import training_options
from hiplevel.cli.summarized import Asked, summarized
from hiplevel.cli.summary.text import summary_text
from hiplevel.model.rules import Stance
from hiplevel.model.schema import event_to_json
from hiplevel.pipeline import Analysis


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
    if loaded.how:
        say(loaded.how)
    asked = Asked(exercise, stance, limit_deg, left_deg, right_deg, left_axis, up_axis, calibrated)
    summary, analysis = summarized(loaded, asked)
    if csv_out is not None:
        _write_angles(analysis, csv_out)
        say(f"The angles are in {csv_out}.")
    if as_json:
        print_json({"summary": summary.to_json(), "events": [event_to_json(event) for event in summary.events]})
    else:
        click.echo(summary_text(summary))


def _write_angles(analysis: Analysis, out: Path) -> None:
    import numpy as np

    from hiplevel.recording.whole_file import whole_file

    rows = np.column_stack([analysis.time_s, analysis.obliquity_deg, analysis.tilt_deg])
    with whole_file(out) as part:
        np.savetxt(
            part, rows, fmt="%.17g", delimiter=",", header="time_s,obliquity_deg,tilt_deg", comments="", newline="\n"
        )
