"""The simulated wearer in the window: hurried for tests and pictures, without a delay that is the computer's."""

from itertools import islice

from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.sources import source_for
from hiplevel.sensors.ble.link import Notification


def test_a_wearer_in_a_hurry_waits_for_the_reader() -> None:
    """However fast time could pass: nothing has arrived that was not asked for, and nothing is old."""
    with source_for(Choice(), speed=1e4) as source:
        heard = (item for item in source.items() if isinstance(item, Notification))
        behind_ns = [source.clock.now_ns() - item.arrival_ns for item in islice(heard, 60)]
    assert behind_ns == [0] * 60
    assert source.overflowed == 0


def test_time_stands_still_until_what_came_was_seen() -> None:
    """For pictures: no moment passes that nobody looked at."""
    looks: list[bool] = []

    def seen() -> bool:
        looks.append(len(looks) % 3 == 2)
        return looks[-1]

    with source_for(Choice(), speed=1e4, seen=seen) as source:
        heard = [item for item in islice(source.items(), 20) if isinstance(item, Notification)]
    assert heard
    assert len(looks) >= 3 * len(heard)
