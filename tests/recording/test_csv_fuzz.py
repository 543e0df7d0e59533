"""Whatever a file holds, the answer is samples or a sentence."""

from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiplevel.model.errors import HiplevelError
from hiplevel.model.samples import Samples

from .conftest import OWN_HEADER, moving_samples, table
from .reading import read_csv

ROUGH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = table(moving_samples(1.0), digits=4)

FIELDS = st.one_of(
    st.floats().map(repr),
    st.integers(-(10**20), 10**20).map(str),
    st.sampled_from(["", " ", "nan", "1,5", '"', "'", "#", "//", "\x00", "é", "2026-11-22", "1e400", "--", OWN_HEADER]),
    st.text(max_size=5),
)
LINES = st.lists(st.lists(FIELDS, max_size=9).map(",".join), max_size=12).map("\n".join)


def read(path: Path, data: bytes, **options: object) -> Samples | str:
    path.write_bytes(data)
    try:
        return read_csv(path, **options)  # type: ignore[arg-type]
    except HiplevelError as error:
        return str(error)


def assert_sound(result: Samples | str) -> None:
    if isinstance(result, str):
        assert result.rstrip().endswith((".", "?", ")"))
        return
    assert len(result) > 0
    assert np.isfinite(result.acc_m_s2).all()
    assert np.isfinite(result.gyr_rad_s).all()
    assert (np.diff(result.time_s) > 0.0).all()


@ROUGH
@given(data=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    assert_sound(read(tmp_path / "a.csv", data, bad_rows="gap", repeated="drop"))


@ROUGH
@given(lines=LINES, rate_hz=st.sampled_from([None, 100.0]))
def test_any_lines_below_a_good_header(tmp_path: Path, lines: str, rate_hz: float | None) -> None:
    text = f"{OWN_HEADER}\n{lines}"
    options = {"bad_rows": "gap", "repeated": "drop", "rate_hz": rate_hz}
    assert_sound(read(tmp_path / "a.csv", text.encode("utf-8", "replace"), **options))


@ROUGH
@given(at=st.integers(0, len(TEXT) - 1), put=st.binary(max_size=6), cut=st.integers(0, 30))
def test_any_damage_in_a_good_file(tmp_path: Path, at: int, put: bytes, cut: int) -> None:
    data = TEXT.encode()
    assert_sound(read(tmp_path / "a.csv", data[:at] + put + data[at + cut :]))
