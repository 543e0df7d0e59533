"""The two plots of a look back: the whole recording, and the seconds around the moment; both take limits and drops."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hiplevel.gui.replay.review import Review
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, hatch
from hiplevel.gui.widgets.plot import LimitBands, curve, make_plot, side_words
from hiplevel.gui.words import tr
from hiplevel.model.rules import Side
from hiplevel.model.samples import Floats

BINS = 1500
SPAN_S = 20.0
HOLE_S = 0.015
RANGE_DEG, STEP_DEG = 10.0, 5.0
MARKS_SHOWN = 60


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
        deg = review.looked.obliquity_deg
        most = float(np.nanmax(np.abs(deg))) if len(deg) else 0.0
        limits = [review.rule.limit_deg(side) * 1.25 for side in review.sides]
        wanted = max(RANGE_DEG, min(most * 1.1, 60.0), *limits)
        self.range_deg = float(np.ceil(wanted / STEP_DEG) * STEP_DEG)
        self.plot.setYRange(-self.range_deg, self.range_deg, padding=0.04)

    def show_drops(self, review: Review) -> None:
        """The drops as bars at the edge of the side that fell."""
        x, y = [], []
        for side in review.sides:
            spans = review.spans(side)
            x.append(np.column_stack([spans.start_s, np.maximum(spans.end_s, spans.start_s + self.least_s)]).ravel())
            y.append(np.full(2 * len(spans), self.range_deg * (0.97 if side == "right" else -0.97)))
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


class Timeline(RecordingPlot):
    """The whole recording: an envelope of the level, repetitions, drops, gaps, notes; a selection to loop or mark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("replay.timeline_name"), parent)
        self.plot.setMinimumHeight(110)
        self.reps = pg.PlotCurveItem(pen=pg.mkPen(theme.level, width=2), connect="pairs")
        self.notes = pg.ScatterPlotItem(symbol="t", size=11, brush=pg.mkBrush(theme.warn), pen=pg.mkPen(None))
        self.region = pg.LinearRegionItem((0.0, 0.0), brush=color(theme.accent, 0.18), pen=pg.mkPen(theme.accent))
        self.region.hide()
        self.part = pg.LinearRegionItem((0.0, 1.0), movable=False, brush=color(theme.text, 0.08), pen=pg.mkPen(None))
        for line in self.part.lines:
            line.setPen(pg.mkPen(None))
        for item in (self.reps, self.notes, self.region, self.part):
            self.plot.addItem(item)
        self.region.sigRegionChanged.connect(lambda region: self.selected.emit(tuple(region.getRegion())))
        self.plot.getPlotItem().vb.mouseDragEvent = self._dragged

    def show_review(self, review: Review) -> None:
        """All of it."""
        self.reviewed = review
        looked = review.looked
        end_s = max(looked.end_s, 1.0)
        self.least_s = end_s / BINS * 2.0
        self.plot.setXRange(0.0, end_s, padding=0.01)
        self.fit(review)
        self.line.setData(*envelope(looked.time_s, looked.obliquity_deg, BINS))
        self.show_regions(review)
        self.rescale(self.range_deg)

    def rescale(self, range_deg: float) -> None:
        """Another vertical scale, and the marks at its edges."""
        review = self.reviewed
        if review is None:
            return
        self.range_deg = range_deg
        self.plot.setYRange(-range_deg, range_deg, padding=0.04)
        times = np.array(review.rep_times_s)
        foot = np.tile([-self.range_deg * 0.98, -self.range_deg * 0.80], len(times))
        self.reps.setData(np.repeat(times, 2), foot)
        self.notes.setData([note.time_s for note in review.notes], [self.range_deg * 0.7] * len(review.notes))
        self.show_drops(review)

    def show_limits(self, review: Review) -> None:
        """Only what a limit changes."""
        self.reviewed = review
        self.show_drops(review)

    def show_moment(self, at_s: float, start_s: float, end_s: float) -> None:
        """The moment, and the part that the other plot shows."""
        self.moment.setValue(at_s)
        self.part.setRegion((start_s, end_s))

    def show_selection(self, selection: tuple[float, float] | None) -> None:
        """Mark the selection."""
        self.region.blockSignals(True)
        self.region.setVisible(selection is not None)
        if selection is not None:
            self.region.setRegion(selection)
        self.region.blockSignals(False)

    def _dragged(self, event: Any, axis: Any = None) -> None:  # noqa: ARG002 - the signature is pyqtgraph's
        """Dragging over the timeline selects."""
        view = self.plot.getPlotItem().vb
        event.accept()
        start, stop = (view.mapToView(point).x() for point in (event.buttonDownPos(), event.pos()))
        selection = (max(0.0, min(start, stop)), max(start, stop))
        self.show_selection(selection)
        self.selected.emit(selection)


