"""The edge of the screen on the side that dropped: it lights up at once, and stays lit for as long as the drop."""

import time

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, hatch, sized
from hiplevel.gui.words import tr
from hiplevel.model.rules import Side

LEAST_S = 0.7
PART, LEAST_PX = 0.045, 56


class Edge(QWidget):
    """One edge over its parent. It takes no clicks and, unlit, no paint."""

    def __init__(self, parent: QWidget, side: Side, theme: Theme) -> None:
        super().__init__(parent)
        self.side: Side = side
        self._over = parent
        self._theme = theme
        self._lit_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr(f"live.edge_{side}"))
        parent.installEventFilter(self)
        self.hide()

    def light(self) -> None:
        """Now; drawn before this returns, not when Qt finds the time."""
        self._timer.stop()
        self._lit_s = time.monotonic()
        self._place()
        self.show()
        self.raise_()
        self.repaint()

    def fade(self) -> None:
        """The drop is over: go out, but be seen."""
        if self.isVisible() or self._lit_s:
            left_s = self._lit_s + LEAST_S - time.monotonic()
            self._timer.start(max(0, round(left_s * 1000.0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep to the edge when the parent changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Colour, pattern and word."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(theme.alarm))
        strip = self.width() // 4
        inner = self.rect().adjusted(0, 0, -strip, 0) if self.side == "right" else self.rect().adjusted(strip, 0, 0, 0)
        outer = QRect(inner.right() + 1 if self.side == "right" else 0, 0, strip, self.height())
        painter.fillRect(outer, color(theme.on_alarm, 0.25))
        painter.fillRect(outer, hatch(theme.on_alarm))
        painter.translate(inner.center().x(), self.height() / 2.0)
        painter.rotate(90.0 if self.side == "right" else -90.0)
        painter.setPen(color(theme.on_alarm))
        painter.setFont(sized(self.font(), min(inner.width() * 0.62, 64.0), QFont.Weight.Bold))
        length = self.height()
        box = QRect(-length // 2, -inner.width() // 2, length, inner.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr(f"live.edge_{self.side}"))

    def _place(self) -> None:
        parent = self._over
        width = edge_px(parent.width())
        left = parent.width() - width if self.side == "right" else 0
        self.setGeometry(left, 0, width, parent.height())


def edge_px(width: int) -> int:
    """How wide an edge is on a screen `width` pixels wide; nothing that must be read stands in it."""
    return max(LEAST_PX, round(width * PART))
