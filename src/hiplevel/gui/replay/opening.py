"""Reading what is opened: the recording, one to compare with, and the recording again while it still grows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from hiplevel.gui.replay.computed import ComputedRecording, Loader

GROWN_MS = 2000
PATIENCE = 4  # a growing file is read again after so many times what reading it took


class Opening(QObject):
    """Each file in a thread of its own.

    Signals: computed (the recording that is open, several times), growing (there is more of it, and it is
    read again), compared (the second one, complete), failed (a sentence).
    """

    computed = Signal(object)
    growing = Signal()
    compared = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaders: list[Loader] = []
        self._watched: ComputedRecording | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look_again)

    def open(self, path: Path) -> None:
        """Read this one; of whatever was read before nothing is told any more."""
        self.stop()
        self._load(path, self._tell)

    def compare(self, path: Path) -> None:
        """Read a second one."""
        self._load(path, self._tell_compared)

    def watch(self, computed: ComputedRecording) -> None:
        """Look again after a while whether more of it has come."""
        self._watched = computed
        cost_ms = max((loader.cost_s for loader in self._loaders), default=0.0) * 1000.0
        self._timer.start(max(GROWN_MS, round(PATIENCE * cost_ms)))

    def look_again(self) -> None:
        """Of a recording that is still being written there may be more by now."""
        if self._watched is None:
            return
        try:
            grown = self._watched.path.stat().st_size != self._watched.size
        except OSError:
            grown = False
        if grown:
            self.growing.emit()
            self._loaders = []
            self._load(self._watched.path, self._tell_complete)
        else:
            self._timer.start(GROWN_MS)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._watched = None
        for loader in self._loaders:
            loader.stop()
            loader.computed.disconnect()
            loader.failed.disconnect()
        self._loaders = []

    def _load(self, path: Path, computed: Callable[[ComputedRecording], None]) -> None:
        loader = Loader(path)
        loader.computed.connect(computed)
        loader.failed.connect(self._tell_failed)
        self._loaders.append(loader)
        loader.start()

    def _tell(self, computed: ComputedRecording) -> None:
        self.computed.emit(computed)

    def _tell_complete(self, computed: ComputedRecording) -> None:
        if computed.complete:
            self.computed.emit(computed)

    def _tell_compared(self, computed: ComputedRecording) -> None:
        if computed.complete:
            self.compared.emit(computed)

    def _tell_failed(self, sentence: str) -> None:
        self.failed.emit(sentence)
