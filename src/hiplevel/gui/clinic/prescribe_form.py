"""Prescribing an exercise, and asking for one no longer: each with a reason."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from hiplevel.clinic.prescribing import prescribe
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.wording import stance_words
from hiplevel.gui.spoken import list_spoken
from hiplevel.gui.widgets.degrees import degrees_field
from hiplevel.gui.words import tr
from hiplevel.model.prescription import Prescription

STANCES = ("left", "right", "both")


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
    sets, reps, week = _whole(base.sets, 20), _whole(base.reps, 200), _whole(base.per_week, 21)
    rest = _whole(round(base.rest_s), 1800, " s")
    limit, warn = degrees_field(base.rule.threshold_deg, 0.0), degrees_field(base.rule.warn_deg or 0.0, 0.0)
    warn.setSpecialValueText(tr("clinic.no_warning"))
    note, reason = QLineEdit(base.note), QLineEdit()

    def do() -> None:
        rule = replace(
            base.rule.with_limits(limit.value(), None, None), warn_deg=warn.value() if warn.value() > 0.0 else None
        )
        asked = replace(
            base,
            exercise=exercise.currentData(),
            stance=stance.currentData(),
            sets=sets.value(),
            reps=reps.value(),
            per_week=week.value(),
            rest_s=float(rest.value()),
            rule=rule,
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
        (tr("clinic.sets"), sets),
        (tr("clinic.reps"), reps),
        (tr("clinic.rest"), rest),
        (tr("clinic.per_week"), week),
        (tr("clinic.head_limit"), limit),
        (tr("clinic.warning"), warn),
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


def _whole(value: int, most: int, unit: str = "") -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, most)
    spin.setSpecialValueText("–")
    spin.setSuffix(unit)
    spin.setValue(value)
    return spin
