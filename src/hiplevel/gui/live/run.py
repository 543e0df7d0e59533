"""A live session in a thread of its own: connect, train, record; the window only looks on and calls in."""

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hiplevel.gui.sentences import in_language, of_error
from hiplevel.model.calibration_words import mounting_in_words
from hiplevel.model.errors import HiplevelError, InputError
from hiplevel.model.events import MarkKind
from hiplevel.recording.names import new_path
from hiplevel.session.ble_source import BleSource
from hiplevel.session.mounting import learn_mounting
from hiplevel.session.plan import Plan, session_on
from hiplevel.session.remembered_sensors import remember
from hiplevel.session.said import Said
from hiplevel.session.session import Session
from hiplevel.session.view import View

TELL_S = 0.25


class LiveRun(QObject):
    """One session from connecting to its end.

    Signals (queued to the window's thread)
    -------
    connected : the sensor's name
    failed : a sentence; nothing was or will be recorded after it
    finished : the path of the recording
    hinging : how far learning the mounting is, s
    learned : what came of it, as a sentence
    not_kept : a sentence; the recording is whole, but the clinic's store does not have it
    """

    connected = Signal(str)
    failed = Signal(str)
    finished = Signal(object)
    hinging = Signal(float)
    learned = Signal(str)
    not_kept = Signal(str)

    def __init__(
        self,
        make_source: Callable[[], BleSource],
        plan: Plan,
        views: Sequence[View],
        folder: Path | None = None,
        *,
        hinges: bool = False,
    ) -> None:
        super().__init__()
        self._make_source, self._plan, self._views, self._folder = make_source, plan, tuple(views), folder
        self._hinges = hinges
        exercise = plan.exercise
        self._name = exercise if isinstance(exercise, str) else "" if exercise is None else exercise.id
        self._source: BleSource | None = None
        self._session: Session | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._main, name="hiplevel-session", daemon=True)

    def start(self) -> None:
        """Connect and go."""
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the session's thread is still at work."""
        return self._thread.is_alive()

    @property
    def said(self) -> Said | None:
        """Takes what a person says about the session; None before it is connected."""
        return None if self._session is None else self._session.said

    @property
    def plan(self) -> Plan:
        """What is trained."""
        return self._plan

    @property
    def session(self) -> Session | None:
        """The session, once connected; what may be called from any thread says so."""
        return self._session

    def mark(self, what: MarkKind) -> bool:
        """Say when a hold or a pause begins and ends, or ask for a new neutral; whether a session hears it."""
        if self._session is None:
            return False
        self._session.mark(what)
        return True

    def end(self) -> None:
        """End in order; returns at once."""
        self._ending.set()
        if self._source is not None:
            # Stopping waits for a radio that is still being opened: not in the window's thread.
            threading.Thread(target=self._source.stop, name="hiplevel-stop", daemon=True).start()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the recording is closed; whether it is."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _main(self) -> None:
        path: Path | None = None
        try:
            self._source = source = self._make_source()
            if self._ending.is_set():
                return
            with source:
                if self._hinges:
                    self._learn(source)
                path = new_path(self._plan.client, self._name, time.time_ns(), self._folder)
                self._session = session_on(source, self._plan, path, self._views)
                if not source.identity.simulated:
                    remember(self._plan.client, source.spec.origin or source.spec.id, source.identity)
                self.connected.emit(source.identity.name)
                if self._ending.is_set():
                    source.stop()
                self._session.run(source)
        except HiplevelError as error:
            if not self._ending.is_set():
                self.failed.emit(of_error(error))
        except Exception as error:
            self.failed.emit(f"{type(error).__name__}: {error}")
            raise
        finally:
            self.finished.emit(path)
            self._keep(path)

    def _learn(self, source: BleSource) -> None:
        told_s = -1.0

        def tell(done_s: float) -> None:
            nonlocal told_s
            if done_s - told_s >= TELL_S:
                told_s = done_s
                self.hinging.emit(done_s)

        try:
            calibration = learn_mounting(source, tell, self._ending.is_set)
        except InputError as error:
            self.learned.emit(of_error(error))
            return
        if calibration is not None:
            self._plan = self._plan.calibrated(calibration)
            self.learned.emit(" ".join(map(in_language, [*mounting_in_words(calibration)[:1], *calibration.reasons])))

    def _keep(self, path: Path | None) -> None:
        """Into the clinic's store, where it has this client: a real session only, and the window waits for nothing."""
        simulated = self._source is None or self._session is None or self._source.identity.simulated
        if path is None or simulated or not self._plan.client:
            return
        from hiplevel.clinic.training import keep_session

        if problem := keep_session(path, self._plan.client):
            with contextlib.suppress(RuntimeError):  # the window is gone
                self.not_kept.emit(in_language(problem))
