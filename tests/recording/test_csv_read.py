"""What `read_csv` makes of a text: layout, numbers, time."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import HiplevelError, InputError, Reason, RecordingError, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_load import CsvOptions, load_csv

from .conftest import OWN_HEADER, moving_samples, table, write_session
from .reading import read_csv

MOVING = moving_samples()


def write(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "walk.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def refusal(path: Path, **options: object) -> HiplevelError:
    before = path.read_bytes()
    with pytest.raises(HiplevelError) as caught:
        read_csv(path, **options)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    return caught.value


def assert_same(samples: Samples, expected: Samples = MOVING) -> None:
    np.testing.assert_allclose(samples.time_s, expected.time_s, atol=1e-9)
    np.testing.assert_allclose(samples.acc_m_s2, expected.acc_m_s2, atol=1e-6)
    np.testing.assert_allclose(samples.gyr_rad_s, expected.gyr_rad_s, atol=1e-6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    header = "time_s,ax_g,ay_g,az_g,gx (°/s),gy (°/s),gz (°/s)"
    text = table(MOVING, header, acc=1 / 9.80665, gyr=180 / np.pi).replace("\n", newline)
    assert_same(read_csv(write(tmp_path, text, encoding)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    text = table(MOVING, OWN_HEADER.replace(",", delimiter), delimiter=delimiter)
    assert_same(read_csv(write(tmp_path, text)))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas_are_found(tmp_path: Path, delimiter: str) -> None:
    text = table(MOVING, OWN_HEADER.replace(",", delimiter), delimiter=delimiter).replace(".", ",")
    assert_same(read_csv(write(tmp_path, text)))


def test_quoted_fields_with_decimal_commas(tmp_path: Path) -> None:
    header, *rows = table(MOVING, delimiter=";").splitlines()
    quoted = [",".join(f'"{field}"' for field in row.replace(".", ",").split(";")) for row in rows]
    names = ",".join(f'"{name}"' for name in header.split(","))
    assert_same(read_csv(write(tmp_path, "\n".join([names, *quoted]))))


def test_commas_between_and_inside_numbers_are_refused(tmp_path: Path) -> None:
    header, *rows = table(MOVING, delimiter=";", digits=3).splitlines()
    broken = [",".join(f"{float(field):.2f}".replace(".", ",") for field in row.split(";")) for row in rows]
    error = refusal(write(tmp_path, "\n".join([header, *broken])))
    assert error.reason is Reason.SHAPE
    assert "Line 2" in str(error)
    assert "semicolons" in str(error)


def test_comments_blank_lines_preamble_and_a_spreadsheets_hint(tmp_path: Path) -> None:
    header, *rows = table(MOVING).splitlines()
    rows[5:5] = ["", "# strap moved", "   "]
    preamble = ["sep=,", "# recorded at home", "Device:,D4:22:CD", "Firmware:,2.0", "", header]
    assert_same(read_csv(write(tmp_path, "\n".join([*preamble, *rows]) + "\n\n")))


def test_a_header_in_a_comment(tmp_path: Path) -> None:
    assert_same(read_csv(write(tmp_path, "# " + table(MOVING))))


def test_no_header_is_read_by_position(tmp_path: Path) -> None:
    path = write(tmp_path, table(MOVING).split("\n", 1)[1])
    error = refusal(path)
    assert error.reason is Reason.UNKNOWN_COLUMN
    assert "column 1, column 2" in str(error)
    names = [f"column {n}" for n in range(1, 8)]
    columns = Columns(names[0], (names[1], names[2], names[3]), (names[4], names[5], names[6]), "s", "m/s2", "rad/s")
    assert_same(read_csv(path, columns))


def test_columns_by_any_name_and_in_any_order(tmp_path: Path) -> None:
    rows = np.column_stack([MOVING.gyr_rad_s, np.full(len(MOVING), 7.0), MOVING.acc_m_s2, MOVING.time_s])
    text = "p;q;r;battery;vor;seit;hoch;zeit\n" + "\n".join(";".join(map(repr, row)) for row in rows.tolist())
    columns = Columns("zeit", ("vor", "seit", "hoch"), ("p", "q", "r"), "s", "m/s2", "rad/s")
    samples = read_csv(write(tmp_path, text), columns)
    np.testing.assert_array_equal(samples.acc_m_s2, MOVING.acc_m_s2)
    np.testing.assert_array_equal(samples.time_s, MOVING.time_s)


def test_an_unknown_column_names_the_nearest_and_all(tmp_path: Path) -> None:
    columns = Columns("time", ("acc_x_m_s2", "acc_y_m_s2", "acc_z_m_s2"), ("gyr_x", "gyr_y", "gyr_z"))
    error = refusal(write(tmp_path, table(MOVING)), columns=columns)
    assert isinstance(error, UsageError)
    assert error.reason is Reason.UNKNOWN_COLUMN
    assert "no column 'time'. Did you mean 'time_s'?" in str(error)
    assert OWN_HEADER.replace(",", ", ") in str(error)


def test_a_header_that_says_too_little_asks_for_what_is_missing(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, table(MOVING, "time,a,b,c,gx,gy,gz")))
    assert error.reason is Reason.UNKNOWN_COLUMN
    assert "which columns are the accelerometer (x, y, z)." in str(error)
    assert "time, a, b, c, gx, gy, gz" in str(error)


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    columns = Columns("t", ("a", "a", "b"), ("p", "q", "r"))
    error = refusal(write(tmp_path, table(MOVING, "t,a,a,b,p,q,r")), columns=columns)
    assert error.reason is Reason.UNKNOWN_COLUMN
    assert "more than once" in str(error)


@pytest.mark.parametrize("field", ["abc", "1.2.3", "12a", "9,81"])
def test_what_is_no_number_is_named_with_line_and_column(tmp_path: Path, field: str) -> None:
    lines = table(MOVING).splitlines()
    fields = lines[136].split(",")
    fields[2] = f'"{field}"'
    lines[136] = ",".join(fields)
    error = refusal(write(tmp_path, "\n".join(lines)))
    assert error.reason is Reason.NOT_A_NUMBER
    assert f"Line 137 of walk.csv: '{field}' in column 'acc_y_m_s2' is not a number." in str(error)


def test_lines_are_counted_across_comments_and_blocks(tmp_path: Path) -> None:
    lines = table(moving_samples(100.0)).splitlines()
    lines[3:3] = ["# one", "", "# two"]
    lines[9500] = lines[9500].replace(",", ",x", 1)
    assert "Line 9501 of" in str(refusal(write(tmp_path, "\n".join(lines))))


def test_a_header_that_comes_again_is_called_so(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, table(MOVING) + table(MOVING)))
    assert error.reason is Reason.NOT_A_NUMBER
    assert f"Line {len(MOVING) + 2} of" in str(error)
    assert "header comes again" in str(error)


@pytest.mark.parametrize("field", ["", "nan", "NaN", "inf", "-Infinity", "null", "N/A", "1e30"])
def test_rows_that_are_no_measurement_are_refused_with_count_and_line(tmp_path: Path, field: str) -> None:
    lines = table(MOVING).splitlines()
    for row in (50, 51, 900):
        lines[row] = ",".join([*lines[row].split(",")[:6], field])
    error = refusal(write(tmp_path, "\n".join(lines)))
    assert error.reason is Reason.NOT_FINITE
    assert "Line 51 of walk.csv" in str(error)
    assert "lines like this: 3, of 2000" in str(error)


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


def counted(header: str = "sample", *, first: int = 0) -> list[str]:
    """The moving table with a count in the place of the time."""
    lines = table(MOVING, OWN_HEADER.replace("time_s", header)).splitlines()
    return [lines[0], *(f"{first + i},{line.split(',', 1)[1]}" for i, line in enumerate(lines[1:]))]


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


@pytest.mark.parametrize(("acc", "unit", "of_g"), [("g", "g", 9.80665), ("m/(s^2)", "m/s2", 1.0)])
def test_a_line_of_units_below_the_header_is_read(tmp_path: Path, acc: str, unit: str, of_g: float) -> None:
    header, rows = "Timestamp,Ax,Ay,Az,Gx,Gy,Gz", table(MOVING, time=1e3, acc=1.0 / of_g).splitlines()[1:]
    loaded = load_csv(write(tmp_path, "\n".join([header, f"ms,{acc},{acc},{acc},rad/s,rad/s,rad/s", *rows])))
    assert_same(loaded.samples)
    assert (loaded.columns.time_unit, loaded.columns.acc_unit, loaded.columns.gyr_unit) == ("ms", unit, "rad/s")
    assert not loaded.notices


def test_two_lines_of_header_name_sensor_and_axis(tmp_path: Path) -> None:
    acc, gyr = (["acc_x", "acc_y", "acc_z"], ["gyr_x", "gyr_y", "gyr_z"])
    rows = [f"{line},{line.split(',', 1)[1]}" for line in table(MOVING).splitlines()[1:]]
    header = [["time", *["hip"] * 6, *["thigh2"] * 6], ["", *acc, *gyr, *acc, *gyr]]
    path = write(tmp_path, "\n".join([*map(",".join, header), *rows]))
    assert "hip acc_x, hip acc_y" in str(refusal(path))
    told = {"acc": tuple(f"hip {name}" for name in acc), "gyr": tuple(f"hip {name}" for name in gyr)}
    assert_same(load_csv(path, told).samples)


@pytest.mark.parametrize("line", [",,,,,,", "nan,null,-,n/a,none,NaN,", "0.0,s,g,g,g,g,g"])
def test_a_line_that_names_no_units_is_a_row(tmp_path: Path, line: str) -> None:
    header, *rows = table(MOVING).splitlines()
    assert refusal(write(tmp_path, "\n".join([header, line, *rows]))).reason in (Reason.NOT_FINITE, Reason.NOT_A_NUMBER)


def test_a_header_is_found_though_a_delimiter_stands_behind_each_row_only(tmp_path: Path) -> None:
    lines = table(MOVING, "a,b,c,d,e,f,g").splitlines()
    path = write(tmp_path, "\n".join([lines[0], *(f"{line}," for line in lines[1:])]))
    assert "Its columns are: a, b, c, d, e, f, g." in str(refusal(path))


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
