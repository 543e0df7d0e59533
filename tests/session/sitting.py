"""A whole sitting on a virtual sensor, for the tests: radio, decoder, pipeline, recorder."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hiplevel.model.events import Event, LinkLost, LinkRestored, Note
from hiplevel.model.rules import DropRule
from hiplevel.model.samples import Floats, Samples
from hiplevel.pipeline import MotionOutput
from hiplevel.sensors.ble.find import Radio
from hiplevel.sensors.ble.inbox import Inbox
from hiplevel.sensors.ble.link import HostClock
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.virtual.pace import AsFastAsRead
from hiplevel.sensors.virtual.radio import virtual_radio
from hiplevel.sensors.virtual.sensor import Faults, Given, VirtualSensor
from hiplevel.session.ble_source import BleSource, LinkInbox
from hiplevel.session.plan import Plan, session_on
from hiplevel.session.session import Session
from hiplevel.session.view import Health
from hiplevel.simulate import Still, wearer

SPEC = load_spec("hiplevel.reference")
PLAN = Plan("pelvic-drop", "left", DropRule(6.0), client="c-007")
AWAY_S = 3.0


@dataclass
class Seen:
    """A view that keeps everything."""

    events: list[Event] = field(default_factory=list)
    blocks: list[MotionOutput] = field(default_factory=list)
    healths: list[Health] = field(default_factory=list)

    def on_events(self, events: "tuple[Event, ...]") -> None:
        self.events.extend(events)

    def on_motion(self, motion: MotionOutput) -> None:
        self.blocks.append(motion)

    def on_health(self, health: Health) -> None:
        self.healths.append(health)

    def angles(self) -> tuple[Floats, Floats, Floats]:
        return (
            np.concatenate([b.time_s for b in self.blocks]),
            np.concatenate([b.obliquity_deg for b in self.blocks]),
            np.concatenate([b.tilt_deg for b in self.blocks]),
        )


def person(seconds: float = 17.0) -> Samples:
    """Stands still, gets onto the block, and drops too far in the first and third repetition."""
    worn = wearer(
        "pelvic-drop",
        seed=3,
        stance="left",
        reps=4,
        tempo_s=1.6,
        pause_s=0.1,
        drops={0: 9.0, 2: 9.0},
        opening=(Still(2.5),),
    )
    return worn.take(round(seconds * worn.rate_hz))


def virtual_source(samples: Samples, faults: Faults | None = None, inbox: LinkInbox | None = None) -> BleSource:
    """A source whose sensor runs as fast as the session reads, in the sensor's own time, and ends with the samples."""
    used: LinkInbox = Inbox() if inbox is None else inbox
    pacer = AsFastAsRead(used.room)

    def open_radio(_: LinkInbox) -> AbstractAsyncContextManager[Radio]:
        def make(air):  # type: ignore[no-untyped-def]
            def break_link() -> None:
                air.break_links()
                pacer.skip(AWAY_S)

            return VirtualSensor(SPEC, Given(samples), pacer=pacer, faults=faults, break_link=break_link)

        return virtual_radio(make, lambda: source.stop())

    clock = HostClock(monotonic_ns=lambda: round(pacer.now_s() * 1e9))
    source = BleSource(SPEC, open_radio=open_radio, settle_s=0.0, inbox=used, clock=clock)
    return source


def sit(path: Path, samples: Samples, faults: Faults | None = None) -> tuple[Session, Seen]:
    """One sitting, recorded to `path`."""
    seen = Seen()
    with virtual_source(samples, faults) as source:
        session = session_on(source, PLAN, path, [seen])
        session.run(source)
    return session, seen


def computed(events: "list[Event] | tuple[Event, ...]") -> list[Event]:
    """The events that come from the samples, without what only the live session can know."""
    return [e for e in events if not isinstance(e, (LinkLost, LinkRestored)) and not _said_by_session(e)]


def _said_by_session(event: Event) -> bool:
    return isinstance(event, Note) and event.code in ("cut-short", "overflow", "disk", "not-computed", "view-failed")
