"""The link is kept: found again, started again, given up with patience."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

import pytest

from hiplevel.model.errors import LinkError, Reason
from hiplevel.sensors.ble import reconnecting
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock, LinkChange, Notification
from hiplevel.sensors.ble.reconnecting import LinkKeeper, back_off_s
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead, Pacer
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
    test: Callable[[Desk], Awaitable[None]],
    *,
    seconds: float = 4.0,
    faults: Faults | None = None,
    pacer: Pacer | None = None,
    **options: Any,
) -> None:
    async def run() -> None:
        made: list[VirtualSensor] = []

        def make(air: VirtualAir) -> VirtualSensor:
            worn = Given(motion(seconds))
            pace = pacer or AsFastAsRead()
            made.append(VirtualSensor(REFERENCE, worn, pacer=pace, faults=faults, break_link=air.break_links))
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


def phases(items: Items) -> list[str]:
    return [item.phase.value for item in items if isinstance(item, LinkChange)]


BEGUN = ["scanning", "connecting", "starting", "streaming"]
ENDED = ["stopping", "stopped"]


def test_everything_the_sensor_sent_is_in_the_inbox_and_the_sensor_is_stopped_at_the_end() -> None:
    async def test(desk: Desk) -> None:
        watching = stop_when_finished(desk)
        items = await desk.keep()
        assert watching.done()
        assert len(data(items)) == desk.sensor.sent == 80
        assert phases(items) == BEGUN + ENDED
        await parted(desk.sensor)
        assert desk.inbox.done

    at_desk(test)


def test_a_broken_link_is_restored_and_both_stand_where_they_happened() -> None:
    async def test(desk: Desk) -> None:
        watching = stop_when_finished(desk)
        items = await desk.keep()
        assert watching.done()
        assert phases(items) == [*BEGUN, "lost", "waiting", *BEGUN, *ENDED]
        lost_at = next(n for n, item in enumerate(items) if isinstance(item, LinkChange) and item.phase == "lost")
        assert len(data(items[:lost_at])) <= 20
        assert len(data(items)) >= 75
        assert desk.waits_s[0] == 0.0

    at_desk(test, faults=Faults(break_after=20))


def test_a_full_inbox_counts_what_is_lost_and_never_loses_a_change_of_the_link() -> None:
    async def test(desk: Desk) -> None:
        watching = stop_when_finished(desk)
        items = await desk.keep()
        assert watching.done()
        assert phases(items) == [*BEGUN, "lost", "waiting", *BEGUN, *ENDED]
        assert len(items) - len(phases(items)) < 10
        assert desk.inbox.overflowed >= 80 - 10

    at_desk(test, faults=Faults(break_after=20), capacity=10)


def test_stopping_while_the_sensor_is_away_ends_at_once() -> None:
    async def test(desk: Desk) -> None:
        async def for_ever(_seconds: float) -> None:
            desk.stop.set()
            await asyncio.Event().wait()

        desk.keeper._sleep = for_ever
        items = await desk.keep()
        assert phases(items) == [*BEGUN, "lost", "waiting", "stopped"]
        await parted(desk.sensor)

    at_desk(test, faults=Faults(break_after=5))


def test_a_sensor_that_stays_away_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconnecting, "GIVE_UP_S", 60.0)
    passed_ns = [0]

    async def test(desk: Desk) -> None:
        async def sleep(seconds: float) -> None:
            desk.waits_s.append(seconds)
            passed_ns[0] += round(seconds * 1e9)
            await desk.sensor.power_off()

        desk.keeper._sleep = sleep
        items = await desk.keep()
        assert phases(items)[:8] == [*BEGUN, "lost", "waiting", "scanning", "waiting"]
        assert phases(items)[-1] == "stopped"
        reasons = [item.reason for item in items if isinstance(item, LinkChange) and item.phase == "waiting"]
        assert "was not heard" in reasons[1]
        assert 60.0 < sum(desk.waits_s) < 60.0 + 2 * reconnecting.BACK_OFF_LAST_S
        assert desk.inbox.done

    at_desk(test, faults=Faults(break_after=5), find_s=0.1, clock=HostClock(lambda: 0, lambda: passed_ns[0]))


def test_no_sensor_at_first_is_an_error_and_leaves_nothing_open() -> None:
    async def test(desk: Desk) -> None:
        await desk.sensor.power_off()
        with pytest.raises(LinkError) as caught:
            await desk.keeper.open()
        assert caught.value.reason is Reason.SENSOR_NOT_FOUND
        await parted(desk.sensor)

    at_desk(test, find_s=0.05)


def test_the_waits_grow_and_stay() -> None:
    assert list(islice(back_off_s(), 5)) == [0.0, 0.5, 1.0, 2.0, 2.0]


class Hush(AsFastAsRead):
    """The sensor's time stands still for a while: connected, it says nothing."""

    def __init__(self, from_s: float) -> None:
        super().__init__()
        self.from_s = from_s
        self.hushed, self.again = asyncio.Event(), asyncio.Event()

    async def until(self, time_s: float) -> None:
        await super().until(time_s)
        if time_s >= self.from_s:
            self.hushed.set()
            await self.again.wait()


