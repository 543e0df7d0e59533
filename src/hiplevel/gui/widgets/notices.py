"""What a person should know but need not answer: a strip that comes in at the top and can be put away."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hiplevel.gui.widgets.parts import button, label
from hiplevel.gui.words import tr

MOST = 4


class Notices(QWidget):
    """The latest notices, each once; it takes no room while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._shown: dict[str, QFrame] = {}
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What stands there now, the oldest first."""
        return list(self._shown)

    def add(self, text: str) -> None:
        """Show a sentence; a second time changes nothing."""
        if not text or text in self._shown:
            return
        frame = QFrame()
        frame.setProperty("role", "notice")
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(12, 6, 6, 6)
        words = label(text, wrap=True)
        inner.addWidget(words, 1)
        inner.addWidget(button(tr("common.dismiss"), lambda: self.remove(text)))
        self._shown[text] = frame
        self._layout.addWidget(frame)
        while len(self._shown) > MOST:
            self.remove(next(iter(self._shown)))
        self.show()

    def remove(self, text: str) -> None:
        """Put one away."""
        frame = self._shown.pop(text, None)
        if frame is not None:
            frame.hide()
            self._layout.removeWidget(frame)
            frame.deleteLater()
        self.setVisible(bool(self._shown))

    def clear(self) -> None:
        """Put all away."""
        for text in self.texts:
            self.remove(text)
