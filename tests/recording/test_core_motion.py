"""Gravity and the rest of acceleration apart, as Core Motion and Android tell them, are put together."""

from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.errors import InputError, UsageError
from hiplevel.model.samples import Samples
from hiplevel.recording.csv_load import load_csv
from hiplevel.recording.csv_rows import CsvOptions

from .conftest import moving_samples

MOVING = moving_samples()
WATCH = ["secondsElapsed", "wristMotion_rotationRate{}", "wristMotion_gravity{}", "wristMotion_acceleration{}"]
SENSE = ["time", "rotationRate.{}", "gravity.{}", "userAcceleration.{}"]
LOG = ["time (s)", "motionRotationRate{}(rad/s)", "motionGravity{}(G)", "motionUserAcceleration{}(G)"]
ANDROID = ["time", "gyroscope_{}", "gravity_{}", "linear_acceleration_{}"]


def written(
    path: Path, names: list[str], samples: Samples, *, apple: bool = True, scale: float = 1.0, left_in: bool = False
) -> Path:
    """The samples with gravity apart, here what a low pass would leave of it; left_in: it is in the rest as well."""
    time, *kinds = names
    header = [
        time,
        *(kind.format(axis if "." in kind or "_{" in kind else axis.upper()) for kind in kinds for axis in "xyz"),
    ]
    acc = samples.acc_m_s2 * (-1.0 / 9.80665 if apple else 1.0)
    gravity = acc * (1.0 - 0.1 * np.sin(samples.time_s))[:, np.newaxis]
    rows = np.column_stack([samples.time_s, samples.gyr_rad_s, gravity * scale, acc - gravity * (not left_in)])
    path.write_text("\n".join([",".join(header), *(",".join(f"{v:.9f}" for v in row) for row in rows.tolist())]) + "\n")
    return path


@pytest.mark.parametrize(("names", "apple"), [(WATCH, True), (SENSE, True), (LOG, True), (ANDROID, False)])
def test_the_two_are_put_together_and_up_is_up(tmp_path: Path, names: list[str], apple: bool) -> None:
    loaded = load_csv(written(tmp_path / "watch.csv", names, MOVING, apple=apple))
    np.testing.assert_allclose(loaded.samples.acc_m_s2, MOVING.acc_m_s2, atol=1e-5)
    np.testing.assert_allclose(loaded.samples.gyr_rad_s, MOVING.gyr_rad_s, atol=1e-6)
    assert "sum of gravity" in " ".join(loaded.notices)
    assert ("turned round" in " ".join(loaded.notices)) is apple


def test_naming_the_acceleration_without_gravity_means_the_sum(tmp_path: Path) -> None:
    path = written(tmp_path / "watch.csv", SENSE, MOVING)
    told = {"acc": tuple(f"userAcceleration.{axis}" for axis in "xyz")}
    np.testing.assert_allclose(load_csv(path, told).samples.acc_m_s2, MOVING.acc_m_s2, atol=1e-5)


@pytest.mark.parametrize("names", [SENSE, ["time", "gyroscope_{}", "gravity_{}", "acceleration_{}"]])
def test_gravity_that_was_never_taken_out_is_not_added_again(tmp_path: Path, names: list[str]) -> None:
    apple = names is SENSE
    loaded = load_csv(written(tmp_path / "phone.csv", names, MOVING, apple=apple, left_in=True))
    np.testing.assert_allclose(loaded.samples.acc_m_s2, MOVING.acc_m_s2, atol=1e-5)


def test_a_total_acceleration_beside_them_is_taken(tmp_path: Path) -> None:
    lines = written(tmp_path / "phone.csv", ANDROID, MOVING, apple=False).read_text().splitlines()
    acc = [",".join(f"{value:.9f}" for value in row) for row in MOVING.acc_m_s2.tolist()]
    for name in ("accelerometer", "acceleration"):
        head = ",".join(f"{name}_{axis}" for axis in "xyz")
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(f"{line},{more}" for line, more in zip(lines, [head, *acc], strict=True)) + "\n")
        loaded = load_csv(path)
        assert loaded.columns.acc[0] == f"{name}_x"
        np.testing.assert_allclose(loaded.samples.acc_m_s2, MOVING.acc_m_s2, atol=1e-5)


def test_without_a_time_the_rate_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "sense.csv", ["", *SENSE[1:]], MOVING)
    rows = path.read_text().splitlines()
    counted = [rows[0], *(f"{i},{row.split(',', 1)[1]}" for i, row in enumerate(rows[1:]))]
    path.write_text("\n".join(counted) + "\n")
    with pytest.raises(UsageError, match="give the rate in Hz"):
        load_csv(path)
    samples = load_csv(path, options=CsvOptions(rate_hz=100.0)).samples
    np.testing.assert_allclose(samples.acc_m_s2, MOVING.acc_m_s2, atol=1e-5)


def test_gravity_of_no_known_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither 1 g nor"):
        load_csv(written(tmp_path / "watch.csv", WATCH, MOVING, scale=2.0))
