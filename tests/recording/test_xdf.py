"""Recordings of the Lab Streaming Layer."""

import sys
from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import InputError, Reason, RecordingError, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_rows import CsvOptions
from hiplevel.recording.foreign import load_files
from recording.conftest import moving_samples
from recording.vendors import DEG, G, xdf, xdf_stream

BOOT_S = 50_942.7
SIX = [f"{kind}_{axis}" for kind in ("acc", "gyr") for axis in "xyz"]


def imu(path: Path, samples: Samples, *names: str) -> Path:
    """A stream with both kinds for each name, and markers beside them."""
    rows = np.column_stack([samples.acc_m_s2, samples.gyr_rad_s])
    units = ["m/s^2"] * 3 + ["rad/s"] * 3
    heads = [xdf_stream(name, "IMU", SIX, units, 100.0) for name in names]
    eeg = (xdf_stream("Cap", "EEG", ["Cz", "Pz"], ["microvolts"] * 2, 100.0), samples.time_s, rows[:, :2])
    return xdf(path, [eeg, *((head, BOOT_S + samples.time_s, rows) for head in heads)])


def muse(path: Path, samples: Samples, stamps_s: np.ndarray | None = None) -> Path:
    """A stream for each kind, as of a headband."""
    stamps_s = BOOT_S + samples.time_s if stamps_s is None else stamps_s
    axes = ["Z", "Y", "X"]
    acc = (xdf_stream("Muse", "ACC", axes, ["g"] * 3, 100.0), stamps_s, samples.acc_m_s2[:, ::-1] / G)
    gyr = (xdf_stream("Muse gyro", "GYRO", axes, ["dps"] * 3, 100.0), stamps_s, samples.gyr_rad_s[:, ::-1] * DEG)
    return xdf(path, [acc, gyr])


def assert_same(found: Samples, wanted: Samples) -> None:
    np.testing.assert_allclose(found.time_s, wanted.time_s, atol=1e-6)
    np.testing.assert_allclose(found.acc_m_s2, wanted.acc_m_s2, atol=1e-6)
    np.testing.assert_allclose(found.gyr_rad_s, wanted.gyr_rad_s, atol=1e-6)


def test_one_stream_with_both_kinds(tmp_path: Path) -> None:
    loaded = load_files([imu(tmp_path / "a.xdf", moving_samples(), "Clip")])
    assert_same(loaded.samples, moving_samples())
    assert loaded.how == "of the stream Clip"
    assert loaded.started_ns == int(np.datetime64("2026-11-20T09:51:15", "ns").astype(np.int64))


def test_a_stream_for_each_kind_in_its_own_units(tmp_path: Path) -> None:
    loaded = load_files([muse(tmp_path / "a.xdf", moving_samples())])
    assert_same(loaded.samples, moving_samples())
    assert (loaded.columns.acc_unit, loaded.columns.gyr_unit) == ("g", "deg/s")


def test_a_gap_stays_a_gap(tmp_path: Path) -> None:
    samples = moving_samples()
    loaded = load_files([muse(tmp_path / "a.xdf", samples[:600].joined(samples[640:]))])
    assert np.max(np.diff(loaded.samples.time_s)) == pytest.approx(0.41, abs=1e-6)


def test_stamps_of_arrival_are_evened_out_and_that_is_said(tmp_path: Path) -> None:
    samples = moving_samples()
    burst = BOOT_S + np.floor(samples.time_s / 0.05 + 1.0) * 0.05 + 1e-5 * (np.arange(len(samples)) % 5)
    loaded = load_files([muse(tmp_path / "a.xdf", samples, burst)])
    assert len(loaded.samples) >= len(samples) - 5
    np.testing.assert_allclose(np.diff(loaded.samples.time_s), 0.01, atol=1e-4)
    assert any("evened out" in notice for notice in loaded.notices)


def test_several_sensors_are_listed_until_one_is_named(tmp_path: Path) -> None:
    path = imu(tmp_path / "a.xdf", moving_samples(), "Left", "Right")
    with pytest.raises(UsageError, match=r"Left \(IMU: acc_x.*Right \(IMU.*--stream NAME") as refused:
        load_files([path])
    assert refused.value.reason is Reason.USAGE
    assert_same(load_files([path], {"stream": ("Right",)}).samples, moving_samples())
    with pytest.raises(UsageError, match=r"Cap \(EEG: Cz, Pz\)"):
        load_files([path], {"stream": ("Cap",)})


def test_what_is_no_number_is_refused_or_a_gap(tmp_path: Path) -> None:
    samples = moving_samples()
    acc = samples.acc_m_s2.copy()
    acc[50, 1] = np.nan
    path = imu(tmp_path / "a.xdf", Samples(samples.time_s, acc, samples.gyr_rad_s), "Clip")
    with pytest.raises(InputError, match=r"samples like this: 1, of 2000.*as gaps"):
        load_files([path])
    loaded = load_files([path], options=CsvOptions(bad_rows="gap"))
    assert_same(loaded.samples, samples[:50].joined(samples[51:]))
    assert loaded.bad_rows == 1


def test_a_torn_file_says_so_and_nothing_else_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = muse(tmp_path / "a.xdf", moving_samples()).read_bytes()
    torn = tmp_path / "torn.xdf"
    torn.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match=r"Its streams are: Muse \(ACC: Z, Y, X\)\. torn\.xdf is damaged"):
        load_files([torn])
    torn.write_bytes(whole[:300])
    with pytest.raises(RecordingError, match=r"Is it whole\? Copy it again"):
        load_files([torn])
    assert capfd.readouterr() == ("", "")


def test_without_pyxdf_it_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = imu(tmp_path / "a.xdf", moving_samples(), "Clip")
    monkeypatch.setitem(sys.modules, "pyxdf", None)
    with pytest.raises(UsageError, match="python -m pip install pyxdf"):
        load_files([path])
