"""From the session's thread to the window's: taken at once, shown at most 30 times a second; alarms do not wait."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from hiplevel.model.events import Drop, DropStarted, Event
from hiplevel.model.samples import Floats
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health

MOST_CELLS = 60_000  # ten minutes of angles that nobody looked at; older ones are not for the screen any more


@dataclass
class Batch:
    """What came since the last look: events all of them, angles joined, the newest health."""

    events: list[Event] = field(default_factory=list)
    time_s: Floats = field(default_factory=lambda: np.empty(0))
    obliquity_deg: Floats = field(default_factory=lambda: np.empty(0))
    health: Health | None = None


class Bridge(QObject):
    """A view of the session. Its methods return at once whatever the window is doing.

    Signals
    -------
    alarm : a DropStarted or the Drop that ends it, queued to the window's thread as it happens
    """

    alarm = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._events: list[Event] = []
        self._times: list[Floats] = []
        self._angles: list[Floats] = []
        self._cells = 0
        self._health: Health | None = None

    def on_events(self, events: Sequence[Event]) -> None:
        """From the session's thread."""
        with self._lock:
            self._events.extend(events)
        for event in events:
            if isinstance(event, (DropStarted, Drop)):
                self.alarm.emit(event)

    def on_motion(self, motion: MotionOutput) -> None:
        """From the session's thread."""
        with self._lock:
            self._times.append(motion.time_s)
            self._angles.append(motion.obliquity_deg)
            self._cells += len(motion.time_s)
            while self._cells > MOST_CELLS and len(self._times) > 1:
                self._cells -= len(self._times.pop(0))
                self._angles.pop(0)

    def on_health(self, health: Health) -> None:
        """From the session's thread."""
        with self._lock:
            self._health = health

    def take(self) -> Batch:
        """Everything since the last time; from the window's thread."""
        with self._lock:
            events, times, angles, health = self._events, self._times, self._angles, self._health
            self._events, self._times, self._angles, self._health, self._cells = [], [], [], None, 0
        batch = Batch(events, health=health)
        if times:
            batch.time_s, batch.obliquity_deg = np.concatenate(times), np.concatenate(angles)
        return batch
