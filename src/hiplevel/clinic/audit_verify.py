"""Whether the audit trail is whole: any line edited, removed, added or moved is named."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hiplevel.clinic.audit import START, Line, detail_digest, line_hash
from hiplevel.clinic.database import Store
from hiplevel.clinic.keyring import fingerprint_of

ERASED = "client-erased"
COLUMNS = (int, int, str, str, str, str, str, str, str)


@dataclass(frozen=True)
class Verdict:
    """What `verify` found. problems: sentences, none when the trail is whole; erased: lines whose detail was erased."""

    lines: int
    head: str
    erased: int
    signed: int
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was edited, removed, added or moved."""
        return not self.problems


def verify(store: Store, known_heads: Mapping[str, tuple[int, str]] | None = None) -> Verdict:
    """Check every line, detail, signature and prescription.

    known_heads: heads that were written down or are in backups, by where they come from: (number, hash). Without one,
    nobody can tell a trail that somebody cut short and wrote anew from beginning to end, except by a clinician's
    signatures.
    """
    rows = store.rows("SELECT number, at_ns, role, who, fingerprint, action, detail_digest, previous, hash, signature "
                      "FROM audit ORDER BY number")  # fmt: skip
    details = {row[0]: row[1:] for row in store.rows("SELECT number, salt, text FROM audit_detail")}
    keys, problems = _keys(store)
    previous, signed = START, 0
    told: dict[int, dict[str, Any]] = {}
    hashes: dict[int, str] = {}
    missing: list[int] = []
    place = 0
    for row in rows:
        wrong = _row_problems(place + 1, row, previous, keys)
        if not wrong and row[0] in details:
            text, trouble = _detail(row[0], row[6], details[row[0]])
            wrong += trouble
            told[row[0]] = text
        elif not wrong:
            missing.append(row[0])
        problems += wrong
        signed += row[9] is not None
        previous, place = row[8], _number(row[0])
        hashes[place] = str(row[8])
    problems += _erased(missing, told)
    problems += [f"There is a detail {n} without its line." for n in details if not 1 <= _number(n) <= len(rows)]
    problems += _head(store, rows)
    problems += _known(known_heads or {}, hashes)
    problems += _prescriptions(store, told)
    return Verdict(len(rows), str(previous), len(missing), signed, tuple(problems))


def head_of(path: Path) -> tuple[int, str]:
    """The head of the trail in another file of the store, such as a backup."""
    import contextlib
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as other:
        found = other.execute("SELECT number, hash FROM audit_head").fetchone()
    return (0, START) if found is None else (int(found[0]), str(found[1]))


def _row_problems(place: int, row: tuple[Any, ...], previous: Any, keys: Mapping[str, bytes]) -> list[str]:
    if any(type(value) is not kind for value, kind in zip(row, COLUMNS, strict=False)):
        return [f"Line {place}: a value is of another kind than was written."]
    line = Line(*row)
    if line.number != place:
        return [f"Line {place} is missing: the next one is {line.number}."]
    wrong = []
    if line.previous != previous:
        wrong.append(f"Line {place} does not follow the line before it: one was removed, moved or changed.")
    if line.hash != line_hash(line):
        wrong.append(f"Line {place} was changed after it was written.")
    return wrong or _signature(line, keys)


def _signature(line: Line, keys: Mapping[str, bytes]) -> list[str]:
    where = f"Line {line.number}"
    if line.role != "clinician":
        return [] if line.signature is None and not line.fingerprint else [f"{where}: a trainee's line carries a key."]
    if line.fingerprint not in keys:
        return [f"{where} is of a clinician whose key is not in the store ({line.fingerprint})."]
    try:
        Ed25519PublicKey.from_public_bytes(keys[line.fingerprint]).verify(line.signature or b"", line.hash.encode())
    except (InvalidSignature, TypeError, ValueError):
        return [f"{where}: the signature of {line.who} is not theirs, or is missing."]
    return []


def _keys(store: Store) -> tuple[dict[str, bytes], list[str]]:
    keys, problems = {}, []
    for fingerprint, public in store.rows("SELECT fingerprint, public_key FROM clinician"):
        if not isinstance(public, bytes) or fingerprint != fingerprint_of(public):
            problems.append(f"The key {fingerprint} in the store is not the one of that fingerprint.")
        else:
            keys[fingerprint] = public
    return keys, problems


def _detail(number: int, digest: str, found: tuple[Any, Any]) -> tuple[dict[str, Any], list[str]]:
    salt, text = found
    wrong = [f"Line {number}: what it says was changed."]
    if not isinstance(salt, bytes) or not isinstance(text, str) or detail_digest(salt, text) != digest:
        return {}, wrong
    try:
        told = json.loads(text)
    except ValueError:
        return {}, wrong
    return (told, []) if isinstance(told, dict) else ({}, wrong)


def _erased(missing: list[int], told: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """A detail may be missing only where a later line says that its client was erased."""
    allowed = {n for number, detail in told.items() for n in detail.get("erased_lines", ()) if n < number}
    return [f"Line {n}: what it says was removed, and no erasure tells of it." for n in missing if n not in allowed]


def _head(store: Store, rows: list[tuple[Any, ...]]) -> list[str]:
    heads = store.rows("SELECT id, number, hash FROM audit_head")
    expected = [(1, rows[-1][0], rows[-1][8])] if rows else []
    if [tuple(map(type, h)) for h in heads] == [(int, int, str)] * len(expected) and heads == expected:
        return []
    return [f"The trail ends at line {len(rows)}, but its head says otherwise: lines at the end were removed or added."]


def _known(heads: Mapping[str, tuple[int, str]], hashes: Mapping[int, str]) -> list[str]:
    problems = []
    for where, (number, digest) in heads.items():
        if number and hashes.get(number) != digest:
            what = "is missing" if number not in hashes else "is another one"
            problems.append(f"Line {number} as {where} has it {what}: the trail was written anew.")
    return problems


def _prescriptions(store: Store, told: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """Each prescription is what its line in the trail says, and each that the trail tells of is there."""
    problems = []
    found = {}
    for id_, content, digest, number in store.rows("SELECT id, content, digest, audit_number FROM prescription"):
        found[id_] = digest
        if not isinstance(content, str) or hashlib.sha256(content.encode()).hexdigest() != digest:
            problems.append(f"The prescription {id_} was changed after it was written.")
        elif told.get(number, {}).get("prescription") != digest or told[number].get("id") != id_:
            problems.append(f"The prescription {id_} is not the one that line {number} tells of.")
    for number, detail in told.items():
        if "prescription" in detail and detail.get("id") not in found:
            problems.append(f"The prescription {detail.get('id')} of line {number} was removed.")
    return problems


def _number(value: Any) -> int:
    return value if type(value) is int else -1
