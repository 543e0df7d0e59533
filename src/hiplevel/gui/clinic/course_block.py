"""One exercise over weeks: what it came to, its course as the report draws it, and its sessions to be looked at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hiplevel.clinic.course import Course, Point
from hiplevel.clinic.side_figures import SideFigures
from hiplevel.gui.clinic.wording import course_sentences, course_title
from hiplevel.gui.theme import Theme
from hiplevel.gui.when import day
from hiplevel.gui.widgets.parts import label, row
from hiplevel.gui.widgets.plot import SIDES
from hiplevel.gui.widgets.printed import Printed
from hiplevel.gui.widgets.whole_table import WholeTable
from hiplevel.gui.words import current, tr, written
from hiplevel.report import course_data, svg_trend
from hiplevel.report.words import Words

HEADS = ("day", "reps", "side", "median", "worst", "drops", "beyond", "limit")


class CourseBlock(QWidget):
    """Signals: picked (the Point of the row that was chosen), opened (of the one that is to be looked at)."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        simulated = any(point.simulated for point in course.points)
        badge = [label(tr("clinic.simulated"), "badge")] if simulated else []
        head = row(label(course_title(course), "heading", wrap=True), *badge)
        head.setStretch(0, 1)
        layout.addLayout(head)
        for sentence in course_sentences(course):
            layout.addWidget(label(sentence, "muted", wrap=True))
        for side in SIDES:
            drawing = svg_trend.trend(course, side, Words(current()))
            if drawing:
                layout.addWidget(Printed(theme, drawing, tr("clinic.trend_of", side=tr(f"sides.{side}"))))
        self.table = WholeTable(course_title(course), [tr(f"clinic.head_{head}") for head in HEADS])
        newest_first = course.points[: -course_data.SHOWN - 1 : -1]
        self._rows = [(point, side) for point in newest_first for side in point.sides]
        self.table.show_rows([_words(*one) for one in self._rows], [_keys(*one) for one in self._rows])
        self.table.itemSelectionChanged.connect(self._pick)
        self.table.opened.connect(lambda at: self.opened.emit(self._rows[at][0]))
        layout.addWidget(self.table)

    def _pick(self) -> None:
        if (at := self.table.chosen) is not None:
            self.picked.emit(self._rows[at][0])


def _words(point: Point, side: SideFigures) -> list[str]:
    return [
        day(point.started_ns, point.utc_offset_min),
        _together(tr("clinic.of", n=point.reps, all=point.asked)) if point.asked else str(point.reps),
        tr(f"sides.{side.side}"),
        _together(f"{_degrees(side.median_deg)} ± {_degrees(side.sigma_deg)}"),
        _degrees(side.peak_deg),
        str(side.drops),
        _together(f"{written(side.over_s, '.1f')} s"),
        f"{written(side.limit_deg, 'g')}°",
    ]


def _keys(point: Point, side: SideFigures) -> list[float]:
    median_deg, peak_deg = (-1.0 if value is None else value for value in (side.median_deg, side.peak_deg))
    on_right = float(side.side == "right")
    return [point.started_ns, point.reps, on_right, median_deg, peak_deg, side.drops, side.over_s, side.limit_deg]


def _together(words: str) -> str:
    """On one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _degrees(value: float | None) -> str:
    """One decimal: more would pretend."""
    return "-" if value is None else f"{written(value, '.1f')}°"
