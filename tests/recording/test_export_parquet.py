"""Parquet, read back with pyarrow."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from hiplevel.detect.correct import Corrector
from hiplevel.model.events import Drop
from hiplevel.recording.amend import amend_with
from hiplevel.recording.export_parquet import export_parquet
from hiplevel.recording.reader import open_recording

from .exporting import BROKEN, WHOLE, shipped, with_nan


def about(path: Path) -> dict[str, Any]:
    metadata: dict[str, Any] = json.loads(pq.read_schema(path).metadata[b"hiplevel"])
    return metadata


@pytest.mark.parametrize("name", [WHOLE, BROKEN])
def test_samples_come_back_to_the_last_bit(name: str, tmp_path: Path) -> None:
    recording = shipped(name)
    made = export_parquet(recording, tmp_path / "s.parquet")
    table = pq.read_table(made.path)
    assert made.rows == table.num_rows == len(recording.samples)
    assert {str(kind) for kind in table.schema.types} == {"double"}
    columns = [recording.samples.time_s, *recording.samples.acc_m_s2.T, *recording.samples.gyr_rad_s.T]
    for name, given in zip(table.column_names, columns, strict=True):
        np.testing.assert_array_equal(table[name].to_numpy(), given)


def test_a_value_that_is_no_number_stays_none(tmp_path: Path) -> None:
    recording = with_nan(shipped(WHOLE))
    table = pq.read_table(export_parquet(recording, tmp_path / "s.parquet").path)
    np.testing.assert_array_equal(table["acc_y_m_s2"].to_numpy(), recording.samples.acc_m_s2[:, 1])
    assert table["acc_y_m_s2"].null_count == 0


def test_the_schema_says_whose_and_what_it_is(tmp_path: Path) -> None:
    metadata = about(export_parquet(shipped(WHOLE), tmp_path / "s.parquet").path)
    assert (metadata["client"], metadata["simulated"], metadata["exercise"]) == ("simulated", True, "pelvic-drop")
    assert metadata["sensor"]["spec"] == "hiplevel.reference"
    assert (metadata["units"]["time_s"], metadata["units"]["acc_x_m_s2"]) == ("s", "m/s2")
    assert metadata["units"]["gyr_z_rad_s"] == "rad/s"


def test_events_say_which_repetitions_count(tmp_path: Path) -> None:
    recording = shipped(BROKEN)
    rows = pq.read_table(export_parquet(recording, tmp_path / "e.parquet", what="events").path).to_pylist()
    assert [row["type"] for row in rows] == [type(event).__name__ for event in recording.events]
    reps = [row for row in rows if row["type"] == "Rep"]
    assert [row["counts"] for row in reps] == [True] * 8
    assert {row["counts"] for row in rows if row["type"] != "Rep"} == {None}
    drop = next(row for row in rows if row["type"] == "Drop")
    first = next(event for event in recording.events if isinstance(event, Drop))
    assert (drop["side"], drop["start_s"]) == ("right", pytest.approx(14.75, abs=0.1))
    assert drop["start_s"] == pytest.approx(first.start_s)
    assert json.loads(drop["event_json"])["peak_deg"] == pytest.approx(first.peak_deg)


def test_a_repetition_that_a_person_took_out_does_not_count(tmp_path: Path) -> None:
    copy = tmp_path / "mine.mcap"
    copy.write_bytes(shipped(WHOLE).path.read_bytes())
    amend_with(copy, lambda recording: [Corrector(recording.events, "c", 1).undo(0.0, 1, 3)])
    made = export_parquet(open_recording(copy), tmp_path / "e.parquet", what="events")
    reps = [row for row in pq.read_table(made.path).to_pylist() if row["type"] == "Rep"]
    assert [row["number"] for row in reps if not row["counts"]] == [3]


def test_angles_have_a_hole_where_samples_were_missing(tmp_path: Path) -> None:
    made = export_parquet(shipped(BROKEN), tmp_path / "a.parquet", what="angles")
    table = pq.read_table(made.path)
    time_s, obliquity_deg = table["time_s"].to_numpy(), table["obliquity_deg"].to_numpy()
    assert 4.06 <= np.diff(time_s).max() < 6.0  # what came after it settles first
    assert 8.0 < np.abs(obliquity_deg).max() < 30.0
    assert about(made.path)["units"]["obliquity_deg"] == "deg"
    assert "computed now" in made.notices[0]
