"""Prescribing an exercise, and asking for one no longer: each with a reason."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QWidget

from hiplevel.clinic.prescribing import prescribe
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.limit_form import SideLimits
from hiplevel.gui.clinic.wording import stance_words
from hiplevel.gui.spoken import list_spoken
from hiplevel.gui.widgets.degrees import degrees_field
from hiplevel.gui.words import tr
from hiplevel.model.prescription import BOUNDS, FEEDBACKS, Prescription

STANCES = ("left", "right", "both", "auto")
DOSES = {"sets": 0, "reps": 0, "hold_s": 1, "tempo_s": 1, "rest_s": 0, "per_week": 0}  # and their decimals


def prescribe_form(desk: Desk, base: Prescription, parent: QWidget) -> Form:
    """Begins with `base`."""
    exercise, stance = QComboBox(), QComboBox()
    exercise.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for one in list_spoken():
        exercise.addItem(one.name, one.id)
    exercise.setCurrentIndex(max(exercise.findData(base.exercise), 0))
    for side in STANCES:
        stance.addItem("", side)
    stance.setCurrentIndex(max(stance.findData(base.stance), 0))

    def name_sides() -> None:
        for at in range(stance.count()):
            stance.setItemText(at, stance_words(stance.itemData(at), exercise.currentData()))

    exercise.currentIndexChanged.connect(name_sides)
    name_sides()
    doses = {name: _dose(name, getattr(base, name)) for name in DOSES}
    limits, warn = SideLimits(base.rule), degrees_field(base.rule.warn_deg or 0.0, 0.0)
    feedback = QComboBox()
    for one_of in FEEDBACKS:
        feedback.addItem(tr(f"sound.feedback_{one_of}"), one_of)
    feedback.setCurrentIndex(FEEDBACKS.index(base.feedback))
    warn.setSpecialValueText(tr("clinic.no_warning"))
    note, reason = QLineEdit(base.note), QLineEdit()

    def do() -> None:
        rule = replace(limits.put_into(base.rule), warn_deg=warn.value() if warn.value() > 0.0 else None)
        asked = replace(
            base,
            exercise=exercise.currentData(),
            stance=stance.currentData(),
            **{name: type(getattr(base, name))(spin.value()) for name, spin in doses.items()},
            rule=rule,
            feedback=feedback.currentData(),
            note=note.text(),
            reason=reason.text(),
        )
        by = desk.by()
        with desk.changing() as store:
            prescribe(store, desk.client, asked, by=by)
        desk.changed.emit()

    fields = [
        (tr("clinic.head_exercise"), exercise),
        (tr("clinic.head_stands_on"), stance),
        *((tr(f"clinic.{name}"), spin) for name, spin in doses.items()),
        *limits.fields,
        (tr("clinic.warning"), warn),
        (tr("sound.feedback"), feedback),
        (tr("clinic.note"), note),
        (tr("clinic.head_why"), reason),
    ]
    return Form(tr("clinic.prescribe"), fields, do, parent, tr("clinic.prescribe_hint"))


def stop_form(desk: Desk, asked: Prescription, parent: QWidget) -> Form:
    """The reason."""
    reason = QLineEdit()

    def do() -> None:
        by = desk.by()
        with desk.changing() as store:
            prescribe(store, desk.client, replace(asked, reason=reason.text()), by=by, stop=True)
        desk.changed.emit()

    return Form(tr("clinic.stop"), [(tr("clinic.head_why"), reason)], do, parent)


def _dose(name: str, value: float) -> QDoubleSpinBox:
    """How much of it; the smallest means that nothing is prescribed."""
    spin = QDoubleSpinBox()
    spin.setRange(0.0, BOUNDS[name][0])
    spin.setDecimals(DOSES[name])
    spin.setSpecialValueText("–")
    spin.setSuffix(" s" if name.endswith("_s") else "")
    spin.setValue(value)
    return spin