def silent(desk: Desk, hush: Hush, passed_ns: list[int], until: str) -> "asyncio.Task[None]":
    """Lets the host's time pass, once the sensor is silent, until the link has come into that phase."""

    async def watch() -> None:
        await hush.hushed.wait()
        while len(data(list(desk.inbox._items))) < desk.sensor.sent:
            await asyncio.sleep(0)
        while desk.keeper.phase != until:
            passed_ns[0] += 50_000_000
            await asyncio.sleep(0)

    return asyncio.create_task(watch())


def through_a_silence(
    monkeypatch: pytest.MonkeyPatch, until: str, check: Callable[[Desk, list[Any], int], None]
) -> None:
    """The sensor is silent until the link is in that phase. check: told all that came, and how long that took, ns."""
    monkeypatch.setattr(reconnecting, "LOOK_S", 0.0)
    passed_ns, hush = [0], Hush(1.0)

    async def test(desk: Desk) -> None:
        ending, watching = stop_when_finished(desk), silent(desk, hush, passed_ns, until)
        keeping = asyncio.create_task(desk.keep())
        await watching
        took_ns = passed_ns[0]
        hush.again.set()
        items = await keeping
        assert ending.done()
        check(desk, items, took_ns)

    at_desk(test, pacer=hush, clock=HostClock(lambda: 0, lambda: passed_ns[0]))


def test_a_sensor_that_falls_silent_is_noticed_within_a_second_and_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(desk: Desk, items: list[Any], took_ns: int) -> None:
        assert 0.8e9 <= took_ns <= 1e9
        assert phases(items) == [*BEGUN, "stalled", "streaming", *ENDED]
        assert len(data(items)) == desk.sensor.sent == 80

    through_a_silence(monkeypatch, "stalled", check)


def test_a_sensor_that_stays_silent_is_connected_to_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_: Desk, items: list[Any], took_ns: int) -> None:
        assert took_ns <= 4.2e9
        assert phases(items) == [*BEGUN, "stalled", "lost", "waiting", *BEGUN, *ENDED]
        lost = next(item for item in items if isinstance(item, LinkChange) and item.phase == "lost")
        assert lost.reason == "stalled"

    through_a_silence(monkeypatch, "lost", check)


def test_a_start_that_is_refused_leaves_the_sensor_stopped_and_free() -> None:
    async def test(desk: Desk) -> None:
        with pytest.raises(LinkError) as caught:
            await desk.keeper.open()
        assert caught.value.reason is Reason.SENSOR_REFUSED
        assert desk.keeper.phase == "stopped"
        await parted(desk.sensor)

    at_desk(test, faults=Faults(answer=b"\x81\x02"))


def test_another_sensor_of_the_same_name_is_not_taken_without_asking() -> None:
    async def test(desk: Desk) -> None:
        for wanted in (Wanted("hiplevel-SIM-0001", "C0:FF:EE:00:00:01", "77"), Wanted(address="C0:FF:EE:00:00:01")):
            one = LinkKeeper(REFERENCE, desk.radio, desk.inbox, wanted=wanted, find_s=0.2)
            with pytest.raises(LinkError, match=r"hiplevel-SIM-0001 \(C0:00:00:00:00:01\)") as caught:
                await one.open()
            assert caught.value.reason is Reason.OTHER_SENSOR
        before = Wanted("Clip", "C0:00:00:00:00:01", "77")
        one = LinkKeeper(REFERENCE, desk.radio, desk.inbox, wanted=before)
        with pytest.raises(LinkError, match="serial number 0001") as caught:
            await one.open()
        assert caught.value.reason is Reason.OTHER_SENSOR
        await parted(desk.sensor)

    at_desk(test)


def test_of_two_that_fit_none_is_taken_until_one_is_named() -> None:
    async def test(desk: Desk) -> None:
        assert desk.radio.air is not None
        other = VirtualSensor(REFERENCE, Given(motion(1.0)), number="0002")
        await other.power_on(await desk.radio.air.device("far", rssi_dbm=-80))
        one = LinkKeeper(REFERENCE, desk.radio, desk.inbox, settle_s=0.2)
        with pytest.raises(LinkError, match="2 sensors fit") as caught:
            await one.open()
        assert caught.value.reason is Reason.SEVERAL_SENSORS
        assert str(caught.value).index("SIM-0001") < str(caught.value).index("SIM-0002")  # the strongest first
        one = LinkKeeper(REFERENCE, desk.radio, desk.inbox, wanted=Wanted("hiplevel-sim-0002"))
        assert (await one.open()).serial == "0002"
        await one.close()
        await other.power_off()

    at_desk(test)
