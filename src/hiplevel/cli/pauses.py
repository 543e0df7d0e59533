"""A replay shows a pause as it was shown: nothing was looked at, so no level stands on the board."""

from collections.abc import Callable, Iterable, Iterator

from hiplevel.cli.live.board import Board
from hiplevel.detect.pauses import Pauses
from hiplevel.model.events import Event, Mark
from hiplevel.motion.grid import CELL_S
from hiplevel.session.source import Item, Source


class ShowsPauses:
    """`source`, and the board told where the session was paused. now_s: the time of the latest sample, s."""

    def __init__(self, source: Source, board: Board, events: Iterable[Event], now_s: Callable[[], float]) -> None:
        self._source, self._board, self._now_s = source, board, now_s
        self._pauses = Pauses()
        for event in events:
            if isinstance(event, Mark):
                self._pauses.hear(event.what, event.time_s)

    @property
    def overflowed(self) -> int:
        """As the source says."""
        return self._source.overflowed

    def items(self) -> Iterator[Item | None]:
        """The source's items."""
        for item in self._source.items():
            now_s = self._now_s()
            paused = self._pauses.touch(now_s, now_s + CELL_S)
            if paused != self._board.paused:
                self._board.paused = paused
                self._board.lose_sight()
            yield item

    def stop(self) -> None:
        """End soon; from any thread."""
        self._source.stop()
