"""The plot of the seconds around the moment, on which limits are dragged."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from hiplevel.gui.replay.drop_here import drops_between
from hiplevel.gui.replay.recording_plot import RecordingPlot, with_holes
from hiplevel.gui.replay.review import Review
from hiplevel.gui.sentences import of_note
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color
from hiplevel.gui.widgets.plot import SIDES, LimitBands, SideWords
from hiplevel.gui.words import tr
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.sides import drawn_sign, fall_sign

SPAN_S = 20.0
NOTE_MOST = 40  # letters beside its mark
MARKS_SHOWN = 60


class Detail(RecordingPlot):
    """The seconds around the moment, every sample of them; its limits can be dragged."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("replay.detail_name"), parent)
        self.span_s = SPAN_S
        self._bands = LimitBands(self.plot, theme)
        self._marks: list[Any] = []
        self._handles: dict[Side, Any] = {}
        self._shown = (0.0, -1.0)
        self._words = SideWords(self.plot, theme)
        for side in SIDES:
            self._handles[side] = self._handle(side)

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
        self._words.show(review.sides)
        for side, handle in self._handles.items():
            handle.setVisible(side in review.sides)
        self._show_rule(review.rule_at(float(self.moment.value())))
        self.show_drops(review)
        self._draw_line(*self._shown)
        self._draw_marks(*self._shown)

    def show_moment(self, at_s: float) -> tuple[float, float]:
        """Centre on the moment; (start_s, end_s) of what is shown."""
        review = self.reviewed
        if review is None:
            return (0.0, 0.0)
        end_s = max(review.computed.end_s, self.span_s)
        start_s = min(max(at_s - 0.5 * self.span_s, 0.0), end_s - self.span_s)
        shown = (start_s, start_s + self.span_s)
        self.moment.setValue(at_s)
        if review.changed:
            self._show_rule(review.rule_at(at_s))
        if shown != self._shown:
            self._shown = shown
            self.plot.setXRange(*shown, padding=0.0)
            self._draw_line(*shown)
            self._draw_marks(*shown)
        return shown

    def _show_rule(self, rule: DropRule) -> None:
        """The limits in force at the moment: bands, and what they are dragged by."""
        review = self.reviewed
        if review is None:
            return
        self._bands.show(rule, review.sides)
        for side, handle in self._handles.items():
            handle.blockSignals(True)
            handle.setValue(rule.limit_deg(side) * fall_sign(side, review.sides))
            handle.blockSignals(False)

    def _draw_line(self, start_s: float, end_s: float) -> None:
        review = self.reviewed
        if review is None or end_s <= start_s:
            return
        computed = review.computed
        rows = slice(*np.searchsorted(computed.time_s, (start_s - 0.1, end_s + 0.1)))
        time_s, deg = with_holes(computed.time_s[rows], computed.obliquity_deg[rows])
        falls = {"right": deg, "left": -deg}
        with np.errstate(invalid="ignore"):
            over = [falls[side] > review.limits_deg(side, time_s) for side in review.sides]
            beyond = np.where(np.any(over, axis=0), deg, np.nan)
        up = drawn_sign(review.sides)
        self.line.setData(time_s, up * deg)
        self.beyond.setData(time_s, up * beyond)

    def _draw_marks(self, start_s: float, end_s: float) -> None:
        for item in self._marks:
            self.plot.removeItem(item)
        self._marks = []
        review = self.reviewed
        if review is None or end_s <= start_s:
            return
        reps = [rep for rep in review.counted.reps if start_s <= rep.time_s <= end_s][:MARKS_SHOWN]
        for rep in reps:
            text = f"{rep.number}" if rep.rep is not None else f"+{rep.number}"
            self._mark(
                rep.time_s, self.range_deg, text, self.theme.text, (0.5, -0.8)
            )  # beneath the words of the corner
        for drop in drops_between(review, start_s, end_s)[:MARKS_SHOWN]:
            sign = fall_sign(drop.side, review.sides)
            at_s, words = 0.5 * (drop.start_s + drop.end_s), f"{drop.peak_deg:.0f}°"
            self._mark(at_s, 0.97 * sign * self.range_deg, words, self.theme.alarm, (0.5, 0.5 + 0.7 * -sign))
        for note in [note for note in review.notes if start_s <= note.time_s <= end_s][:MARKS_SHOWN]:
            self._mark(note.time_s, self.range_deg * 0.72, f"▼ {_short(of_note(note))}", self.theme.warn, (0.0, 0.5))

    def _mark(self, time_s: float, deg: float, text: str, colour: str, anchor: tuple[float, float]) -> None:
        item = pg.TextItem(text, color=colour, anchor=anchor)
        item.setFont(self.plot.letters)
        item.setPos(time_s, deg)
        self.plot.addItem(item)
        self._marks.append(item)

    def _handle(self, side: Side) -> Any:
        handle = pg.InfiniteLine(
            0.0,
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

        def moved(line: Any) -> None:
            if self.reviewed is not None:
                self.limit_moved.emit(side, fall_sign(side, self.reviewed.sides) * float(line.value()))

        handle.sigPositionChanged.connect(moved)
        self.plot.addItem(handle)
        return handle


def _short(text: str) -> str:
    """Its first words, as many as stand beside a mark."""
    return text if len(text) <= NOTE_MOST else f"{text[:NOTE_MOST].rsplit(' ', 1)[0]} …"
