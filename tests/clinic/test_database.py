"""The store's file: what it survives, and what it says when it cannot be used."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clinic.conftest import CODE
from hiplevel import ClinicError, Reason, UsageError
from hiplevel.clinic import migrate
from hiplevel.clinic.backup import back_up, backups, folder_of
from hiplevel.clinic.clients import add_client, clients, find_client
from hiplevel.clinic.database import Store


def codes(store: Store) -> list[str]:
    return [client.code for client in clients(store)]


def test_a_new_store_is_made_with_its_folder_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "clinic.db"
    with Store(path) as store:
        add_client(store, "c-1")
    with Store(path) as store:
        assert codes(store) == ["c-1"]
        assert store.value("PRAGMA journal_mode") == "wal"
        assert store.value("PRAGMA foreign_keys") == 1
        assert store.value("PRAGMA user_version") == migrate.newest()


def test_every_older_schema_is_brought_up_to_date_and_backed_up_first(tmp_path: Path) -> None:
    for version in range(1, migrate.newest()):
        path = tmp_path / f"old-{version}.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as old:
            old.execute(f"PRAGMA application_id = {0x68706C76}")
            for step in migrate.migrations()[:version]:
                old.executescript(step.sql)
            old.execute(f"PRAGMA user_version = {version}")
            old.execute("INSERT INTO client (code, added_ns) VALUES ('c-old', 1)")
        with Store(path) as store:
            assert codes(store) == ["c-old"]
            assert store.problems() == []
        (kept,) = backups(path)
        assert "before-schema" in kept.path.name
        with closing(sqlite3.connect(kept.path)) as copy:
            assert copy.execute("PRAGMA user_version").fetchone()[0] == version


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clinic.db"
    with Store(path) as store:
        add_client(store, "c-1")
    broken = migrate.Migration(migrate.newest() + 1, "broken", "CREATE TABLE half (a);\nNONSENSE;\n")
    steps = (*migrate.migrations(), broken)
    monkeypatch.setattr(migrate, "migrations", lambda: steps)
    with pytest.raises(ClinicError):
        Store(path)
    monkeypatch.undo()
    with Store(path) as store:
        assert codes(store) == ["c-1"]
        assert store.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0


def test_a_store_of_a_newer_version_is_left_alone(db: Path) -> None:
    with closing(sqlite3.connect(db)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = db.read_bytes()
    with pytest.raises(ClinicError, match="schema 99") as told:
        Store(db)
    assert told.value.reason is Reason.NEWER_FILE
    assert db.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to have a header " * 9, b"%PDF-1.7"])
def test_a_foreign_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clinic.db"
    path.write_bytes(content)
    with pytest.raises(ClinicError, match="not a store of hiplevel") as told:
        Store(path)
    assert told.value.reason is Reason.FOREIGN_FILE
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (a)")
    with pytest.raises(ClinicError, match="not a store of hiplevel"):
        Store(path)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_half_written_store_says_so_and_how_to_get_it_back(db: Path, keep: float) -> None:
    data = db.read_bytes()
    db.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ClinicError, match=r"only half there.*restore") as told:
        Store(db)
    assert told.value.reason is Reason.DAMAGED_FILE


def test_damage_in_the_middle_is_a_sentence_when_it_is_read(db: Path) -> None:
    data = bytearray(db.read_bytes())
    data[4096 : len(data) : 1] = b"\xa5" * (len(data) - 4096)
    db.write_bytes(data)
    with pytest.raises(ClinicError, match=r"damaged.*restore"), Store(db) as store:
        clients(store)


def test_a_locked_store_says_so_and_nothing_is_changed(store: Store, db: Path) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store(db, wait_s=0.0) as second:
            with pytest.raises(ClinicError, match="another hiplevel; nothing was changed") as told:
                add_client(second, "c-2")
            assert told.value.reason is Reason.IN_USE
            assert codes(second) == [CODE]  # reading goes on
        other.execute("ROLLBACK")
    add_client(store, "c-2")


def test_two_windows_at_once_lose_nothing(db: Path) -> None:
    def add(first: int) -> None:
        with Store(db, wait_s=60.0) as own:
            for number in range(first, first + 20):
                add_client(own, f"x-{number}")

    threads = [threading.Thread(target=add, args=(first,)) for first in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store(db) as store:
        assert len(codes(store)) == 41
        assert store.value("SELECT max(number) FROM audit") == store.value("SELECT count(*) FROM audit")


@pytest.mark.parametrize("_", range(5))
def test_windows_make_the_same_new_store_together(tmp_path: Path, _: int) -> None:
    path = tmp_path / "clinic.db"
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store(path, wait_s=60.0))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for store in opened:
        store.close()


def test_a_full_disk_is_a_sentence_and_what_was_there_stays(store: Store) -> None:
    store.rows(f"PRAGMA max_page_count = {store.value('PRAGMA page_count')}")

    def add_many() -> None:
        with store.transaction():
            for number in range(5000):
                add_client(store, f"f-{number}")

    with pytest.raises(ClinicError, match="disk is full") as told:
        add_many()
    assert told.value.reason is Reason.DISK
    assert codes(store) == [CODE]
    assert store.problems() == []


def test_a_folder_where_nothing_can_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ClinicError, match="cannot be opened or written") as told:
        Store(tmp_path / "file" / "clinic.db")
    assert told.value.reason is Reason.DISK


def test_what_fails_within_a_transaction_is_undone(store: Store) -> None:
    def add_twice() -> None:
        with store.transaction():
            add_client(store, "c-2")
            add_client(store, "c-2")

    with pytest.raises(UsageError, match="already"):
        add_twice()
    assert codes(store) == [CODE]
    assert store.value("SELECT max(number) FROM audit") == 2


def test_references_are_enforced(store: Store) -> None:
    with pytest.raises(ClinicError, match="FOREIGN KEY"), store.transaction():
        store.run("INSERT INTO client_name VALUES (?, ?)", find_client(store, CODE).id + 1, b"x")


def test_backups_are_whole_and_thinned_out(store: Store) -> None:
    for _ in range(9):
        path = back_up(store)
        with Store(path) as copy:
            assert codes(copy) == [CODE]
    assert len(backups(store.path)) == 5
    assert not list(folder_of(store.path).glob("*.part"))


def test_a_copy_that_cannot_be_written_is_what_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ClinicError) as told:
        store.copy_to(tmp_path / "nowhere" / "copy.db")
    assert "copy.db" in str(told.value)
    assert store.path.name not in str(told.value).replace("copy.db", "")


def test_a_disk_without_room_for_a_new_store_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(sql: str) -> Iterator[str]:
        yield "PRAGMA max_page_count = 1"
        yield from migrate_statements(sql)

    migrate_statements = migrate._statements
    monkeypatch.setattr(migrate, "_statements", no_room)
    with pytest.raises(ClinicError, match="disk is full"):
        Store(tmp_path / "new.db")
