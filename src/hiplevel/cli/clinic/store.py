"""The store that the commands of `hiplevel clinic` work on, and the passphrase of who works on it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hiplevel.cli.common import say
from hiplevel.model.errors import HiplevelError, Reason, UsageError

if TYPE_CHECKING:
    from hiplevel.clinic.clinicians import Clinician
    from hiplevel.clinic.database import Store

F = TypeVar("F", bound=Callable[..., Any])
PASSPHRASE = "HIPLEVEL_PASSPHRASE"


def store_path() -> Path:
    """The store that was chosen."""
    from hiplevel.clinic.database import default_path

    db, _ = click.get_current_context().obj
    return default_path() if db is None else Path(db)


@contextmanager
def open_store(*, new: bool = False) -> Iterator["Store"]:
    """The store; backed up at the end when something was written since the last backup.

    new: one that was named with --db is made when it is not there; otherwise a name misspelt would be an empty store.
    """
    from hiplevel.clinic.audit_backups import back_up_when_due
    from hiplevel.clinic.database import Store

    path, (db, _) = store_path(), click.get_current_context().obj
    if db is not None and not new and not path.exists():
        raise UsageError(
            f"There is no store {path}.",
            Reason.NOT_FOUND,
            "Check the name after --db; `clinic keys new` and `clinic clients add` begin a new store.",
        )
    with Store(path) as store:
        yield store
        try:
            back_up_when_due(store)
        except HiplevelError as error:  # what was done is kept all the same
            say(f"It is done, but the automatic backup was not made: {error}")


def as_clinician(store: "Store") -> "Clinician":
    """The clinician whose passphrase is given. Raises as `unlock` does."""
    from hiplevel.clinic.clinicians import clinicians, unlock

    _, name = click.get_current_context().obj
    if not clinicians(store):
        return unlock(store, "", name)  # says how to make a key, before anybody types a passphrase
    return unlock(store, passphrase(f"Passphrase of {name or 'the clinician'}"), name)


def passphrase(prompt: str, *, confirm: bool = False) -> str:
    """From the environment, from a person, or from a line of stdin."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    if sys.stdin.isatty():
        return str(click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True))
    line = sys.stdin.readline()
    if not line:
        raise UsageError(
            "This needs a clinician's passphrase.", Reason.PASSPHRASE, f"Type it, or set {PASSPHRASE} for a script."
        )
    return line.rstrip("\r\n")
