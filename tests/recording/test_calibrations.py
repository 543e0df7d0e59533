"""Calibrations kept by sensor and client, for one wearing."""

import json
from pathlib import Path

import numpy as np
import pytest

from hiplevel import Calibration, InputError, Reason, RecordingError, UsageError
from hiplevel.recording.calibrations import Calibrations
from hiplevel.simulate import random_mounting

NOW_NS = 1_800_000_000_000_000_000
HOUR_NS = 3600 * 10**9


def made(sensor_id: str = "AA:BB", client: str = "c-017", seed: int = 1, at_ns: int = NOW_NS) -> Calibration:
    return Calibration.from_matrix(random_mounting(seed)).made_for(sensor_id, client, at_ns)


def test_each_sensor_on_each_client_has_its_own(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "calibrations.json"
    kept = [made(), made(client="c-018", seed=2), made("CC:DD", seed=3)]
    for calibration in kept:
        Calibrations(path).save(calibration)
    for calibration in kept:
        found = Calibrations(path).find(calibration.sensor_id, calibration.client, NOW_NS + HOUR_NS)
        np.testing.assert_array_equal(found.matrix, calibration.matrix)


def test_the_last_one_made_is_the_one_found(tmp_path: Path) -> None:
    store = Calibrations(tmp_path / "c.json")
    for seed in (1, 2):
        store.save(made(seed=seed))
    np.testing.assert_array_equal(store.find("AA:BB", "c-017", NOW_NS).matrix, random_mounting(2))


@pytest.mark.usefixtures("in_tokyo")
def test_after_the_wearing_it_is_refused_with_when_it_was_made(tmp_path: Path) -> None:
    store = Calibrations(tmp_path / "c.json")
    store.save(made())
    assert store.find("AA:BB", "c-017", NOW_NS + 12 * HOUR_NS).sensor_id == "AA:BB"
    with pytest.raises(InputError, match=r"2027-01-15 17:00 holds for 12 hours") as caught:
        store.find("AA:BB", "c-017", NOW_NS + 13 * HOUR_NS)
    assert caught.value.reason is Reason.CALIBRATION
    assert "hiplevel calibrate" in caught.value.hint
    with pytest.raises(InputError, match="made only later"):
        store.find("AA:BB", "c-017", NOW_NS - HOUR_NS)


def test_none_kept_names_the_sensor_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the sensor AA:BB on c-017") as caught:
        Calibrations(tmp_path / "c.json").find("AA:BB", "c-017", NOW_NS)
    assert caught.value.reason is Reason.NOT_FOUND


@pytest.mark.parametrize("whose", [made(sensor_id=""), made(at_ns=0)], ids=["no sensor", "no time"])
def test_one_that_does_not_say_whose_or_when_is_not_kept(tmp_path: Path, whose: Calibration) -> None:
    with pytest.raises(UsageError):
        Calibrations(tmp_path / "c.json").save(whose)
    assert not (tmp_path / "c.json").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", Reason.DAMAGED_FILE),
        ("[]", Reason.DAMAGED_FILE),
        ('{"schema": 1}', Reason.DAMAGED_FILE),
        ('{"schema": 99, "calibrations": {}}', Reason.NEWER_FILE),
        (json.dumps({"schema": 1, "calibrations": {'["AA:BB", "c-017"]': {"matrix": "none"}}}), Reason.DAMAGED_FILE),
    ],
)
def test_a_store_that_cannot_be_read_says_so_and_is_left_as_it_is(tmp_path: Path, text: str, reason: Reason) -> None:
    path = tmp_path / "c.json"
    path.write_text(text)
    with pytest.raises(RecordingError) as caught:
        Calibrations(path).find("AA:BB", "c-017", NOW_NS)
    assert caught.value.reason is reason
    assert path.read_text() == text
