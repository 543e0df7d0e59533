"""What is in the rows of a table, and what is none."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import InputError, Reason, RecordingError

from .conftest import OWN_HEADER, table, write_session
from .csv_bench import MOVING, refusal, write
from .reading import read_csv


@pytest.mark.parametrize("field", ["abc", "1.2.3", "12a", "9,81"])
def test_what_is_no_number_is_named_with_line_and_column(tmp_path: Path, field: str) -> None:
    lines = table(MOVING).splitlines()
    fields = lines[136].split(",")
    fields[2] = f'"{field}"'
    lines[136] = ",".join(fields)
    error = refusal(write(tmp_path, "\n".join(lines)))
    assert error.reason is Reason.NOT_A_NUMBER
    assert f"Line 137 of walk.csv: '{field}' in column 'acc_y_m_s2' is not a number." in str(error)


def test_rows_that_are_not_finite_become_a_gap_when_asked(tmp_path: Path) -> None:
    lines = table(MOVING).splitlines()
    lines[51] = lines[51].split(",")[0] + ",,,,,,"
    lines[900] = "," + lines[900].split(",", 1)[1]
    lines[-1] = lines[-1][:20]  # the logger lost power
    path = write(tmp_path, "\n".join(lines))
    samples = read_csv(path, bad_rows="gap")
    keep = np.delete(np.arange(2000), [50, 899, 1999])
    np.testing.assert_allclose(samples.time_s, MOVING.time_s[keep], atol=1e-9)
    np.testing.assert_allclose(samples.acc_m_s2, MOVING.acc_m_s2[keep], atol=1e-6)


def test_nothing_but_empty_rows_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path, OWN_HEADER + "\n" + ",,,,,,\n" * 20)
    assert refusal(path, bad_rows="gap").reason is Reason.EMPTY


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", OWN_HEADER, OWN_HEADER + "\n\n", "\ufeff"])
def test_nothing_is_called_empty(tmp_path: Path, text: str) -> None:
    error = refusal(write(tmp_path, text))
    assert isinstance(error, InputError)
    assert error.reason is Reason.EMPTY


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("book.xlsx", b"PK\x03\x04" + bytes(60), "spreadsheet"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "not a text file"),
    ],
)
def test_other_files_are_called_what_they_are(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    error = refusal(tmp_path / name)
    assert error.reason is Reason.FOREIGN_FILE
    assert words in str(error)


def test_a_recording_needs_no_import(tmp_path: Path) -> None:
    write_session(tmp_path / "a.mcap", 3)
    assert "recording already" in str(refusal(tmp_path / "a.mcap"))


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(RecordingError) as caught:
        read_csv(tmp_path / "none.csv")
    assert caught.value.reason is Reason.NOT_FOUND
    with pytest.raises(RecordingError) as caught:
        read_csv(tmp_path)
    assert caught.value.reason is Reason.DISK


@pytest.mark.parametrize("options", [{"bad_rows": "keep"}, {"repeated": "gap"}, {"decimal": "-"}, {"delimiter": "::"}])
def test_unknown_options_are_usage_errors(tmp_path: Path, options: dict[str, str]) -> None:
    error = refusal(write(tmp_path, table(MOVING)), **options)
    assert error.reason is Reason.USAGE
