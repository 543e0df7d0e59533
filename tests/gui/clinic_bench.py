"""The Clinic place as a person sees it: its fields by their names, its table by its cells."""

from PySide6.QtWidgets import QLineEdit

from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.words import tr

PASSPHRASE = "four plain words here"
MS = 60_000


def fields(form: Form) -> dict[str, QLineEdit]:
    return {field.accessibleName(): field for field in form.findChildren(QLineEdit) if field.accessibleName()}


def answer(form: Form, **answers: str) -> Form:
    """Fill in by the names that a screen reader says, and press OK."""
    for name, text in answers.items():
        fields(form)[name.replace("_", " ")].setText(text)
    form.ok.click()
    return form


def cells(place: ClinicPlace, row: int = 0) -> list[str]:
    table = place.programme.table
    items = (table.item(row, column) for column in range(table.columnCount()))
    return [item.text() if item is not None else "" for item in items]


def take_role(place: ClinicPlace) -> None:
    answer(place.people.role_form(["Dr. Weber"]), **{tr("clinic.passphrase"): PASSPHRASE})
