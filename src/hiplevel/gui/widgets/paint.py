"""Small help for widgets that paint themselves."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

TRIAL_PX = 100


def color(text: str, alpha: float = 1.0) -> QColor:
    """A colour of the theme, more or less see-through."""
    made = QColor(text)
    made.setAlphaF(alpha)
    return made


def pen(text: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen with round ends."""
    return QPen(color(text), width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def hatch(text: str) -> QBrush:
    """Diagonal lines: beyond the limit is told by a pattern as well as by a colour."""
    return QBrush(color(text), Qt.BrushStyle.BDiagPattern)


def sized(font: QFont, px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """`font` of a height in pixels."""
    made = QFont(font)
    made.setPixelSize(max(6, round(px)))
    made.setWeight(weight)
    return made


def fitting(font: QFont, text: str, width: float, height: float) -> QFont:
    """`font`, bold, as large as `text` can be in a box."""
    trial = sized(font, TRIAL_PX, QFont.Weight.Bold)
    box = QFontMetricsF(trial).tightBoundingRect(text)
    scale = min(width / max(box.width(), 1.0), height / max(box.height(), 1.0))
    return sized(font, TRIAL_PX * scale, QFont.Weight.Bold)


def centred(painter: QPainter, box: QRectF, text: str) -> None:
    """Text in the middle of a box by its ink, so that digits sit where they look centred."""
    ink = QFontMetricsF(painter.font()).tightBoundingRect(text)
    painter.drawText(box.center() - ink.center(), text)


def device_ratio(widget: QWidget) -> float:
    """Device pixels a pixel, for drawings that are kept."""
    return widget.devicePixelRatioF()
