"""The audit trail: who did what when, each line bound to the one before by a hash, and never changed.

A clinician's lines are signed with that clinician's key. What a line says (client, from, to, why) is kept apart from it
and bound by a salted digest, so that a client can be erased while the chain still holds.
"""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from hiplevel.clinic.database import Store

Role = Literal["clinician", "trainee"]
START = "0" * 64
SALT_BYTES = 16


class Actor(Protocol):
    """Somebody who can be named in the trail; a clinician can also sign."""

    @property
    def name(self) -> str:
        """Name shown in the trail."""
        ...

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the key, empty for a trainee."""
        ...

    def sign(self, data: bytes) -> bytes | None:
        """Signature over `data`, None for a trainee."""
        ...


@dataclass(frozen=True)
class Trainee:
    """Whoever trains here; may not change a limit."""

    name: str = "trainee"
    fingerprint: str = ""

    def sign(self, data: bytes) -> bytes | None:  # noqa: ARG002 - as every Actor
        """No key, no signature."""
        return None


TRAINEE = Trainee()


@dataclass(frozen=True)
class Line:
    """One line. detail: what was done to whom, from what to what and why; None once that was erased."""

    number: int
    at_ns: int
    role: str
    who: str
    fingerprint: str
    action: str
    detail_digest: str
    previous: str
    hash: str
    signature: bytes | None
    detail: Mapping[str, Any] | None = None


def canonical(data: Any) -> str:
    """JSON that is written in one way only, so that its digest means something."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def line_hash(line: Line) -> str:
    """What binds a line to its content and to the line before."""
    bound = [line.previous, line.number, line.at_ns, line.role, line.who, line.fingerprint, line.action]
    return hashlib.sha256(canonical([*bound, line.detail_digest]).encode()).hexdigest()


def detail_digest(salt: bytes, text: str) -> str:
    """What binds a line to what it says."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def append(store: Store, by: Actor, action: str, detail: Mapping[str, Any]) -> Line:
    """Add a line, within the transaction of what it tells of: both are kept or neither."""
    salt, text = os.urandom(SALT_BYTES), canonical(detail)
    with store.transaction():
        number, previous = head(store)
        line = Line(
            number=number + 1,
            at_ns=time.time_ns(),
            role="clinician" if by.fingerprint else "trainee",
            who=by.name,
            fingerprint=by.fingerprint,
            action=action,
            detail_digest=detail_digest(salt, text),
            previous=previous,
            hash="",
            signature=None,
        )
        digest = line_hash(line)
        signature = by.sign(digest.encode())
        store.run(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            line.number,
            line.at_ns,
            line.role,
            line.who,
            line.fingerprint,
            action,
            line.detail_digest,
            previous,
            digest,
            signature,
        )
        store.run("INSERT INTO audit_detail VALUES (?, ?, ?)", line.number, salt, text)
        store.run("INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?)", line.number, digest)
    return replace(line, hash=digest, signature=signature, detail=dict(detail))


def head(store: Store) -> tuple[int, str]:
    """(number, hash) of the last line; (0, zeros) before the first."""
    found = store.row("SELECT number, hash FROM audit_head")
    return (0, START) if found is None else (int(found[0]), str(found[1]))


def lines(store: Store, *, client: str | None = None, last: int | None = None) -> list[Line]:
    """The trail from its beginning; only what concerns a client, or only its last lines, when asked."""
    sql = (
        "SELECT a.number, a.at_ns, a.role, a.who, a.fingerprint, a.action, a.detail_digest, a.previous, a.hash, "
        "a.signature, d.text FROM audit a LEFT JOIN audit_detail d USING (number) ORDER BY a.number DESC"
    )
    if last is not None and client is None:
        sql += f" LIMIT {int(last)}"
    found = [Line(*row[:-1], detail=_detail(row[-1])) for row in store.rows(sql)]  # type: ignore[misc]
    if client is not None:
        found = [x for x in found if x.detail is not None and str(x.detail.get("client", "")).lower() == client.lower()]
        found = found[: len(found) if last is None else last]
    return found[::-1]


def _detail(text: Any) -> Mapping[str, Any] | None:
    """What a line says; a text that was tampered with is shown as it is, and `verify` names it."""
    if text is None:
        return None
    try:
        told = json.loads(text)
    except (TypeError, ValueError):
        told = None
    return told if isinstance(told, dict) else {"unreadable": str(text)}
