"""`hiplevel recordings export`: a recording in the formats of other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiplevel.cli.common import find_file, json_option, print_json, say
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.options.out_file import STDOUT, OutFile
from hiplevel.model.errors import Reason, UsageError

if TYPE_CHECKING:
    from hiplevel.recording.export_parquet import What
    from hiplevel.recording.exported import Exported
    from hiplevel.recording.reader import Recording

ENDINGS = {"csv": ".csv", "parquet": ".parquet", "bids": "-bids", "edf": ".edf", "bdf": ".bdf"}


@click.command()
@click.argument("file", shell_complete=recording_names)
@click.option(
    "-o",
    "--out",
    type=OutFile(stdout=True),
    help="The new file or folder, or - for CSV on stdout; default: NAME.csv, here.",
)
@click.option("--format", "to", type=click.Choice(list(ENDINGS)), help="Default: by the ending of --out, else csv.")
@click.option(
    "--what", type=click.Choice(["samples", "angles", "events"]), help="The table of a Parquet file; default: samples."
)
@json_option
def export(file: str, out: Path | None, to: str | None, what: "What | None", as_json: bool) -> None:
    """Write a recording for other programs. Nothing is written over.

    \b
    csv      samples, m/s2 and rad/s, to the last bit
    parquet  the same with whose and what it is; or angles, or events (needs hiplevel[parquet])
    bids     a BIDS-Motion dataset: a folder with samples and events
    edf      EDF+, 16 bits at one fixed rate, events as annotations (needs hiplevel[edf])
    bdf      BDF+, the same with 24 bits
    """
    from hiplevel.recording.reader import open_recording

    path = find_file(file)
    to = to or _by_ending(out)
    if what is not None and to != "parquet":
        raise UsageError(f"--what belongs to Parquet, not to {to}.", Reason.USAGE)
    if out == STDOUT:
        _to_stdout(path, to, as_json)
        return
    made = _made(open_recording(path), out or Path(f"{path.stem}{ENDINGS[to]}"), to, what or "samples")
    if as_json:
        print_json({"path": made.path, "rows": made.rows, "format": to, "notices": made.notices, **made.facts})
        return
    click.echo(f"{made.path}: {made.rows} {'samples' if to in ('bids', 'edf', 'bdf') else 'rows'}.")
    for notice in made.notices:
        say(f"Note: {notice}")


def _by_ending(out: Path | None) -> str:
    if out is None or out == STDOUT:
        return "csv"
    for name, ending in ENDINGS.items():
        if out.name.lower().endswith(ending):
            return name
    raise UsageError(
        f"The ending of {out.name} is that of no format.", Reason.USAGE, f"Say --format {'|'.join(ENDINGS)}."
    )


def _to_stdout(path: Path, to: str, as_json: bool) -> None:
    from hiplevel.recording.csv_export import csv_text
    from hiplevel.recording.reader import open_recording

    if to != "csv":
        raise UsageError("Only CSV goes to stdout.", Reason.USAGE, "Name a file.")
    if as_json:
        raise UsageError("The CSV and --json cannot both go to stdout.", Reason.USAGE, "Leave out one of the two.")
    for part in csv_text(open_recording(path).samples):
        click.echo(part, nl=False)


def _made(recording: "Recording", out: Path, to: str, what: "What") -> "Exported":
    match to:
        case "parquet":
            from hiplevel.recording.export_parquet import export_parquet

            return export_parquet(recording, out, what=what)
        case "bids":
            from hiplevel.recording.export_bids import export_bids

            return export_bids(recording, out)
        case "edf" | "bdf":
            from hiplevel.recording.export_edf import export_edf

            return export_edf(recording, out, bits=24 if to == "bdf" else 16)
        case _:
            from hiplevel.recording.csv_export import export_csv
            from hiplevel.recording.exported import Exported

            return Exported(out, export_csv(recording, out))
