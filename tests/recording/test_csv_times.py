"""When each row of a table was taken: time in any unit, dates, counts, rates."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_load import CsvOptions, load_csv

from .conftest import OWN_HEADER, moving_samples, table
from .csv_bench import MOVING, assert_same, refusal, write
from .reading import read_csv


def counted(header: str = "sample", *, first: int = 0) -> list[str]:
    """The moving table with a count in the place of the time."""
    lines = table(MOVING, OWN_HEADER.replace("time_s", header)).splitlines()
    return [lines[0], *(f"{first + i},{line.split(',', 1)[1]}" for i, line in enumerate(lines[1:]))]


def test_lines_are_counted_across_comments_and_blocks(tmp_path: Path) -> None:
    lines = table(moving_samples(100.0)).splitlines()
    lines[3:3] = ["# one", "", "# two"]
    lines[9500] = lines[9500].replace(",", ",x", 1)
    assert "Line 9501 of" in str(refusal(write(tmp_path, "\n".join(lines))))


@pytest.mark.parametrize("field", ["", "nan", "NaN", "inf", "-Infinity", "null", "N/A", "1e30"])
def test_rows_that_are_no_measurement_are_refused_with_count_and_line(tmp_path: Path, field: str) -> None:
    lines = table(MOVING).splitlines()
    for row in (50, 51, 900):
        lines[row] = ",".join([*lines[row].split(",")[:6], field])
    error = refusal(write(tmp_path, "\n".join(lines)))
    assert error.reason is Reason.NOT_FINITE
    assert "Line 51 of walk.csv" in str(error)
    assert "lines like this: 3, of 2000" in str(error)


def test_time_backwards_names_the_line(tmp_path: Path) -> None:
    lines = table(MOVING).splitlines()
    lines[701:] = lines[1:1300]
    error = refusal(write(tmp_path, "\n".join(lines)))
    assert error.reason is Reason.TIME_BACKWARDS
    assert "line 702 of walk.csv: from 6.99 to 0 s (only there)" in str(error)


def test_two_samples_at_one_time_are_refused_dropped_or_dated_anew(tmp_path: Path) -> None:
    lines = table(MOVING).splitlines()
    lines[300:300] = [lines[299], lines[299]]
    path = write(tmp_path, "\n".join(lines))
    error = refusal(path)
    assert error.reason is Reason.TIME_REPEATED
    assert "line 301 of walk.csv repeats 2.98 s (2 such lines)" in str(error)
    assert_same(read_csv(path, repeated="drop"))
    by_rate = read_csv(path, rate_hz=100.0)
    np.testing.assert_allclose(np.diff(by_rate.time_s), 0.01)
    assert len(by_rate) == len(MOVING) + 2


def test_a_rate_that_contradicts_the_time_column_is_mentioned(tmp_path: Path) -> None:
    path = write(tmp_path, table(MOVING))
    assert load_csv(path, options=CsvOptions(rate_hz=100.0)).notices == ()
    notices = load_csv(path, options=CsvOptions(rate_hz=80.0)).notices
    assert "the file lasts 20.0 s, by 80 Hz 25.0 s" in notices[0]


def test_without_a_time_column_a_rate_is_needed(tmp_path: Path) -> None:
    text = "\n".join(line.split(",", 1)[1] for line in table(MOVING).splitlines())
    path = write(tmp_path, text)
    assert refusal(path).reason is Reason.UNKNOWN_COLUMN
    assert_same(read_csv(path, rate_hz=100.0))


@pytest.mark.parametrize("header", ["sample", "Packet number", "Unnamed: 0", "frame_index", ""])
def test_a_count_is_no_time_but_with_a_rate_shows_what_was_lost(tmp_path: Path, header: str) -> None:
    lines = counted(header, first=65_000)
    path = write(tmp_path, "\n".join(lines))
    error = refusal(path)
    assert error.reason is Reason.UNKNOWN_COLUMN
    assert "give the rate in Hz" in str(error)
    assert_same(read_csv(path, rate_hz=100.0))
    cut = write(tmp_path, "\n".join([*lines[:301], *lines[421:]]))
    gap_s = np.diff(read_csv(cut, rate_hz=100.0).time_s)
    assert gap_s.max() == pytest.approx(1.21)
    assert np.sum(gap_s) == pytest.approx(MOVING.time_s[-1])


@pytest.mark.parametrize("header", ["t", "time"])
def test_a_time_that_goes_up_by_one_a_row_is_asked_about_not_read_as_1000_hz(tmp_path: Path, header: str) -> None:
    error = refusal(write(tmp_path, "\n".join(counted(header))))
    assert error.reason is Reason.RATE
    assert "counts samples" in str(error)


def test_a_count_that_is_told_as_time_asks_for_the_rate(tmp_path: Path) -> None:
    path = write(tmp_path, "\n".join(counted("sample")))
    with pytest.raises(InputError, match="Give the rate of the sensor"):
        load_csv(path, {"time": "sample"})
    assert_same(load_csv(path, {"time": "sample"}, CsvOptions(rate_hz=100.0)).samples)


def test_a_count_of_more_than_these_rows_dates_nothing(tmp_path: Path) -> None:
    lines = counted("packet number")
    uneven = [lines[0], *(f"{i * 3 // 2},{line.split(',', 1)[1]}" for i, line in enumerate(lines[1:]))]
    loaded = load_csv(write(tmp_path, "\n".join(uneven)), options=CsvOptions(rate_hz=100.0))
    assert_same(loaded.samples)
    assert "gaps do not show" in loaded.notices[-1]


def test_counts_that_start_anew_are_two_recordings(tmp_path: Path) -> None:
    lines = counted()
    error = refusal(write(tmp_path, "\n".join([*lines, *lines[1:]])), rate_hz=100.0)
    assert error.reason is Reason.TIME_BACKWARDS


@pytest.mark.parametrize(
    "said", ["# Update Rate: 100.0Hz", "# data_rate = 100.0 Hz, filter = 488 Hz", "// sampling frequency: 100 Hz"]
)
def test_a_rate_above_the_table_dates_it(tmp_path: Path, said: str) -> None:
    loaded = load_csv(write(tmp_path, "\n".join([said, *counted()])))
    assert_same(loaded.samples)
    assert loaded.notices[0] == "Dated by the rate that the file tells: 100 Hz."


def test_a_rate_above_the_table_does_not_replace_its_time(tmp_path: Path) -> None:
    assert_same(read_csv(write(tmp_path, "# Update Rate: 50.0Hz\n" + table(MOVING))))


def test_bad_rows_keep_their_place_when_dated_by_rate(tmp_path: Path) -> None:
    lines = [line.split(",", 1)[1] for line in table(MOVING).splitlines()]
    lines[11:21] = [",,,,,"] * 10
    samples = read_csv(write(tmp_path, "\n".join(lines)), rate_hz=100.0, bad_rows="gap")
    assert samples.time_s[10] - samples.time_s[9] == pytest.approx(0.11)


@pytest.mark.parametrize("rate_hz", [0.0, -100.0, float("nan"), 1e6])
def test_a_rate_that_cannot_be_meant(tmp_path: Path, rate_hz: float) -> None:
    assert refusal(write(tmp_path, table(MOVING)), rate_hz=rate_hz).reason is Reason.RATE


@pytest.mark.parametrize(("unit", "ticks"), [("s", 1), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)])
@pytest.mark.parametrize("named", [True, False])
def test_time_units_from_the_header_or_the_rate(tmp_path: Path, unit: str, ticks: float, named: bool) -> None:
    header = OWN_HEADER.replace("time_s", f"time_{unit}" if named else "time")
    path = write(tmp_path, table(MOVING, header, time=ticks))
    assert_same(read_csv(path))
    assert load_csv(path).columns.time_unit == unit


@pytest.mark.parametrize(
    ("told", "ticks", "right"), [("s", 1e3, "ms"), ("ms", 1, "s"), ("us", 1e3, "ms"), ("ms", 1e9, "ns")]
)
def test_a_wrong_time_unit_is_refused_and_the_right_one_offered(
    tmp_path: Path, told: str, ticks: float, right: str
) -> None:
    header = OWN_HEADER.replace("time_s", f"time_{told}")
    error = refusal(write(tmp_path, table(MOVING, header, time=ticks)))
    assert error.reason is Reason.UNITS
    assert f"use time unit {right}." in str(error)


def test_a_column_that_is_no_time_is_refused(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, table(MOVING, OWN_HEADER.replace("time_s", "time"), time=40.0)))
    assert error.reason is Reason.RATE
    assert "advances by 0.4 a row" in str(error)


def test_time_since_1970_gives_the_start_exactly(tmp_path: Path) -> None:
    start_ns = 1_795_000_000_123_456_789
    rows = [
        f"{start_ns + 10_000_000 * n},{','.join(map(repr, row))}"
        for n, row in enumerate(np.column_stack([MOVING.acc_m_s2, MOVING.gyr_rad_s]).tolist())
    ]
    path = write(tmp_path, "\n".join([OWN_HEADER.replace("time_s", "timestamp"), *rows]))
    loaded = load_csv(path)
    assert loaded.started_ns == start_ns
    assert_same(loaded.samples)


@pytest.mark.parametrize("zone", ["", "Z", "+02:00", "+0200", " +02"])
@pytest.mark.parametrize("between", ["T", " "])
def test_dates_with_zones(tmp_path: Path, zone: str, between: str) -> None:
    stamps = np.datetime64("2026-11-22T10:11:05.5", "us") + (MOVING.time_s * 1e6).round().astype("timedelta64[us]")
    lines = table(MOVING, OWN_HEADER.replace("time_s", "timestamp")).splitlines()
    for n, stamp in enumerate(stamps):
        lines[n + 1] = ",".join([str(stamp).replace("T", between) + zone, *lines[n + 1].split(",")[1:]])
    loaded = load_csv(write(tmp_path, "\n".join(lines)))
    assert_same(loaded.samples)
    assert loaded.columns.time_unit == "iso8601"
    utc = np.datetime64("2026-11-22T08:11:05.5" if "02" in zone else "2026-11-22T10:11:05.5", "ns")
    assert loaded.started_ns == utc.astype(np.int64)


def test_a_broken_date_is_named(tmp_path: Path) -> None:
    header = OWN_HEADER.replace("time_s", "timestamp")
    lines = [header, "2026-11-22T10:11:05.10,0,0,9.8,0,0,0", "2026-11-22T10:71:05.11,0,0,9.8,0,0,0"]
    error = refusal(write(tmp_path, "\n".join(lines)))
    assert error.reason is Reason.NOT_A_NUMBER
    assert "Line 3 of walk.csv: '2026-11-22T10:71:05.11' is not a date and time." in str(error)


def test_our_own_time_keeps_its_zero(tmp_path: Path) -> None:
    shifted = Samples(MOVING.time_s + 5.5, MOVING.acc_m_s2, MOVING.gyr_rad_s)
    assert read_csv(write(tmp_path, table(shifted))).time_s[0] == 5.5
