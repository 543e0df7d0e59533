"""The sensor of a client is the very one, from one session to the next."""

from pathlib import Path

import pytest

from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.session.remembered_sensors import forget, recall, remember

CLIP = SensorIdentity("Clip", "C0:01", serial="77")


def test_each_client_has_a_sensor_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "new" / "sensors.json"
    assert recall("c-017", file) is None
    remember("c-017", "hiplevel.reference", CLIP, file)
    remember("", "movesense.gsp-imu6", SensorIdentity("Movesense 1", "C0:02"), file)
    mine = recall("c-017", file)
    assert mine is not None
    assert (mine.spec, mine.name, mine.address, mine.serial) == ("hiplevel.reference", "Clip", "C0:01", "77")
    assert mine.wanted.fits("c0:01", "another name")
    assert not mine.wanted.fits("C0:02", "Clip")
    assert recall("", file) is not None
    assert forget("c-017", file)
    assert not forget("c-017", file)
    assert recall("c-017", file) is None
    assert [path.name for path in file.parent.iterdir()] == ["sensors.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": 99, "clients": {"c": {}}}', '{"schema": 1, "clients": {"c": {"odd": 1}}}']
)
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sensors.json"
    file.write_text(text, encoding="utf-8")
    assert recall("c", file) is None
    remember("c", "hiplevel.reference", CLIP, file)
    assert recall("c", file) is not None


def test_a_disk_that_refuses_costs_the_comfort_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    remember("c", "hiplevel.reference", CLIP, tmp_path / "file" / "sensors.json")
