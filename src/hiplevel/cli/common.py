"""What every command shares: data on stdout, talk on stderr, JSON, tables, names, files, progress."""

import dataclasses
import difflib
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from hiplevel.model.errors import Reason, UsageError

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """Add --json: data as one JSON document on stdout; an error as {"error": {"reason", "message", "hint"}}."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(command)


def say(text: str) -> None:
    """Talk to the person, never into the data."""
    click.echo(text, err=True)


def print_json(data: Any, *, indent: int | None = 2, file: IO[str] | None = None) -> None:
    """Print one JSON document; what is not a finite number becomes null. file: instead of stdout."""
    click.echo(json.dumps(plain(data), indent=indent, allow_nan=False, ensure_ascii=False), file=file)


def plain(value: Any) -> Any:
    """Dataclasses, arrays, paths and enums as what JSON can carry."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Left-aligned columns, two spaces apart."""
    lines = [[str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headers))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def count(number: int, noun: str) -> str:
    """1 set, 2 sets."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def indent(text: str) -> str:
    """Two spaces before each line."""
    return "\n".join(f"  {line}" for line in text.splitlines())


def program() -> str:
    """How to call hiplevel from here: by name where it is on the path, else as it was called just now."""
    called = Path(sys.argv[0])
    return "hiplevel" if shutil.which("hiplevel") or called.stem != "hiplevel" else str(called)


def clock(seconds: float) -> str:
    """Minutes and seconds with a tenth: 1:02.3."""
    tenths = round(seconds * 10)
    sign, tenths = ("-", -tenths) if tenths < 0 else ("", tenths)
    return f"{sign}{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def find_file(given: str, *, recording: bool = True) -> Path:
    """The file of that path; where a recording is asked for, also that of its name: your own, or one shipped.

    Raises
    ------
    UsageError
        NOT_FOUND, with the nearest file in the same folder or the nearest recording.
    """
    path = Path(given).expanduser()
    if path.is_dir():
        raise UsageError(f"{given} is a folder; name a file in it.", Reason.NOT_FOUND)
    if path.exists():
        return path
    known = {**shipped_recordings(), **own_recordings()} if recording else {}
    if given in known:
        return known[given]
    beside = [p.name for p in path.parent.iterdir() if p.is_file()] if path.parent.is_dir() else []
    close = difflib.get_close_matches(path.name, beside, n=1, cutoff=0.6)
    near = [str(path.parent / name) for name in close] or difflib.get_close_matches(given, known, n=1, cutoff=0.5)
    list_them = "hiplevel recordings list names yours and the shipped samples."
    hint = f"Did you mean {near[0]}?" if near else list_them if recording else "Check the name and the folder."
    raise UsageError(f"There is no file {given}.", Reason.NOT_FOUND, hint)


def find_input(given: str) -> Path:
    """As `find_file`, or a folder, which may hold the tables of one session."""
    path = Path(given).expanduser()
    return path.resolve() if path.is_dir() else find_file(given)


def own_recordings() -> dict[str, Path]:
    """The recordings in the user's folder, by name."""
    from hiplevel.recording.names import default_folder

    return {path.stem: path for path in sorted(default_folder().glob("*.mcap"))}


def shipped_recordings() -> dict[str, Path]:
    """The simulated sample sessions that come with hiplevel, by name."""
    from hiplevel.resources import folder

    return {path.stem: path for path in sorted(folder("recordings").glob("*.mcap"))}
