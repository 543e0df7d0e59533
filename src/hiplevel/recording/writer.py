"""The recorder: notifications as they arrive, angles and events beside them, at most one second ever at risk."""

import json
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from mcap.writer import CompressionType, Writer
from numpy.typing import ArrayLike

from hiplevel.model.errors import RecordingError
from hiplevel.model.events import Event
from hiplevel.model.samples import Samples
from hiplevel.model.schema import event_to_json
from hiplevel.recording import layout
from hiplevel.recording.exercise import described
from hiplevel.recording.flushing import Keeper
from hiplevel.recording.info import INFO_RECORD, RecordingInfo
from hiplevel.recording.sink import Sink, sync_folder
from hiplevel.version import __version__

ANGLES_HZ = 25.0
ROWS_PER_MESSAGE = 512


class RecordingWriter:
    """Writes one recording; a context manager. Methods may be called from any thread.

    When the disk refuses, RecordingError (DISK) is raised at most about once a second, from whichever call comes
    next; what could not be written is kept and tried again, so that recording goes on once there is room.

    Raises
    ------
    RecordingError
        EXISTS: never writes over a file. DISK: cannot be created or written.
    """

    def __init__(self, path: Path, info: RecordingInfo) -> None:
        self.path = Path(path)
        self.info = info = described(info)
        self._sink = Sink(self.path)
        self._mcap = Writer(self._sink, compression=CompressionType.ZSTD)
        self._channels: dict[str, int] = {}
        self._sequence: dict[int, int] = {}
        self._angles_next_s = -np.inf
        self._closed = False
        self._mcap.start(profile=layout.PROFILE, library=f"hiplevel {__version__}")
        self._mcap.add_metadata(INFO_RECORD, info.to_metadata())
        try:
            self._sink.push()
            self._sink.sync()
        except RecordingError:
            self._sink.discard()
            raise
        sync_folder(self.path.parent)
        self._keeper = Keeper(self._mcap, self._sink)

    def notification(self, characteristic: str, payload: bytes, arrival_ns: int) -> None:
        """Keep a notification verbatim. characteristic: its alias in the spec; arrival_ns: wall clock, ns."""
        with self._keeper.lock:
            self._add(layout.RAW_TOPIC + characteristic, layout.RAW_ENCODING, bytes(payload), arrival_ns)
            self._keeper.push_when_due(arrival_ns)

    def samples(self, samples: Samples) -> None:
        """Keep samples that came without notifications (an import), to the last bit."""
        rows = np.column_stack([samples.time_s, samples.acc_m_s2, samples.gyr_rad_s]).astype(layout.ROW_DTYPE)
        with self._keeper.lock:
            for start in range(0, len(rows), ROWS_PER_MESSAGE):
                block = rows[start : start + ROWS_PER_MESSAGE]
                at_ns = self.info.started_ns + _ns(block[0, 0])
                self._add(layout.SAMPLES_TOPIC, layout.ROWS_ENCODING, block.tobytes(), at_ns)
                self._keeper.push_when_due(at_ns)

    def event(self, event: Event, at_ns: int) -> None:
        """Keep an event, safe from a kill when this returns. at_ns: wall clock, ns."""
        with self._keeper.lock:
            self._add(layout.EVENTS_TOPIC, "json", json.dumps(event_to_json(event)).encode(), at_ns)
            self._keeper.push(at_ns)

    def motion(self, time_s: ArrayLike, obliquity_deg: ArrayLike, tilt_deg: ArrayLike, at_ns: int) -> None:
        """Keep angles for viewers, thinned to 25 Hz; (m,) each, the last of them known at `at_ns`."""
        times = np.atleast_1d(np.asarray(time_s, dtype=np.float64))
        angles = np.column_stack([np.atleast_1d(obliquity_deg), np.atleast_1d(tilt_deg)]).astype(np.float64)
        with self._keeper.lock:
            for t, (obliquity, tilt) in zip(times.tolist(), angles.tolist(), strict=True):
                if t < self._angles_next_s or not np.isfinite([t, obliquity, tilt]).all():
                    continue
                self._angles_next_s = t + 1.0 / ANGLES_HZ - 1e-6  # rounding must not halve the rate
                text = json.dumps({"time_s": t, "obliquity_deg": round(obliquity, 3), "tilt_deg": round(tilt, 3)})
                self._add(layout.ANGLES_TOPIC, "json", text.encode(), at_ns - _ns(times[-1] - t))
            self._keeper.push_when_due(at_ns)

    def close(self) -> None:
        """Write the index and let go of the file; a second time does nothing."""
        with self._keeper.lock:
            if self._closed:
                return
            self._closed = True
        self._keeper.stop()
        self._mcap.add_metadata(INFO_RECORD, self.info.to_metadata())  # again, far from the first: one may be damaged
        self._mcap.finish()
        try:
            self._sink.push()
            self._sink.sync()
        finally:
            self._sink.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _add(self, topic: str, encoding: str, payload: bytes, at_ns: int) -> None:
        self._check_open()
        channel = self._channels.get(topic) or self._register(topic, encoding)
        sequence = self._sequence[channel] = self._sequence.get(channel, 0) + 1
        log_ns = max(0, at_ns)
        self._mcap.add_message(channel, log_ns, payload, log_ns, sequence)
        self._keeper.taken()

    def _register(self, topic: str, encoding: str) -> int:
        schema, about = 0, {}
        if encoding == "json":
            name, text = layout.schema_of(topic)
            schema = self._mcap.register_schema(name=name, encoding="jsonschema", data=text)
        elif encoding == layout.ROWS_ENCODING:
            about = {"layout": "rows of little-endian float64", "columns": ",".join(layout.ROW_COLUMNS)}
        self._channels[topic] = self._mcap.register_channel(topic, encoding, schema, about)
        return self._channels[topic]

    def _check_open(self) -> None:
        if self._closed:
            raise ValueError(f"The recording {self.path.name} is closed.")


def _ns(seconds: float) -> int:
    return round(float(seconds) * 1e9) if np.isfinite(seconds) else 0
