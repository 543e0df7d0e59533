"""What the audit trail and the backups know of each other: when one is due, and what they prove."""

import contextlib
import sqlite3
from pathlib import Path

from hiplevel.clinic import audit
from hiplevel.clinic.audit_verify import head_of
from hiplevel.clinic.backup import back_up, backups
from hiplevel.clinic.database import Store


def back_up_when_due(store: Store) -> Path | None:
    """A backup when something was written since the last one: after a clinician's work, and once a day."""
    made = backups(store.path)
    if made:
        with contextlib.suppress(sqlite3.Error, OSError):  # an unreadable backup is no reason not to make one
            if head_of(made[-1].path) == audit.head(store):
                return None
    return None if audit.head(store)[0] == 0 else back_up(store)


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
