"""A session on the terminal: the board where there is one, plain lines where there is not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console

from hiplevel.cli.common import clock
from hiplevel.cli.live.board import Board
from hiplevel.cli.live.event_words import say_event
from hiplevel.cli.live.screen import ScreenView
from hiplevel.model.events import Event, Rep, RepRevised
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health, View


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
