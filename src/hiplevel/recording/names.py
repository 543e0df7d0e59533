"""What recordings are called and where they go: a client code and a UTC time, never a name."""

import re
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from hiplevel.model.errors import Reason, UsageError

SUFFIX = ".mcap"
NOBODY = "nobody"
_NAME = re.compile(
    r"(?P<client>[A-Za-z0-9][A-Za-z0-9_-]*)_(?P<start>\d{4}-\d\d-\d\dT\d{6}Z)(_(?P<exercise>.+?))?(-\d+)?"
    + re.escape(SUFFIX)
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


def default_folder() -> Path:
    """Where recordings go unless told otherwise: the user's data folder, which cloud services leave alone."""
    return platformdirs.user_data_path("hiplevel", appauthor=False) / "recordings"


def check_client(code: str) -> str:
    """`code` when it can be a pseudonym in a file name.

    Raises
    ------
    UsageError
        with reason USAGE for anything with spaces, umlauts, dots or slashes, as names and paths have them.
    """
    if _CODE.fullmatch(code) is None:
        raise UsageError(
            f"{code!r} cannot be a client code.",
            Reason.USAGE,
            "Use up to 32 letters, digits, - and _, such as c-017, and never a name.",
        )
    return code


def recording_name(client: str, exercise: str, started_ns: int) -> str:
    """Such as `c-017_2026-11-22T101105Z_pelvic-drop.mcap`: sorts by client, then time; valid on every system."""
    started = datetime.fromtimestamp(started_ns // 1_000_000_000, UTC)
    parts = [check_client(client or NOBODY), f"{started:%Y-%m-%dT%H%M%SZ}", exercise]
    return "_".join(part for part in parts if part) + SUFFIX


def told_by_name(name: str) -> tuple[str, str, int] | None:
    """Client ('' for nobody), exercise and start in ns since 1970 as `recording_name` wrote them; None of others."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    client, start, exercise = match["client"], match["start"], match["exercise"] or ""
    try:
        started = datetime.strptime(start, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return "" if client == NOBODY else client, exercise, round(started.timestamp()) * 1_000_000_000


def new_path(client: str, exercise: str, started_ns: int, folder: Path | None = None) -> Path:
    """A path in `folder` where nothing is yet."""
    where = default_folder() if folder is None else folder
    name = recording_name(client, exercise, started_ns)
    path, count = where / name, 1
    while path.exists():
        count += 1
        path = where / f"{name.removesuffix(SUFFIX)}-{count}{SUFFIX}"
    return path
