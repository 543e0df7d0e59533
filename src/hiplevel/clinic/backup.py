"""Backups: automatic ones beside the store, checked before they count, and restoring with nothing thrown away."""

import contextlib
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hiplevel.clinic import audit
from hiplevel.clinic.audit import TRAINEE
from hiplevel.clinic.audit_verify import head_of
from hiplevel.clinic.database import Store
from hiplevel.clinic.migrations_run import APPLICATION_ID
from hiplevel.clinic.refusals import foreign, from_sqlite
from hiplevel.model.errors import ClinicError, Reason, UsageError

KEEP_NEWEST = 5
KEEP_DAYS = 14
DAY_NS = 86_400 * 10**9


@dataclass(frozen=True)
class Backup:
    """A backup on disk, made_ns from its name."""

    path: Path
    made_ns: int


def folder_of(path: Path) -> Path:
    """Where the automatic backups of a store are."""
    return path.with_name(f"{path.stem}-backups")


def back_up(store: Store, why: str = "", *, to: Path | None = None) -> Path:
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
        _check(part)
        part.replace(path)
    except OSError as error:
        raise ClinicError(f"{path} cannot be written ({error.strerror or error}).", Reason.DISK) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    if to is None:
        _thin_out(store.path)
    return path


def back_up_when_due(store: Store) -> Path | None:
    """A backup when something was written since the last one: after a clinician's work, and once a day."""
    made = backups(store.path)
    if made:
        with contextlib.suppress(sqlite3.Error, OSError):  # an unreadable backup is no reason not to make one
            if head_of(made[-1].path) == audit.head(store):
                return None
    return None if audit.head(store)[0] == 0 else back_up(store)


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


def heads(store: Store) -> dict[str, tuple[int, str]]:
    """The heads of the trail in the backups that can be read: what `verify` compares with.

    A restore goes back to an earlier trail on purpose and says so in it; what backups from before it have beyond that
    line is no longer claimed.
    """
    restored = [(line.number, line.at_ns) for line in audit.lines(store) if line.action == "restored"]
    found = {}
    for backup in backups(store.path):
        with contextlib.suppress(sqlite3.Error, OSError):  # a damaged backup says nothing about the trail
            number, digest = head_of(backup.path)
            if not any(number >= line and backup.made_ns <= at_ns for line, at_ns in restored):
                found[f"the backup {backup.path.name}"] = (number, digest)
    return found


def restore(path: Path, source: Path | None = None) -> tuple[Path, Path | None]:
    """Put a backup (the newest that is whole, unless told) in the store's place: (backup, where the old one went).

    The store that was there is kept beside it under another name. Close it everywhere first.

    Raises
    ------
    UsageError
        NOT_FOUND when there is no backup.
    ClinicError
        DAMAGED_FILE when none is whole, DISK when files cannot be moved.
    """
    chosen = _choose(path, source)
    aside: Path | None = None
    part = path.with_name(f"{path.name}.restoring")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(chosen.read_bytes())
        if path.exists():
            aside = path.with_name(f"{path.stem}-set-aside-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}{path.suffix}")
            for end in ("", "-wal", "-shm"):
                old = path.with_name(path.name + end)
                if old.exists():
                    old.replace(aside.with_name(aside.name + end))
        part.replace(path)
    except OSError as error:
        raise ClinicError(f"{path.name} cannot be restored ({error.strerror or error}).", Reason.DISK) from error
    with Store(path) as store:
        audit.append(
            store, TRAINEE, "restored", {"backup": chosen.name, "set_aside": "" if aside is None else aside.name}
        )
    return chosen, aside


def _choose(path: Path, source: Path | None) -> Path:
    if source is not None:
        if not source.exists():
            raise UsageError(f"There is no backup {source}.", Reason.NOT_FOUND)
        _check(source)
        return source
    made = backups(path)
    if not made:
        raise UsageError(f"There is no backup of {path.name} in {folder_of(path)}.", Reason.NOT_FOUND)
    for backup in reversed(made):
        with contextlib.suppress(ClinicError):
            _check(backup.path)
            return backup.path
    raise ClinicError(f"None of the {len(made)} backups of {path.name} is whole.", Reason.DAMAGED_FILE)


def _check(path: Path) -> None:
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
