"""Results kept for a second run."""

import os
import time
from pathlib import Path

import pytest

from hiplevel.cohort.kept import UNUSED_DAYS, Kept, forget_client, tidy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    return path


def test_the_same_bytes_asked_the_same_way_are_found_under_any_name(file: Path, tmp_path: Path) -> None:
    kept = Kept(["0.1", 5.0], tmp_path / "kept")
    kept.keep(kept.key(file), {"reps": 6})
    again = Kept(["0.1", 5.0], tmp_path / "kept")
    assert again.find(again.key(file.rename(tmp_path / "other"))) == {"reps": 6}


def test_other_bytes_or_another_question_are_not(file: Path, tmp_path: Path) -> None:
    kept = Kept(["0.1", 5.0], tmp_path / "kept")
    kept.keep(kept.key(file), {"reps": 6})
    other = Kept(["0.1", 6.0], tmp_path / "kept")
    assert other.find(other.key(file)) is None
    file.write_bytes(b"two")
    assert kept.find(kept.key(file)) is None


def test_a_damaged_entry_counts_as_none_and_a_folder_that_cannot_be_costs_nothing(file: Path, tmp_path: Path) -> None:
    kept = Kept("", tmp_path / "kept")
    kept.keep(kept.key(file), {"reps": 6})
    (tmp_path / "kept" / f"{kept.key(file)}.json").write_text("{", encoding="utf-8")
    assert kept.find(kept.key(file)) is None
    nowhere = Kept("", file / "no-folder")
    nowhere.keep(nowhere.key(file), {"reps": 6})
    assert nowhere.find(nowhere.key(file)) is None


def test_a_client_who_is_erased_is_forgotten_and_nobody_else(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiplevel.cohort.kept.default_folder", lambda: tmp_path / "kept")
    kept = Kept("", tmp_path / "kept")
    kept.keep("a", {"client": "c-017"})
    kept.keep("b", {"client": "c-018"})
    assert forget_client("c-017") == 1
    assert kept.find("a") is None
    assert kept.find("b") == {"client": "c-018"}


def test_what_nobody_asked_for_in_months_is_removed(tmp_path: Path) -> None:
    kept = Kept("", tmp_path / "kept")
    long_ago = time.time() - (UNUSED_DAYS + 1) * 86400
    for key in ("unused", "used"):
        kept.keep(key, {"reps": 6})
        os.utime(tmp_path / "kept" / f"{key}.json", (long_ago, long_ago))
    assert kept.find("used") is not None
    tidy(tmp_path / "kept")
    assert kept.find("unused") is None
    assert kept.find("used") is not None
