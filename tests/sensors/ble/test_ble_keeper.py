"""The link is kept: found again, started again, given up with patience."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

import pytest

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble import keeper
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.keeper import LinkKeeper, back_off_s
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.radio import VirtualRadio, virtual_radio
from hiplevel.sensors.virtual.sensor import Faults, Given, VirtualSensor
from sensors.virtual_bench import REFERENCE, motion, parted

TIMEOUT_S = 20.0
Items = list[Notification | LinkChange]


class Desk:
    """A keeper, its inbox, and a hand on the sensor."""

    def __init__(self, radio: VirtualRadio, sensor: VirtualSensor, **options: Any) -> None:
        self.radio, self.sensor = radio, sensor
        self.inbox: Inbox[Notification | LinkChange] = Inbox(options.pop("capacity", 100_000))
        self.waits_s: list[float] = []
        self.stop = asyncio.Event()
        self.keeper = LinkKeeper(
            REFERENCE, radio, self.inbox, settle_s=0.0, sleep=self.sleep, **{"find_s": 2.0, **options}
        )

    async def sleep(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        await asyncio.sleep(0)

    async def keep(self) -> Items:
        await self.keeper.open()
        await self.keeper.keep(self.stop)
        return [item for item in self.inbox.drain(0.0) if item is not None]


def at_desk(
    test: Callable[[Desk], Awaitable[None]], *, seconds: float = 4.0, faults: Faults | None = None, **options: Any
) -> None:
    async def run() -> None:
        made: list[VirtualSensor] = []

        def make(air: VirtualAir) -> VirtualSensor:
            worn = Given(motion(seconds))
            made.append(VirtualSensor(REFERENCE, worn, pacer=AsFastAsRead(), faults=faults, break_link=air.break_links))
            return made[0]

        async with asyncio.timeout(TIMEOUT_S), virtual_radio(make) as radio:
            await test(Desk(radio, made[0], **options))

    asyncio.run(run())


def stop_when_finished(desk: Desk) -> asyncio.Task[None]:
    async def watch() -> None:
        await desk.sensor.finished.wait()
        desk.stop.set()

    return asyncio.create_task(watch())


def data(items: Items) -> list[Notification]:
    return [item for item in items if isinstance(item, Notification) and item.characteristic == "data"]


def test_everything_the_sensor_sent_is_in_the_inbox_and_the_sensor_is_stopped_at_the_end() -> None:
    async def test(desk: Desk) -> None:
        watching = stop_when_finished(desk)
        items = await desk.keep()
        assert watching.done()
        assert len(data(items)) == desk.sensor.sent == 80
        assert items[-1] == data(items)[-1] or items[-1].characteristic == "control"  # type: ignore[union-attr]
        await parted(desk.sensor)
        assert desk.inbox.done

    at_desk(test)


def test_a_broken_link_is_restored_and_both_stand_where_they_happened() -> None:
    async def test(desk: Desk) -> None:
        watching = stop_when_finished(desk)
        items = await desk.keep()
        assert watching.done()
        changes = [(index, item.state) for index, item in enumerate(items) if isinstance(item, LinkChange)]
        assert [state for _, state in changes] == ["lost", "restored"]
        assert len(data(items[: changes[0][0]])) <= 20
        assert len(data(items)) >= 75
        assert desk.waits_s[0] == 0.0

    at_desk(test, faults=Faults(break_after=20))


def test_a_full_inbox_counts_what_is_lost_and_never_loses_a_change_of_the_link() -> None:
    async def test(desk: Desk) -> None:
        watching = stop_when_finished(desk)
        items = await desk.keep()
        assert watching.done()
        assert len(items) == 10 + 2
        assert [item.state for item in items if isinstance(item, LinkChange)] == ["lost", "restored"]
        assert desk.inbox.overflowed >= 80 - 10

    at_desk(test, faults=Faults(break_after=20), capacity=10)


def test_stopping_while_the_sensor_is_away_ends_at_once() -> None:
    async def test(desk: Desk) -> None:
        async def for_ever(_seconds: float) -> None:
            desk.stop.set()
            await asyncio.Event().wait()

        desk.keeper._sleep = for_ever
        items = await desk.keep()
        assert [item.state for item in items if isinstance(item, LinkChange)] == ["lost"]
        await parted(desk.sensor)

    at_desk(test, faults=Faults(break_after=5))


def test_a_sensor_that_stays_away_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "GIVE_UP_S", 60.0)
    passed_ns = [0]

    async def test(desk: Desk) -> None:
        async def sleep(seconds: float) -> None:
            desk.waits_s.append(seconds)
            passed_ns[0] += round(seconds * 1e9)
            await desk.sensor.power_off()

        desk.keeper._sleep = sleep
        items = await desk.keep()
        assert [item.state for item in items if isinstance(item, LinkChange)] == ["lost"]
        assert 60.0 < sum(desk.waits_s) < 60.0 + 2 * keeper.BACK_OFF_LAST_S
        assert desk.inbox.done

    at_desk(test, faults=Faults(break_after=5), find_s=0.02, clock=HostClock(lambda: 0, lambda: passed_ns[0]))


def test_no_sensor_at_first_is_an_error_and_leaves_nothing_open() -> None:
    async def test(desk: Desk) -> None:
        await desk.sensor.power_off()
        with pytest.raises(LinkError) as caught:
            await desk.keeper.open()
        assert caught.value.reason is Reason.SENSOR_NOT_FOUND
        await parted(desk.sensor)

    at_desk(test, find_s=0.05)


def test_the_waits_grow_and_stay() -> None:
    assert list(islice(back_off_s(), 7)) == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0]
