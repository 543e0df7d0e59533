"""The plot of the whole recording, on which one seeks and selects."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from hiplevel.gui.replay.recording_plot import RecordingPlot, holes_in, with_holes
from hiplevel.gui.replay.review import Review
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color
from hiplevel.gui.words import tr
from hiplevel.model.samples import Floats

BINS = 1500


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
        computed = review.computed
        end_s = max(computed.end_s, 1.0)
        self.least_s = end_s / BINS * 2.0
        self.plot.setXRange(0.0, end_s, padding=0.01)
        self.fit(review)
        self.line.setData(*envelope(computed.time_s, review.drawn_deg, BINS))
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
        head = np.tile([self.range_deg * 0.80, self.range_deg * 0.98], len(times))
        self.reps.setData(np.repeat(times, 2), head)
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


def envelope(time_s: Floats, deg: Floats, bins: int) -> tuple[Floats, Floats]:
    """(time_s, deg) of about 2 * bins points: the least and the largest value of each bin, and holes as with_holes."""
    if len(time_s) <= 2 * bins:
        return with_holes(time_s, deg)
    holes = holes_in(time_s)
    starts = np.union1d(np.arange(0, len(time_s), len(time_s) // bins), holes)  # no bin goes over a hole
    both = np.column_stack([np.minimum.reduceat(deg, starts), np.maximum.reduceat(deg, starts)]).ravel()
    after = 2 * np.searchsorted(starts, holes)
    return np.insert(np.repeat(time_s[starts], 2), after, time_s[holes - 1]), np.insert(both, after, np.nan)
