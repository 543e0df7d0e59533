"""The audit trail: every edit is found, whoever made it by whatever way around the program."""

import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from clinic.conftest import CODE
from clinic_edits import edit_store
from hiplevel import ClinicError, DropRule, Prescription
from hiplevel.clinic.audit import TRAINEE, append, detail_digest, head, line_hash, lines
from hiplevel.clinic.audit_backups import heads
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.backup import back_up
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import change_limit, prescribe

Edit = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def written(prepared: tuple[Path, Clinician], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trail of clinician's and trainee's lines, with prescriptions."""
    path = tmp_path_factory.mktemp("audit") / "clinic.db"
    shutil.copyfile(prepared[0], path)
    with Store(path) as store:
        by = prepared[1]
        prescribe(store, CODE, Prescription("pelvic-drop", "left", 3, 8, rule=DropRule(8.0)), by=by)
        for number in range(4):
            append(store, TRAINEE, "session-indexed", {"client": CODE, "session": f"{number}"})
        change_limit(store, CODE, "pelvic-drop", "left", DropRule(6.0), "four weeks of steady work", by=by)
        store.copy_to(path.with_name("whole.db"))
    return path.with_name("whole.db")


def tampered(written: Path, folder: Path, edit: Edit) -> tuple[str, ...]:
    """What `verify` says after somebody has opened the file with another tool and edited it."""
    path = shutil.copyfile(written, folder / "clinic.db")
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        edit(raw)
        raw.commit()
    with Store(path) as store:
        return verify(store).problems


def test_an_untouched_trail_is_whole(written: Path, tmp_path: Path) -> None:
    assert tampered(written, tmp_path, lambda _: None) == ()


EDITS: dict[str, tuple[str, str]] = {
    "who": ("UPDATE audit SET who = 'Dr. Who' WHERE number = 3", "Line 3 was changed"),
    "when": ("UPDATE audit SET at_ns = at_ns + 1 WHERE number = 4", "Line 4 was changed"),
    "what": ("UPDATE audit SET action = 'named' WHERE number = 5", "Line 5 was changed"),
    "role": ("UPDATE audit SET role = 'trainee' WHERE number = 3", "Line 3 was changed"),
    "limit": ("UPDATE audit_detail SET text = replace(text, '8.0', '9.0') WHERE number = 3", "what it says"),
    "why": ("UPDATE audit_detail SET text = replace(text, 'steady', 'lazy') WHERE number = 8", "what it says"),
    "salt": ("UPDATE audit_detail SET salt = zeroblob(16) WHERE number = 8", "what it says"),
    "kind": ("UPDATE audit SET who = CAST(who AS BLOB) WHERE number = 4", "another kind"),
    "signature": ("UPDATE audit SET signature = zeroblob(64) WHERE number = 8", "signature of Dr. Weber"),
    "unsigned": ("UPDATE audit SET signature = NULL WHERE number = 8", "signature of Dr. Weber"),
    "middle": ("DELETE FROM audit WHERE number = 5", "Line 5 is missing"),
    "first": ("DELETE FROM audit WHERE number = 1", "Line 1 is missing"),
    "last": ("DELETE FROM audit WHERE number = 8", "ends at line 7"),
    "detail": ("DELETE FROM audit_detail WHERE number = 5", "no erasure tells of it"),
    "head": ("UPDATE audit_head SET number = 7", "its head says otherwise"),
    "no head": ("DELETE FROM audit_head", "its head says otherwise"),
    "all": ("DELETE FROM audit", "without its line"),
    "prescription": ("UPDATE prescription SET content = replace(content, '6.0', '7.0')", "was changed after"),
    "prescription gone": ("DELETE FROM prescription WHERE version = 1", "was removed"),
    "key": ("UPDATE clinician SET public_key = zeroblob(32)", "not the one of that fingerprint"),
}


@pytest.mark.parametrize(("sql", "said"), EDITS.values(), ids=EDITS)
def test_each_kind_of_edit_is_named(written: Path, tmp_path: Path, sql: str, said: str) -> None:
    problems = tampered(written, tmp_path, lambda raw: raw.execute(sql))
    assert any(said in problem for problem in problems), problems


def test_two_lines_that_changed_places_are_found(written: Path, tmp_path: Path) -> None:
    def swap(raw: sqlite3.Connection) -> None:
        for change in (
            "SET number = -5 WHERE number = 5",
            "SET number = 5 WHERE number = 6",
            "SET number = 6 WHERE number = -5",
        ):
            raw.execute(f"UPDATE audit {change}")
            raw.execute(f"UPDATE audit_detail {change}")

    assert tampered(written, tmp_path, swap)


def test_a_chain_written_anew_breaks_on_the_clinicians_signatures(written: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(written, tmp_path / "clinic.db")
    with Store(path) as store:
        told = lines(store)
    forged = told[2]
    text = '{"client":"c-017","to":{"threshold_deg":12.0}}'

    def rewrite(raw: sqlite3.Connection) -> None:
        raw.execute("UPDATE audit_detail SET salt = ?, text = ? WHERE number = 3", (b"s" * 16, text))
        line = replace(forged, detail_digest=detail_digest(b"s" * 16, text))
        for later in [line, *told[3:]]:
            line = replace(later, previous=line.hash if later.number > 3 else line.previous)
            line = replace(line, hash=line_hash(line))
            raw.execute(
                "UPDATE audit SET detail_digest = ?, previous = ?, hash = ? WHERE number = ?",
                (line.detail_digest, line.previous, line.hash, line.number),
            )
        raw.execute("UPDATE audit_head SET hash = ?", (line.hash,))

    problems = tampered(written, tmp_path, rewrite)
    assert any("Line 3: the signature of Dr. Weber is not theirs" in problem for problem in problems)


def test_random_edits_of_the_rows_are_all_found(written: Path, tmp_path: Path) -> None:
    rng, path = random.Random(17), tmp_path / "clinic.db"
    for _ in range(60):
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(written, path)
        what = edit_store(path, rng)
        with Store(path) as store:
            assert not verify(store).whole, what


def test_the_program_itself_cannot_change_the_trail(store: Store) -> None:
    for sql in ("UPDATE audit SET who = 'x'", "DELETE FROM audit", "UPDATE audit_detail SET text = 'x'"):
        with pytest.raises(ClinicError, match="append-only"), store.transaction():
            store.run(sql)


def test_a_trail_cut_short_is_found_by_a_head_written_down_and_by_the_backups(db: Path) -> None:
    with Store(db) as store:
        add_client(store, "c-2")
        noted = head(store)
        back_up(store)
    with closing(sqlite3.connect(db)) as raw:
        raw.execute("DROP TRIGGER audit_is_never_shortened")
        raw.execute("DELETE FROM audit_detail WHERE number = 3")
        raw.execute("DELETE FROM audit WHERE number = 3")
        raw.execute("UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit WHERE number = 2)")
        raw.commit()
    with Store(db) as store:
        assert verify(store).whole  # nothing in the file itself shows it
        assert "Line 3 as my note has it is missing" in verify(store, {"my note": noted}).problems[0]
        assert "the backup clinic-" in verify(store, heads(store)).problems[0]


def test_lines_of_one_client_are_told_apart(store: Store) -> None:
    add_client(store, "c-2")
    assert [line.action for line in lines(store, client="C-2")] == ["client-added"]
    assert [line.number for line in lines(store, last=2)] == [2, 3]
