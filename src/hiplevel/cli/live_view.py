"""A session on the terminal: a board to read from across the room, or plain lines where there is no terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.align import Align
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from hiplevel.cli.common import clock
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.events import (
    Clipped,
    CompensationStarted,
    Drop,
    DropStarted,
    DropWarned,
    Event,
    Gap,
    Hold,
    HoldBroken,
    HoldStarted,
    LimitChanged,
    LinkLost,
    LinkRestored,
    Mark,
    Note,
    Pass,
    Rep,
    RepRevised,
    Rezero,
    SetArmed,
    SetDisarmed,
    SetEnded,
    SetStarted,
    UsualDrop,
)
from hiplevel.model.metronome import BeatChecked, Found, MetronomeStarted, MetronomeStopped
from hiplevel.model.targets import RestStarted, TargetReached
from hiplevel.pipeline import MotionOutput
from hiplevel.session.board import NEAR, SAID, Board, reached_words
from hiplevel.session.view import Health, View

FOLLOWED: dict[Found, str] = {
    "rep": "beat {number}: a repetition, {late_ms:+.0f} ms",
    "moving": "beat {number}: moved, too little to count",
    "missed": "beat {number}: nothing followed",
    "unseen": "beat {number}: nothing seen, which says nothing here",
}
GAUGE = 20
GAUGE_LIMITS = 1.5  # the gauge reaches half a limit beyond the limit
REFRESH_HZ = 10
COMPENSATIONS = {"roll-back": "the pelvis rolls back", "tilt": "leaning forward"}
# Three by five dots a digit, a row a number; each dot is two blocks wide, to be read from across the room.
_DIGITS = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"]
WIDTH = 72


@contextmanager
def live_view(board: Board, stream: TextIO) -> Iterator[View]:
    """The view that suits `stream`: a board on a terminal, lines elsewhere."""
    if not stream.isatty():
        yield LineView(stream)
        return
    screen = ScreenView(board, Console(file=stream))
    with screen.live:
        yield screen


class LineView:
    """One line for what happens, as it happens; nothing for what only moves. who: begins each line."""

    def __init__(self, stream: TextIO, who: str = "") -> None:
        self._stream = stream
        self._who = f"{who}  " if who else ""
        self._told: set[tuple[int, int]] = set()  # repetitions, by set and number

    def on_events(self, events: Sequence[Event]) -> None:
        """Print what a person should know."""
        for event in events:
            said = say_event(event)
            if said and not self._never_told(event):
                print(f"{self._who}{clock(event.known_s):>7}  {said}", file=self._stream, flush=True)

    def _never_told(self, event: Event) -> bool:
        """Whether a repetition is taken back that was not told: one that turned and never came back."""
        if isinstance(event, Rep):
            self._told.add((event.set_number, event.number))
        if not isinstance(event, RepRevised) or event.kept:
            return False
        told = (event.set_number, event.number) in self._told
        self._told.discard((event.set_number, event.number))
        return not told

    def on_motion(self, motion: MotionOutput) -> None:
        """Angles are for the screen."""

    def on_health(self, health: Health) -> None:
        """The link is for the screen; what goes wrong with it comes as events."""


class ScreenView:
    """The board, drawn ten times a second."""

    def __init__(self, board: Board, console: Console) -> None:
        self._board = board
        self.live = Live(
            console=console, get_renderable=lambda: draw(board, console.width), refresh_per_second=REFRESH_HZ
        )

    def on_events(self, events: Sequence[Event]) -> None:
        """Take note."""
        self._board.on_events(events)

    def on_motion(self, motion: MotionOutput) -> None:
        """Take note."""
        self._board.on_motion(motion)

    def on_health(self, health: Health) -> None:
        """Take note."""
        self._board.on_health(health)


def draw(board: Board, width: int = WIDTH) -> Panel:
    """The board as a panel of at most `width` columns."""
    numbers = Table.grid(expand=True)
    numbers.add_column(ratio=1)
    numbers.add_column(ratio=1)
    shown = board.reps_in_set if board.set_number else board.reps
    count = Group(big(shown), Text("repetitions" if shown != 1 else "repetition"))
    state = "rest" if board.resting else f"set {board.set_number}" if board.set_number else "not started"
    state = board.rest_words or state
    if board.paused:
        state = "PAUSED"
    drops = Group(
        Text(state, style="bold"),
        Text("drops beyond the limit"),
        Text(f"left side {board.drops['left']}    right side {board.drops['right']}", style="bold"),
    )
    numbers.add_row(count, drops)
    link = Text(board.link_words, style="dim" if board.health.connected else "bold red")
    said = Text(board.beat_words, style="bold") if board.beat_words else Text()
    parts = [numbers, Text(), *_level(board), said, Text(board.message or " ", style="italic"), link]
    if board.keys:
        parts.append(Text(board.keys, style="dim"))
    if board.health.trouble:
        parts.append(Text(board.health.trouble, style="bold red"))
    return Panel(
        Group(*parts), title=board.title, subtitle=clock(board.time_s), padding=(1, 3), width=min(width, WIDTH)
    )


def _level(board: Board) -> list[Text | Align]:
    style = "bold red" if board.beyond >= 1.0 else "bold yellow" if board.beyond >= NEAR else "bold green"
    words = board.level_words + (": beyond the limit" if board.beyond >= 1.0 else "")
    return [
        Align.center(Text(words, style=style)),
        Align.center(Text(gauge(board), style=style)),
        Align.center(Text(board.limit_words, style="dim")),
    ]


def gauge(board: Board) -> str:
    """A bar that grows from the middle towards the low side; │ is level, ┊ the limit of each side."""
    left, right = (_arm(board, side) for side in ("left", "right"))
    return f"left {left[::-1]}│{right} right"


def _arm(board: Board, side: str) -> str:
    """One half of the gauge, from the middle outwards."""
    limit_deg = board.rule.limit_deg("left" if side == "left" else "right")
    low_deg = abs(board.level_deg or 0.0) if board.low_side == side else 0.0
    filled = min(round(low_deg / (limit_deg * GAUGE_LIMITS) * GAUGE), GAUGE)
    mark = round(GAUGE / GAUGE_LIMITS)
    cells = ["█"] * filled + ["─"] * (GAUGE - filled)
    cells.insert(mark, "┊")
    return "".join(cells)


def big(number: int) -> Text:
    """A number five lines high."""
    rows = (" ".join(_dots(_DIGITS[int(digit)][row]) for digit in str(number)) for row in range(5))
    return Text("\n".join(rows), style="bold")


def _dots(row: str) -> str:
    return "".join("██" if int(row) & bit else "  " for bit in (4, 2, 1))


def say_event(event: Event) -> str:
    """An event in words; '' for those that are only for programs."""
    match event:
        case Rep():
            return f"repetition {event.number} of set {event.set_number}, range {event.rom_deg:.0f}°"
        case RepRevised(kept=False):
            return f"repetition {event.number} of set {event.set_number} taken back: {event.reason}"
        case DropStarted():
            return f"DROP: {event.side} side {event.drop_deg:.0f}° low, limit {event.limit_deg:g}°"
        case DropWarned():
            return f"careful: {event.side} side {event.drop_deg:.0f}° low"
        case Drop(alarmed=False):
            lasted = f"{event.duration_s:.1f} s, worst {event.peak_deg:.1f}°"
            return f"before level was known, {event.side} side down for {lasted}"
        case Drop():
            return f"{event.side} side back after {event.duration_s:.1f} s, worst {event.peak_deg:.1f}°"
        case Hold():
            return f"held {event.held_s:.1f} s at {event.mean_deg:.0f}°, sank {event.drift_deg:.1f}°"
        case HoldStarted():
            return f"hold {event.number} has begun"
        case HoldBroken(reason="sank"):
            return f"the hold sank after {event.held_s:.0f} s"
        case HoldBroken(reason="not-raised"):
            return "the unsupported side was not raised"
        case HoldBroken():
            return f"the hold is over early, after {event.held_s:.0f} s"
        case CompensationStarted():
            return f"careful: {COMPENSATIONS.get(event.what, event.what)} by {event.angle_deg:.0f}°"
        case LimitChanged():
            return f"limit {event.to_deg:g}° from now on, was {event.from_deg:g}°: set by {event.author}"
        case Pass():
            return f"{event.steps} steps to the {event.direction}, worst drop {event.worst_drop_deg:.0f}°"
        case UsualDrop():
            return f"{event.side} side falls by {event.median_deg:.1f}° in a step, median of {event.strides} strides"
        case SetArmed():
            return "ready: begin when you like"
        case SetDisarmed():
            return f"not counting: {event.reason}"
        case SetStarted():
            return f"set {event.number} has begun"
        case SetEnded(reps=0):
            return ""
        case SetEnded():
            return f"set {event.number} is over: {event.reps} repetitions"
        case Rezero(source="still"):
            return "level taken while standing still"
        case Rezero(source="assumed"):
            return "level assumed from the quietest moment"
        case Rezero():
            return f"level taken anew, {event.source}"
        case Gap(reason="paused"):
            return f"paused for {event.end_s - event.start_s:.1f} s"
        case Clipped():
            return f"the {event.sensor} was at its limit: angles may be off for a moment"
        case Gap():
            return f"no samples for {event.end_s - event.start_s:.1f} s: nothing was counted there"
        case LinkLost(reason="stalled"):
            return "the sensor is connected but sends nothing"
        case LinkLost():
            return "link lost; looking for the sensor"
        case LinkRestored():
            return f"link is back after {event.gap_s:.1f} s"
        case Note():
            return f"note: {event.text}"
        case Mark():
            return f"said: {event.what}"
        case TargetReached():
            return f"target: {reached_words(event)}"
        case MetronomeStarted():
            return f"metronome from {clock(event.time_s)}"
        case MetronomeStopped():
            return "metronome off"
        case BeatChecked():
            words = FOLLOWED.get(event.found, "beat {number}")
            return words.format(number=event.number, late_ms=1000.0 * event.late_s)
        case RestStarted():
            return f"rest until {clock(event.until_s)}"
        case Correction():
            return f"correction: {SAID.get(event.action, event.action)}"
        case BadSpan():
            return f"marked as not to be trusted: {clock(event.start_s)} to {clock(event.end_s)}"
        case _:
            return ""
