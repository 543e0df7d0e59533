"""What stands behind the pelvis that moves: the level, the limits left and right of it, and the ground."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, device_ratio, hatch, pen, sized
from hiplevel.gui.widgets.pelvis_shape import FOOT_Y, HIP_X, LEG_WIDTH
from hiplevel.gui.words import tr, written
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.sides import watched

GAIN = 2.0  # of the drawn angle; without it 5 degrees are a line's breadth from across the room
FRAME_W, FRAME_H = 560.0, 350.0
INNER, OUTER, NEEDLE = 196.0, 226.0, 240.0
BEYOND = 1.7  # the band beyond the limit ends here, in limits
MAX_DRAWN_DEG = 34.0
LEAST_PX = 11.0
WARN_AT = 0.7  # of the limit, where the rule has no level of its own at which to take care


def to_frame(widget: QWidget, painter: QPainter) -> None:
    """The origin between the hips, one unit as large as the widget allows."""
    scale = _scale(widget)
    painter.translate(widget.width() / 2.0, widget.height() * 0.17 + scale * 112.0)
    painter.scale(scale, scale)


def background(widget: QWidget, theme: Theme, rule: DropRule, stance: str) -> QPixmap:
    """As large as the widget, see-through."""
    ratio = device_ratio(widget)
    back = QPixmap(round(widget.width() * ratio), round(widget.height() * ratio))
    back.setDevicePixelRatio(ratio)
    back.fill(Qt.GlobalColor.transparent)
    painter = QPainter(back)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    to_frame(widget, painter)
    painter.setPen(pen(theme.line, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(-NEEDLE - 6.0, 0.0), QPointF(NEEDLE + 6.0, 0.0))
    for side in watched(stance):
        _limit(widget, painter, theme, rule, side)
    painter.setPen(color(theme.muted))
    painter.setFont(sized(widget.font(), _words_px(widget, 13.0)))
    sides = (("left", Qt.AlignmentFlag.AlignLeft), ("right", Qt.AlignmentFlag.AlignRight))
    for name, where in sides:
        painter.drawText(QRectF(-276.0, -70.0, 552.0, 34.0), where, tr(f"sides.{name}"))
    twice = tr("live.drawn_twice")
    if painter.fontMetrics().horizontalAdvance(twice) < 276.0 - HIP_X - LEG_WIDTH:  # else only in the tip
        painter.drawText(QRectF(-276.0, 196.0, 552.0, 34.0), Qt.AlignmentFlag.AlignRight, twice)
    _ground(painter, theme, stance)
    painter.end()
    return back


def _scale(widget: QWidget) -> float:
    return min(widget.width() / FRAME_W, widget.height() * 0.85 / FRAME_H)


def _words_px(widget: QWidget, px: float) -> float:
    """The height of words in the frame: never smaller on the screen than LEAST_PX."""
    return max(px, LEAST_PX / max(_scale(widget), 0.1))


def _ground(painter: QPainter, theme: Theme, stance: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(theme.line))
    for side, sign in (("left", -1.0), ("right", 1.0)):
        if stance in (side, "both", "auto"):
            painter.drawRoundedRect(QRectF(sign * HIP_X - 42.0, FOOT_Y + 14.0, 84.0, 7.0), 3.0, 3.0)


def _limit(widget: QWidget, painter: QPainter, theme: Theme, rule: DropRule, side: Side) -> None:
    """The bands of one side, from neutral down, and its limit as a bold mark with its number."""
    limit_deg = rule.limit_deg(side)
    warn_deg = limit_deg * WARN_AT if rule.warn_deg is None else rule.warn_deg
    end_deg = min(limit_deg * BEYOND, MAX_DRAWN_DEG / GAIN + 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    for start, stop, name, alpha in ((0.0, warn_deg, theme.level, 0.22), (warn_deg, limit_deg, theme.warn, 0.5)):
        painter.setBrush(color(name, alpha))
        _band(painter, side, start, stop)
    painter.setBrush(color(theme.alarm, 0.35))
    _band(painter, side, limit_deg, end_deg)
    painter.setBrush(hatch(theme.alarm))
    _band(painter, side, limit_deg, end_deg)
    sign = 1.0 if side == "right" else -1.0
    radians = math.radians(limit_deg * GAIN)
    painter.setPen(pen(theme.alarm, 4.0))
    inner, outer = ((sign * r * math.cos(radians), r * math.sin(radians)) for r in (INNER - 8.0, OUTER + 8.0))
    painter.drawLine(QPointF(*inner), QPointF(*outer))
    painter.setPen(color(theme.text))
    painter.setFont(sized(widget.font(), _words_px(widget, 15.0), QFont.Weight.DemiBold))
    words = tr("live.limit_mark", deg=written(limit_deg, "g"))
    half = painter.fontMetrics().horizontalAdvance(words) / 2.0 + 4.0
    x = min(OUTER - 30.0, widget.width() / 2.0 / _scale(widget) - half)  # beside the edge, never over it
    box = QRectF(0.0, 0.0, 2.0 * half, 34.0)
    box.moveCenter(QPointF(sign * x, OUTER * math.sin(math.radians(end_deg * GAIN)) + 18.0))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _band(painter: QPainter, side: Side, start_deg: float, stop_deg: float) -> None:
    sign = 1.0 if side == "right" else -1.0
    steps = max(2, round(abs(stop_deg - start_deg)))
    angles = [math.radians(GAIN * (start_deg + (stop_deg - start_deg) * i / steps)) for i in range(steps + 1)]
    rim = [QPointF(sign * OUTER * math.cos(a), OUTER * math.sin(a)) for a in angles]
    rim += [QPointF(sign * INNER * math.cos(a), INNER * math.sin(a)) for a in reversed(angles)]
    painter.drawPolygon(rim)
