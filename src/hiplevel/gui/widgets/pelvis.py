"""The pelvis seen from behind: it tilts as the wearer's does."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, fitting, pen, sized
from hiplevel.gui.widgets.pelvis_back import FRAME_H, FRAME_W, GAIN, MAX_DRAWN_DEG, NEEDLE, background, to_frame
from hiplevel.gui.widgets.pelvis_shape import FOOT_Y, HIP_X, HIP_Y, LEG_WIDTH, bones
from hiplevel.gui.words import tr
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.sides import low_side, watched

NEAR = 0.7
UNKNOWN = 0.3  # opacity of a pelvis whose level nobody knows


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
            self._back = background(self, self._theme, self._rule, self._stance)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._back)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._words(painter)
        to_frame(self, painter)
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
        painter.setOpacity(UNKNOWN if self.level_deg is None else 1.0)
        painter.setPen(pen(theme.bone_line, 2.5))
        painter.setBrush(color(theme.bone))
        painter.drawPath(self._bones.wings)
        painter.drawPath(self._bones.sacrum)
        if self.level_deg is None:  # a line would say how the pelvis stands
            return
        painter.setPen(pen(tone, 5.0))
        for sign in (-1.0, 1.0):
            painter.drawLine(QPointF(sign * 140.0, 0.0), QPointF(sign * NEEDLE, 0.0))
        painter.setBrush(color(tone))
        painter.setPen(pen(theme.window, 1.5))
        painter.drawPath(self._bones.clip)
