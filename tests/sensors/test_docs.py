"""The pages about sensors say what the specs say."""

from pathlib import Path
from types import ModuleType

import pytest

from hiplevel.sensors.spec import list_specs
from maker import script

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return script("make_sensor_docs")


def test_they_are_current(maker: ModuleType) -> None:
    stale = [path.name for path, text in maker.made().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make sensor-docs`"


def test_every_sensor_has_its_row_and_nothing_is_claimed_that_no_hardware_showed() -> None:
    page = (ROOT / "docs" / "sensors.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][2:]
    for spec in list_specs():
        (row,) = [line for line in rows if f"`{spec.id}`" in line]
        assert ("none yet" in row) is (spec.hardware == ())
        assert ("cannot be known" in row) is all(frame.gap == "none" for frame in spec.frames if frame.samples)
    assert len(rows) == len(list_specs())


def test_the_polar_s_delay_is_marked_as_too_late(maker: ModuleType) -> None:
    page = maker.sensors_page()
    assert "**2 s**" in page
    assert "| 50 ms |" in page
