"""EDF+ and BDF+, read back from the bytes: values, times, holes and annotations."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Drop
from hiplevel.model.samples import Samples
from hiplevel.recording.export_edf import export_edf

from .edf_reading import read_edf
from .exporting import BROKEN, WHOLE, imported, shipped, with_nan


def six(samples: Samples) -> np.ndarray:
    return np.column_stack([samples.acc_m_s2, samples.gyr_rad_s])


@pytest.mark.parametrize("name", [WHOLE, BROKEN])
@pytest.mark.parametrize("bits", [16, 24])
def test_every_sample_is_at_its_time_and_as_near_as_was_said(name: str, bits: int, tmp_path: Path) -> None:
    recording = shipped(name)
    made = export_edf(recording, tmp_path / "s", bits=bits)
    read = read_edf(made.path)
    assert read.reserved == ("EDF+C" if bits == 16 else "BDF+C")
    assert (read.rate_hz, read.labels) == (100.0, ["acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z"])
    assert read.units == ["m/s2"] * 3 + ["rad/s"] * 3
    off = np.abs(read.values[np.round(recording.samples.time_s * 100.0).astype(int)] - six(recording.samples))
    for columns, said in ((slice(0, 3), made.facts["acc_error_m_s2"]), (slice(3, 6), made.facts["gyr_error_rad_s"])):
        assert 0.9 * said < off[:, columns].max() < 1.01 * said
    assert made.facts["acc_error_m_s2"] < (1e-6 if bits == 24 else 1e-3)


def test_the_header_says_whose_it_is_when_and_that_it_is_simulated(tmp_path: Path) -> None:
    read = read_edf(export_edf(shipped(WHOLE), tmp_path / "s.bdf").path)
    assert read.patient == "simulated X X X"
    assert read.recording.startswith("Startdate 07-JAN-2026 ")
    assert read.recording.endswith(" SIMULATED")
    assert read.start == "07.01.2609.00.00"
    assert 0.0 < read.began_s < 0.1  # the first packet came within it


def test_repetitions_and_drops_are_annotated(tmp_path: Path) -> None:
    recording = shipped(BROKEN)
    told = read_edf(export_edf(recording, tmp_path / "s.bdf").path).annotations
    reps = [(onset, text) for onset, _, text in told if text.startswith("Repetition")]
    assert [text.split(",")[0] for _, text in reps] == [f"Repetition {n} of set 1" for n in range(1, 9)]
    onset, duration, _ = next(one for one in told if one[2].startswith("Drop, right"))
    drop = next(event for event in recording.events if isinstance(event, Drop))
    assert (onset, duration) == pytest.approx((drop.start_s, drop.duration_s), abs=0.005)
    assert (onset, duration) == pytest.approx((14.75, 1.7), abs=0.1)


def test_a_hole_is_zeros_and_annotated_and_shifts_nothing(tmp_path: Path) -> None:
    made = export_edf(shipped(BROKEN), tmp_path / "s.bdf")
    read = read_edf(made.path)
    start_s, duration_s, _ = next(one for one in read.annotations if one[2] == "No samples: zeros")
    assert (start_s, duration_s) == pytest.approx((29.94, 4.06))
    first, last = round(start_s * 100), round((start_s + duration_s) * 100)
    assert not read.values[first + 1 : last].any()
    assert np.linalg.norm(read.values[[first, last], :3], axis=1) == pytest.approx([9.8, 9.8], abs=1.0)
    assert made.facts["missing_s"] == pytest.approx(4.06)
    assert any("4.06 s without samples" in notice for notice in made.notices)
    over_s, rest_s, _ = next(one for one in read.annotations if one[2] == "Recording over: zeros")
    assert over_s + rest_s == pytest.approx(len(read.values) / 100.0)


def test_an_odd_rate_with_a_clock_of_its_own_does_not_drift(tmp_path: Path) -> None:
    """Half an hour at 103.87 Hz with trembling stamps that begin at 1000 s: the end is still at its time."""
    rng = np.random.default_rng(5)
    time_s = 1000.0 + (np.arange(187_000) + rng.uniform(-0.2, 0.2, 187_000)) / 103.87
    angle = 0.3 * np.sin(2.0 * np.pi * 0.4 * time_s)
    acc = 9.80665 * np.column_stack([np.zeros_like(angle), np.sin(angle), np.cos(angle)])
    made = export_edf(imported(Samples(time_s, acc, np.zeros_like(acc)), tmp_path), tmp_path / "s.bdf")
    read = read_edf(made.path)
    assert read.rate_hz == pytest.approx(103.87, rel=1e-4)
    at_s = time_s[0] + np.arange(made.rows) / read.rate_hz
    expected = 9.80665 * np.sin(0.3 * np.sin(2.0 * np.pi * 0.4 * at_s))
    np.testing.assert_allclose(read.values[: made.rows, 1], expected, atol=2e-3)  # 1 ms off would be 7e-3
    assert 0.0 < made.facts["stray_s"] <= 0.5 / read.rate_hz + 1e-9
    assert f"{read.rate_hz:.6g} Hz" in made.notices[0]


def test_events_of_an_import_count_from_its_first_sample(tmp_path: Path) -> None:
    late = shipped(WHOLE).samples
    late = Samples(late.time_s + 500.0, late.acc_m_s2, late.gyr_rad_s)
    told = read_edf(export_edf(imported(late, tmp_path), tmp_path / "s.bdf").path).annotations
    assert len([one for one in told if one[2].startswith("Repetition")]) == 10
    assert all(0.0 <= onset < 60.0 for onset, _, _ in told)


def test_readings_that_are_no_numbers_are_a_short_hole(tmp_path: Path) -> None:
    made = export_edf(with_nan(shipped(WHOLE)), tmp_path / "s.bdf")
    given = shipped(WHOLE).samples.acc_m_s2[:, 1]
    read = read_edf(made.path).values[:, 1]
    assert made.facts["bridged_values"] == 5
    np.testing.assert_allclose(read[699:706], np.linspace(given[699], given[705], 7), atol=1e-5)


@pytest.mark.parametrize(
    ("time_s", "reason"),
    [([0.0, 0.5, 1.0, 1.5], Reason.RATE), ([0.0, 0.01, 0.01, 0.02], Reason.TIME_BACKWARDS), ([0.0], Reason.EMPTY)],
)
def test_what_has_no_rate_is_refused(time_s: list[float], reason: Reason, tmp_path: Path) -> None:
    recording = shipped(WHOLE)
    rows = np.ones((len(time_s), 3))
    vars(recording)["samples"] = Samples(np.array(time_s), rows, rows)
    with pytest.raises(InputError) as caught:
        export_edf(recording, tmp_path / "s.bdf")
    assert caught.value.reason is reason
    assert not list(tmp_path.iterdir())
