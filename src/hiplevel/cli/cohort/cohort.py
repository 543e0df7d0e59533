"""`hiplevel cohort`: many recordings through the pipeline, as one table."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from hiplevel.cli.common import count, json_option, say
from hiplevel.cli.options.calibration import calibration_option, worn_options
from hiplevel.cli.options.csv_columns import csv_options
from hiplevel.cli.options.numbers import Number, Whole
from hiplevel.cli.options.out_file import STDOUT, OutFile
from hiplevel.cli.options.training import training_options
from hiplevel.model.rules import MAX_LIMIT_DEG, Stance

if TYPE_CHECKING:
    from hiplevel.cli.cohort.table import Table

SOME_FAILED = 8


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@click.option("-o", "--out", type=OutFile(stdout=True), default=STDOUT, help="The table's file; default: stdout.")
@click.option("--reps", "each", flag_value="reps", help="One row a repetition.")
@click.option("--drops", "each", flag_value="drops", help="One row a drop.")
@training_options
@click.option(
    "--what-if",
    "what_if_deg",
    type=Number(0.1, MAX_LIMIT_DEG),
    multiple=True,
    metavar="DEG",
    help="Also what this limit would have found; as often as there are limits.",
)
@worn_options
@calibration_option
@csv_options
@click.option("--jobs", type=Whole(1), metavar="N", help="How many at once; default: as this computer has cores.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Let a Dask scheduler's workers do it, such as tcp://10.0.0.5:8786."
)
@click.option("--fresh", is_flag=True, help="Compute what was computed before, too.")
@json_option
def cohort(
    paths: tuple[str, ...],
    out: Path,
    each: str | None,
    exercise: str | None,
    stance: Stance | None,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    what_if_deg: tuple[float, ...],
    left_axis: str | None,
    up_axis: str | None,
    calibrated: str | None,
    jobs: int | None,
    scheduler: str | None,
    fresh: bool,
    as_json: bool,
    **columns: Any,
) -> None:
    """Analyse recordings and whole folders: one row each, sorted by path.

    PATH is a recording, a CSV file, or a folder with such files, however deep. Every one goes through the code of
    `hiplevel analyze`; what is not given comes from each recording. One that fails has a row that says why.
    """
    from hiplevel.cli.cohort.check import checked
    from hiplevel.cli.cohort.find import find_files
    from hiplevel.cli.cohort.run import Run
    from hiplevel.cli.cohort.table import refuse_foreign
    from hiplevel.cli.summarized import Asked
    from hiplevel.cohort.crew import Dask, Processes

    told = Asked(exercise, stance, limit_deg, left_deg, right_deg, left_axis, up_axis, calibrated)
    asked = checked(told, columns)
    limits_deg = tuple(sorted(set(what_if_deg)))
    run = Run(find_files(paths), asked, columns, limits_deg, fresh=fresh)
    if out != STDOUT:
        refuse_foreign(out)
    crew = Dask(scheduler, jobs) if scheduler else Processes(jobs or os.cpu_count() or 1)
    quiet = out == STDOUT and sys.stdout.isatty()  # rows are seen as they come
    with _opened(out) as file:
        run.into(_table(file, each or "recordings", limits_deg, as_json), crew, each or "recordings", bar=not quiet)
    if out != STDOUT:
        say(f"The table is in {out}.")
    _tell(run)
    if run.interrupted:
        raise KeyboardInterrupt
    if run.failed:
        raise click.exceptions.Exit(SOME_FAILED)


def _table(file: IO[str], each: str, limits_deg: tuple[float, ...], as_json: bool) -> "Table":
    from hiplevel.cli.cohort.columns import columns_of
    from hiplevel.cli.cohort.one import version
    from hiplevel.cli.cohort.table import CsvTable, JsonTable

    columns = columns_of(each, limits_deg)
    return JsonTable(file, columns, {"of": each, "pipeline": version()}) if as_json else CsvTable(file, columns)


@contextlib.contextmanager
def _opened(out: Path) -> Iterator[IO[str]]:
    if out == STDOUT:
        yield sys.stdout
        return
    from hiplevel.recording.whole_file import whole_file

    with whole_file(out, overwrite=True) as part, part.open("w", encoding="utf-8", newline="") as file:
        yield file


def _tell(run: Any) -> None:
    """What became of them all, and the names of those that failed."""
    kept = f", {run.kept} of them from before" if run.kept else ""
    say(f"{count(run.done, 'recording')}{kept}; {len(run.failed)} failed.")
    for path, sentence in run.failed:
        say(f"Failed: {path}: {sentence}")
    if run.left_out:
        say(f"Left out: {count(len(run.left_out), 'CSV file')} whose columns are not known, such as {run.left_out[0]}.")
    if run.interrupted:
        say(f"{run.total - run.done} were not done. The same command goes on from here.")
