"""A class at once from the command line."""

from pathlib import Path

import pytest

from cli.running import Hiplevel
from hiplevel import open_recording

CLASS = ("together", "c-1", "c-2", "c-3", "--exercise", "pelvic-drop", "--stance", "left", "--simulated", "--fast")


def test_each_of_a_class_is_counted_and_recorded(hiplevel: Hiplevel, tmp_path: Path) -> None:
    ran = hiplevel(*CLASS, "--seconds", 20, "--out", tmp_path, "--json")
    assert ran.code == 0
    assert [one["client"] for one in ran.json] == ["c-1", "c-2", "c-3"]
    for one in ran.json:
        assert (one["samples"], one["lost_samples"], one["link_lost"]) == (2000, 0, False)
        assert one["reps"] >= 2
        info = open_recording(one["recording"]).info
        assert info.client == one["client"]
        assert info.simulated
    sensors = {open_recording(one["recording"]).info.sensor_id for one in ran.json}
    assert len(sensors) == 3
    assert "c-2   0:03.0  level taken" in ran.err


@pytest.mark.parametrize(
    ("who", "says"),
    [
        (("c-1", "c-1=C0:01"), "c-1 is named twice"),
        (("Anna Müller",), "cannot be a client code"),
    ],
)
def test_who_is_who_must_be_clear(hiplevel: Hiplevel, who: tuple[str, ...], says: str) -> None:
    ran = hiplevel("together", *who, "--exercise", "squat")
    assert ran.code == 2
    assert says in ran.err


def test_a_client_without_a_sensor_must_name_one(hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiplevel.cli.together.nearby", list)
    ran = hiplevel("together", "c-9", "--exercise", "squat")
    assert ran.code == 2
    assert "c-9=NAME or c-9=ADDRESS" in ran.err
