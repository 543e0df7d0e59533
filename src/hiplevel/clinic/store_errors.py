"""Why the store cannot be used, each as its own sentence with what to do."""

import sqlite3
from pathlib import Path

from hiplevel.model.errors import ClinicError, Reason

FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
CLOSED_TO_US = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)


def foreign(path: Path) -> ClinicError:
    """Somebody else's file."""
    return ClinicError(
        f"{path.name} is not a store of hiplevel; it was left as it is.",
        Reason.FOREIGN_FILE,
        "Choose another file with --db.",
    )


def newer(path: Path, version: int, newest: int) -> ClinicError:
    """A store that a later hiplevel has brought further."""
    return ClinicError(
        f"{path.name} was written by a newer hiplevel (schema {version}; this one knows up to {newest}); "
        "it was left as it is.",
        Reason.NEWER_FILE,
        "Update hiplevel to open it.",
    )


def half_written(path: Path) -> ClinicError:
    """A store that ends too early."""
    return ClinicError(
        f"{path.name} is only half there: it ends before its last page, as after a copy that was cut off.",
        Reason.DAMAGED_FILE,
        _restore(path),
    )


def damaged(path: Path, what: str) -> ClinicError:
    """A store that SQLite cannot make sense of."""
    return ClinicError(f"{path.name} is damaged ({what}).", Reason.DAMAGED_FILE, _restore(path))


def writing_failed(error: sqlite3.Error) -> bool:
    """Whether a file could not be opened or written, rather than that it was damaged or in use."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in FULL or code in CLOSED_TO_US


def from_sqlite(error: sqlite3.Error | OSError, path: Path) -> ClinicError:
    """What SQLite or the system said, as a sentence."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    text = str(error)
    if code in BUSY or "locked" in text:
        return ClinicError(
            f"{path.name} is being written by another hiplevel; nothing was changed.",
            Reason.IN_USE,
            "Try again in a moment; close the other window if it hangs.",
        )
    if code in FULL or "disk is full" in text:
        return ClinicError(
            f"{path.name} cannot be written: the disk is full or failing. Nothing of this change was kept, and "
            "everything before it is safe.",
            Reason.DISK,
            "Free some space and try again.",
        )
    if code in DAMAGED:
        return damaged(path, text)
    if code in CLOSED_TO_US or isinstance(error, OSError):
        why = (error.strerror or text) if isinstance(error, OSError) else text
        return ClinicError(
            f"{path} cannot be opened or written ({why.lower()}).",
            Reason.DISK,
            "Check its folder and rights, or choose another file with --db.",
        )
    return ClinicError(f"{path.name} refused the change ({text}).", Reason.DAMAGED_FILE)


def _restore(path: Path) -> str:
    return f"`hiplevel clinic --db {path} restore` brings back the last automatic backup; the damaged file is kept."
