"""`hiplevel report`: a session, or a client's course of sessions, as HTML, PDF, CSV or JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiplevel.cli.common import find_file, json_option, print_json, say
from hiplevel.cli.options.completion import exercise_ids, recording_names
from hiplevel.cli.options.out_file import OutFile
from hiplevel.language import ENGLISH, LANGUAGES
from hiplevel.model.errors import Reason, UsageError

if TYPE_CHECKING:
    from hiplevel.report.course_data import CourseReport
    from hiplevel.report.render import Part

KINDS = (".html", ".pdf", ".csv")
Makers = dict[str, Callable[[], bytes]]  # by kind


@click.command()
@click.argument("file", required=False, shell_complete=recording_names)
@click.option("--client", metavar="CODE", help="The course of all sessions of this client in the store, instead.")
@click.option("--exercise", metavar="ID", shell_complete=exercise_ids, help="Of a course: only this exercise.")
@click.option("--db", type=click.Path(path_type=Path), envvar="HIPLEVEL_DB", help="The store of the course.")
@click.option(
    "-o",
    "--out",
    type=OutFile(),
    multiple=True,
    help="A new .html, .pdf or .csv file; may be given several times. Default: NAME.html, here.",
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(("client", "clinician", "both")),
    default="both",
    show_default=True,
    help="One page in plain words, two with all figures, or all of it.",
)
@click.option(
    "--language",
    type=click.Choice(tuple(LANGUAGES)),
    default=ENGLISH,
    show_default=True,
    help="Of HTML and PDF; the columns of CSV and the keys of JSON are the same in all.",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
@json_option
def report(
    file: str | None,
    client: str | None,
    exercise: str | None,
    db: Path | None,
    out: tuple[Path, ...],
    reader: str,
    language: str,
    force: bool,
    as_json: bool,
) -> None:
    """Report on the recording FILE, or on the course of a client's sessions (--client CODE).

    What was prescribed and done, per set and side, with drawings; data quality comes first. An HTML file holds all it
    needs: it opens anywhere, prints, and shows values under the pointer.
    """
    if (file is None) == (client is None):
        raise UsageError(
            "Name either a recording or a client.", Reason.USAGE, "hiplevel report FILE, or --client CODE."
        )
    for path in out:
        if path.suffix.lower() not in KINDS:
            raise UsageError(f"{path} ends in none of {', '.join(KINDS)}.", Reason.USAGE)
        if path.exists() and not force:
            raise UsageError(f"{path} is already there.", Reason.EXISTS, "Choose another name, or add --force.")
    parts: tuple[Part, ...] = ("client", "clinician") if reader == "both" else (reader,)  # type: ignore[assignment]
    if file is not None:
        _session(find_file(file), out, parts, language, as_json)
    else:
        assert client is not None
        _course(_told(client, exercise, db), out, parts, language, as_json)


def _session(path: Path, out: tuple[Path, ...], parts: "tuple[Part, ...]", language: str, as_json: bool) -> None:
    from hiplevel.report import figures, render
    from hiplevel.report.session_data import session_report

    told = session_report(path)
    if as_json:
        print_json(figures.session_json(told))
    made: Makers = {
        ".html": lambda: render.session_html(told, parts, language).encode(),
        ".pdf": lambda: render.session_pdf(told, parts, language),
        ".csv": lambda: figures.session_csv(told).encode(),
    }
    _write(out or _usual(path.stem, as_json), made)


def _course(
    told: "CourseReport", out: tuple[Path, ...], parts: "tuple[Part, ...]", language: str, as_json: bool
) -> None:
    from hiplevel.report import figures, render

    if as_json:
        print_json(figures.course_json(told))
    made: Makers = {
        ".html": lambda: render.course_html(told, parts, language).encode(),
        ".pdf": lambda: render.course_pdf(told, parts, language),
        ".csv": lambda: figures.course_csv(told).encode(),
    }
    _write(out or _usual(told.client, as_json), made)


def _told(client: str, exercise: str | None, db: Path | None) -> "CourseReport":
    import time

    from hiplevel.clinic.database import Store
    from hiplevel.clinic.pipeline_version import pipeline_version
    from hiplevel.clinic.progress import progress
    from hiplevel.report.course_data import CourseReport

    now_ns = time.time_ns()
    with Store(db) as store:
        found = progress(store, client, exercise, until_ns=now_ns)
    if not found:
        raise UsageError(f"{client} has no sessions and no prescriptions to report on.", Reason.EMPTY)
    return CourseReport(client, now_ns, tuple(found), pipeline_version())


def _usual(name: str, as_json: bool) -> tuple[Path, ...]:
    """What is written when no file was named."""
    return () if as_json else (Path(f"{name}.html"),)


def _write(paths: tuple[Path, ...], made: Makers) -> None:
    from hiplevel.recording.whole_file import whole_file

    for path in paths:
        data = made[path.suffix.lower()]()
        with whole_file(path, overwrite=True) as part:
            part.write_bytes(data)
        say(f"{path} is written.")
