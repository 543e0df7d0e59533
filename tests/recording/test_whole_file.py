"""A file that appears whole or not at all, whoever else writes it next."""

from pathlib import Path

import pytest

from hiplevel.recording.whole_file import whole_file


def test_the_part_of_one_who_waited_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as a file is in its place another thread may replace it in turn, by a part of the same name."""
    replace = Path.replace

    def and_the_next_begins(part: Path, target: Path) -> Path:
        placed = replace(part, target)
        part.write_text("the next")
        return placed

    monkeypatch.setattr(Path, "replace", and_the_next_begins)
    with whole_file(tmp_path / "a") as part:
        part.write_text("the first")
    assert (tmp_path / "a").read_text() == "the first"
    assert part.read_text() == "the next"