class Detail(RecordingPlot):
    """The seconds around the moment, every sample of them; its limits can be dragged."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("replay.detail_name"), parent)
        self.span_s = SPAN_S
        self._bands = LimitBands(self.plot, theme)
        self._marks: list[Any] = []
        self._handles: dict[Side, Any] = {}
        self._shown = (0.0, -1.0)
        side_words(self.plot, theme, ("left", "right"))
        for side, sign in (("left", -1.0), ("right", 1.0)):
            self._handles[side] = self._handle(side, sign)  # type: ignore[index]

    def show_review(self, review: Review) -> None:
        """All of it; the moment is shown by `show_moment`."""
        self.reviewed = review
        self.fit(review)
        self.show_regions(review)
        self._shown = (0.0, -1.0)
        self.show_limits(review)

    def show_limits(self, review: Review) -> None:
        """Only what a limit changes."""
        self.reviewed = review
        self._bands.show(review.rule, review.sides)
        for side, handle in self._handles.items():
            handle.setVisible(side in review.sides)
            handle.blockSignals(True)
            handle.setValue(review.rule.limit_deg(side) * (1.0 if side == "right" else -1.0))
            handle.blockSignals(False)
        self.show_drops(review)
        self._draw_line(*self._shown)

    def show_moment(self, at_s: float) -> tuple[float, float]:
        """Centre on the moment; (start_s, end_s) of what is shown."""
        review = self.reviewed
        if review is None:
            return (0.0, 0.0)
        end_s = max(review.looked.end_s, self.span_s)
        start_s = min(max(at_s - 0.5 * self.span_s, 0.0), end_s - self.span_s)
        shown = (start_s, start_s + self.span_s)
        self.moment.setValue(at_s)
        if shown != self._shown:
            self._shown = shown
            self.plot.setXRange(*shown, padding=0.0)
            self._draw_line(*shown)
            self._draw_marks(*shown)
        return shown

    def _draw_line(self, start_s: float, end_s: float) -> None:
        review = self.reviewed
        if review is None or end_s <= start_s:
            return
        looked = review.looked
        rows = slice(*np.searchsorted(looked.time_s, (start_s - 0.1, end_s + 0.1)))
        time_s, deg = with_holes(looked.time_s[rows], looked.obliquity_deg[rows])
        limits = [review.rule.limit_deg(side) if side in review.sides else np.inf for side in ("right", "left")]
        with np.errstate(invalid="ignore"):
            beyond = np.where((deg > limits[0]) | (-deg > limits[1]), deg, np.nan)
        self.line.setData(time_s, deg)
        self.beyond.setData(time_s, beyond)

    def _draw_marks(self, start_s: float, end_s: float) -> None:
        for item in self._marks:
            self.plot.removeItem(item)
        self._marks = []
        review = self.reviewed
        if review is None:
            return
        reps = [rep for rep in review.counted.reps if start_s <= rep.time_s <= end_s][:MARKS_SHOWN]
        for rep in reps:
            text = f"{rep.number}" if rep.rep is not None else f"+{rep.number}"
            self._mark(rep.time_s, -self.range_deg, text, self.theme.text, (0.5, 1.0))
        for note in [note for note in review.notes if start_s <= note.time_s <= end_s][:MARKS_SHOWN]:
            self._mark(note.time_s, self.range_deg * 0.72, f"▼ {note.text[:40]}", self.theme.warn, (0.0, 0.5))

    def _mark(self, time_s: float, deg: float, text: str, colour: str, anchor: tuple[float, float]) -> None:
        item = pg.TextItem(text, color=colour, anchor=anchor)
        item.setPos(time_s, deg)
        self.plot.addItem(item)
        self._marks.append(item)

    def _handle(self, side: str, sign: float) -> Any:
        handle = pg.InfiniteLine(
            sign * 5.0,
            angle=0,
            movable=True,
            pen=pg.mkPen(self.theme.alarm, width=2),
            hoverPen=pg.mkPen(self.theme.alarm, width=5),
            label=tr("replay.drag_me"),
            labelOpts={
                "position": 0.98,
                "anchors": [(1.0, 1.0), (1.0, 0.0)],
                "color": self.theme.alarm,
                "fill": color(self.theme.surface, 0.85),
            },
        )
        handle.sigPositionChanged.connect(lambda line: self.limit_moved.emit(side, sign * float(line.value())))
        self.plot.addItem(handle)
        return handle


def envelope(time_s: Floats, deg: Floats, bins: int) -> tuple[Floats, Floats]:
    """(time_s, deg) of at most 2 * bins points: the least and the largest value of each bin."""
    if len(time_s) <= 2 * bins:
        return with_holes(time_s, deg)
    size = len(time_s) // bins
    rows = size * (len(time_s) // size)
    parts = deg[:rows].reshape(-1, size)
    both = np.column_stack([parts.min(axis=1), parts.max(axis=1)]).ravel()
    return np.repeat(time_s[:rows:size], 2), both


def with_holes(time_s: Floats, deg: Floats) -> tuple[Floats, Floats]:
    """The line interrupted where samples are missing."""
    holes = np.flatnonzero(np.diff(time_s) > HOLE_S) + 1
    return np.insert(time_s, holes, time_s[holes - 1]), np.insert(deg, holes, np.nan)
