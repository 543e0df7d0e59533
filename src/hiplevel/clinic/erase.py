"""Erasing a client completely, with proof: rows, names, what the trail says, recordings, angles and older backups."""

import contextlib
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hiplevel.clinic import angle_cache, audit, backup
from hiplevel.clinic.analyzed import cache_key
from hiplevel.clinic.audit_verify import ERASED
from hiplevel.clinic.clients import find_client
from hiplevel.clinic.clinicians import Clinician, require_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.sessions import sessions
from hiplevel.model.errors import ClinicError, HiplevelError, Reason
from hiplevel.recording.reader import open_recording

SHORT = 4


@dataclass(frozen=True)
class Erasure:
    """The proof. line, hash: of the trail that tells of it; recordings: files removed; kept: those still there.

    traces: places where the client's code was still found afterwards, by reading every byte; none when all is gone.
    """

    client: str
    at: str
    by: str
    fingerprint: str
    rows: dict[str, int]
    details_erased: int
    recordings: tuple[str, ...]
    kept: tuple[str, ...]
    backups_removed: int
    line: int
    hash: str
    traces: tuple[str, ...]
    signature: str = ""

    def statement(self) -> bytes:
        """What the signature is over."""
        told = asdict(self)
        del told["signature"]
        return audit.canonical(told).encode()


def erase_client(
    store: Store,
    code: str,
    *,
    by: Clinician,
    recordings: bool = True,
    also: Sequence[Callable[[str], int]] = (),
) -> Erasure:
    """Remove every trace of a client from the store and from this computer's folders of it. It cannot be undone.

    What the trail says of the client is erased as well; its chain holds, and one line tells that and by whom this was
    done, without the code. recordings: remove the recordings too, as far as they are this client's and nobody else's.
    also: what else on this computer remembers clients, each told the code and saying how many things it forgot.

    Raises
    ------
    ClinicError
        NOT_ALLOWED for anybody but a clinician, DISK when something cannot be removed.
    UsageError
        NOT_FOUND.
    """
    require_clinician(by)
    client = find_client(store, code)
    found = sessions(store, client.code)
    files = [session.path for session in found]
    keys = [cache_key(session.content_hash, session.setup) for session in found]
    tag = hashlib.sha256(client.code.encode()).hexdigest()[:8]
    with store.transaction():
        told = [line.number for line in audit.lines(store, client=client.code)]
        rows = _delete(store, client.id, told)
        line = audit.append(store, by, ERASED, {"erased_lines": told, "rows": rows, "recordings": recordings})
    folder = angle_cache.cache_folder(store.path)
    for key in keys:
        with contextlib.suppress(OSError):
            angle_cache.forget(folder, key)
    rows["remembered elsewhere"] = sum(forget(client.code) for forget in also)
    removed, kept = _remove(files, client.code) if recordings else ([], files)
    store.scrub()
    old = [one.path for one in backup.backups(store.path)] + backup.set_aside(store.path)
    backup.back_up(store, "after-erasing")
    for path in old:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ClinicError(
                f"The copy {path.name} still holds the client and cannot be removed ({error.strerror}).",
                Reason.DISK,
                "Remove it by hand.",
            ) from error
    proof = Erasure(
        client=f"sha256 {tag}",
        at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        by=by.name,
        fingerprint=by.fingerprint,
        rows=rows,
        details_erased=len(told),
        recordings=tuple(path.name for path in removed),
        kept=tuple(str(path) for path in kept),
        backups_removed=len(old),
        line=line.number,
        hash=line.hash,
        traces=tuple(traces(store, client.code)),
    )
    signed: dict[str, Any] = {**proof.__dict__, "signature": by.sign(proof.statement()).hex()}
    return Erasure(**signed)


def traces(store: Store, code: str) -> list[str]:
    """Files of the store, its journal and its backups in which the code still stands, byte by byte."""
    pattern = re.escape(code.encode())
    if len(code) < SHORT:  # any file holds two letters: only as the trail would write them
        pattern = b'"' + pattern + b'"'
    wanted = re.compile(pattern, re.IGNORECASE)
    files = [store.path, *(store.path.with_name(store.path.name + end) for end in ("-wal", "-journal"))]
    files += [*(one.path for one in backup.backups(store.path)), *backup.set_aside(store.path)]
    return [path.name for path in files if path.exists() and wanted.search(path.read_bytes())]


def _delete(store: Store, client_id: int, told: list[int]) -> dict[str, int]:
    rows = {}
    for table, where in (
        ("session_side", "content_hash IN (SELECT content_hash FROM session WHERE client_id = ?)"),
        ("session", "client_id = ?"),
        ("prescription", "client_id = ?"),
        ("client_name", "client_id = ?"),
        ("sensor", "client_id = ?"),
        ("client", "id = ?"),
    ):
        rows[table] = store.run(f"DELETE FROM {table} WHERE {where}", client_id)
    for number in told:
        store.run("DELETE FROM audit_detail WHERE number = ?", number)
    return rows


def _remove(files: list[Path], code: str) -> tuple[list[Path], list[Path]]:
    """Only what still says that it is this client's: a path may hold another file by now."""
    removed, kept = [], []
    for path in files:
        try:
            if open_recording(path).info.client.lower() not in ("", code.lower()):
                continue
            path.unlink()
            removed.append(path)
        except FileNotFoundError:
            continue
        except (OSError, HiplevelError):
            if path.exists():
                kept.append(path)
    return removed, kept
