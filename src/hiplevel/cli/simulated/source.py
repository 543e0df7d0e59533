"""A virtual sensor on a simulated person as the source of a session: for the demo and `live --simulated`."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead, Pacer, RealTime
from hiplevel.sensors.virtual.radio import virtual_radio
from hiplevel.sensors.virtual.sensor import Given, VirtualSensor
from hiplevel.session.ble_source import BleSource, LinkInbox
from hiplevel.simulate import Still, wearer

STILL_S = 3.0


def simulated_source(
    exercise: str, *, seconds: float, seed: int, fast: bool = False, spec_id: str = "hiplevel.reference", **work: Any
) -> BleSource:
    """A source that ends after `seconds` of the wearer's time; in real time unless `fast`. work: as for `wearer`."""
    spec = load_spec(spec_id)
    rate_hz = spec.rate_hz()
    person = wearer(exercise, rate_hz=rate_hz, seed=seed, opening=(Still(STILL_S),), **work)
    worn = Given(person.take(round(seconds * rate_hz)))
    inbox: LinkInbox = Inbox()
    pacer: Pacer = AsFastAsRead(inbox.room) if fast else RealTime()
    # Not in real time, the arrivals must be dated in the sensor's time as well.
    clock = HostClock(monotonic_ns=lambda: round(pacer.now_s() * 1e9)) if fast else HostClock()

    def make_sensor(air: VirtualAir) -> VirtualSensor:
        return VirtualSensor(spec, worn, pacer=pacer, break_link=air.break_links)

    def open_radio(_: LinkInbox) -> AbstractAsyncContextManager[Radio]:
        return virtual_radio(make_sensor, lambda: source.stop())

    source = BleSource(spec, open_radio=open_radio, settle_s=0.0, inbox=inbox, clock=clock)
    return source
