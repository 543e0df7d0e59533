"""A large button with its key under the word."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from hiplevel.gui.widgets.paint import sized

# In heights of a line of the plain words, so that it grows with them.
HEIGHT, PAD = 3.2, 1.0
WORD, KEY = 1.0, 0.68


class KeyButton(QPushButton):
    """The style draws the button; the word and the key are drawn here."""

    def __init__(
        self,
        text: str,
        key: str,
        pressed: Callable[[], None],
        *,
        tip: str = "",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word, self._key, self._widest = text, key, text
        self.setProperty("role", "key")
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        self.setToolTip(f"{tip}  ({key})" if tip else key)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: pressed())

    def set_word(self, word: str, tip: str) -> None:
        """It does something else from now on; no button beside it moves for that once both words were there."""
        if word == self._word:
            return
        self._word, self._widest = word, max(self._widest, word, key=len)
        self.setAccessibleName(word)
        self.setAccessibleDescription(tip)
        self.setToolTip(f"{tip}  ({self._key})")
        self.updateGeometry()
        self.update()

    @property
    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the word."""
        width = QFontMetricsF(sized(self.font(), WORD * self._line)).horizontalAdvance(self._widest)
        return QSize(round(width + 2.0 * PAD * self._line), round(HEIGHT * self._line))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The word must be read."""
        return QSize(self.sizeHint().width() - round(PAD * self._line), round(HEIGHT * self._line))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The style's button, then the two lines."""
        super().paintEvent(event)
        painter = QPainter(self)
        role = QPalette.ColorRole
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        box = QRectF(self.rect())
        painter.setFont(sized(self.font(), WORD * self._line))
        painter.setPen(self.palette().color(group, role.ButtonText))
        painter.drawText(box.adjusted(0.0, 0.0, 0.0, -self._line), Qt.AlignmentFlag.AlignCenter, self._word)
        painter.setFont(sized(self.font(), KEY * self._line))
        painter.setPen(self.palette().color(group, role.PlaceholderText))
        painter.drawText(box.adjusted(0.0, 1.45 * self._line, 0.0, 0.0), Qt.AlignmentFlag.AlignCenter, self._key)
