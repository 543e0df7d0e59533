"""Sessions of the client over weeks: the trend as the report draws it, the sessions, and reports to save."""

import time
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.clinic.progress import Course, progress
from hiplevel.clinic.sessions import Added, add_sessions
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.wording import course_sentences, course_title
from hiplevel.gui.sentences import in_language
from hiplevel.gui.theme import Theme
from hiplevel.gui.when import day
from hiplevel.gui.widgets.parts import button, clear, label, row, scrolled
from hiplevel.gui.widgets.printed import Printed
from hiplevel.gui.widgets.table import Table
from hiplevel.gui.words import count, current, tr, written
from hiplevel.recording.replace import whole_file
from hiplevel.report import course_data, render, svg_trend
from hiplevel.report.course_data import CourseReport
from hiplevel.report.words import Words


class CoursePage(QWidget):
    """One block an exercise."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.desk = theme, desk
        self.courses: list[Course] = []
        self.add = button(tr("clinic.add_sessions"), self.ask_add)
        self.report = button(tr("clinic.save_report"), self.ask_report)
        self._inner = QVBoxLayout()
        self._inner.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(row(self.add, None, self.report))

    def show_all(self) -> None:
        """As the store has it now."""
        code, now_ns = self.desk.client, time.time_ns()
        self.courses = self.desk.ask(lambda store: progress(store, code, until_ns=now_ns), []) if code else []
        clear(self._inner)
        for course in self.courses:
            self._inner.addWidget(self._block(course))
        if not self.courses:
            self._inner.addWidget(label(tr("clinic.no_sessions"), "muted"))
        self._inner.addStretch(1)
        self.add.setEnabled(bool(code))
        self.report.setEnabled(bool(self.courses))

    def ask_add(self) -> None:
        """Which recordings."""
        names, _ = QFileDialog.getOpenFileNames(self, tr("clinic.add_sessions"), "", "*.mcap")
        if names:
            self.add_files([Path(name) for name in names])

    def add_files(self, paths: list[Path]) -> None:
        """Analyse and keep them, in a thread; each bad one is named."""
        code = self.desk.client
        self.desk.later(lambda store: add_sessions(store, paths, client=code), self._added)

    def ask_report(self) -> None:
        """Where to."""
        kinds = "HTML (*.html);;PDF (*.pdf);;CSV (*.csv)"
        path, _ = QFileDialog.getSaveFileName(self, tr("clinic.save_report"), f"{self.desk.client}.html", kinds)
        if path:
            self.save_report(Path(path))

    def save_report(self, path: Path) -> None:
        """The course as a file; what kind, its ending says."""
        from hiplevel.report import figures

        told = CourseReport(self.desk.client, time.time_ns(), tuple(self.courses), pipeline_version())
        kind, language = path.suffix.lower(), current()

        def write(_store: object) -> None:
            if kind == ".pdf":
                data = render.course_pdf(told, language=language)
            elif kind == ".csv":
                data = figures.course_csv(told).encode()
            else:
                data = render.course_html(told, language=language).encode()
            with whole_file(path, overwrite=True) as part:
                part.write_bytes(data)

        told_so = tr("clinic.written", path=path.name)
        self.desk.later(write, lambda _done: self.desk.said.emit(told_so), changes=False)

    def _added(self, taken: list[Added]) -> None:
        self.desk.said.emit(count("clinic.added", sum(one.new for one in taken)))
        for one in taken:
            if one.error:
                self.desk.said.emit(in_language(one.error))

    def _block(self, course: Course) -> QWidget:
        block = QWidget()
        layout = QVBoxLayout(block)
        layout.setContentsMargins(0, 0, 0, 0)
        simulated = any(point.simulated for point in course.points)
        badge = [label(tr("clinic.simulated"), "badge")] if simulated else []
        head = row(label(course_title(course), "heading", wrap=True), *badge)
        head.setStretch(0, 1)
        layout.addLayout(head)
        for sentence in course_sentences(course):
            layout.addWidget(label(sentence, "muted", wrap=True))
        for side in ("left", "right"):
            drawing = svg_trend.trend(course, side, Words(current()))
            if drawing:
                picture = Printed(self._theme, drawing, tr("clinic.trend_of", side=tr(f"sides.{side}")))
                layout.addWidget(picture)
        heads = ("day", "reps", "side", "median", "worst", "drops", "beyond", "limit")
        shown = Table(course_title(course), [tr(f"clinic.head_{head}") for head in heads])
        rows = [
            [
                day(point.started_ns, point.utc_offset_min),
                tr("clinic.of", n=point.reps, all=point.asked) if point.asked else str(point.reps),
                tr(f"sides.{side.side}"),
                f"{_degrees(side.median_deg)}\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{_degrees(side.sigma_deg)}",
                _degrees(side.peak_deg),
                str(side.drops),
                f"{written(side.over_s, '.1f')} s",
                f"{written(side.limit_deg, 'g')}°",
            ]
            for point in course.points[: -course_data.SHOWN - 1 : -1]
            for side in point.sides
        ]
        shown.show_rows(rows)
        shown.setFixedHeight(44 + 32 * min(max(len(rows), 1), 6))
        layout.addWidget(shown)
        return block


def _degrees(value: float | None) -> str:
    """One decimal: more would pretend."""
    return "-" if value is None else f"{written(value, '.1f')}°"
