"""Virtual sensors on several simulated people, on one radio."""

import contextlib
from collections.abc import AsyncIterator

from hiplevel.sensors.ble.bumble_backend import BumbleAdapter
from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock
from hiplevel.sensors.ble.wanted import Wanted
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead, Pacer, RealTime
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from hiplevel.session.ble_host import BleHost
from hiplevel.session.ble_source import BleSource, LinkInbox
from hiplevel.simulate import wearer


def simulated_class(
    inside: contextlib.ExitStack, count: int, exercise: str, seconds: float, *, fast: bool = False
) -> list[BleSource]:
    """So many connected sources, each of another person; each ends after `seconds` of its wearer's time."""
    spec = load_spec("hiplevel.reference")
    rate_hz = spec.rate_hz()
    inboxes: list[LinkInbox] = [Inbox() for _ in range(count)]
    pacers: list[Pacer] = [AsFastAsRead(inbox.room) if fast else RealTime() for inbox in inboxes]
    sensors = []
    for number, pacer in enumerate(pacers):
        person = wearer(exercise or "pelvic-drop", rate_hz=rate_hz, seed=number)
        worn = Given(person.take(round(seconds * rate_hz)))
        sensors.append(VirtualSensor(spec, worn, number=f"{number + 1:04}", pacer=pacer))

    @contextlib.asynccontextmanager
    async def open_radio() -> AsyncIterator[Radio]:
        async with VirtualAir() as air:
            for sensor in sensors:
                await sensor.power_on(await air.device(sensor.name))
            adapter = BumbleAdapter(await air.device("adapter"))
            yield Radio(adapter.scanner, adapter.client)
            for sensor in sensors:
                await sensor.power_off()

    host = inside.enter_context(BleHost(open_radio))
    sources = []
    for sensor, pacer, inbox in zip(sensors, pacers, inboxes, strict=True):
        clock = HostClock(monotonic_ns=lambda pacer=pacer: round(pacer.now_s() * 1e9)) if fast else HostClock()  # type: ignore[misc]
        source = BleSource(spec, host=host, wanted=Wanted(sensor.name), settle_s=0.0, inbox=inbox, clock=clock)
        sources.append(inside.enter_context(source))
        host.start(lambda _, sensor=sensor, source=source: _stop_when_over(sensor, source))  # type: ignore[misc]
    return sources


async def _stop_when_over(sensor: VirtualSensor, source: BleSource) -> None:
    await sensor.finished.wait()
    source.stop()
