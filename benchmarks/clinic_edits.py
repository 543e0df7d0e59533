"""Edits that somebody could make behind hiplevel's back: of the trail's rows in SQLite, and of a signed file."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

TEXTS = ("role", "who", "fingerprint", "action", "detail_digest", "previous", "hash")
PLACES = [("audit", name) for name in ("at_ns", "signature", "row", "swap", "add", *TEXTS)]
PLACES += [("audit_detail", name) for name in ("salt", "text", "row")]
PLACES += [("audit_head", name) for name in ("number", "hash")] + [
    ("prescription", "content"),
    ("clinician", "public_key"),
]


def edit_store(path: Path, rng: random.Random) -> str:
    """One value or row of the trail, or of what it guards, changed at random; what was done."""
    table, column = rng.choice(PLACES)
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        row = _edit(raw, table, column, rng)
        raw.commit()
    return f"{table}.{column} of row {row}"


def _edit(raw: sqlite3.Connection, table: str, column: str, rng: random.Random) -> int:
    ids = [row[0] for row in raw.execute(f"SELECT rowid FROM {table}").fetchall()]
    row = rng.choice(ids)
    if column == "row":
        raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
    elif column == "add":
        raw.execute(
            "INSERT INTO audit SELECT ?, at_ns, role, who, fingerprint, action, detail_digest, previous, hash, "
            "signature FROM audit WHERE number = ?",
            (max(ids) + 1, row),
        )
    elif column == "swap":
        other = rng.choice([n for n in ids if n != row])
        for before, after in ((row, -row), (other, row), (-row, other)):
            raw.execute("UPDATE audit SET number = ? WHERE number = ?", (after, before))
    else:
        (value,) = raw.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed(value, rng), row))
    return int(row)


def changed(value: object, rng: random.Random) -> object:
    """Another value of the same kind; of nothing, something."""
    if isinstance(value, int):
        return value ^ 1 << rng.randrange(40)
    if isinstance(value, bytes):
        at = rng.randrange(len(value))
        return value[:at] + bytes([value[at] ^ 1 << rng.randrange(8)]) + value[at + 1 :]
    if value is None:
        return b"\x00"
    text = str(value)
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice("abcxyz0189") + text[at:]


def edit_bytes(data: bytes, rng: random.Random) -> bytes:
    """One byte or line of a file changed, added, removed, doubled, or the line ends translated."""
    at = rng.randrange(len(data))
    lines = data.split(b"\n")
    line = rng.randrange(len(lines) - 1)
    made = rng.choice(
        [
            data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :],
            data[:at] + bytes([rng.randrange(256)]) + data[at:],
            data[:at] + data[at + 1 :],
            data[:at],
            b"\n".join([*lines[:line], *lines[line + 1 :]]),
            b"\n".join([*lines[:line], lines[line], *lines[line:]]),
            data.replace(b"\n", b"\r\n"),
            data + b"\n",
        ]
    )
    return made if made != data else data + b" "
