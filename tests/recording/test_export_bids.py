"""BIDS-Motion, read back with csv and json."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hiplevel.model.errors import HiplevelError, InputError, Reason
from hiplevel.model.samples import Samples
from hiplevel.recording import export_bids as module
from hiplevel.recording.export_bids import export_bids, label
from hiplevel.recording.reader import Recording

from .conftest import moving_samples
from .exporting import BROKEN, WHOLE, imported, shipped, with_nan

NAME = re.compile(r"sub-[A-Za-z0-9]+_ses-[A-Za-z0-9]+(_task-[A-Za-z0-9]+(_tracksys-imu)?)?_[a-z]+\.(tsv|json)")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def only(root: Path, tail: str) -> Path:
    (path,) = root.rglob(f"*{tail}")
    return path


def content(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [WHOLE, BROKEN])
def test_samples_come_back_to_the_last_bit_without_a_header(name: str, tmp_path: Path) -> None:
    recording = shipped(name)
    made = export_bids(recording, tmp_path / "set")
    read = np.loadtxt(only(made.path, "_motion.tsv"), delimiter="\t")
    assert made.rows == len(read) == len(recording.samples)
    samples = recording.samples
    np.testing.assert_array_equal(read, np.column_stack([samples.time_s, samples.acc_m_s2, samples.gyr_rad_s]))


def test_channels_are_the_columns_in_their_order(tmp_path: Path) -> None:
    root = export_bids(shipped(WHOLE), tmp_path / "set").path
    channels = rows(only(root, "_channels.tsv"))
    assert list(channels[0])[:5] == ["name", "component", "type", "tracked_point", "units"]
    assert [one["type"] for one in channels] == ["LATENCY", *["ACCEL"] * 3, *["GYRO"] * 3]
    assert [one["component"] for one in channels] == ["n/a", *"xyz", *"xyz"]
    assert [one["units"] for one in channels] == ["s", *["m/s^2"] * 3, *["rad/s"] * 3]
    about = content(only(root, "_motion.json"))
    assert (about["MotionChannelCount"], about["SamplingFrequency"], about["Simulated"]) == (7, 100.0, True)
    assert about["TaskName"] == "pelvic-drop"
    assert about["TrackingSystemName"] == "imu"


def test_the_dataset_is_laid_out_as_bids_wants_it(tmp_path: Path) -> None:
    root = export_bids(shipped(WHOLE), tmp_path / "set").path
    names = {str(path.relative_to(root)) for path in root.iterdir() if path.is_file()}
    assert names == {"README", "dataset_description.json", "participants.tsv", "participants.json"}
    within = [path.name for path in root.glob("sub-*/**/*") if path.is_file()]
    assert len(within) > 3
    assert [name for name in within if not NAME.fullmatch(name)] == []
    description = content(root / "dataset_description.json")
    assert (description["DatasetType"], description["Name"]) == ("raw", "SIMULATED: pelvic-drop")
    (scan,) = rows(only(root, "_scans.tsv"))
    assert (only(root, "_scans.tsv").parent / scan["filename"]).is_file()
    assert scan["acq_time"].startswith("2026-01-07T09:00:00.")
    assert scan["acq_time"].endswith("Z")
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_events_are_what_counts(tmp_path: Path) -> None:
    events = rows(only(export_bids(shipped(BROKEN), tmp_path / "set").path, "_events.tsv"))
    assert list(events[0])[:3] == ["onset", "duration", "trial_type"]
    reps = [one for one in events if one["trial_type"] == "rep"]
    assert [one["rep_number"] for one in reps] == [str(n) for n in range(1, 9)]
    gap = next(one for one in events if one["trial_type"] == "gap")
    assert (gap["onset"], gap["duration"], gap["side"]) == ("29.94", "4.06", "n/a")
    assert [one["side"] for one in events if one["trial_type"] == "drop"] == ["right", "right"]
    assert [float(one["onset"]) for one in events] == sorted(float(one["onset"]) for one in events)


def test_a_code_with_a_hyphen_becomes_a_label_and_is_kept(tmp_path: Path) -> None:
    made = export_bids(imported(moving_samples(), tmp_path), tmp_path / "set")
    (person,) = rows(made.path / "participants.tsv")
    assert (person["participant_id"], person["client_code"]) == ("sub-c017", "c-017")
    assert "sub-c017" in made.notices[0]
    assert (made.path / "sub-c017").is_dir()
    assert label("c-017_ä b") == "c017b"


def test_a_clock_that_begins_late_counts_from_the_first_sample_and_no_number_is_na(tmp_path: Path) -> None:
    samples = moving_samples()
    recording = with_nan(imported(Samples(samples.time_s + 64.0, samples.acc_m_s2, samples.gyr_rad_s), tmp_path))
    with only(export_bids(recording, tmp_path / "set").path, "_motion.tsv").open() as file:
        read = list(csv.reader(file, delimiter="\t"))
    assert (read[0][0], read[700][2]) == ("0.0", "n/a")
    assert float(read[-1][0]) == pytest.approx(19.99)


def test_nothing_is_written_over_and_nothing_half_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "set").mkdir()
    with pytest.raises(HiplevelError) as caught:
        export_bids(shipped(WHOLE), tmp_path / "set")
    assert caught.value.reason is Reason.EXISTS

    def full(recording: Recording, zero_s: float) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_events", full)
    with pytest.raises(HiplevelError) as caught:
        export_bids(shipped(WHOLE), tmp_path / "other")
    assert caught.value.reason is Reason.DISK
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_a_recording_without_samples_is_refused(tmp_path: Path) -> None:
    recording = shipped(WHOLE)
    vars(recording)["samples"] = Samples.empty()
    with pytest.raises(InputError) as caught:
        export_bids(recording, tmp_path / "set")
    assert caught.value.reason is Reason.EMPTY
    assert not list(tmp_path.iterdir())
