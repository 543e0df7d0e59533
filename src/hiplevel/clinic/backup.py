"""Backups: copies of the store, automatic ones beside it, each checked before it counts."""

import contextlib
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from hiplevel.clinic.migrate import APPLICATION_ID
from hiplevel.clinic.store_errors import foreign, from_sqlite
from hiplevel.model.errors import ClinicError, Reason, UsageError

KEEP_NEWEST = 5
KEEP_DAYS = 14
DAY_NS = 86_400 * 10**9


@dataclass(frozen=True)
class Backup:
    """A backup on disk, made_ns from its name."""

    path: Path
    made_ns: int


class Copied(Protocol):
    """A store as far as backups know it."""

    @property
    def path(self) -> Path:
        """Where it is."""

    def copy_to(self, path: Path) -> None:
        """A consistent copy there."""


def folder_of(path: Path) -> Path:
    """Where the automatic backups of a store are."""
    return path.with_name(f"{path.stem}-backups")


def back_up(store: Copied, why: str = "", *, to: Path | None = None) -> Path:
    """Copy the store as it is now; the copy appears under its name only when it was checked.

    Raises
    ------
    ClinicError
        DISK when it cannot be written, DAMAGED_FILE when the store itself is not whole.
    UsageError
        EXISTS: never writes over a file.
    """
    folder = folder_of(store.path)
    stamp = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}"
    path = folder / f"{store.path.stem}-{stamp}{f'-{why}' if why else ''}.db" if to is None else to
    if path.exists():
        raise UsageError(f"{path} exists already; it was left as it is.", Reason.EXISTS, "Choose another name.")
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store.copy_to(part)
        check_whole(part)
        part.replace(path)
    except OSError as error:
        raise ClinicError(f"{path} cannot be written ({error.strerror or error}).", Reason.DISK) from error
    except ClinicError as error:
        if error.reason is not Reason.DISK:
            raise
        raise ClinicError(
            f"{path} cannot be written.", Reason.DISK, "Free some space or choose another folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    if to is None:
        _thin_out(store.path)
    return path


def backups(path: Path) -> list[Backup]:
    """The automatic backups of the store at `path`, oldest first."""
    found = []
    for file in folder_of(path).glob(f"{path.stem}-*.db"):
        stamp = file.name[len(path.stem) + 1 :].partition("Z")[0]
        with contextlib.suppress(ValueError):
            made = datetime.strptime(stamp, "%Y-%m-%dT%H%M%S.%f").replace(tzinfo=UTC)
            found.append(Backup(file, int(made.timestamp() * 1e6) * 1000))
    return sorted(found, key=lambda backup: backup.made_ns)


def set_aside(path: Path) -> list[Path]:
    """The stores, and their journals, that a restore has put aside."""
    return sorted(path.parent.glob(f"{path.stem}-set-aside-*"))


def check_whole(path: Path) -> None:
    """A backup that SQLite finds whole and that is ours."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise ClinicError(f"{path.name} is damaged.", Reason.DAMAGED_FILE, "Take an older backup.")
            if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise foreign(path)
    except sqlite3.Error as error:
        raise from_sqlite(error, path) from error


def _thin_out(path: Path) -> None:
    """Keep the newest, and the last of each day."""
    made = backups(path)
    last_of_day = {backup.made_ns // DAY_NS: backup for backup in made}
    oldest_ns = time.time_ns() - KEEP_DAYS * DAY_NS
    kept = set(made[-KEEP_NEWEST:]) | {backup for backup in last_of_day.values() if backup.made_ns >= oldest_ns}
    for backup in made:
        if backup not in kept and "before-schema" not in backup.path.name:
            with contextlib.suppress(OSError):
                backup.path.unlink()
