"""What the two plots of a look back have in common: the line, the drops, the moment, gaps and bad spans."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hiplevel.gui.replay.review import Review
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, hatch
from hiplevel.gui.widgets.plot import curve, make_plot, reach_deg
from hiplevel.model.samples import Floats
from hiplevel.model.sides import fall_sign

RANGE_DEG, STEP_DEG = 10.0, 5.0
HOLE_S = 0.015


class RecordingPlot(QWidget):
    """What both have in common.

    Signals: sought (s), limit_moved (side, degrees), selected ((start_s, end_s)).
    """

    sought = Signal(float)
    limit_moved = Signal(str, float)
    selected = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.plot = make_plot(theme, name)
        self.plot.setMouseEnabled(False, False)
        self.line = curve(theme.text, 1.5)
        self.beyond = curve(theme.alarm, 3.0)
        self.drops = pg.PlotCurveItem(pen=pg.mkPen(theme.alarm, width=6), connect="pairs")
        self.moment = pg.InfiniteLine(0.0, angle=90, pen=pg.mkPen(theme.accent, width=2))
        for item in (self.line, self.beyond, self.drops, self.moment):
            self.plot.addItem(item)
        self.reviewed: Review | None = None
        self.range_deg = RANGE_DEG
        self._spans_items: list[Any] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.plot.scene().sigMouseClicked.connect(self._clicked)

    def fit(self, review: Review) -> None:
        """The vertical scale: all of the movement and the limits."""
        limits = [review.rule.limit_deg(side) * 1.25 for side in review.sides]
        wanted = max(RANGE_DEG, reach_deg(review.computed.obliquity_deg) * 1.1, *limits)
        self.range_deg = float(np.ceil(wanted / STEP_DEG) * STEP_DEG)
        self.plot.setYRange(-self.range_deg, self.range_deg, padding=0.04)

    def show_drops(self, review: Review) -> None:
        """The drops as bars at the edge of the side that fell."""
        x, y = [], []
        for side in review.sides:
            spans = review.spans(side)
            x.append(np.column_stack([spans.start_s, np.maximum(spans.end_s, spans.start_s + self.least_s)]).ravel())
            y.append(np.full(2 * len(spans), self.range_deg * 0.97 * fall_sign(side, review.sides)))
        self.drops.setData(np.concatenate([np.empty(0), *x]), np.concatenate([np.empty(0), *y]))

    least_s = 0.0

    def show_regions(self, review: Review) -> None:
        """Gaps and bad spans as grounds of their own pattern."""
        for item in self._spans_items:
            self.plot.removeItem(item)
        self._spans_items = []
        gaps = [(gap.start_s, gap.end_s, self.theme.muted) for gap in review.gaps]
        bad = [(span.start_s, span.end_s, self.theme.warn) for span in review.bad]
        for start_s, end_s, colour in (*gaps, *bad):
            region = pg.LinearRegionItem((start_s, end_s), movable=False, brush=hatch(colour), pen=pg.mkPen(None))
            for line in region.lines:
                line.setPen(pg.mkPen(color(colour, 0.6)))
            region.setOpacity(0.6)
            region.setZValue(-5)
            self.plot.addItem(region)
            self._spans_items.append(region)

    def _clicked(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at: QPointF = self.plot.getPlotItem().vb.mapSceneToView(event.scenePos())
            self.sought.emit(float(at.x()))


def with_holes(time_s: Floats, deg: Floats) -> tuple[Floats, Floats]:
    """The line interrupted where samples are missing."""
    holes = holes_in(time_s)
    return np.insert(time_s, holes, time_s[holes - 1]), np.insert(deg, holes, np.nan)


def holes_in(time_s: Floats) -> NDArray[np.intp]:
    """The first row after each hole."""
    return np.flatnonzero(np.diff(time_s) > HOLE_S) + 1
