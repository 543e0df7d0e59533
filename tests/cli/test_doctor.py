"""What is wrong with a computer, and what to do about it."""

import sys
from email.message import Message
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.running import Hiplevel
from hiplevel.cli.doctor import computer, devices
from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble.recognise import Heard
from hiplevel.sensors.spec import load_spec


@pytest.fixture
def bluetooth(monkeypatch: pytest.MonkeyPatch) -> list[Heard | LinkError]:
    """What listening finds, or fails with."""
    near: list[Heard | LinkError] = []

    def listen(_seconds: float) -> list[Heard]:
        for one in near:
            if isinstance(one, LinkError):
                raise one
        return [one for one in near if isinstance(one, Heard)]

    monkeypatch.setattr("hiplevel.session.nearby.nearby", listen)
    monkeypatch.setattr(devices, "_adapters", lambda: iter(()))
    return near


def test_a_computer_with_all_it_needs_is_healthy(hiplevel: Hiplevel, bluetooth: list[Heard]) -> None:
    bluetooth.append(Heard("Clip", "C0:01", -50, (load_spec("hiplevel.reference"),)))
    ran = hiplevel("doctor", "--json")
    assert ran.code == 0
    told = ran.json
    assert told["healthy"]
    states = {check["about"]: check["state"] for check in told["checks"]}
    assert {"Python", "Packages", "Recordings", "Settings", "Disk", "Bluetooth", "Sensors", "Sound", "Window"} <= set(
        states
    )
    assert states["Packages"] == states["Bluetooth"] == states["Sensors"] == "ok"
    assert "Clip (hiplevel.reference, -50 dBm)" in hiplevel("doctor").out


def test_bluetooth_that_is_off_is_a_problem_with_what_to_do(hiplevel: Hiplevel, bluetooth: list[LinkError]) -> None:
    bluetooth.append(LinkError("Bluetooth is switched off.", Reason.BLUETOOTH_OFF, "Switch it on."))
    ran = hiplevel("doctor")
    assert ran.code == 1
    assert "PROBLEM  Bluetooth   Bluetooth is switched off. (bluetooth-off)" in ran.out
    assert "Switch it on." in ran.out
    assert "1 problem." in ran.err
    assert hiplevel("doctor", "--no-bluetooth").code == 0


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("hiplevel.recording.names.default_folder", lambda: tmp_path / "file" / "recordings")
    checks = {check.about: check for check in computer.folders()}
    assert checks["Recordings"].state == "problem"
    assert checks["Recordings"].hint


@pytest.mark.parametrize(("free_mb", "state"), [(10, "problem"), (500, "notice"), (50_000, "ok")])
def test_a_full_disk_is_told_before_it_is_met(free_mb: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = free_mb * 1_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    assert {check.about: check.state for check in computer.folders()}["Disk"] == state


def test_a_python_that_hiplevel_was_never_tried_with_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: "3.10.9")
    (check,) = computer.python()
    assert check.state == "problem"
    assert ">=3.11" in check.hint


def test_a_missing_package_and_one_of_the_wrong_version_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Message()
    for needed in ("no-such-package>=1", "numpy>=999,<1000", "click>=8", "pytest>=999 ; extra == 'test'"):
        told["Requires-Dist"] = needed
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: told)
    (check,) = computer.packages()
    assert check.state == "problem"
    assert "no-such-package is missing" in check.text
    assert "<1000,>=999 is asked for" in check.text
    assert "pytest" not in check.text


def test_a_window_that_does_not_start_is_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "QT", "raise ImportError('libEGL.so.1 is missing')")
    (check,) = devices.window()
    assert check.state == "notice"
    assert "libEGL.so.1 is missing" in check.text


@pytest.mark.parametrize(
    ("why", "hint"),
    [(OSError("PortAudio library not found"), "libportaudio2"), (ValueError("device -1"), "loudspeaker")],
)
def test_silence_is_a_notice_that_tells_a_missing_library_from_a_missing_loudspeaker(
    why: Exception, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> object:
        raise why

    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(query_devices=fails))
    (check,) = devices.sound()
    assert check.state == "notice"
    assert hint in check.hint
