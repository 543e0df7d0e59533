"""A virtual sensor found, connected, started and read in this process, faster than real time, and what came of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock, LinkChange
from hiplevel.sensors.spec import Spec
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.stream import SensorStream
from hiplevel.sensors.virtual.air import VirtualAir
from hiplevel.sensors.virtual.pace import AsFastAsRead, Pacer
from hiplevel.sensors.virtual.radio import virtual_radio
from hiplevel.sensors.virtual.sensor import VirtualSensor
from hiplevel.session.ble_source import BleSource, LinkInbox
from hiplevel.session.source import notifications_of

MakeSensor = Callable[[VirtualAir, Pacer], VirtualSensor]


def rehearse(spec: Spec, settings: Mapping[str, Value], make_sensor: MakeSensor) -> dict[str, Any]:
    """Until the wearer has no more samples: sensor, settings in force, phases of the link, and its health as JSON.

    Raises
    ------
    LinkError
        as for a real sensor, when it refuses.
    """
    inbox: LinkInbox = Inbox()
    pacer = AsFastAsRead(inbox.room)
    clock = HostClock(monotonic_ns=lambda: round(pacer.now_s() * 1e9))

    def open_radio(_: LinkInbox) -> AbstractAsyncContextManager[Radio]:
        return virtual_radio(lambda air: make_sensor(air, pacer), lambda: source.stop())

    source = BleSource(spec, open_radio=open_radio, settings=settings, settle_s=0.0, inbox=inbox, clock=clock)
    phases: Counter[str] = Counter()
    samples = 0
    with source:
        stream = SensorStream(source.spec, **source.settings)
        for item in source.items():
            for one in notifications_of(item):
                samples += len(stream.feed(one.characteristic, one.payload, one.arrival_ns))
            if isinstance(item, LinkChange):
                phases[item.phase.value] += 1
        samples += len(stream.finish())
    identity = source.identity
    return {
        "simulated": identity.simulated,
        "spec": source.spec.id,
        "sensor": {"name": identity.name, "serial": identity.serial, "firmware": identity.firmware},
        "settings": dict(source.settings),
        "samples": samples,
        "phases": dict(phases),
        "health": stream.health.to_json(),
    }


def report_text(report: Mapping[str, Any]) -> str:
    """The report for people."""
    health, sensor = report["health"], report["sensor"]
    rate = "" if health["rate_hz"] is None else f" at {health['rate_hz']:.2f} Hz"
    lines = [
        f"{sensor['name']} (simulated), serial {sensor['serial']}, firmware {sensor['firmware'] or 'not told'}",
        f"Read as {report['spec']}: {report['samples']} samples{rate} in {health['packets']} packets",
        f"Lost: {'cannot be known' if health['lost'] is None else health['lost']}; doubled {health['duplicates']}, "
        f"late {health['late']}, cut off {health['clipped']}",
        f"Link: {', '.join(f'{phase} {times} times' for phase, times in report['phases'].items())}",
    ]
    if health["rate_error_ppm"] is not None:
        lines.append(f"Rate {health['rate_error_ppm']:+.0f} ppm from nominal")
    if health["drift_ppm"] is not None:
        lines.append(f"Its clock {health['drift_ppm']:+.0f} ppm to this computer's")
    if health["battery_percent"] is not None:
        lines.append(f"Battery {health['battery_percent']:.0f} %")
    lines += [f"Errors: {count} packets: {reason}" for reason, count in health["errors"].items()]
    return "\n".join(lines)
