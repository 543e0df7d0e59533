"""Second page: which exercise, on which leg, with its drawing and what a sensor cannot see in it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QListWidgetItem, QWidget

from hiplevel.clinic.training import prescribed_to
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.spoken import list_spoken, load_spoken, stance_words
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.choices import Choices
from hiplevel.gui.widgets.drawing import Drawing
from hiplevel.gui.widgets.parts import button, card, column, label, row, scrolled
from hiplevel.gui.words import tr
from hiplevel.model.errors import ClinicError

ID = Qt.ItemDataRole.UserRole
SIDES = ("left", "right", "both")


class ExercisePage(QWidget):
    """The catalogue on the left, what was picked on the right."""

    changed = Signal()

    def __init__(self, theme: Theme, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = Choices(tr("live.step_exercise"))
        prescribed = _prescribed(choice.client)
        for exercise in list_spoken():
            asked = exercise.id in prescribed
            item = QListWidgetItem(tr("live.is_prescribed", exercise=exercise.name) if asked else exercise.name)
            item.setData(ID, exercise.id)
            item.setToolTip(exercise.name)
            self.list.addItem(item)
            if exercise.id == choice.exercise:
                self.list.setCurrentItem(item)
        self._drawing = Drawing(theme)
        self._name, self._summary = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self._setup, self._cues = label("", wrap=True), label("", wrap=True)
        self._cannot = label("", "muted", wrap=True)
        self._sides = QButtonGroup(self)
        buttons = []
        for number, side in enumerate(SIDES):
            made = button(tr(f"live.stance_{side}"), self._show, "large", checkable=True)
            self._sides.addButton(made, number)
            made.setChecked(side == choice.stance)
            buttons.append(made)
        if self._sides.checkedId() < 0:
            buttons[0].setChecked(True)
        words = QWidget()
        words_layout = column(
            self._name,
            self._summary,
            label(tr("live.setup_heading"), "heading"),
            self._setup,
            self._cues,
            label(tr("live.cannot_heading"), "heading"),
            self._cannot,
            None,
        )
        words_layout.setContentsMargins(0, 0, 8, 0)
        words.setLayout(words_layout)
        about = card(self._drawing, row(*buttons, None, spacing=8), scrolled(words))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.list, 2)
        layout.addWidget(about, 3)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self._show()

    @property
    def exercise_id(self) -> str:
        """The chosen exercise."""
        return str(self.list.currentItem().data(ID))

    @property
    def stance(self) -> str:
        """The leg that stands."""
        return SIDES[self._sides.checkedId()]

    def choose(self, exercise_id: str, stance: str) -> None:
        """Pick both."""
        for place in range(self.list.count()):
            if self.list.item(place).data(ID) == exercise_id:
                self.list.setCurrentRow(place)
        self._sides.button(SIDES.index(stance)).click()

    def apply(self, choice: Choice) -> Choice:
        """The choice with this page's answers."""
        return replace(choice, exercise=self.exercise_id, stance=self.stance)

    def _show(self) -> None:
        exercise = load_spoken(self.exercise_id)
        for number, side in enumerate(SIDES):
            words = stance_words(side, exercise)
            self._sides.button(number).setText(words)
            self._sides.button(number).setAccessibleName(words)
        rule = Choice(exercise=exercise.id).rule
        self._drawing.show_exercise(exercise.id, exercise.name, self.stance, rule)
        self._name.setText(exercise.name)
        self._summary.setText(f"{exercise.summary} {exercise.discouraged}".strip())
        self._setup.setText(exercise.setup)
        self._cues.setText("\n".join(f"•  {cue}" for cue in exercise.cues))
        self._cannot.setText(exercise.cannot_see)
        self.changed.emit()


def _prescribed(client: str) -> set[str]:
    """The exercises of the programme; that a store cannot be read is said where the dose is asked for."""
    try:
        return {one.exercise for one in prescribed_to(client)}
    except ClinicError:
        return set()
