"""`hiplevel recordings`: what there is, what is in a file, and getting files in, out and whole again."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiplevel.cli.common import (
    clock,
    find_file,
    json_option,
    own_recordings,
    plain,
    print_json,
    program,
    say,
    shipped_recordings,
    table,
)
from hiplevel.cli.groups import Group
from hiplevel.cli.options.calibration import worn, worn_options
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.csv_columns import csv_hints, csv_options
from hiplevel.cli.options.out_file import STDOUT, OutFile
from hiplevel.cli.options.training import limits, training_options
from hiplevel.cli.recordings import corrections
from hiplevel.language.local_time import local_time
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import is_edit

if TYPE_CHECKING:
    from hiplevel.model.calibration import Calibration
    from hiplevel.model.prescription import Prescription
    from hiplevel.recording.reader import Recording


@click.group(cls=Group)
def recordings() -> None:
    """List, inspect, correct, recover, import and export recordings.

    FILE is a path, or a name from `hiplevel recordings list`: one of yours, or a simulated sample session.
    """


for _command in (corrections.correct, corrections.note, corrections.bad, corrections.said):
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
@json_option
def info(file: str, as_json: bool) -> None:
    """Show what a recording says about itself, and how well it can be read."""
    from hiplevel.recording.reader import open_recording

    recording = open_recording(find_file(file))
    facts = _facts(recording)
    if as_json:
        print_json({**recording.info.to_json(), **facts})
        return
    rows = [(name, value) for name, value in _lines(recording, facts) if value]
    width = max(len(name) for name, _ in rows)
    click.echo("\n".join(f"{name:{width}}  {value}" for name, value in rows))
    for notice in recording.notices:
        say(f"Note: {notice}")


@recordings.command()
@click.argument("file", shell_complete=recording_names)
@click.option("-o", "--out", type=OutFile(), help="The new file; default: NAME-recovered.mcap, here.")
@json_option
def recover(file: str, out: Path | None, as_json: bool) -> None:
    """Copy what can be read of a torn or never closed recording into a whole one; the original stays."""
    from hiplevel.recording.recover import recover as recover_file

    path = find_file(file)
    report = recover_file(path, out or Path(f"{path.stem}-recovered.mcap"))
    if as_json:
        print_json(report)
        return
    click.echo(str(report))
    for notice in report.notices:
        say(f"Note: {notice}")


@recordings.command("import")
@click.argument("file", shell_complete=recording_names)
@click.option("-o", "--out", type=OutFile(), help="The new recording; default: NAME.mcap, here.")
@click.option("--client", default="", metavar="CODE", help="Whose session it is: a code, never a name.")
@training_options
@worn_options
@csv_options
@click.option("--forget", is_flag=True, help="Neither use nor keep remembered columns.")
@json_option
def import_(
    file: str,
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
    """Make a recording of the CSV FILE, which stays as it is.

    Columns and units are read from the header where it is clear. What you tell is remembered for files with the same
    header.
    """
    from hiplevel.pipeline import Pipeline
    from hiplevel.recording.csv_import import import_csv
    from hiplevel.recording.info import RecordingInfo
    from hiplevel.recording.names import check_client

    path = find_file(file)
    info = RecordingInfo(
        client=check_client(client) if client else "",
        exercise=exercise or "",
        stance=stance or "both",
        rule=limits(Pipeline(exercise=exercise).rule, limit_deg, left_deg, right_deg),
        calibration=worn(left_axis, up_axis),
    )
    units = {kind: unit for kind in ("time", "acc", "gyr") if (unit := columns.pop(f"{kind}_unit"))}
    with csv_hints():
        report = import_csv(
            path, out or Path(f"{path.stem}.mcap"), units=units, info=info, remember=not forget, **columns
        )
    if as_json:
        print_json(report)
        return
    click.echo(str(report))
    for notice in report.notices:
        say(f"Note: {notice}")
    say(f"Next: {program()} analyze {report.path}")


@recordings.command()
@click.argument("file", shell_complete=recording_names)
@click.option(
    "-o", "--out", type=OutFile(stdout=True), help="The new CSV file, or - for stdout; default: NAME.csv, here."
)
@json_option
def export(file: str, out: Path | None, as_json: bool) -> None:
    """Write a recording's samples as CSV: time_s,acc_x_m_s2,...,gyr_z_rad_s, to the last bit."""
    from hiplevel.recording.csv_export import csv_text, export_csv
    from hiplevel.recording.reader import open_recording

    path = find_file(file)
    if out == STDOUT:
        if as_json:
            raise UsageError("The CSV and --json cannot both go to stdout.", Reason.USAGE, "Leave out one of the two.")
        for part in csv_text(open_recording(path).samples):
            click.echo(part, nl=False)
        return
    out = out or Path(f"{path.stem}.csv")
    rows = export_csv(path, out)
    if as_json:
        print_json({"path": out, "rows": rows})
    else:
        click.echo(f"{out}: {rows} rows.")


