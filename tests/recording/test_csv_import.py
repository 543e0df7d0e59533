from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import HiplevelError, Reason, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_export import export_csv, write_csv
from hiplevel.recording.csv_import import import_csv
from hiplevel.recording.csv_memory import ColumnMemory, default_memory
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.reader import open_recording

from .conftest import moving_samples, table
from .reading import read_csv

MOVING = moving_samples()
ODD_HEADER = "zeit,a1,a2,a3,g1,g2,g3"
TOLD = {"time": "zeit", "acc": ("a1", "a2", "a3"), "gyr": ("g1", "g2", "g3")}


@pytest.fixture
def memory(tmp_path: Path) -> ColumnMemory:
    return ColumnMemory(tmp_path / "config" / "csv-columns.json")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A file whose header says nothing."""
    path = tmp_path / "odd.csv"
    path.write_text(table(MOVING, ODD_HEADER, time=1e3, acc=1 / 9.80665, gyr=180 / np.pi))
    return path


def test_an_import_makes_a_recording_and_shows_what_was_guessed(tmp_path: Path, memory: ColumnMemory) -> None:
    path = tmp_path / "walk.csv"
    path.write_text(table(MOVING, "timestamp,AccX,AccY,AccZ,GyroX,GyroY,GyroZ", time=1e3, acc=1 / 9.80665))
    report = import_csv(path, tmp_path / "walk.mcap", info=RecordingInfo(client="c-2", started_ns=77), memory=memory)
    recording = open_recording(report.path)
    np.testing.assert_allclose(recording.samples.acc_m_s2, MOVING.acc_m_s2, atol=1e-6)
    np.testing.assert_allclose(recording.samples.time_s, MOVING.time_s, atol=1e-9)
    assert (recording.info.source, recording.info.client, recording.info.started_ns) == ("import", "c-2", 77)
    assert recording.closed
    assert (report.rows, report.samples, report.bad_rows, report.how) == (2000, 2000, 0, "guessed")
    assert report.rate_hz == pytest.approx(100.0)
    assert "time 'timestamp' (ms); accelerometer 'AccX', 'AccY', 'AccZ' (g); gyroscope" in str(report)
    assert "'GyroX', 'GyroY', 'GyroZ' (rad/s)" in recording.info.note
    assert not memory.path.exists()  # nothing was told


def test_what_was_told_once_is_remembered_for_this_header(tmp_path: Path, odd: Path, memory: ColumnMemory) -> None:
    with pytest.raises(UsageError) as caught:
        import_csv(odd, tmp_path / "a.mcap", memory=memory)
    assert caught.value.reason is Reason.UNKNOWN_COLUMN
    units = {"time": "ms", "acc": "g", "gyr": "deg/s"}
    first = import_csv(odd, tmp_path / "b.mcap", units=units, memory=memory, **TOLD)
    second = import_csv(odd, tmp_path / "c.mcap", memory=ColumnMemory(memory.path))
    assert (first.how, second.how) == ("told", "remembered")
    assert first.columns == second.columns
    np.testing.assert_array_equal(
        open_recording(first.path).samples.gyr_rad_s, open_recording(second.path).samples.gyr_rad_s
    )


def test_another_header_remembers_nothing_and_telling_again_replaces(
    tmp_path: Path, odd: Path, memory: ColumnMemory
) -> None:
    import_csv(odd, tmp_path / "a.mcap", memory=memory, **TOLD)
    assert memory.recall([*ODD_HEADER.split(","), "battery"]) is None
    swapped = {**TOLD, "acc": ("a2", "a1", "a3")}
    import_csv(odd, tmp_path / "b.mcap", memory=memory, units={"gyr": "deg/s"}, **swapped)
    known = memory.recall(ODD_HEADER.split(","))
    assert known is not None
    assert known.acc == ("a2", "a1", "a3")


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 9, "headers": {}}', '{"schema": 1, "headers": 3}'])
def test_a_damaged_memory_counts_as_empty(memory: ColumnMemory, text: str) -> None:
    memory.path.parent.mkdir()
    memory.path.write_text(text)
    assert memory.recall(ODD_HEADER.split(",")) is None


def test_a_memory_that_cannot_be_written_does_not_stop_an_import(tmp_path: Path, odd: Path) -> None:
    (tmp_path / "file").touch()
    memory = ColumnMemory(tmp_path / "file" / "csv-columns.json")
    report = import_csv(odd, tmp_path / "a.mcap", memory=memory, **TOLD)
    assert report.samples == 2000
    assert "could not be remembered" in report.notices[-1]


def test_nothing_is_remembered_when_asked_not_to(tmp_path: Path, odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    import_csv(odd, tmp_path / "a.mcap", remember=False, **TOLD)
    assert not default_memory().exists()


def test_a_file_without_a_date_is_dated_by_its_last_change(tmp_path: Path, odd: Path) -> None:
    report = import_csv(odd, tmp_path / "a.mcap", remember=False, **TOLD)
    assert report.started_ns == odd.stat().st_mtime_ns
    assert any("tells no date" in notice for notice in report.notices)


def test_what_was_left_out_is_counted(tmp_path: Path, odd: Path) -> None:
    lines = odd.read_text().splitlines()
    lines[20:20] = [lines[19]]
    lines[40] = lines[40].split(",")[0] + ",,,,,,"
    odd.write_text("\n".join(lines))
    report = import_csv(odd, tmp_path / "a.mcap", bad_rows="gap", repeated="drop", remember=False, **TOLD)
    assert (report.rows, report.samples, report.bad_rows, report.repeated_rows) == (2001, 1999, 1, 1)
    assert report.notices[0] == "Units found from the data: time in ms, acc in g, gyr in deg/s."
    assert "from line 41 on" in report.notices[1]
    assert "1 lines repeated" in report.notices[2]


def test_a_refused_import_leaves_nothing_behind(tmp_path: Path, odd: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(HiplevelError, match="use acc unit g"):
        import_csv(odd, tmp_path / "a.mcap", units={"acc": "m/s2"}, remember=False, **TOLD)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_existing_target_is_kept(tmp_path: Path, odd: Path) -> None:
    (tmp_path / "a.mcap").write_text("precious")
    with pytest.raises(HiplevelError) as caught:
        import_csv(odd, tmp_path / "a.mcap", remember=False, **TOLD)
    assert caught.value.reason is Reason.EXISTS
    assert (tmp_path / "a.mcap").read_text() == "precious"


def test_units_for_something_else_are_refused(tmp_path: Path, odd: Path) -> None:
    with pytest.raises(HiplevelError, match="not for 'mag'") as caught:
        import_csv(odd, tmp_path / "a.mcap", units={"mag": "uT"}, remember=False)
    assert caught.value.reason is Reason.UNITS
    with pytest.raises(HiplevelError, match="Unknown acc unit 'furlong'"):
        import_csv(odd, tmp_path / "a.mcap", units={"acc": "furlong"}, remember=False, **TOLD)


def test_export_and_import_round_trip_to_the_last_bit(
    tmp_path: Path, memory: ColumnMemory, still_samples: Callable[[int], Samples]
) -> None:
    samples = still_samples(9000)
    awkward = Samples(samples.time_s + 1.0 / 3.0, samples.acc_m_s2, samples.gyr_rad_s)
    write_csv(awkward, tmp_path / "a.csv")
    report = import_csv(tmp_path / "a.csv", tmp_path / "a.mcap", memory=memory)
    assert report.how == "guessed"
    assert export_csv(report.path, tmp_path / "b.csv") == 9000
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    back = read_csv(tmp_path / "b.csv")
    for name in ("time_s", "acc_m_s2", "gyr_rad_s"):
        np.testing.assert_array_equal(getattr(back, name), getattr(awkward, name))


def test_export_never_writes_over_unless_asked(tmp_path: Path, odd: Path) -> None:
    report = import_csv(odd, tmp_path / "a.mcap", remember=False, **TOLD)
    with pytest.raises(HiplevelError) as caught:
        export_csv(report.path, odd)
    assert caught.value.reason is Reason.EXISTS
    assert export_csv(open_recording(report.path), odd, overwrite=True) == 2000
    assert odd.read_text().startswith("time_s,acc_x_m_s2,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mcap", "odd.csv"]
