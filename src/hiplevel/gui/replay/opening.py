"""Reading what is opened: the recording, one to compare with, and the recording again while it still grows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from hiplevel.gui.replay.looked import Loader, Looked

GROWN_MS = 2000
PATIENCE = 4  # a growing file is read again after so many times what reading it took


class Opening(QObject):
    """Each file in a thread of its own.

    Signals: looked (a Looked of the recording that is open, several times), growing (there is more of it, and it is
    read again), compared (the complete Looked of the second), failed (a sentence).
    """

    looked = Signal(object)
    growing = Signal()
    compared = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaders: list[Loader] = []
        self._watched: Looked | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look_again)

    def open(self, path: Path) -> None:
        """Read this one; of whatever was read before nothing is told any more."""
        self.stop()
        self._load(path, self._tell)

    def compare(self, path: Path) -> None:
        """Read a second one."""
        self._load(path, self._tell_compared)

    def watch(self, looked: Looked) -> None:
        """Look again after a while whether more of it has come."""
        self._watched = looked
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
            loader.looked.disconnect()
            loader.failed.disconnect()
        self._loaders = []

    def _load(self, path: Path, looked: Callable[[Looked], None]) -> None:
        loader = Loader(path)
        loader.looked.connect(looked)
        loader.failed.connect(self._tell_failed)
        self._loaders.append(loader)
        loader.start()

    def _tell(self, looked: Looked) -> None:
        self.looked.emit(looked)

    def _tell_complete(self, looked: Looked) -> None:
        if looked.complete:
            self.looked.emit(looked)

    def _tell_compared(self, looked: Looked) -> None:
        if looked.complete:
            self.compared.emit(looked)

    def _tell_failed(self, sentence: str) -> None:
        self.failed.emit(sentence)