def _facts(recording: "Recording") -> dict[str, Any]:
    samples, health = recording.samples, recording.health
    facts = {
        "path": recording.path,
        "closed": recording.closed,
        "duration_s": recording.duration_s,
        "samples": len(samples),
        "events": len(recording.events),
        "notifications": sum(1 for _ in recording.notifications()),
        "health": None if health is None else plain(health),
        "notices": list(recording.notices),
    }
    result = plain(facts)
    assert isinstance(result, dict)
    return result


def _lines(recording: "Recording", facts: dict[str, Any]) -> list[tuple[str, str]]:
    head = recording.info
    started = local_time(head.started_ns, head.utc_offset_min)
    spec_vars = ", ".join(f"{name} {value}" for name, value in head.spec_vars.items())
    limits = ", ".join(f"{side} {head.rule.limit_deg(side):g}°" for side in ("left", "right"))
    return [
        ("File", recording.path.name),
        ("Client", head.client),
        ("Started", f"{started:%Y-%m-%d %H:%M:%S} {started.tzname()}"),
        ("Source", f"SIMULATED, seed {head.seed}" if head.simulated else head.source),
        ("Sensor", " ".join(part for part in (head.sensor_name, head.sensor_id, head.firmware) if part)),
        ("Spec", f"{head.spec_id} ({spec_vars})" if spec_vars else head.spec_id),
        ("Exercise", f"{head.exercise or 'none named'}, stance {head.stance}"),
        ("Prescribed", _prescribed(head.prescription)),
        ("Drop limit", limits),
        ("Calibration", _calibration(head.calibration)),
        ("Length", f"{clock(recording.duration_s)}, {'closed' if recording.closed else 'never closed'}"),
        ("Contents", f"{facts['samples']} samples, {facts['notifications']} packets, {facts['events']} events"),
        ("People said", _said(recording)),
        ("Note", head.note),
        ("Written by", ", ".join(f"{name} {version}" for name, version in head.versions.items())),
    ]


def _prescribed(asked: "Prescription | None") -> str:
    if asked is None:
        return ""
    told = (
        (asked.sets, "sets"),
        (asked.reps, "repetitions"),
        (asked.hold_s, "s of hold"),
        (asked.tempo_s, "s a repetition"),
        (asked.rest_s, "s of rest"),
    )
    dose = ", ".join(f"{number:g} {what}" for number, what in told if number) or "no dose"
    return f"{dose}{f' (by {asked.author})' if asked.author else ''}"


def _said(recording: "Recording") -> str:
    count = sum(is_edit(event) for event in recording.events)
    return f"{count} corrections and notes (hiplevel recordings said)" if count else ""


def _calibration(calibration: "Calibration | None") -> str:
    if calibration is None:
        return "none: neutral from the first still second, clip upright at the back"
    return f"{calibration.source}, quality {calibration.quality:.0%}"
