"""`hiplevel recordings`: what there is, what is in a file, and getting files in, out and whole again."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiplevel.cli.common import (
    find_file,
    find_input,
    json_option,
    own_recordings,
    print_json,
    program,
    say,
    shipped_recordings,
    table,
)
from hiplevel.cli.groups import Group
from hiplevel.cli.loaded import is_recording
from hiplevel.cli.options.calibration import worn, worn_options
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.csv_columns import csv_hints, csv_options
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.options.training import limits, training_options
from hiplevel.cli.recordings import corrections
from hiplevel.cli.recordings.export import export
from hiplevel.cli.recordings.info import info
from hiplevel.model.errors import Reason, UsageError

if TYPE_CHECKING:
    from hiplevel.recording.csv_import import ImportReport
    from hiplevel.recording.recover import RecoverReport


@click.group(cls=Group)
def recordings() -> None:
    """List, inspect, correct, recover, import and export recordings.

    FILE is a path, or a name from `hiplevel recordings list`: one of yours, or a simulated sample session.
    """


for _command in (info, export, corrections.correct, corrections.note, corrections.bad, corrections.said):
    recordings.add_command(_command)


@recordings.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List your recordings and the simulated sample sessions that come with hiplevel."""
    from hiplevel.recording.names import default_folder

    found = [("yours", name, path) for name, path in own_recordings().items()]
    found += [("sample", name, path) for name, path in shipped_recordings().items()]
    if as_json:
        print_json([{"name": name, "kind": kind, "path": path} for kind, name, path in found])
        return
    rows = [(name, kind, f"{path.stat().st_size / 1e6:.1f} MB") for kind, name, path in found]
    click.echo(table(("name", "kind", "size"), rows))
    say(f"\nYours are in {default_folder()}. Samples are simulated.")


@recordings.command()
@click.argument("file", shell_complete=recording_names)
@click.option("-o", "--out", type=OutFile(), help="The new file; default: NAME-recovered.mcap, here.")
@json_option
def recover(file: str, out: Path | None, as_json: bool) -> None:
    """Copy what can be read of a torn or never closed recording into a whole one; the original stays."""
    from hiplevel.recording.recover import recover as recover_file

    path = find_file(file)
    report = recover_file(path, out or Path(f"{path.stem}-recovered.mcap"))
    _tell(report, as_json)


@recordings.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=recording_names)
@click.option("-o", "--out", type=OutFile(), help="The new recording; default: NAME.mcap, here.")
@click.option("--client", default="", metavar="CODE", help="Whose session it is: a code, never a name.")
@training_options
@worn_options
@csv_options
@click.option("--forget", is_flag=True, help="Neither use nor keep remembered columns.")
@json_option
def import_(
    files: tuple[str, ...],
    out: Path | None,
    client: str,
    exercise: str | None,
    stance: str | None,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    left_axis: str | None,
    up_axis: str | None,
    forget: bool,
    as_json: bool,
    **columns: Any,
) -> None:
    """Make a recording of FILE, which stays as it is.

    FILE is a CSV file: columns and units are read from the header where it is clear, as it is with Movella DOT; what
    you tell is remembered for files with the same header. Or two are the accelerometer's and the gyroscope's CSV of
    MetaMotion or Sensor Logger. Or it is the folder or ZIP with those, or an XDF file.
    """
    from hiplevel.pipeline import Pipeline
    from hiplevel.recording.csv_import import import_csv
    from hiplevel.recording.info import RecordingInfo
    from hiplevel.recording.names import check_client

    paths = [find_input(file) for file in files]
    for path in paths:
        if is_recording(path):
            raise UsageError(
                f"{path.name} is a recording already.", Reason.USAGE, f"Look at it: {program()} recordings info {path}"
            )
    head = RecordingInfo(
        client=check_client(client) if client else "",
        exercise=exercise or "",
        stance=stance or "both",
        rule=limits(Pipeline(exercise=exercise).rule, limit_deg, left_deg, right_deg),
        calibration=worn(left_axis, up_axis),
    )
    units = {kind: unit for kind in ("time", "acc", "gyr") if (unit := columns.pop(f"{kind}_unit"))}
    with csv_hints():
        report = import_csv(
            paths,
            out or Path(f"{paths[0].resolve().stem}.mcap"),
            units=units,
            info=head,
            remember=not forget,
            **columns,
        )
    _tell(report, as_json)
    if not as_json:
        say(f"Next: {program()} analyze {report.path}")


def _tell(report: "ImportReport | RecoverReport", as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    click.echo(str(report))
    for notice in report.notices:
        say(f"Note: {notice}")
