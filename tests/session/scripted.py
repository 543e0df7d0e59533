"""A session that plays a list, and a recorder that writes down who called what."""

from collections.abc import Callable, Iterator

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.events import Event, Note
from hiplevel.model.samples import Samples
from hiplevel.sensors.ble.link import HostClock, Notification
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.session import Session
from hiplevel.session.source import Item
from session.sitting import PLAN, SPEC, Seen

START_NS = 1_700_000_000_000_000_000


class Recorder:
    """Writes down who called what; refuses when told to."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.refusing = False
        self.closed = False

    def notification(self, *_told: object) -> None:
        self._call("raw")

    def samples(self, *_told: object) -> None:
        self._call("rows")

    def event(self, event: Event, *_told: object) -> None:
        self._call(type(event).__name__)

    def motion(self, *_told: object) -> None:
        self._call("angles")

    def close(self) -> None:
        self.closed = True

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if self.refusing:
            raise RecordingError("The disk is full.", Reason.DISK)


class Script:
    """A source that plays a list; callables in it are called."""

    def __init__(self, items: list[Item | Callable[[], None] | None]) -> None:
        self.overflowed = 0
        self.stopped = False
        self._items = items

    def items(self) -> Iterator[Item | None]:
        for item in self._items:
            if self.stopped:
                return
            if callable(item):
                item()
            else:
                yield item

    def stop(self) -> None:
        self.stopped = True


def packets(samples: Samples) -> list[Item | Callable[[], None] | None]:
    sent = SPEC.encoder().encode(samples.acc_m_s2, samples.gyr_rad_s)
    return [Notification(alias, payload, START_NS + n * 50_000_000) for n, (alias, payload) in enumerate(sent)]


def make(recorder: Recorder | None = None, *, live: bool = False) -> tuple[Session, Seen]:
    seen = Seen()
    clock = HostClock(lambda: START_NS, lambda: 0) if live else None
    session = Session(
        SensorStream(SPEC),
        PLAN.pipeline(),
        recorder=recorder,  # type: ignore[arg-type]
        views=[seen],
        clock=clock,
    )
    return session, seen


def notes(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.code, event.level) for event in events if isinstance(event, Note)]
