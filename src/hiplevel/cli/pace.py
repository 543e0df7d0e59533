"""A source slowed down to the pace at which it was recorded."""

import threading
import time
from collections.abc import Callable, Iterator

from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.link import LinkChange, Notification
from hiplevel.session.source import Burst, Item, Source

TICK_S = 0.25


class Paced:
    """`source` at `speed` times its own pace; 0 as fast as it is read. now_s and wait are for tests."""

    def __init__(
        self,
        source: Source,
        speed: float,
        *,
        now_s: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._source = source
        self._speed = speed
        self._stopped = threading.Event()
        self._now_s = now_s
        self._wait = wait or self._stopped.wait

    @property
    def overflowed(self) -> int:
        """Nothing is lost on the way from a file."""
        return self._source.overflowed

    def items(self) -> Iterator[Item | None]:
        """The source's items, each when it is due; None now and then while waiting."""
        first_s: float | None = None
        begun_s = self._now_s()
        for item in self._source.items():
            at_s = None if item is None else item_s(item)
            if at_s is not None and self._speed > 0.0:
                first_s = at_s if first_s is None else first_s
                due_s = begun_s + (at_s - first_s) / self._speed
                while not self._stopped.is_set() and (left_s := due_s - self._now_s()) > 0.0:
                    self._wait(min(left_s, TICK_S))
                    if left_s > TICK_S:
                        yield None
            if self._stopped.is_set():
                return
            yield item

    def stop(self) -> None:
        """End soon; from any thread."""
        self._stopped.set()
        self._source.stop()


def item_s(item: Item) -> float | None:
    """When an item came, s, from any zero; None for what people said, which comes with what came before it."""
    match item:
        case Notification():
            return item.arrival_ns * 1e-9
        case Burst():
            return item.notifications[-1].arrival_ns * 1e-9
        case LinkChange():
            return item.at_ns * 1e-9
        case Samples():
            return float(item.time_s[-1])
        case _:
            return None
