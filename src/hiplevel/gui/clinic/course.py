"""Sessions of the client over weeks, an exercise at a time; to be added to, looked at, and saved as a report."""

import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from hiplevel.clinic.add_session import Added, add_sessions
from hiplevel.clinic.course import Course, Point
from hiplevel.clinic.pipeline_version import pipeline_version
from hiplevel.clinic.progress import progress
from hiplevel.clinic.sessions import find_session
from hiplevel.gui.clinic.course_block import CourseBlock
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.sentences import in_language
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.parts import button, clear, label, row, scrolled
from hiplevel.gui.words import count, current, tr
from hiplevel.recording.whole_file import whole_file
from hiplevel.report import render
from hiplevel.report.course_data import CourseReport


class CoursePage(QWidget):
    """One block an exercise. Signals: look_back (the path of a recording)."""

    look_back = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.desk = theme, desk
        self.courses: list[Course] = []
        self.add = button(tr("clinic.add_sessions"), self.ask_add)
        self.report = button(tr("clinic.save_report"), self.ask_report)
        self.look = button(tr("live.look_back"), self._open_picked)
        self._picked: Point | None = None
        self._inner = QVBoxLayout()
        self._inner.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(row(self.look, self.add, None, self.report))

    def show_all(self) -> None:
        """As the store has it now."""
        code, now_ns = self.desk.client, time.time_ns()
        self.courses = self.desk.ask(lambda store: progress(store, code, until_ns=now_ns), []) if code else []
        clear(self._inner)
        self._pick(None)
        in_order: list[QWidget] = []
        for course in self.courses:
            block = CourseBlock(self._theme, course)
            block.picked.connect(self._pick)
            block.opened.connect(self.open_session)
            self._inner.addWidget(block)
            in_order.append(block.table)
        if not self.courses:
            self._inner.addWidget(label(tr("clinic.no_sessions"), "muted"))
        self._inner.addStretch(1)
        for one, other in pairwise([*in_order, self.look, self.add, self.report]):
            QWidget.setTabOrder(one, other)
        self.add.setEnabled(bool(code))
        self.report.setEnabled(bool(self.courses))

    def open_session(self, point: Point) -> None:
        """Look back at its recording, where it still is."""
        found = self.desk.ask(lambda store: find_session(store, point.content_hash), None)
        if found is None:
            return
        if found.path.exists():
            self.look_back.emit(found.path)
        else:
            self.desk.said.emit(tr("clinic.recording_gone", path=found.path))

    def _open_picked(self) -> None:
        if self._picked is not None:
            self.open_session(self._picked)

    def _pick(self, point: Point | None) -> None:
        self._picked = point
        self.look.setEnabled(point is not None)

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
