"""Repetitions laid over one another, from the beginning of each; the one at the moment stands out."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hiplevel.gui.replay.review import Review
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color
from hiplevel.gui.widgets.plot import LimitBands, SideWords, curve, make_plot
from hiplevel.gui.words import tr
from hiplevel.model.samples import Floats

MOST = 200
POINTS = 101


class Overlay(QWidget):
    """Each repetition as a thin line over its own time, 0 to 100 %; their median as a bold one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.plot = make_plot(theme, tr("replay.overlay_name"), bottom=_Percent("bottom"))
        self.plot.setMouseEnabled(False, False)
        self.plot.setXRange(0.0, 100.0, padding=0.02)
        self._bands = LimitBands(self.plot, theme)
        self._all = curve(theme.muted, 1.0)
        self._median = curve(theme.level, 4.0)
        self._one = curve(theme.warn, 3.0)
        self._label = pg.LabelItem("", color=theme.text, size="11pt")
        self._label.setParentItem(self.plot.getPlotItem().vb)
        self._label.anchor(itemPos=(1, 0), parentPos=(1, 0), offset=(-10, 22))  # beneath the words of the corner
        self._all.setPen(pg.mkPen(color(theme.muted, 0.6)))
        for item in (self._all, self._median, self._one):
            self.plot.addItem(item)
        self._words = SideWords(self.plot, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.lines: list[tuple[Any, Floats]] = []

    def show_review(self, review: Review) -> None:
        """Lay the repetitions that count over one another."""
        computed, drawn_deg, grid = review.computed, review.drawn_deg, np.linspace(0.0, 1.0, POINTS)
        self.lines = []
        for rep in [rep for rep in review.counted.reps if rep.rep is not None][:MOST]:
            assert rep.rep is not None
            at_s = rep.rep.start_s + grid * (rep.rep.end_s - rep.rep.start_s)
            if len(computed.time_s) > 1:
                self.lines.append((rep, np.interp(at_s, computed.time_s, drawn_deg)))
        x = np.tile(np.append(grid * 100.0, np.nan), len(self.lines))
        y = np.concatenate([np.empty(0), *(np.append(line, np.nan) for _, line in self.lines)])
        self._all.setData(x, y)
        if self.lines:
            stack = np.array([line for _, line in self.lines])
            self._median.setData(grid * 100.0, np.median(stack, axis=0))
            most = max(float(np.abs(stack).max()), *(review.rule.limit_deg(side) for side in review.sides))
            self.plot.setYRange(-most * 1.15, most * 1.15, padding=0.0)
        else:
            self._median.setData([], [])
        self.show_limits(review)

    def show_limits(self, review: Review) -> None:
        """Mark the limits."""
        self._bands.show(review.rule, review.sides)
        self._words.show(review.sides)

    def show_moment(self, at_s: float) -> None:
        """The repetition at this moment, or the last before it, stands out."""
        grid = np.linspace(0.0, 100.0, POINTS)
        before = [(rep, line) for rep, line in self.lines if rep.rep.start_s <= at_s]
        if not before:
            self._one.setData([], [])
            self._label.setText(tr("replay.overlay_none") if not self.lines else "")
            return
        rep, line = before[-1]
        self._one.setData(grid, line)
        self._label.setText(tr("replay.overlay_one", set=rep.set_number, rep=rep.number, n=len(self.lines)))


class _Percent(pg.AxisItem):  # type: ignore[misc]
    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's
        return [f"{value:g} %" for value in values]
