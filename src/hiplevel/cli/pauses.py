"""A replay shows a pause as it was shown: nothing was looked at, so no level stands on the board."""

import math
from collections.abc import Callable, Iterable, Iterator

from hiplevel.cli.live.board import Board
from hiplevel.model.events import Event, Mark
from hiplevel.session.source import Item, Source


class ShowsPauses:
    """`source`, and the board told where the session was paused. now_s: the time of the latest sample, s."""

    def __init__(self, source: Source, board: Board, events: Iterable[Event], now_s: Callable[[], float]) -> None:
        self._source, self._board, self._now_s = source, board, now_s
        self._pauses = list(pauses(events))

    @property
    def overflowed(self) -> int:
        """As the source says."""
        return self._source.overflowed

    def items(self) -> Iterator[Item | None]:
        """The source's items."""
        for item in self._source.items():
            now_s = self._now_s()
            paused = any(start_s <= now_s < end_s for start_s, end_s in self._pauses)
            if paused != self._board.paused:
                self._board.paused = paused
                self._board.lose_sight()
            yield item

    def stop(self) -> None:
        """End soon; from any thread."""
        self._source.stop()


def pauses(events: Iterable[Event]) -> Iterator[tuple[float, float]]:
    """(from, until) of each pause that was asked for, s; one that was never ended goes on for ever."""
    since_s: float | None = None
    for event in events:
        if isinstance(event, Mark) and event.what == "pause" and since_s is None:
            since_s = event.time_s
        elif isinstance(event, Mark) and event.what == "resume" and since_s is not None:
            yield since_s, event.time_s
            since_s = None
    if since_s is not None:
        yield since_s, math.inf
