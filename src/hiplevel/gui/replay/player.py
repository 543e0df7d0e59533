"""The moment that is looked at: it plays at any speed, stands, steps, follows the end, or goes round in a loop."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FRAME_MS = 33
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
CELL_S = 0.01
NEAR_S = 1e-6


class Player(QObject):
    """Signals: moved (the moment, s), changed (playing, speed or loop are others)."""

    moved = Signal(float)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.at_s, self.end_s = 0.0, 0.0
        self.speed = 1.0
        self.loop: tuple[float, float] | None = None
        self.looping = False
        self.following = False
        self._ticked_s = 0.0
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    @property
    def playing(self) -> bool:
        """Whether time passes."""
        return self._timer.isActive()

    def set_end(self, end_s: float) -> None:
        """How long the recording is; it may grow."""
        self.end_s = end_s
        if self.following:
            self.seek(end_s, follow=True)

    def play(self) -> None:
        """Let time pass; from the start when it stood at the end."""
        if self.at_s >= self.end_s - NEAR_S:
            self.seek(self.loop[0] if self.looping and self.loop else 0.0)
        self._ticked_s = time.perf_counter()
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Let it stand."""
        self._timer.stop()
        self.changed.emit()

    def toggle(self) -> None:
        """Play or stop."""
        self.stop() if self.playing else self.play()

    def set_speed(self, speed: float) -> None:
        """As many times as fast as it was."""
        self.speed = min(max(speed, SPEEDS[0]), SPEEDS[-1])
        self.changed.emit()

    def faster(self) -> None:
        """The next speed."""
        self.set_speed(next((s for s in SPEEDS if s > self.speed + NEAR_S), SPEEDS[-1]))

    def slower(self) -> None:
        """The speed before."""
        self.set_speed(next((s for s in reversed(SPEEDS) if s < self.speed - NEAR_S), SPEEDS[0]))

    def select(self, loop: tuple[float, float] | None) -> None:
        """What is selected, to be looped or marked."""
        self.loop = loop
        self.looping = self.looping and loop is not None
        self.changed.emit()

    def toggle_loop(self) -> None:
        """Go round in the selection, or not."""
        self.looping = not self.looping and self.loop is not None
        if self.looping and self.loop is not None:
            self.seek(self.loop[0])
        self.changed.emit()

    def seek(self, at_s: float, *, follow: bool = False) -> None:
        """To this moment."""
        self.at_s = min(max(at_s, 0.0), self.end_s)
        self.following = follow
        self.moved.emit(self.at_s)

    def step(self, samples: int) -> None:
        """So many samples on, or back."""
        self.stop()
        self.seek(self.at_s + samples * CELL_S)

    def jump(self, times_s: Sequence[float], way: int) -> None:
        """To the next of these sorted moments, or with way -1 to the one before; where there is none it stays."""
        on, back = bisect_right(times_s, self.at_s + NEAR_S), bisect_left(times_s, self.at_s - NEAR_S) - 1
        place = on if way > 0 else back
        if 0 <= place < len(times_s):
            self.seek(times_s[place])

    def tick(self) -> None:
        """Time has passed."""
        now_s = time.perf_counter()
        at_s = self.at_s + (now_s - self._ticked_s) * self.speed
        self._ticked_s = now_s
        if self.looping and self.loop is not None:
            start_s, stop_s = self.loop
            if at_s >= stop_s or at_s < start_s:
                at_s = start_s
        self.seek(at_s)
        if self.at_s >= self.end_s and not self.looping:
            self.stop()
