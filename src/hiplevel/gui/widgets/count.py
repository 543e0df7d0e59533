"""The repetition count, as large as its room allows: readable from three metres."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import centred, color, fitting, sized
from hiplevel.gui.words import tr

MAX_SEGMENTS = 30
Unit = Literal["reps", "seconds", "steps", "none"]
DIM = 0.5


class RepCount(QWidget):
    """The number of repetitions of this set, the target as a row of segments, and the set."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.reps, self.target = 0, 0
        self.set_number, self.sets = 0, 0
        self.dimmed = False
        self.unit: Unit = "reps"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("live.count_name"))
        self._tell()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for two large digits."""
        return QSize(320, 360)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The least that can be read from a few steps away."""
        return QSize(220, 220)

    def set_unit(self, unit: Unit) -> None:
        """What the number counts; 'none': nothing can be counted here, and no number is shown."""
        self.unit = unit
        self._tell()
        self.update()

    def show_count(self, reps: int, target: int, set_number: int, sets: int, *, dimmed: bool = False) -> None:
        """Show these numbers; 0 means no target, or no set yet. dimmed: nothing is being counted just now."""
        shown = (reps, target, set_number, sets, dimmed)
        if shown == (self.reps, self.target, self.set_number, self.sets, self.dimmed):
            return
        self.reps, self.target, self.set_number, self.sets, self.dimmed = shown
        self._tell()
        self.update()

    @property
    def set_words(self) -> str:
        """Which set this is, in words."""
        if self.unit == "none":
            return tr("live.only_watched")
        if self.unit == "seconds":
            return tr("live.hold_number", n=self.set_number) if self.set_number else tr("live.before_first_hold")
        if self.unit == "steps":
            return ""
        if not self.set_number:
            return tr("live.before_first_set")
        if self.sets:
            return tr("live.set_of", n=self.set_number, sets=self.sets)
        return tr("live.set", n=self.set_number)

    @property
    def target_words(self) -> str:
        """What is aimed for, in words."""
        if self.unit == "none":
            return tr("live.not_counted")
        if self.unit == "steps":
            return tr("live.steps")
        if self.unit == "seconds":
            return tr("live.of_seconds", n=self.target) if self.target else tr("live.seconds_held")
        return tr("live.of_target", n=self.target) if self.target else tr("live.repetitions")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the number over its words."""
        theme, width, height = self._theme, float(self.width()), float(self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words_px = self._words_px(width, max(15.0, height * 0.075))
        foot = words_px * 2.9 + (words_px if self.target else 0.0)
        box = QRectF(0.0, 0.0, width, height - foot).adjusted(6.0, 4.0, -6.0, -words_px * 0.4)
        number = "–" if self.unit == "none" else str(self.reps)
        # Two digits' room always, so that the tenth repetition does not make the number jump.
        painter.setFont(fitting(self.font(), number if len(number) > 2 else "88", box.width(), box.height()))
        painter.setPen(color(theme.text, DIM if self.dimmed else 1.0))
        centred(painter, box, number)
        top = height - foot
        if self.target:
            self._segments(painter, QRectF(width * 0.06, top, width * 0.88, words_px * 0.5))
            top += words_px
        painter.setFont(sized(self.font(), words_px, QFont.Weight.DemiBold))
        painter.setPen(color(theme.text))
        line = QRectF(0.0, top, width, words_px * 1.4)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.target_words)
        painter.setPen(color(theme.muted))
        painter.drawText(line.translated(0.0, words_px * 1.4), Qt.AlignmentFlag.AlignCenter, self.set_words)

    def _words_px(self, width: float, most_px: float) -> float:
        """As large as both lines have room for."""
        lines = (self.target_words, self.set_words)
        metrics = QFontMetricsF(sized(self.font(), most_px, QFont.Weight.DemiBold))
        longest = max(metrics.horizontalAdvance(words) for words in lines)
        return most_px * min(1.0, 0.95 * width / max(longest, 1.0))

    def _segments(self, painter: QPainter, box: QRectF) -> None:
        count = min(self.target, MAX_SEGMENTS)
        gap = min(6.0, box.width() / count * 0.3)
        width = (box.width() - gap * (count - 1)) / count
        done = count if self.reps >= self.target else int(count * self.reps / self.target)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(count):
            painter.setBrush(color(self._theme.level if index < done else self._theme.line))
            painter.drawRoundedRect(QRectF(box.x() + index * (width + gap), box.y(), width, box.height()), 3.0, 3.0)

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self.reps} {self.target_words}, {self.set_words}")
