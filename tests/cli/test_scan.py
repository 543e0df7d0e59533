"""What is near, as a table and as JSON."""

import pytest

from cli.running import Hiplevel
from hiplevel.sensors.ble.recognise import Heard
from hiplevel.sensors.spec import load_spec

HEARD = [
    Heard("hiplevel-0001", "C0:01", -48, (load_spec("hiplevel.reference"),), 87),
    Heard("Polar Sense 1A2B3C4D", "C0:02", -60, (load_spec("polar.verity-sense"), load_spec("polar.verity-sense-sdk"))),
    Heard("TV", "C0:03", -40),
]


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> list[Heard]:
    heard = list(HEARD)
    monkeypatch.setattr("hiplevel.session.nearby.nearby", lambda *_, **__: heard)
    return heard


def test_what_is_known_is_listed_with_signal_and_charge(hiplevel: Hiplevel, near: list[Heard]) -> None:
    ran = hiplevel("sensors", "scan")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[1].split() == ["hiplevel-0001", "hiplevel.reference", "-48", "dBm", "87", "%", "C0:01"]
    assert "polar.verity-sense or polar.verity-sense-sdk" in lines[2]
    assert lines[3] == "1 other device; --all lists them."
    assert "never run against a real sensor" in ran.err
    assert "TV" in hiplevel("sensors", "scan", "--all").out


def test_as_json_everything_is_there(hiplevel: Hiplevel, near: list[Heard]) -> None:
    told = hiplevel("sensors", "scan", "--json").json
    assert [(one["address"], one["recognised"], one["battery_percent"]) for one in told] == [
        ("C0:01", True, 87),
        ("C0:02", True, None),
        ("C0:03", False, None),
    ]


def test_nothing_near_says_what_to_do(hiplevel: Hiplevel, near: list[Heard]) -> None:
    near.clear()
    assert "Wake it and bring it near" in hiplevel("sensors", "scan").out
