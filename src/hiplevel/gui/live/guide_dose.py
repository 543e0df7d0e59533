"""Third page: for whom, how much, and within which limit."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from hiplevel.clinic.training import prescribed_to
from hiplevel.exercises import load_exercise
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.sentences import of_error
from hiplevel.gui.widgets.degrees import degrees_field
from hiplevel.gui.widgets.parts import card, label, tall
from hiplevel.gui.words import tr, written
from hiplevel.model.errors import ClinicError, UsageError
from hiplevel.model.prescription import Prescription
from hiplevel.recording.names import check_client

TOP = Qt.AlignmentFlag.AlignTop


class DosePage(QWidget):
    """Numbers with their units beside them."""

    changed = Signal()

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = QLineEdit(choice.client)
        self.client.setPlaceholderText("c-017")
        self.reps, self.sets = _whole(choice.reps, 100), _whole(choice.sets, 20)
        self.rest = _whole(round(choice.rest_s), 600, " s", step=5)
        self.hinges = QCheckBox(tr("live.hinges"))
        self.hinges.setChecked(choice.hinges)
        self.own = QCheckBox(tr("live.own_limit"))
        self.own.setChecked(choice.own_limit)
        self.left, self.right = degrees_field(choice.left_deg, 1.0), degrees_field(choice.right_deg, 1.0)
        self._preset = label("", "muted", wrap=True)
        dose = _form(
            (tr("live.client"), self.client),
            (tr("live.reps_a_set"), self.reps),
            (tr("live.sets"), self.sets),
            (tr("live.rest"), self.rest),
        )
        limit = _form((tr("live.limit_left"), self.left), (tr("live.limit_right"), self.right))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(
            card(
                label(tr("live.dose_heading"), "heading"),
                dose,
                label(tr("live.client_hint"), "muted", wrap=True),
                self.hinges,
                label(tr("live.hinges_hint"), "muted", wrap=True),
            ),
            1,
            TOP,
        )
        layout.addWidget(
            card(
                label(tr("live.limit_heading"), "heading"),
                self._preset,
                self.own,
                limit,
                label(tr("live.limit_hint"), "muted", wrap=True),
            ),
            1,
            TOP,
        )
        self.setFocusProxy(self.reps)
        self.client.editingFinished.connect(self.show_limit)
        self.own.toggled.connect(lambda _on: self._changed())
        for spin in (self.reps, self.sets, self.rest, self.left, self.right):
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        self._changed()

    def show_preset(self, exercise_id: str, stance: str) -> None:
        """Name the preset of an exercise; the limit of the leg that stands is not asked for."""
        self._exercise_id, self._stance = exercise_id, stance
        self.show_limit()

    def show_limit(self) -> None:
        """As prescribed, where there is a prescription for this client; else the preset, unless another was set."""
        alarm_deg = load_exercise(self._exercise_id).alarm_deg
        self._store_problem, asked = "", None
        try:
            found = prescribed_to(self.client.text().strip(), self._exercise_id, self._stance)
            asked = found[0] if found else None
        except ClinicError as error:
            self._store_problem = of_error(error)
        if asked is not None:
            self._preset.setText(tr("live.prescribed", author=asked.author, sets=asked.sets, reps=asked.reps))
            self.left.setValue(asked.rule.limit_deg("left"))
            self.right.setValue(asked.rule.limit_deg("right"))
        else:
            self._preset.setText(tr("live.preset", deg=written(alarm_deg, "g")))
            if not self.own.isChecked():
                self.left.setValue(alarm_deg)
                self.right.setValue(alarm_deg)
        self.asked = asked
        for part in (self.own, self.reps, self.sets, self.rest):
            part.setEnabled(asked is None)
        self._changed()

    def problem(self) -> str:
        """What cannot stay as it is, as a sentence; '' when all is well."""
        if code := self.client.text().strip():
            try:
                check_client(code)
            except UsageError as error:
                return of_error(error)
        return self._store_problem

    def apply(self, choice: Choice) -> Choice:
        """The choice with this page's answers."""
        return replace(
            choice,
            client=self.client.text().strip(),
            reps=self.reps.value(),
            sets=self.sets.value(),
            rest_s=float(self.rest.value()),
            own_limit=self.own.isChecked(),
            hinges=self.hinges.isChecked(),
            left_deg=self.left.value(),
            right_deg=self.right.value(),
        )

    _exercise_id, _stance, _store_problem = "pelvic-drop", "both", ""
    asked: Prescription | None = None  # of this client in this exercise; it goes before what is set here

    def _changed(self) -> None:
        own = self.own.isChecked() and self.asked is None
        self.left.setEnabled(own and self._stance != "left")
        self.right.setEnabled(own and self._stance != "right")
        self.changed.emit()


def _form(*rows: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setVerticalSpacing(12)
    form.setHorizontalSpacing(18)
    for text, widget in rows:
        widget.setAccessibleName(text)
        widget.setMinimumWidth(140)
        form.addRow(label(text), tall(widget))
    return form


def _whole(value: int, most: int, suffix: str = "", step: int = 1) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, most)
    spin.setSingleStep(step)
    spin.setSuffix(suffix)
    spin.setSpecialValueText(tr("live.none"))
    spin.setValue(value)
    return spin
