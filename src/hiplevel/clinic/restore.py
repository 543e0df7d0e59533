"""Putting a backup in the store's place, with nothing thrown away."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from hiplevel.clinic import audit
from hiplevel.clinic.audit import TRAINEE
from hiplevel.clinic.backup import backups, check_whole, folder_of
from hiplevel.clinic.database import Store
from hiplevel.model.errors import ClinicError, Reason, UsageError


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
        check_whole(source)
        return source
    made = backups(path)
    if not made:
        raise UsageError(f"There is no backup of {path.name} in {folder_of(path)}.", Reason.NOT_FOUND)
    for backup in reversed(made):
        with contextlib.suppress(ClinicError):
            check_whole(backup.path)
            return backup.path
    raise ClinicError(f"None of the {len(made)} backups of {path.name} is whole.", Reason.DAMAGED_FILE)
