"""The guided start: sensor, exercise and side, dose and limit; then go. What was chosen last stands there already."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.guide_dose import DosePage
from hiplevel.gui.live.guide_exercise import ExercisePage
from hiplevel.gui.live.guide_sensor import SensorPage
from hiplevel.gui.spoken import load_spoken, stance_words
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.notices import Notices
from hiplevel.gui.widgets.parts import button, column, label, row, set_role
from hiplevel.gui.words import tr

PAGES = ("sensor", "exercise", "dose")


class Guide(QWidget):
    """Signals: start (a Choice)."""

    start = Signal(object)

    def __init__(self, theme: Theme, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.notices = Notices()
        self.sensor = SensorPage(choice)
        self.exercise = ExercisePage(theme, choice)
        self.dose = DosePage(choice)
        self.exercise.changed.connect(lambda: self.dose.show_preset(self.exercise.exercise_id, self.exercise.stance))
        self.dose.show_preset(self.exercise.exercise_id, self.exercise.stance)
        self._pages = QStackedWidget()
        for page in (self.sensor, self.exercise, self.dose):
            self._pages.addWidget(page)
        self._steps = [label(f"{n}  {tr(f'live.step_{name}')}", "muted") for n, name in enumerate(PAGES, 1)]
        self.back = button(tr("common.back"), lambda: self.go(self._pages.currentIndex() - 1), "large")
        self.next = button(tr("common.next"), self._next, "large")
        self.again = button(tr("live.start_as_shown"), self._begin, "large", tip=tr("live.start_as_shown_tip"))
        self.summary = label("", "muted", wrap=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 22, 28, 20)
        outer.setSpacing(14)
        outer.addLayout(row(label(tr("live.guide_title"), "title"), None, *self._steps, spacing=26))
        outer.addWidget(self.notices)
        outer.addWidget(self._pages, 1)
        foot: QHBoxLayout = row(self.back, column(self.summary), self.again, self.next, spacing=14)
        foot.setStretch(1, 1)
        outer.addLayout(foot)
        self.sensor.list.itemActivated.connect(lambda _item: self._next())
        self.exercise.list.itemActivated.connect(lambda _item: self._next())
        for changed in (self.exercise.changed, self.dose.changed, self.sensor.changed):
            changed.connect(self._summarise)
        self.go(0)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return self.dose.apply(self.exercise.apply(self.sensor.apply(Choice())))

    def go(self, page: int) -> None:
        """Show a page, from 0."""
        page = max(0, min(page, len(PAGES) - 1))
        self._pages.setCurrentIndex(page)
        for index, step in enumerate(self._steps):
            set_role(step, "heading" if index == page else "muted")
        last = page == len(PAGES) - 1
        self.back.setEnabled(page > 0)
        self.again.setVisible(not last)
        self.next.setText(tr("live.start") if last else tr("common.next"))
        self.next.setAccessibleName(self.next.text())
        set_role(self.next, "primary")
        (self.sensor, self.exercise, self.dose)[page].setFocus()
        self._summarise()

    @property
    def page(self) -> int:
        """The page shown, from 0."""
        return self._pages.currentIndex()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """With what was prescribed while another place was seen."""
        super().showEvent(event)
        self.dose.show_limit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, Escape goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
        elif event.key() == Qt.Key.Key_Escape and self.page:
            self.go(self.page - 1)
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        if self.page == len(PAGES) - 1:
            self._begin()
        else:
            self.go(self.page + 1)

    def _begin(self) -> None:
        problem = self.dose.problem()
        if problem:
            self.notices.clear()
            self.notices.add(problem)
            self.go(len(PAGES) - 1)
            return
        self.notices.clear()
        self.start.emit(self.choice)

    def _summarise(self) -> None:
        choice = self.choice
        sensor = tr("live.simulated_sensor") if choice.simulated else self.sensor.name
        exercise = load_spoken(choice.exercise)
        parts = [sensor, exercise.name, stance_words(choice.stance, exercise)]
        asked = self.dose.asked
        sets, reps = (choice.sets, choice.reps) if asked is None else (asked.sets, asked.reps)
        if reps:
            parts.append(tr("live.dose_words", sets=sets or 1, reps=reps))
        self.summary.setText(" · ".join(parts))
