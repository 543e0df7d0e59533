"""How a table is written: encodings, delimiters, headers, columns."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import Reason, UsageError
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_load import load_csv

from .conftest import OWN_HEADER, table
from .csv_bench import MOVING, assert_same, refusal, write
from .reading import read_csv


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


def test_a_header_that_comes_again_is_called_so(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, table(MOVING) + table(MOVING)))
    assert error.reason is Reason.NOT_A_NUMBER
    assert f"Line {len(MOVING) + 2} of" in str(error)
    assert "header comes again" in str(error)


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
