"""The window from the command line: what is asked for is what it opens with."""

from typing import Any

import pytest

from cli.running import Hiplevel
from hiplevel.cli import window as window_command
from hiplevel.gui.live.choice import SIMULATED, Choice


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Any], dict[str, Any]]]:
    """Calls of `open_window` instead of a window that would wait to be closed."""
    calls: list[tuple[list[Any], dict[str, Any]]] = []

    def record(paths: list[Any] | None = None, **options: Any) -> None:
        calls.append((paths or [], options))

    for module in ("window", "replay"):
        monkeypatch.setattr(f"hiplevel.cli.{module}.open_window", record)
    return calls


def test_window_opens_what_is_named(hiplevel: Hiplevel, opened: list[Any]) -> None:
    assert hiplevel("window", "pelvic-drop-bad-left").code == 0
    assert [path.stem for path in opened[0][0]] == ["pelvic-drop-bad-left"]
    assert hiplevel("window", "no-such-file").code == 2


def test_replay_in_the_window(hiplevel: Hiplevel, opened: list[Any]) -> None:
    assert hiplevel("replay", "squat", "--gui").code == 0
    assert [path.stem for path in opened[0][0]] == ["squat"]


def test_live_in_the_window_begins_with_what_was_told(hiplevel: Hiplevel, opened: list[Any]) -> None:
    told = ("--exercise", "pelvic-drop", "--stance", "right", "--left-limit", "4", "--reps", "12", "--client", "c-007")
    assert hiplevel("live", "--gui", "--simulated", *told).code == 0
    choice: Choice = opened[0][1]["choice"]
    assert opened[0][1]["begin"]
    assert (choice.sensor, choice.stance, choice.reps, choice.client) == (SIMULATED, "right", 12, "c-007")
    assert choice.rule.limit_deg("left") == 4.0
    assert choice.rule.limit_deg("right") == 10.0  # the preset


def test_live_in_the_window_asks_what_was_not_told(hiplevel: Hiplevel, opened: list[Any]) -> None:
    assert hiplevel("live", "--gui").code == 0
    assert not opened[0][1]["begin"]


def test_a_limit_that_cannot_be_meant_is_said_before_the_window_opens(hiplevel: Hiplevel, opened: list[Any]) -> None:
    ran = hiplevel("live", "--gui", "--simulated", "--exercise", "squat", "--limit", "-3")
    assert ran.code == 2
    assert "cannot be meant" in ran.err
    assert opened == []


@pytest.mark.parametrize(
    "told",
    [
        ("live", "--gui", "--metronome", "2-1-2-0"),
        ("live", "--gui", "--note", "tired"),
        ("live", "--gui", "--out", "mine.mcap"),
        ("replay", "squat", "--gui", "--speed", "2"),
        ("replay", "squat", "--gui", "--json"),
    ],
)
def test_what_the_window_would_not_hear_of_is_refused(
    hiplevel: Hiplevel, opened: list[Any], told: tuple[str, ...]
) -> None:
    ran = hiplevel(*told)
    assert ran.code == 2
    assert f"The window is not told {told[2] if told[0] == 'live' else told[3]} from here." in ran.err
    assert opened == []


def test_demo_stays_in_the_terminal_where_there_is_no_screen(hiplevel: Hiplevel, opened: list[Any]) -> None:
    ran = hiplevel("demo", "--gui", "--fast", "--seconds", "5", "--out", "demo.mcap")
    assert ran.code == 0
    assert opened == []
    assert window_command.open_window([]) is None
