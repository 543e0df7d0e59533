"""The last seconds of the level as a scrolling line, with repetitions and drops marked on it as they are found."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.plot import LimitBands, SideWords, curve, make_plot, reach_deg
from hiplevel.gui.words import tr, written
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.model.samples import Floats
from hiplevel.model.sides import drawn_sign, fall_sign, watched

SPAN_S = 20.0
DRAWN_HZ = 25.0
LEAST_RANGE_DEG, HEADROOM = 8.0, 1.6
STEP_DEG = 5.0
HOLE_S = 0.15
LEAST_PX, WORDS_PX = 64, 110
SHRINKS = 0.6  # of the range: when the movement needs less, the scale comes back from what was larger


class TraceBuffer:
    """The last `span_s` of angles, thinned to DRAWN_HZ, in arrays that are filled twice so that none is copied."""

    def __init__(self, span_s: float) -> None:
        self.size = round(span_s * DRAWN_HZ) + 2
        self._time = np.full(2 * self.size, np.nan)
        self._deg = np.full(2 * self.size, np.nan)
        self._at = 0
        self._next_s = -np.inf
        self.last_s = 0.0

    def add(self, time_s: Floats, deg: Floats) -> None:
        """Append angles; a hole in time becomes a hole in the line."""
        for t, value in zip(time_s.tolist(), deg.tolist(), strict=True):
            if t < self._next_s:
                continue
            if t - self.last_s > HOLE_S and np.isfinite(self._next_s):
                self._put(t - 1e-3, np.nan)
            self._put(t, value)
            self.last_s = t
            self._next_s = t + 1.0 / DRAWN_HZ - 1e-6

    def view(self) -> tuple[Floats, Floats]:
        """(time_s, deg), oldest first."""
        return self._time[self._at : self._at + self.size], self._deg[self._at : self._at + self.size]

    def _put(self, time_s: float, deg: float) -> None:
        for row in (self._at, self._at + self.size):
            self._time[row], self._deg[row] = time_s, deg
        self._at = (self._at + 1) % self.size


class LiveTrace(QWidget):
    """Now is at the right edge."""

    def __init__(self, theme: Theme, span_s: float = SPAN_S, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._span_s = theme, span_s
        self.setMinimumHeight(LEAST_PX)
        self.plot = make_plot(theme, tr("live.trace_name"), bottom=_Ago("bottom"))
        self.plot.setMouseEnabled(False, False)
        self.plot.setXRange(-span_s, 0.0, padding=0.0)
        self.plot.setMouseTracking(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self._bands = LimitBands(self.plot, theme)
        self._line = curve(theme.text, 2.0)
        self._beyond = curve(theme.alarm, 4.0)
        self._marks = pg.ItemGroup()
        for item in (self._line, self._beyond, self._marks):
            self.plot.addItem(item)
        self._buffer = TraceBuffer(span_s)
        self._rule, self._sides = DropRule(), watched("both")
        self._marked: list[tuple[float, Any, float]] = []  # when, its label, and where, as a share of the range
        self._spare: list[Any] = []  # used again: hours of training must not pile up labels
        self._dropping: dict[Side, Any] = {}  # the label of the last drop of each side
        self._range_deg = 0.0
        self._words = SideWords(self.plot, theme, cover=True)
        self.set_rule(self._rule, "both")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The words at the edges give way where they would cover the line."""
        super().resizeEvent(event)
        self._words.set_visible(self.height() >= WORDS_PX)

    def set_rule(self, rule: DropRule, stance: Stance) -> None:
        """Other limits, or another leg."""
        self._rule, self._sides = rule, watched(stance)
        self._bands.show(rule, self._sides)
        self._words.show(self._sides)
        self._range_deg = 0.0
        self._fit(0.0)

    def add(self, time_s: Floats, obliquity_deg: Floats) -> None:
        """New angles; drawn by `draw`."""
        self._buffer.add(time_s, obliquity_deg)
        while self._marked and self._marked[0][0] < self._buffer.last_s - self._span_s - 1.0:
            self._put_away(self._marked.pop(0)[1])  # here: a trace that nobody looks at is not drawn

    def mark_rep(self, time_s: float, number: int) -> None:
        """A repetition turned then."""
        self._mark(time_s, f"{number}", self._theme.text, 0.99, (0.5, 0.0))

    def mark_drop(self, time_s: float, side: Side, drop_deg: float) -> None:
        """A drop of that side began then."""
        sign = fall_sign(side, self._sides)
        words = self._drop_words(side, drop_deg)
        self._dropping[side] = self._mark(time_s, words, self._theme.alarm, sign, (1.0, 0.0 if sign > 0 else 1.0))

    def worsen_drop(self, side: Side, peak_deg: float) -> None:
        """The last drop of that side went as far as this."""
        if side in self._dropping:
            self._dropping[side].setText(self._drop_words(side, peak_deg), color=self._theme.alarm)

    def _drop_words(self, side: Side, deg: float) -> str:
        arrow = "▲" if fall_sign(side, self._sides) > 0 else "▼"
        return f"{arrow} {tr(f'live.drop_mark_{side}', deg=f'{deg:.0f}')}"

    def draw(self) -> None:
        """Move on to the newest angle; called at most once a frame."""
        times, deg = self._buffer.view()
        now_s = self._buffer.last_s
        ago = times - now_s
        limits = np.where(
            deg > 0.0,
            self._rule.limit_deg("right") if "right" in self._sides else np.inf,
            self._rule.limit_deg("left") if "left" in self._sides else np.inf,
        )
        with np.errstate(invalid="ignore"):
            beyond = np.where(np.abs(deg) > limits, deg, np.nan)
        up = drawn_sign(self._sides)
        self._line.setData(ago, up * deg)
        self._beyond.setData(ago, up * beyond)
        self._marks.setPos(-now_s, 0.0)
        self._fit(reach_deg(deg))

    def _fit(self, largest_deg: float) -> None:
        """Room for the limits and the movement, in steps, so that the scale rests."""
        limits = [self._rule.limit_deg(side) for side in self._sides]
        wanted = max(LEAST_RANGE_DEG, *(limit * HEADROOM for limit in limits), largest_deg * 1.15)
        wanted = np.ceil(wanted / STEP_DEG) * STEP_DEG
        if self._range_deg * SHRINKS < wanted <= self._range_deg:
            return
        self._range_deg = float(wanted)
        self.plot.setYRange(-self._range_deg, self._range_deg, padding=0.06)
        for time_s, item, share in self._marked:
            item.setPos(time_s, share * self._range_deg)

    def _mark(self, time_s: float, text: str, colour: str, share: float, anchor: tuple[float, float]) -> Any:
        item = self._spare.pop() if self._spare else None
        if item is None:
            item = pg.TextItem()
            item.setParentItem(self._marks)
        item.setFont(self.plot.letters)
        item.setText(text, color=colour)
        item.setAnchor(anchor)
        item.setPos(time_s, share * self._range_deg)
        item.show()
        self._marked.append((time_s, item, share))
        return item

    def _put_away(self, item: Any) -> None:
        item.hide()
        self._dropping = {side: other for side, other in self._dropping.items() if other is not item}
        self._spare.append(item)


class _Ago(pg.AxisItem):  # type: ignore[misc]
    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's
        return [tr("live.now") if value == 0 else f"{written(value, 'g')} s" for value in values]
