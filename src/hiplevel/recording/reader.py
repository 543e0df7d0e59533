"""Opening a recording: closed, torn, never closed or still being written."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.events import Event, LinkLost, Said, said_by_person
from hiplevel.model.exercise import Exercise
from hiplevel.model.samples import Samples
from hiplevel.model.schema import event_from_json
from hiplevel.recording import layout
from hiplevel.recording.exercise import exercise_of
from hiplevel.recording.files import read_bytes
from hiplevel.recording.found import as_recorded, head_of, notices
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.scan import RawMessage, Scan, scan
from hiplevel.sensors.ble.link import LinkChange
from hiplevel.sensors.ble.phases import Phase

if TYPE_CHECKING:
    from hiplevel.sensors.stream import LinkHealth


class Recording:
    """A recording as far as it could be read; made by `open_recording`.

    Attributes
    ----------
    info : its head
    events : what was recorded live, in file order
    closed : it was ended properly
    notices : what is not as it should be, in sentences
    """

    def __init__(self, path: Path, found: Scan) -> None:
        self.path = path
        found = as_recorded(found)
        self.closed = found.closed
        self._found = found
        self._topics = {number: str(channel.topic) for number, channel in found.channels.items()}
        self.info = head_of(path, found)
        self.events, odd = self._read_events()
        self.notices = tuple(notices(found, odd, self.messages - sum(1 for _ in self._named()), self.duration_s))

    @cached_property
    def samples(self) -> Samples:
        """All samples: the notifications decoded by the spec inside the file, or the rows of an import."""
        return self._decoded[0]

    @property
    def exercise(self) -> Exercise | None:
        """The exercise as it was described when this was recorded; None when none was named.

        Raises UsageError (UNKNOWN_EXERCISE) when only its id was kept and that is not known here.
        """
        return exercise_of(self.info)

    @property
    def health(self) -> "LinkHealth | None":
        """Packets, losses and drift of the link; None for an import."""
        return self._decoded[1]

    @property
    def messages(self) -> int:
        """How many messages there are, on all channels."""
        return sum(len(block) for block in self._found.blocks)

    @cached_property
    def duration_s(self) -> float:
        """From the first to the last entry, by arrival; of an import from its first to its last row. In seconds."""
        rows = [_from_rows(message.payload) for topic, message in self._named() if topic == layout.SAMPLES_TOPIC]
        if rows:
            return float(rows[-1].time_s[-1] - rows[0].time_s[0])
        times = [message.log_ns for block in self._found.blocks for message in block]
        return (max(times) - min(times)) * 1e-9 if times else 0.0

    def notifications(self) -> Iterator[tuple[str, bytes, int]]:
        """(alias of the characteristic, payload, arrival_ns) of every notification, in the order of arrival."""
        start = len(layout.RAW_TOPIC)
        aliases = {n: topic[start:] for n, topic in self._topics.items() if topic.startswith(layout.RAW_TOPIC)}
        for block in self._found.blocks:
            for message in block:
                alias = aliases.get(message.channel)
                if alias is not None:
                    yield alias, message.payload, message.log_ns

    def told(self) -> Iterator[tuple[str, bytes, int] | Said | LinkChange]:
        """The notifications, and in their midst what people said and where the link broke, in the order of the file."""
        start = len(layout.RAW_TOPIC)
        for topic, message in self._named():
            if topic.startswith(layout.RAW_TOPIC):
                yield topic[start:], message.payload, message.log_ns
            elif topic == layout.EVENTS_TOPIC:
                event = _event(message)
                if event is not None and said_by_person(event):
                    yield event
                elif isinstance(event, LinkLost):
                    yield LinkChange(Phase.STALLED if event.reason == Phase.STALLED else Phase.LOST, message.log_ns)

    @cached_property
    def _decoded(self) -> tuple[Samples, "LinkHealth | None"]:
        rows = [message.payload for topic, message in self._named() if topic == layout.SAMPLES_TOPIC]
        if rows:
            return _from_rows(b"".join(rows)), None
        told = list(self.notifications())
        if not told:
            return Samples.empty(), None
        return _decode(self.info, told)

    def _named(self) -> Iterator[tuple[str, RawMessage]]:
        for block in self._found.blocks:
            for message in block:
                topic = self._topics.get(message.channel)
                if topic is not None:
                    yield topic, message

    def _read_events(self) -> tuple[tuple[Event, ...], int]:
        events: list[Event] = []
        odd = 0
        for topic, message in self._named():
            if topic != layout.EVENTS_TOPIC:
                continue
            event = _event(message)
            if event is None:
                odd += 1
            else:
                events.append(event)
        return tuple(events), odd


def open_recording(path: str | Path) -> Recording:
    """Open a recording, with everything up to its last whole chunk when it was cut short.

    Raises
    ------
    RecordingError
        NOT_FOUND, EMPTY, FOREIGN_FILE (not a recording of hiplevel), NEWER_FILE, DAMAGED_FILE (no head can be read), or
        DISK when the system refuses to read it.
    """
    path = Path(path)
    return Recording(path, scan(read_bytes(path)))


def _event(message: RawMessage) -> Event | None:
    """None for a kind that this version does not know, or a damaged one."""
    try:
        return event_from_json(json.loads(message.payload))
    except (RecordingError, ValueError):
        return None


def _from_rows(data: bytes) -> Samples:
    rows = np.frombuffer(data, dtype=layout.ROW_DTYPE).reshape(-1, len(layout.ROW_COLUMNS))
    return Samples(rows[:, 0], rows[:, 1:4], rows[:, 4:7])


def _decode(info: RecordingInfo, told: list[tuple[str, bytes, int]]) -> tuple[Samples, Any]:
    if not info.spec_toml:
        raise RecordingError(
            "The recording has notifications but not the firmware spec that decodes them.", Reason.DAMAGED_FILE
        )
    from hiplevel.sensors.spec import parse_spec  # here: `recordings info` need not load the decoder
    from hiplevel.sensors.stream import SensorStream

    spec = parse_spec(info.spec_toml, f"the spec {info.spec_id} inside the recording")
    stream = SensorStream(spec, **info.spec_vars)
    aliases, payloads, arrivals = zip(*told, strict=True)
    samples = stream.feed_many(aliases, payloads, arrivals)
    return samples.joined(stream.finish()), stream.health
