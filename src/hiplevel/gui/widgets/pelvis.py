"""The pelvis seen from behind: it tilts as the wearer's does, and the limits stand left and right of it."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, device_ratio, fitting, hatch, pen, sized
from hiplevel.gui.widgets.pelvis_shape import FOOT_Y, HIP_X, HIP_Y, LEG_WIDTH, bones
from hiplevel.gui.words import tr, written
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.sides import low_side, watched

GAIN = 2.0  # of the drawn angle; without it 5 degrees are a line's breadth from across the room
FRAME_W, FRAME_H = 560.0, 350.0
INNER, OUTER, NEEDLE = 196.0, 226.0, 240.0
BEYOND = 1.7  # the band beyond the limit ends here, in limits
MAX_DRAWN_DEG = 34.0
LEAST_PX = 11.0
NEAR = 0.7
WARN_AT = 0.7  # of the limit, where the rule has no level of its own at which to take care


class PelvisView(QWidget):
    """Takes the obliquity in degrees (+ = left side up) and says which side is low, in words as well."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rule, self._stance = DropRule(), "both"
        self._bones = bones()
        self._back: QPixmap | None = None
        self.level_deg: float | None = None
        self.placeholder = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("live.pelvis_name"))
        self.setToolTip(tr("live.drawn_twice"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The frame of the drawing."""
        return QSize(round(FRAME_W), round(FRAME_H))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still legible."""
        return QSize(300, 200)

    def set_rule(self, rule: DropRule, stance: Stance) -> None:
        """The limits to mark, and the leg that stands."""
        self._rule, self._stance, self._back = rule, stance, None
        self.update()

    def set_level(self, level_deg: float | None) -> None:
        """Tilt to this obliquity; None when it is not known."""
        before = self.level_deg
        self.level_deg = level_deg
        if before is None or level_deg is None or abs(before - level_deg) > 0.05:
            self.setAccessibleDescription(self.words)
            self.update()

    @property
    def low_side(self) -> Side | None:
        """The side that is low; None when level or unknown."""
        return low_side(self.level_deg)

    @property
    def used(self) -> float:
        """How much of its limit the low side has used up; 0 for a side that is not watched."""
        side = self.low_side
        if side is None or self.level_deg is None or side not in watched(self._stance):
            return 0.0
        return abs(self.level_deg) / self._rule.limit_deg(side)

    @property
    def words(self) -> str:
        """The level as one would say it."""
        if self.level_deg is None:
            return self.placeholder or tr("live.level_unknown")
        side = self.low_side
        return tr("live.level") if side is None else tr(f"live.{side}_low", deg=f"{abs(self.level_deg):.0f}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the background anew."""
        self._back = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The limits that stand, then the pelvis that moves."""
        if self._back is None:
            self._back = self._background()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._back)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._words(painter)
        self._to_frame(painter)
        turn = max(-MAX_DRAWN_DEG, min(MAX_DRAWN_DEG, (self.level_deg or 0.0) * GAIN))
        self._legs(painter, turn)
        painter.rotate(turn)
        self._pelvis(painter)

    def _tone(self) -> str:
        used = self.used
        theme = self._theme
        return theme.alarm if used >= 1.0 else theme.warn if used >= NEAR else theme.level

    def _words(self, painter: QPainter) -> None:
        words = f"▼ {self.words}" if self.used >= 1.0 else self.words
        box = QRectF(0.0, self.height() * 0.015, self.width(), self.height() * 0.15)
        px = min(box.height() * 0.72, fitting(self.font(), words, self.width() * 0.9, 1000.0).pixelSize())
        painter.setFont(sized(self.font(), px, QFont.Weight.Bold))
        painter.setPen(color(self._tone() if self.level_deg is not None else self._theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    @property
    def _scale(self) -> float:
        return min(self.width() / FRAME_W, self.height() * 0.85 / FRAME_H)

    def _words_px(self, px: float) -> float:
        """The height of words in the frame: never smaller on the screen than LEAST_PX."""
        return max(px, LEAST_PX / max(self._scale, 0.1))

    def _to_frame(self, painter: QPainter) -> None:
        """The origin between the hips, one unit as large as the widget allows."""
        scale = self._scale
        painter.translate(self.width() / 2.0, self.height() * 0.17 + scale * 112.0)
        painter.scale(scale, scale)

    def _legs(self, painter: QPainter, turn_deg: float) -> None:
        radians = math.radians(turn_deg)
        for side, sign in (("left", -1.0), ("right", 1.0)):
            x, y = sign * HIP_X, HIP_Y
            hip = QPointF(x * math.cos(radians) - y * math.sin(radians), x * math.sin(radians) + y * math.cos(radians))
            stands = self._stance in (side, "both", "auto")
            foot = QPointF(sign * HIP_X, FOOT_Y) if stands else hip + QPointF(sign * 4.0, FOOT_Y - HIP_Y - 26.0)
            painter.setPen(pen(self._theme.leg, LEG_WIDTH))
            painter.setOpacity(1.0 if stands else 0.55)
            painter.drawLine(hip, foot)
        painter.setOpacity(1.0)

    def _pelvis(self, painter: QPainter) -> None:
        theme, tone = self._theme, self._tone()
        painter.setPen(pen(theme.bone_line, 2.5))
        painter.setBrush(color(theme.bone))
        painter.drawPath(self._bones.wings)
        painter.drawPath(self._bones.sacrum)
        painter.setPen(pen(tone, 5.0))
        for sign in (-1.0, 1.0):
            painter.drawLine(QPointF(sign * 140.0, 0.0), QPointF(sign * NEEDLE, 0.0))
        painter.setBrush(color(tone))
        painter.setPen(pen(theme.window, 1.5))
        painter.drawPath(self._bones.clip)

    def _background(self) -> QPixmap:
        ratio = device_ratio(self)
        back = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        back.setDevicePixelRatio(ratio)
        back.fill(Qt.GlobalColor.transparent)
        painter = QPainter(back)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._to_frame(painter)
        theme = self._theme
        painter.setPen(pen(theme.line, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(-NEEDLE - 6.0, 0.0), QPointF(NEEDLE + 6.0, 0.0))
        for side in watched(self._stance):
            self._limit(painter, side)
        painter.setPen(color(theme.muted))
        painter.setFont(sized(self.font(), self._words_px(13.0)))
        sides = (("left", Qt.AlignmentFlag.AlignLeft), ("right", Qt.AlignmentFlag.AlignRight))
        for name, where in sides:
            painter.drawText(QRectF(-276.0, -70.0, 552.0, 34.0), where, tr(f"sides.{name}"))
        twice = tr("live.drawn_twice")
        if painter.fontMetrics().horizontalAdvance(twice) < 276.0 - HIP_X - LEG_WIDTH:  # else only in the tip
            painter.drawText(QRectF(-276.0, 196.0, 552.0, 34.0), Qt.AlignmentFlag.AlignRight, twice)
        self._ground(painter)
        painter.end()
        return back

    def _ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._theme.line))
        for side, sign in (("left", -1.0), ("right", 1.0)):
            if self._stance in (side, "both", "auto"):
                painter.drawRoundedRect(QRectF(sign * HIP_X - 42.0, FOOT_Y + 14.0, 84.0, 7.0), 3.0, 3.0)

    def _limit(self, painter: QPainter, side: Side) -> None:
        """The bands of one side, from neutral down, and its limit as a bold mark with its number."""
        theme, limit_deg = self._theme, self._rule.limit_deg(side)
        warn_deg = limit_deg * WARN_AT if self._rule.warn_deg is None else self._rule.warn_deg
        end_deg = min(limit_deg * BEYOND, MAX_DRAWN_DEG / GAIN + 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        for start, stop, name, alpha in ((0.0, warn_deg, theme.level, 0.22), (warn_deg, limit_deg, theme.warn, 0.5)):
            painter.setBrush(color(name, alpha))
            self._band(painter, side, start, stop)
        painter.setBrush(color(theme.alarm, 0.35))
        self._band(painter, side, limit_deg, end_deg)
        painter.setBrush(hatch(theme.alarm))
        self._band(painter, side, limit_deg, end_deg)
        sign = 1.0 if side == "right" else -1.0
        radians = math.radians(limit_deg * GAIN)
        painter.setPen(pen(theme.alarm, 4.0))
        inner, outer = ((sign * r * math.cos(radians), r * math.sin(radians)) for r in (INNER - 8.0, OUTER + 8.0))
        painter.drawLine(QPointF(*inner), QPointF(*outer))
        painter.setPen(color(theme.text))
        painter.setFont(sized(self.font(), self._words_px(15.0), QFont.Weight.DemiBold))
        words = tr("live.limit_mark", deg=written(limit_deg, "g"))
        box = QRectF(0.0, 0.0, 160.0, 34.0)
        x, y = sign * (OUTER - 30.0), OUTER * math.sin(math.radians(end_deg * GAIN)) + 6.0
        box.moveCenter(QPointF(x, y + 12.0))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    @staticmethod
    def _band(painter: QPainter, side: Side, start_deg: float, stop_deg: float) -> None:
        sign = 1.0 if side == "right" else -1.0
        steps = max(2, round(abs(stop_deg - start_deg)))
        angles = [math.radians(GAIN * (start_deg + (stop_deg - start_deg) * i / steps)) for i in range(steps + 1)]
        rim = [QPointF(sign * OUTER * math.cos(a), OUTER * math.sin(a)) for a in angles]
        rim += [QPointF(sign * INNER * math.cos(a), INNER * math.sin(a)) for a in reversed(angles)]
        painter.drawPolygon(rim)
