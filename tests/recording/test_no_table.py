"""Text that is no table is said to be none, before anybody is asked for its columns."""

from pathlib import Path

import pytest

from hiplevel.model.errors import HiplevelError, Reason
from hiplevel.recording.csv_import import import_csv
from hiplevel.recording.reader import open_recording

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "pyproject.toml", "docs/accuracy.md"])
def test_prose_is_no_table_of_a_sensor(name: str, tmp_path: Path) -> None:
    with pytest.raises(HiplevelError, match="no table of measurements") as refused:
        import_csv(ROOT / name, tmp_path / "x.mcap")
    assert refused.value.reason is Reason.NO_TABLE
    assert "CSV file" in refused.value.hint
    with pytest.raises(HiplevelError, match="not a recording") as refused:
        open_recording(ROOT / name)
    assert "looks like a table" not in refused.value.hint


def test_a_table_whose_columns_are_strange_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("p,q,r,s\n" + "1,2,3,4\n" * 20)
    with pytest.raises(HiplevelError, match="Its columns are: p, q, r, s"):
        import_csv(path, tmp_path / "x.mcap")
    with pytest.raises(HiplevelError, match="not a recording") as refused:
        open_recording(path)
    assert "looks like a table" in refused.value.hint
