"""The board of a session on a terminal, to be read from across the room."""

from collections.abc import Sequence

from rich.align import Align
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from hiplevel.cli.common import clock
from hiplevel.cli.live.board import NEAR, Board
from hiplevel.cli.live.board_words import beat_words, level_words, link_words, rest_words
from hiplevel.cli.live.event_words import limit_words
from hiplevel.model.events import Event
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health

GAUGE = 20
GAUGE_LIMITS = 1.5  # the gauge reaches half a limit beyond the limit
REFRESH_HZ = 10
# Three by five dots a digit, a row a number; each dot is two blocks wide, to be read from across the room.
_DIGITS = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"]
WIDTH = 72


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
    state = rest_words(board) or state
    if board.paused:
        state = "PAUSED"
    drops = Group(
        Text(state, style="bold"),
        Text("drops beyond the limit"),
        Text(f"left side {board.drops['left']}    right side {board.drops['right']}", style="bold"),
    )
    numbers.add_row(count, drops)
    link = Text(link_words(board), style="dim" if board.health.connected else "bold red")
    said = Text(beat_words(board), style="bold") if beat_words(board) else Text()
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
    words = level_words(board) + (": beyond the limit" if board.beyond >= 1.0 else "")
    return [
        Align.center(Text(words, style=style)),
        Align.center(Text(gauge(board), style=style)),
        Align.center(Text(limit_words(board.rule, board.limit_source), style="dim")),
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
