"""A drawing of the reports on the screen: in the colours of the window instead of those of paper."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QSizePolicy, QWidget

from hiplevel.gui.theme import Theme
from hiplevel.report import svg

LEAST_PX, MOST_PX = 380, 1400


class Printed(QSvgWidget):
    """drawing: SVG of `hiplevel.report`; name: what a screen reader says."""

    def __init__(self, theme: Theme, drawing: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load(QByteArray(on_screen(theme, drawing).encode()))
        self.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setAccessibleName(name)
        size = self.renderer().defaultSize()
        self._shape = size.height() / max(size.width(), 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(MOST_PX)
        self.setStyleSheet(f"background: {theme.surface}; border-radius: 8px;")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as may be."""
        return QSize(MOST_PX, self.heightForWidth(MOST_PX))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still legible."""
        return QSize(LEAST_PX, self.heightForWidth(LEAST_PX))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """In the shape of the drawing."""
        return round(width * self._shape)


def on_screen(theme: Theme, drawing: str) -> str:
    """The drawing with each colour of `svg` exchanged for that of the theme which means the same."""
    shades = {
        svg.INK: theme.text,
        svg.QUIET: theme.muted,
        svg.GRID: theme.line,
        svg.BLUE: theme.level,
        svg.SKY: theme.level,
        svg.ORANGE: theme.alarm,
    }
    for paper, shade in shades.items():
        drawing = drawing.replace(paper, shade)
    return drawing
