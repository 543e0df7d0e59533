"""A recording read and computed in a thread: its head at once, its angles block by block, its events at the end."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from hiplevel.detect.drop_trace import DropTrace, JudgedCells
from hiplevel.gui.sentences import in_language, of_error
from hiplevel.model.errors import HiplevelError
from hiplevel.model.events import Event, said_by_person
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.pipeline import BLOCK, MotionOutput, Pipeline
from hiplevel.recording.as_trained import as_trained
from hiplevel.recording.reader import Recording, open_recording

SHOW_S = 0.15  # between two pictures while it is being computed


@dataclass(frozen=True, eq=False)
class ComputedRecording:
    """A recording as far as it is computed; (m,) angles on the pipeline's grid, with holes where samples were missing.

    events : what today's pipeline says; said : what people said, in the order of the file
    cells : what drops are judged from; graded : whether they were looked for at all
    complete : everything is computed; size : of the file when it was read, bytes
    """

    path: Path
    recording: Recording
    pipeline: Pipeline
    time_s: Floats
    obliquity_deg: Floats
    tilt_deg: Floats
    events: tuple[Event, ...]
    said: tuple[Event, ...]
    cells: JudgedCells
    complete: bool
    size: int

    @property
    def stance(self) -> Stance:
        """The leg that stood."""
        return self.pipeline.stance

    @property
    def end_s(self) -> float:
        """The last angle's time, s."""
        return float(self.time_s[-1]) if len(self.time_s) else 0.0

    @property
    def graded(self) -> bool:
        """Whether drops were looked for."""
        return all(getattr(event, "code", "") != "drops-not-graded" for event in self.events)


class Loader(QObject):
    """Reads one file once.

    Signals (queued): computed (a ComputedRecording, several times, the last one complete), failed (a sentence).
    """

    computed = Signal(object)
    failed = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.cost_s = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._main, name="hiplevel-reader", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Say nothing any more."""
        self._stopped.set()

    def wait(self, timeout_s: float) -> None:
        """Until it has ended."""
        self._thread.join(timeout_s)

    def _main(self) -> None:
        begun_s = time.perf_counter()
        try:
            for computed in look(self.path):
                if self._stopped.is_set():
                    return
                self.cost_s = time.perf_counter() - begun_s
                self.computed.emit(computed)
        except HiplevelError as error:
            if not self._stopped.is_set():
                self.failed.emit(of_error(error))
        except (OSError, MemoryError) as error:
            self.failed.emit(in_language(f"{self.path.name} cannot be read ({error})."))


def look(path: Path) -> Iterator[ComputedRecording]:
    """One after the other, each knowing more; the last is complete."""
    size = path.stat().st_size if path.exists() else 0
    recording = open_recording(path)
    trace = DropTrace()
    pipeline = Pipeline(**as_trained(recording), trace=trace)
    pipeline.hear(recording.events)
    samples = recording.samples
    motion: list[MotionOutput] = []
    events: list[Event] = []
    shown_s = -np.inf
    for at in range(0, len(samples), BLOCK):
        out = pipeline.process(samples[at : at + BLOCK])
        motion.append(out.motion)
        events += out.events
        if time.perf_counter() - shown_s > SHOW_S and len(out.motion.time_s):
            yield _looked(path, recording, pipeline, motion, events, JUDGED_NOTHING, False, size)
            shown_s = time.perf_counter()
    out = pipeline.finish()
    yield _looked(path, recording, pipeline, [*motion, out.motion], [*events, *out.events], trace.cells(), True, size)


def _looked(
    path: Path,
    recording: Recording,
    pipeline: Pipeline,
    motion: list[MotionOutput],
    events: list[Event],
    cells: JudgedCells,
    complete: bool,
    size: int,
) -> ComputedRecording:
    def joined(name: str) -> Floats:
        return np.concatenate([np.empty(0), *(getattr(m, name) for m in motion)])

    said = tuple(event for event in recording.events if said_by_person(event))
    angles = (joined("time_s"), joined("obliquity_deg"), joined("tilt_deg"))
    return ComputedRecording(path, recording, pipeline, *angles, tuple(events), said, cells, complete, size)


JUDGED_NOTHING = JudgedCells(
    np.empty(0), np.empty(0), np.empty(0, dtype=np.int64), np.empty(0, dtype=bool), np.empty(0)
)
