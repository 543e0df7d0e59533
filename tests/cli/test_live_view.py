"""The live view on a terminal and without one."""

import io

import numpy as np
import pytest
from rich.console import Console

from hiplevel.cli.live.board import Board
from hiplevel.cli.live.event_words import say_event
from hiplevel.cli.live.screen import ScreenView, big, draw, gauge
from hiplevel.cli.live.view import LineView, live_view
from hiplevel.model.events import EVENT_TYPES, Drop, DropStarted, Note, Rep, RepRevised, RepTurned, SetEnded
from hiplevel.model.rules import DropRule
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def board(deg: float | None = None) -> Board:
    shown = Board("hiplevel-SIM-0001 (simulated) · pelvic-drop", DropRule(5.0), "set by your clinician")
    if deg is not None:
        shown.on_motion(MotionOutput(np.array([61.2]), np.array([deg]), *np.zeros((3, 1))))
    return shown


def text_of(shown: Board) -> str:
    out = io.StringIO()
    Console(file=out, width=80, color_system=None).print(draw(shown))
    return out.getvalue()


def test_the_board_shows_what_a_person_needs() -> None:
    shown = board(7.0)
    shown.on_events([Rep(0.0, 1.0, 2.0, 9.0, number=n, set_number=2) for n in (1, 2, 3)])
    shown.on_events([DropStarted(1.0, "right", 6.0, 5.0)])
    shown.on_health(Health(rate_hz=100.0, battery_percent=87.0))
    text = text_of(shown)
    for wanted in (
        "(simulated)",
        "right side 7° low: beyond the limit",
        "limit 5°, set by your clinician",
        "set 2",
        "left side 0    right side 1",
        "100 samples a second",
        "battery 87 %",
        "1:01.2",
        "repetitions",
    ):
        assert wanted in text


def test_trouble_with_the_disk_is_on_the_board() -> None:
    shown = board()
    shown.on_health(Health(trouble="The disk is full."))
    assert "The disk is full." in text_of(shown)


@pytest.mark.parametrize(
    ("deg", "left", "right"), [(0.0, 0, 0), (2.5, 0, 7), (-2.5, 7, 0), (5.0, 0, 13), (80.0, 0, 20)]
)
def test_the_gauge_grows_towards_the_low_side(deg: float, left: int, right: int) -> None:
    arms = gauge(board(deg)).split("│")
    assert (arms[0].count("█"), arms[1].count("█")) == (left, right)
    assert [arm.count("┊") for arm in arms] == [1, 1]
    assert len(arms[0]) - len("left ") == len(arms[1]) - len(" right")


def test_at_its_limit_the_gauge_reaches_the_mark() -> None:
    assert "█┊─" in gauge(board(5.0))


def test_big_numbers_are_five_lines_of_equal_width_and_differ() -> None:
    lines = big(1024).plain.splitlines()
    assert len(lines) == 5
    assert {len(line) for line in lines} == {4 * 6 + 3}
    assert len({big(digit).plain for digit in range(10)}) == 10
    assert big(7).plain.splitlines()[:2] == ["██████", "    ██"]


def test_without_a_terminal_there_are_lines() -> None:
    out = io.StringIO()
    with live_view(board(), out) as view:
        assert isinstance(view, LineView)
        view.on_events([DropStarted(62.0, "right", 6.4, 5.0, known_s=62.1), SetEnded(0.0, 70.0, 1, 8, known_s=75.0)])
        view.on_health(Health())
    assert out.getvalue() == " 1:02.1  DROP: right side 6° low, limit 5°\n 1:15.0  set 1 is over: 8 repetitions\n"


def test_on_a_terminal_there_is_the_board() -> None:
    out = Terminal()
    with live_view(board(3.0), out) as view:
        assert isinstance(view, ScreenView)
        view.on_events([Rep(0.0, 1.0, 2.0, 9.0, number=1, set_number=1)])
    assert "right side 3° low" in out.getvalue()


def test_every_kind_of_event_can_be_said_and_notes_are_called_notes() -> None:
    unsaid = {
        name
        for name, kind in EVENT_TYPES.items()
        if not say_event(kind(**{f: 1.0 for f in kind.__match_args__ if f not in ("side", "reason")}, **_sided(kind)))
    }
    assert unsaid == {"Step", "StepDrop", "DropUpdated", "RepTurned", "RepRevised", "HoldUpdated", "Compensation"}
    assert "taken back: too small" in say_event(RepRevised(1, 1, False, "too small"))
    assert say_event(Note(1.0, "Well done.")) == "note: Well done."
    assert say_event(Drop(1.0, 2.5, 6.66, "left")) == "left side back after 1.5 s, worst 6.7°"
    late = say_event(Drop(1.0, 2.5, 6.66, "left", alarmed=False))
    assert late == "before level was known, left side down for 1.5 s, worst 6.7°"


def test_only_a_repetition_that_was_told_is_taken_back_aloud() -> None:
    stream = io.StringIO()
    view = LineView(stream)
    view.on_events([RepTurned(1.0, 1, 1), RepRevised(1, 1, False, "it did not come back")])
    assert stream.getvalue() == ""
    view.on_events([Rep(0.0, 1.0, 2.0, 9.0, number=1, set_number=1), RepRevised(1, 1, False, "too small")])
    view.on_events([RepRevised(1, 1, False, "too small")])
    assert stream.getvalue().count("taken back: too small") == 1


def _sided(kind: type) -> dict[str, str]:
    return {name: "left" for name in kind.__match_args__ if name in ("side", "reason")}  # type: ignore[attr-defined]
