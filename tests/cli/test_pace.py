"""A replay's pace: every item when it is due, on a clock that the test turns."""

from collections.abc import Iterator

import pytest

from hiplevel.cli.pace import Paced
from hiplevel.sensors.ble.link import Notification
from hiplevel.session.source import Item

ARRIVALS_S = (100.0, 100.1, 100.2, 103.2)


class Given:
    overflowed = 0
    stopped = False

    def items(self) -> Iterator[Item | None]:
        for arrival_s in ARRIVALS_S:
            yield Notification("data", b"", round(arrival_s * 1e9))

    def stop(self) -> None:
        self.stopped = True


class Clock:
    now_s = 0.0
    waited: int = 0

    def now(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.waited += 1
        self.now_s += seconds


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_items_come_when_they_are_due(speed: float) -> None:
    clock = Clock()
    paced = Paced(Given(), speed, now_s=clock.now, wait=clock.wait)
    due_s = [clock.now_s for item in paced.items() if item is not None]
    assert due_s == pytest.approx([(arrival_s - ARRIVALS_S[0]) / speed for arrival_s in ARRIVALS_S])


def test_speed_zero_never_waits() -> None:
    clock = Clock()
    items = list(Paced(Given(), 0.0, now_s=clock.now, wait=clock.wait).items())
    assert len(items) == len(ARRIVALS_S)
    assert clock.waited == 0


def test_a_long_silence_lets_the_screen_go_on() -> None:
    clock = Clock()
    items = list(Paced(Given(), 1.0, now_s=clock.now, wait=clock.wait).items())
    assert items.count(None) >= 10
    assert sum(item is not None for item in items) == len(ARRIVALS_S)


def test_stop_ends_a_wait() -> None:
    given, clock = Given(), Clock()
    paced = Paced(given, 1.0, now_s=clock.now, wait=lambda _: paced.stop())
    assert len([item for item in paced.items() if item is not None]) == 1
    assert given.stopped
