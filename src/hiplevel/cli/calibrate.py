"""`hiplevel calibrate`: how the clip sits, learned from standing still and three hip hinges."""

import json
import time
from pathlib import Path
from typing import Any

import click

from hiplevel.cli.common import find_input, json_option, print_json, say
from hiplevel.cli.loaded import Loaded, load
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.csv_columns import csv_options
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.options.out_file import OutFile
from hiplevel.model.calibration import Calibration
from hiplevel.model.calibration_words import mounting_in_words
from hiplevel.model.errors import InputError
from hiplevel.model.hip_check import HipCheck, check_left_hip
from hiplevel.recording.calibrations import Calibrations
from hiplevel.recording.whole_file import whole_file


@click.command()
@click.argument("file", shell_complete=recording_names)
@click.option(
    "--between", nargs=2, type=Number(), metavar="S S", help="Only this part of the file, seconds from its start."
)
@click.option("--check", metavar="FILE", help="Then judge this file, in which the left hip is raised.")
@click.option("--sensor", "sensor_id", metavar="ID", help="Keep it for this sensor; default: as the recording says.")
@click.option("--client", metavar="CODE", help="Keep it for this client; default: as the recording says.")
@click.option("--out", "-o", type=OutFile(), help="Also write it to this new JSON file.")
@csv_options
@json_option
def calibrate(
    file: str,
    between: tuple[float, float] | None,
    check: str | None,
    sensor_id: str | None,
    client: str | None,
    out: Path | None,
    as_json: bool,
    **columns: Any,
) -> None:
    """Learn from FILE how the clip sits: stand still for 4 s, then hinge forward at the hips three times.

    FILE is a recording or a CSV file that holds the movements. A good calibration is kept for the sensor and client of
    the recording for 12 hours, and used with `--calibration saved`.
    """
    loaded = load([find_input(file)], columns)
    if loaded.how:
        say(loaded.how)
    calibration = Calibration.from_recording_part(_part(loaded, between))
    checked = None if check is None else check_left_hip(calibration, load([find_input(check)], columns).samples)
    if checked is not None:
        calibration = checked.calibration
    sensor_id, client = sensor_id or loaded.sensor_id, client or loaded.client
    calibration = calibration.made_for(sensor_id, client, loaded.started_ns or time.time_ns())
    kept = calibration.gradable and bool(sensor_id)
    if kept:
        Calibrations().save(calibration)
    if out is not None:
        with whole_file(out) as part:
            part.write_text(json.dumps(calibration.to_json(), indent=1) + "\n", encoding="utf-8")
    if as_json:
        print_json(_as_json(calibration, checked, kept, loaded.simulated))
    else:
        click.echo(_text(calibration, checked, loaded.simulated))
        say(_whereabouts(calibration, kept, out))
    if not calibration.gradable or (checked is not None and checked.verdict == "not seen"):
        click.get_current_context().exit(InputError.exit_code)


def _part(loaded: Loaded, between: tuple[float, float] | None) -> Any:
    if between is None:
        return loaded.samples
    import numpy as np

    time_s = loaded.samples.time_s
    first, end = np.searchsorted(time_s - (time_s[0] if time_s.size else 0.0), between).tolist()
    return loaded.samples[first:end]


def _text(calibration: Calibration, checked: HipCheck | None, simulated: bool) -> str:
    deep = ", ".join(f"{depth:.0f}" for depth in calibration.hinges_deg)
    count = len(calibration.hinges_deg)
    lines = [
        f"Quality: {calibration.quality:.2f} of 1" + (" · SIMULATED" if simulated else ""),
        f"Hinges: {count}, {deep} degrees deep",
        f"Left-right axis: known to about {calibration.axis_sd_deg:.1f} degrees (one sigma)",
        *mounting_in_words(calibration),
        *(f"  - {reason}" for reason in calibration.reasons),
    ]
    if checked is not None:
        lines.append(f"Check of the left hip: {checked.verdict}. {checked.text}")
    return "\n".join([*lines, calibration.refusal or "Good enough to judge drops."])


def _whereabouts(calibration: Calibration, kept: bool, out: Path | None) -> str:
    where = [f"It is in {out}."] if out is not None else []
    if kept:
        hours = f"{calibration.valid_s / 3600.0:g} hours"
        on = f" on {calibration.client}" if calibration.client else ""
        where.append(f"Kept for the sensor {calibration.sensor_id}{on}, for {hours}: use --calibration saved.")
    elif not calibration.gradable:
        where.append("Not kept.")
    elif out is None:
        where.append("Not kept: the file does not say which sensor it is. Add --sensor ID, or --out FILE.")
    return " ".join(where)


def _as_json(calibration: Calibration, checked: HipCheck | None, kept: bool, simulated: bool) -> dict[str, Any]:
    told = {
        "calibration": calibration.to_json(),
        "gradable": calibration.gradable,
        "refusal": calibration.refusal,
        "mounting": mounting_in_words(calibration),
        "kept": kept,
        "simulated": simulated,
    }
    if checked is not None:
        told["check"] = {"verdict": checked.verdict, "rise_deg": checked.rise_deg, "text": checked.text}
    return told
