"""The store's file: opened, checked, brought up to date; what SQLite refuses becomes a sentence."""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import platformdirs

from hiplevel.clinic import migrate
from hiplevel.clinic.backup import back_up
from hiplevel.clinic.migrate import APPLICATION_ID
from hiplevel.clinic.store_errors import foreign, from_sqlite, newer, writing_failed
from hiplevel.clinic.store_header import check_header
from hiplevel.model.errors import ClinicError

WAIT_S = 5.0
RETRY_S = 0.02


def default_path() -> Path:
    """Where the store is unless told otherwise: HIPLEVEL_DB, else the user's data folder."""
    told = os.environ.get("HIPLEVEL_DB")
    if told:
        return Path(told).expanduser()
    return platformdirs.user_data_path("hiplevel", appauthor=False) / "clinic.db"


class Store:
    """One clinic's file; a context manager. Reading and writing may come from any thread, one at a time.

    Raises
    ------
    ClinicError
        IN_USE, DISK, DAMAGED_FILE, FOREIGN_FILE or NEWER_FILE, here and from every call.
    """

    def __init__(self, path: Path | None = None, *, wait_s: float = WAIT_S) -> None:
        self.path = default_path() if path is None else Path(path)
        self._lock = threading.RLock()
        self._depth = 0
        check_header(self.path)
        with self._sentences():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=wait_s, isolation_level=None, check_same_thread=False)
        try:
            with self._sentences():
                self._prepare(wait_s)
        except ClinicError:
            self._connection.close()
            raise

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, self._sentences():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query, None when there is none."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, None when there is none."""
        found = self.row(sql, *values)
        return None if found is None else found[0]

    def run(self, sql: str, *values: Any) -> int:
        """Change rows within a `transaction`; how many."""
        assert self._depth, "the store is changed in a transaction only"
        with self._sentences():
            return self._connection.execute(sql, values).rowcount

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it; a block within a block belongs to the outer one."""
        with self._lock:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                return
            with self._sentences():
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            else:
                try:
                    with self._sentences():
                        self._connection.execute("COMMIT")
                except ClinicError:
                    with contextlib.suppress(sqlite3.Error):
                        self._connection.execute("ROLLBACK")
                    raise
            finally:
                self._depth = 0

    def copy_to(self, path: Path) -> None:
        """A consistent copy at `path`, whatever is being written meanwhile."""
        try:
            with self._lock, contextlib.closing(sqlite3.connect(path)) as copy:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            # Of the two it is the copy that cannot be opened, or finds no room.
            which = path if writing_failed(error) else self.path
            raise from_sqlite(error, which) from error

    def scrub(self) -> None:
        """Leave no byte of what was deleted in the file or its journal."""
        with self._lock, self._sentences():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def problems(self) -> list[str]:
        """What SQLite finds wrong with its own file and its references; nothing when all is well."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
        return found + [f"{row[0]} refers to a {row[2]} that is gone" for row in self.rows("PRAGMA foreign_key_check")]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self, wait_s: float) -> None:
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA secure_delete = ON")
        run("BEGIN")  # one look at it: another window may be making it at this moment
        version = run("PRAGMA user_version").fetchone()[0]
        owner = run("PRAGMA application_id").fetchone()[0]
        tables = run("SELECT count(*) FROM sqlite_master").fetchone()[0]
        run("COMMIT")
        if owner != APPLICATION_ID and (owner or version or tables):
            raise foreign(self.path)
        if version > migrate.newest():
            raise newer(self.path, version, migrate.newest())
        self._use_wal(wait_s)
        run("PRAGMA synchronous = FULL")
        if version < migrate.newest():
            self._migrate(version)

    def _use_wal(self, wait_s: float) -> None:
        """SQLite waits for other connections everywhere but here."""
        until_s = time.monotonic() + wait_s
        while self._connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() >= until_s:
                    raise
                time.sleep(RETRY_S)

    def _migrate(self, version: int) -> None:
        if version:
            back_up(self, f"before-schema-{migrate.newest()}")
        migrate.apply(self._connection)

    @contextlib.contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise from_sqlite(error, self.path) from error
