"""Getting a store back from its backups."""

from pathlib import Path

import pytest

from clinic.conftest import CODE
from hiplevel import ClinicError, Reason, UsageError
from hiplevel.clinic.audit import lines
from hiplevel.clinic.audit_backups import back_up_when_due, heads
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.backup import back_up, backups
from hiplevel.clinic.clients import add_client, clients
from hiplevel.clinic.database import Store
from hiplevel.clinic.restore import restore


def test_a_damaged_store_comes_back_and_the_damaged_one_is_kept(db: Path) -> None:
    with Store(db) as store:
        back_up(store)
    damaged = db.read_bytes()[:5000]
    db.write_bytes(damaged)
    chosen, aside = restore(db)
    assert chosen.parent.name == "clinic-backups"
    assert aside is not None
    assert aside.read_bytes() == damaged
    with Store(db) as store:
        assert [client.code for client in clients(store)] == [CODE]
        assert verify(store, heads(store)).whole
        last = lines(store)[-1]
        assert (last.action, last.detail) == ("restored", {"backup": chosen.name, "set_aside": aside.name})


def test_the_newest_whole_backup_is_taken(db: Path) -> None:
    with Store(db) as store:
        older = back_up(store)
        add_client(store, "c-2")
        newer = back_up(store)
    newer.write_bytes(newer.read_bytes()[:3000])
    assert restore(db)[0] == older
    newer.write_bytes(b"")
    older.write_bytes(b"x" * 4000)
    with pytest.raises(ClinicError, match="None of the 2 backups"):
        restore(db)


def test_without_a_backup_it_says_so_and_leaves_all(db: Path) -> None:
    before = db.read_bytes()
    with pytest.raises(UsageError, match=r"no backup of clinic\.db") as told:
        restore(db)
    assert told.value.reason is Reason.NOT_FOUND
    with pytest.raises(UsageError, match="There is no backup"):
        restore(db, db.with_name("nowhere.db"))
    assert db.read_bytes() == before


def test_going_back_on_purpose_is_in_the_trail_and_not_taken_for_tampering(db: Path) -> None:
    with Store(db) as store:
        older = back_up(store)
        add_client(store, "c-2")
        add_client(store, "c-3")
        back_up(store)
    restore(db, older)
    with Store(db) as store:
        assert verify(store, heads(store)).problems == ()
        assert [client.code for client in clients(store)] == [CODE]


def test_a_backup_is_due_only_after_something_was_written(store: Store) -> None:
    assert back_up_when_due(store) is not None
    assert back_up_when_due(store) is None
    add_client(store, "c-2")
    assert back_up_when_due(store) is not None
    assert len(backups(store.path)) == 2


def test_a_backup_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        back_up(store, to=target)
    assert target.read_text() == "mine"
