"""The Clinic place: the role and the clients on the left, what concerns the chosen one on the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from hiplevel.clinic.audit import head
from hiplevel.gui.clinic.course import CoursePage
from hiplevel.gui.clinic.desk import Desk, Running
from hiplevel.gui.clinic.limits import Limits
from hiplevel.gui.clinic.people import People
from hiplevel.gui.clinic.programme import Programme
from hiplevel.gui.clinic.trail import Trail
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.notices import Notices
from hiplevel.gui.widgets.parts import label
from hiplevel.gui.words import tr


class ClinicPlace(QWidget):
    """path: of the store, None for the user's own. running: the session that runs in this window, if one does.

    forget: what the window remembers of a client.
    """

    def __init__(
        self,
        theme: Theme,
        path: Path | None = None,
        running: Callable[[], Running | None] = lambda: None,
        forget: Callable[[str], int] = lambda _client: 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.desk = Desk(path, running, forget, self)
        self.notices = Notices()
        self.people = People(self.desk)
        self.title = label("", "title")
        self.programme = Programme(self.desk)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setAccessibleName(tr("app.clinic"))
        self.limits, self.course, self.trail = Limits(self.desk), CoursePage(theme, self.desk), Trail(self.desk)
        for page, name in (
            (self.programme, tr("clinic.programme")),
            (self.limits, tr("clinic.limits")),
            (self.course, tr("clinic.course")),
            (self.trail, tr("clinic.trail")),
        ):
            self.pages.addTab(page, name)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.title)
        right.addWidget(self.pages, 1)
        inner = QHBoxLayout()
        inner.setSpacing(18)
        inner.addWidget(self.people, 2)
        inner.addLayout(right, 7)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(12)
        layout.addWidget(self.notices)
        layout.addLayout(inner, 1)
        self.setFocusProxy(self.people)
        self._seen: tuple[int, str] | None = None
        self.desk.said.connect(self.notices.add)
        self.desk.changed.connect(self.show_all)
        self.show_all()

    def show_all(self) -> None:
        """Everything as the store has it now."""
        self._seen = self._line()
        self.people.show_all()
        self.title.setText(self.desk.client or tr("clinic.nobody"))
        for page in (self.programme, self.limits, self.course, self.trail):
            page.show_all()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Anew where something was trained, corrected or prescribed while another place was seen."""
        super().showEvent(event)
        if self._seen != self._line():
            self.show_all()

    def _line(self) -> tuple[int, str] | None:
        """The trail's last line: whatever changes the store adds one."""
        return self.desk.ask(head, None)

    def shut(self) -> None:
        """The role ends with the window."""
        self.desk.clinician = None
