"""Migrations: numbered SQL files, each applied once and whole or not at all."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

APPLICATION_ID = 0x68706C76  # "hplv": another program's database is not ours to migrate


@dataclass(frozen=True)
class Migration:
    """One step of the schema: its version, which is its place, and its SQL."""

    version: int
    name: str
    sql: str


@lru_cache(maxsize=1)
def migrations() -> tuple[Migration, ...]:
    """All steps, in order from 1 without a hole."""
    folder = resources.files("hiplevel.clinic") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    steps = tuple(Migration(int(f.name[:4]), f.name[5:-4], f.read_text(encoding="utf-8")) for f in files)
    assert [step.version for step in steps] == list(range(1, len(steps) + 1)), "migrations are numbered from 1"
    return steps


def newest() -> int:
    """The schema version that this hiplevel writes."""
    return migrations()[-1].version


def apply(connection: sqlite3.Connection) -> None:
    """Bring a store up to date: each step with its number in one transaction, and only if nobody was faster."""
    for step in migrations():
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] < step.version:
                for statement in _statements(step.sql):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {step.version}")
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # SQLite may have done so itself, as on a full disk
                connection.execute("ROLLBACK")
            raise


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit behind our back."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
