"""The table of a cohort, as CSV while it grows or as one JSON document at the end."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import click

from hiplevel.cli.cohort.one import Outcome
from hiplevel.cli.common import print_json
from hiplevel.language.local_time import local_time

HEAD = ("path", "client", "date", "exercise", "stance", "simulated")
TAIL = ("error", "reason")
SCHEMA = 1


class Table(Protocol):
    """Takes rows in their order."""

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """The rows of one recording."""

    def finish(self) -> None:
        """All there are."""


class CsvTable:
    """Each row is written as it comes. What was not measured is empty."""

    def __init__(self, out: IO[str], columns: Sequence[str]) -> None:
        self._out = out
        self._writer = csv.DictWriter(out, [*HEAD, *columns, *TAIL], lineterminator="\n", restval="")
        self._writer.writeheader()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """As `Table.add`."""
        self._writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
        self._out.flush()

    def finish(self) -> None:
        """Nothing is left to do."""


class JsonTable:
    """One document with the same rows."""

    def __init__(self, out: IO[str], columns: Sequence[str], about: dict[str, Any]) -> None:
        self._out, self._about = out, about
        self._columns = [*HEAD, *columns, *TAIL]
        self._rows: list[dict[str, Any]] = []

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """As `Table.add`."""
        self._rows += [{name: row.get(name) for name in self._columns} for row in rows]

    def finish(self) -> None:
        """Write it."""
        print_json({"schema": SCHEMA, "kind": "cohort", **self._about, "rows": self._rows}, file=self._out)


def rows_of(path: Path, outcome: Outcome, each: str) -> list[dict[str, Any]]:
    """A recording's own row, or one for `each` of its reps or drops; one that failed has one row, with the reason."""
    started_ns, error = outcome.get("started_ns"), outcome["error"]
    head = {
        "path": path.as_posix(),
        "client": outcome.get("client") or None,
        "date": local_time(started_ns, outcome["utc_offset_min"]).isoformat(timespec="seconds") if started_ns else None,
        **{name: outcome.get(name) for name in ("exercise", "stance", "simulated")},
    }
    if error is not None:
        return [{**head, "error": error["message"], "reason": error["reason"]}]
    return [{**head, **row} for row in ([outcome["recording"]] if each == "recordings" else outcome[each])]


def refuse_foreign(path: Path) -> None:
    """A table of an earlier run may be replaced, and nothing else: least of all a recording."""
    if not path.exists():
        return
    with path.open("rb") as file:
        begun = file.read(100)
    if not begun.startswith(",".join(HEAD).encode()) and b'"kind": "cohort"' not in begun:
        raise click.UsageError(f"{path} is there already, and is no table of a cohort. Choose another name.")


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
