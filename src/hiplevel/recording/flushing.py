"""What was written is safe within a second: pushed on time, and synced by a thread so that callers never wait."""

import contextlib
import threading
import time
from collections.abc import Iterator

from mcap.writer import Writer

from hiplevel.model.errors import RecordingError
from hiplevel.recording.sink import Sink

FLUSH_NS = 1_000_000_000  # by arrival time: also what is written faster than it happened is cut into seconds
IDLE_FLUSH_S = 0.9  # by the wall clock, when nothing more arrives; below 1 s to leave the thread time to wake


class Keeper:
    """Guards one MCAP writer and its sink. Everything but `stop` is called with `lock` held."""

    def __init__(self, mcap: Writer, sink: Sink) -> None:
        self.lock = threading.Condition()
        self._mcap = mcap
        self._sink = sink
        self._pushed_ns: int | None = None
        self._pending_since_s: float | None = None
        self._unsynced = False
        self._stopping = False
        self._error: RecordingError | None = None
        self._thread = threading.Thread(target=self._run, name="hiplevel-recorder", daemon=True)
        self._thread.start()

    def taken(self) -> None:
        """A message is waiting in the writer."""
        if self._pending_since_s is None:
            self._pending_since_s = time.monotonic()
            self.lock.notify()

    def push_when_due(self, at_ns: int) -> None:
        """Push once a second of arrival time has gone by; raises what the disk last refused."""
        if self._pushed_ns is None:
            self._pushed_ns = at_ns
        if abs(at_ns - self._pushed_ns) >= FLUSH_NS:  # a clock set back is a reason to push, not to wait
            self.push(at_ns)
        if self._error is not None:
            error, self._error = self._error, None
            raise error

    def push(self, at_ns: int | None = None) -> None:
        """Hand everything to the operating system now; raises RecordingError (DISK) and keeps what was refused."""
        self._pushed_ns = self._pushed_ns if at_ns is None else at_ns
        self._pending_since_s = None
        self._unsynced = True
        self._mcap.flush()
        self.lock.notify()
        try:
            self._sink.push()
        except RecordingError:
            self._pending_since_s = time.monotonic()  # to be tried again
            raise

    def stop(self) -> None:
        """End the thread; nothing is pushed any more."""
        with self.lock:
            self._stopping = True
            self.lock.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self.lock:
                self._wait()
                if self._stopping:
                    return
                if not self._unsynced:
                    with self._noting_errors():
                        self.push()
                self._unsynced = False
            with self._noting_errors():
                self._sink.sync()

    def _wait(self) -> None:
        while not (self._stopping or self._unsynced):
            since_s = self._pending_since_s
            left_s = None if since_s is None else since_s + IDLE_FLUSH_S - time.monotonic()
            if left_s is not None and left_s <= 0.0:
                return
            self.lock.wait(left_s)

    @contextlib.contextmanager
    def _noting_errors(self) -> Iterator[None]:
        try:
            yield
        except RecordingError as error:
            self._error = error
