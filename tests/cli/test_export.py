"""`hiplevel recordings export`: the format by name or by ending, what is said, and what is refused."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cli.running import Hiplevel

SAMPLE = "lost-packets-and-broken-link"


@pytest.mark.parametrize(
    ("out", "starts"),
    [("s.parquet", b"PAR1"), ("s.edf", b"0       "), ("s.BDF", b"\xffBIOSEMI"), ("s.csv", b"time_s,")],
)
def test_the_ending_says_the_format(out: str, starts: bytes, hiplevel: Hiplevel) -> None:
    ran = hiplevel("recordings", "export", SAMPLE, "--out", out, "--json")
    assert (ran.code, ran.json["path"]) == (0, out)
    assert ran.json["format"] == Path(out).suffix[1:].lower()
    assert Path(out).read_bytes().startswith(starts)


@pytest.mark.parametrize("to", ["csv", "parquet", "edf", "bdf"])
def test_a_format_without_a_name_is_beside_me(to: str, hiplevel: Hiplevel) -> None:
    assert hiplevel("recordings", "export", SAMPLE, "--format", to).code == 0
    assert [path.name for path in Path().iterdir()] == [f"{SAMPLE}.{to}"]


def test_bids_is_a_folder(hiplevel: Hiplevel) -> None:
    ran = hiplevel("recordings", "export", SAMPLE, "--format", "bids", "--json")
    assert ran.json["rows"] == 5295
    assert (Path(f"{SAMPLE}-bids") / "dataset_description.json").is_file()
    again = hiplevel("recordings", "export", SAMPLE, "--format", "bids", "--json")
    assert (again.code, again.error["reason"]) == (5, "exists")


def test_what_the_fixed_rate_changed_is_told(hiplevel: Hiplevel) -> None:
    ran = hiplevel("recordings", "export", SAMPLE, "--format", "edf")
    assert "fixed rate of 100 Hz" in ran.err
    assert "m/s2" in ran.err
    assert "4.06 s without samples" in ran.err
    facts = hiplevel("recordings", "export", SAMPLE, "--format", "bdf", "--json").json
    assert (facts["rate_hz"], facts["holes"]) == (100.0, 1)
    assert facts["acc_error_m_s2"] < 1e-6


def test_angles_and_events_are_tables_of_parquet_only(hiplevel: Hiplevel) -> None:
    assert hiplevel("recordings", "export", SAMPLE, "--out", "e.parquet", "--what", "events").code == 0
    assert "Drop" in pq.read_table("e.parquet")["type"].to_pylist()
    assert hiplevel("recordings", "export", SAMPLE, "--out", "a.parquet", "--what", "angles").code == 0
    assert "obliquity_deg" in pq.read_schema("a.parquet").names
    refused = hiplevel("recordings", "export", SAMPLE, "--what", "events", "--json")
    assert (refused.code, refused.error["message"]) == (2, "--what belongs to Parquet, not to csv.")


@pytest.mark.parametrize("given", [("--out", "s.xlsx"), ("--out", "-", "--format", "edf")])
def test_what_cannot_be_meant_is_refused(given: tuple[str, ...], hiplevel: Hiplevel) -> None:
    ran = hiplevel("recordings", "export", SAMPLE, *given, "--json")
    assert (ran.code, ran.error["reason"]) == (2, "usage")
    assert not list(Path().iterdir())
