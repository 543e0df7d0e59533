"""Two sessions side by side: the same plots and figures, each in its column, on the same scale."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from hiplevel.gui.replay.limit_field import LimitField
from hiplevel.gui.replay.overlay import Overlay
from hiplevel.gui.replay.review import Review
from hiplevel.gui.replay.timeline import Timeline
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.parts import button, card, clear, column, label
from hiplevel.gui.widgets.plot import SIDES
from hiplevel.gui.words import tr, written

FIGURES_PX = 276


class Compare(QWidget):
    """The second session is judged by the limits of the first: otherwise its drops could not be compared.

    Signals: limit_set (side, degrees).
    """

    limit_set = Signal(str, float)

    def __init__(self, theme: Theme, handlers: dict[str, Callable[[], None]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = [label("", "heading"), label("", "heading")]
        self.times = [Timeline(theme), Timeline(theme)]
        self.overlays = [Overlay(theme), Overlay(theme)]
        for times in self.times:
            times.moment.hide()
            times.part.hide()
        self.table = QGridLayout()
        self.table.setVerticalSpacing(2)
        self.limits = {side: LimitField(side, self.limit_set.emit) for side in SIDES}
        self.reviews: tuple[Review, Review] | None = None
        plots = QGridLayout()
        plots.setHorizontalSpacing(14)
        plots.setVerticalSpacing(8)
        for place in (0, 1):
            plots.addWidget(self.names[place], 0, place)
            plots.addWidget(self.times[place], 1, place)
            plots.addWidget(self.overlays[place], 2, place)
        plots.setRowStretch(1, 2)
        plots.setRowStretch(2, 3)
        doings = [
            button(tr(f"replay.{words}"), handlers[action], "tight")
            for words, action in (("as_recorded", "reset_limits"), ("compare_other",) * 2, ("save_plot",) * 2)
        ]
        figures = card(
            *self.limits.values(),
            self.table,
            label(tr("replay.compare_words"), "small", wrap=True),
            margin=12,
            spacing=6,
        )
        beside = QWidget()
        beside.setMinimumWidth(FIGURES_PX)
        beside.setMaximumWidth(2 * FIGURES_PX)
        beside.setLayout(column(figures, None, *doings, spacing=6))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addLayout(plots, 3)
        layout.addWidget(beside, 1)

    def show_reviews(self, first: Review, second: Review) -> None:
        """These two."""
        for side in first.sides if first.changed else ():
            first = first.with_limit(side, first.rule.limit_deg(side))  # one limit for all of both
        for side in second.sides:
            second = second.with_limit(side, first.rule.limit_deg(side))
        self.reviews = (first, second)
        for side, field in self.limits.items():
            field.setVisible(side in first.sides)
            field.show_limit(first.rule.limit_deg(side))
        scale = 0.0
        for place, review in enumerate(self.reviews):
            self.names[place].setText(review.computed.path.stem)
            self.times[place].show_review(review)
            self.overlays[place].show_review(review)
            self.overlays[place].show_moment(-1.0)
            scale = max(scale, self.times[place].range_deg)
        for place in (0, 1):
            self.times[place].rescale(scale)
            self.overlays[place].plot.setYRange(-scale, scale, padding=0.06)
        self._tell()

    def show_limits(self, first: Review) -> None:
        """The limits of the first were moved."""
        if self.reviews is not None:
            self.show_reviews(first, self.reviews[1])

    def figures(self) -> list[tuple[str, str, str, str]]:
        """(what, first, second, difference) in words."""
        if self.reviews is None:
            return []
        first, second = self.reviews
        rows = [_row(tr("live.col_reps"), first.counted.done, second.counted.done, "", 0)]
        if first.range_deg is not None and second.range_deg is not None:
            rows.append(_row(tr("live.range"), first.range_deg, second.range_deg, "°", 0))
        for side in first.sides:
            ours, theirs = first.figures(side), second.figures(side)
            rows.append(
                _row(tr(f"live.drops_{side}", deg=written(ours.limit_deg, "g")), ours.drops, theirs.drops, "", 0)
            )
            rows.append(_row(tr(f"replay.over_{side}"), ours.over_s, theirs.over_s, " s", 1))
        return rows

    def _tell(self) -> None:
        clear(self.table)
        heads = (tr("replay.first"), tr("replay.second"), tr("replay.difference"))
        for place, text in enumerate(heads):
            self.table.addWidget(label(text, "muted"), 0, place)
        for at, (name, *values) in enumerate(self.figures()):
            named = label(name, "muted")
            named.setContentsMargins(0, 4, 0, 0)
            self.table.addWidget(named, 2 * at + 1, 0, 1, len(heads))
            for place, text in enumerate(values):
                self.table.addWidget(label(text, "heading"), 2 * at + 2, place)


def _row(name: str, first: float, second: float, unit: str, digits: int) -> tuple[str, str, str, str]:
    change = second - first
    sign = "+" if round(change, digits) > 0 else ""
    one, two, more = (f"{written(value, f'.{digits}f')}{unit}" for value in (first, second, change))
    return name, one, two, f"{sign}{more}".replace("-", "−")
