"""A drawing of the reports on the screen: in the colours of the window instead of those of paper."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QWidget

from hiplevel.gui.theme import Theme
from hiplevel.report import svg


class Printed(QSvgWidget):
    """drawing: SVG of `hiplevel.report`; name: what a screen reader says."""

    def __init__(self, theme: Theme, drawing: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load(QByteArray(on_screen(theme, drawing).encode()))
        self.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setAccessibleName(name)
        self.setStyleSheet(f"background: {theme.surface}; border-radius: 8px;")


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
