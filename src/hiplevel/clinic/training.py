"""What the training side needs of the store: what is prescribed before, and where the session goes after."""

import contextlib
from pathlib import Path

from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.database import Store, default_path
from hiplevel.clinic.prescribed import programme
from hiplevel.clinic.sessions import sessions
from hiplevel.model.errors import HiplevelError, UsageError
from hiplevel.model.prescription import Prescription


def keep_session(recording: Path, client: str, *, path: Path | None = None) -> str:
    """After training: add the session to the store where there is one that has this client. What went wrong, or ''.

    The recording is safe whatever happens here; `hiplevel clinic sessions add` does the same later.
    """
    where = default_path() if path is None else path
    if not client or not where.exists():
        return ""
    try:
        with Store(where) as store:
            if store.row("SELECT 1 FROM client WHERE code = ?", client) is not None:
                add_session(store, recording, client=client)
    except HiplevelError as error:
        return f"The session is recorded, but not added to the clinic's store: {error}"
    return ""


def look_anew(recording: Path, *, path: Path | None = None) -> str:
    """After a correction: the store's figures too, where it has this very file. What went wrong, or ''.

    The correction is safe whatever happens here; `hiplevel clinic sessions add` does the same later.
    """
    where = default_path() if path is None else path
    if not where.exists():
        return ""
    try:
        with Store(where) as store:
            found = store.row(
                "SELECT c.code FROM session s JOIN client c ON c.id = s.client_id WHERE s.path = ?",
                str(recording.resolve()),
            )
            if found is not None:
                add_session(store, recording, client=found[0])
    except HiplevelError as error:
        return f"The recording is corrected, but the clinic's store still has the figures of before: {error}"
    return ""


def trained_since(client: str, since_ns: int, *, path: Path | None = None) -> set[tuple[str, str]]:
    """Exercise and stance of the sessions since then that the store of this computer has. Raises as `prescribed_to`."""
    where = default_path() if path is None else path
    if not client or not where.exists():
        return set()
    with Store(where) as store, contextlib.suppress(UsageError):
        return {(one.exercise, one.stance) for one in sessions(store, client) if one.started_ns >= since_ns}
    return set()


def prescribed_to(
    client: str, exercise: str | None = None, stance: str | None = None, *, path: Path | None = None
) -> list[Prescription]:
    """What is prescribed now; nothing where there is no store on this computer or the client is not in it.

    Raises
    ------
    ClinicError
        when there is a store that cannot be read: training by a preset instead would hide that.
    """
    where = default_path() if path is None else path
    if not client or not where.exists():
        return []
    with Store(where) as store, contextlib.suppress(UsageError):
        found = [one.prescription for one in programme(store, client)]
        return [p for p in found if exercise in (None, p.exercise) and stance in (None, p.stance)]
    return []
