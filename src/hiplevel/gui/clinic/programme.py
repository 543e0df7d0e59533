"""What is prescribed to the client; signed files out and in."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from hiplevel.clinic.prescribed import Prescribed, history, limits_of
from hiplevel.clinic.prescription_export import write_file
from hiplevel.clinic.prescription_file import SUFFIX, read_file
from hiplevel.clinic.prescription_import import signer_of, take
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.prescribe_form import prescribe_form, stop_form
from hiplevel.gui.clinic.wording import dose_words, limits_words, stance_words
from hiplevel.gui.spoken import name_of
from hiplevel.gui.when import day
from hiplevel.gui.widgets.flow import flow
from hiplevel.gui.widgets.parts import button
from hiplevel.gui.widgets.table import Table
from hiplevel.gui.words import tr
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule

FIRST = Prescription("pelvic-drop", "left", sets=3, reps=8, rule=DropRule(8.0))


class Programme(QWidget):
    """All versions, the newest first; those that hold now are marked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        heads = ("now", "exercise", "stands_on", "dose", "limit", "version", "by", "why")
        self.table = Table(tr("clinic.programme"), [tr(f"clinic.head_{head}") for head in heads])
        self.new = button(tr("clinic.prescribe"), lambda: self.form().ask(), "primary")
        self.stop = button(tr("clinic.stop"), self.ask_stop, "tight")
        self.write = button(tr("clinic.write_file"), self.ask_write, "tight")
        self.read = button(tr("clinic.read_file"), self.ask_read, "tight")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(flow(self.new, self.stop, self.write, self.read))
        self.found: list[Prescribed] = []

    def show_all(self) -> None:
        """As the store has it now."""
        code = self.desk.client
        self.found = self.desk.ask(lambda store: history(store, code)[::-1], []) if code else []
        now = self._now()
        self.table.empty.setText(tr("clinic.nothing_yet") if code else first_steps())
        self.table.show_rows([self._row(one, one in now) for one in self.found])
        allowed = self.desk.clinician is not None and bool(code)
        for part in (self.new, self.stop, self.write):
            part.setEnabled(allowed)
            part.setToolTip("" if allowed else tr("clinic.needs_role"))

    def form(self) -> Form:
        """Begins with what is chosen in the table."""
        at = self.table.chosen
        return prescribe_form(self.desk, FIRST if at is None else self.found[at].prescription, self)

    def ask_stop(self) -> None:
        """Why it is asked for no longer."""
        at = self.table.currentRow()
        if at < 0 or self.found[at] not in self._now():
            self.desk.said.emit(tr("clinic.choose_first"))
            return
        stop_form(self.desk, self.found[at].prescription, self).ask()

    def ask_write(self) -> None:
        """Where to."""
        name = f"{self.desk.client}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(self, tr("clinic.write_file"), name)
        if path:
            self.write_to(Path(path))

    def write_to(self, path: Path) -> None:
        """Sign the programme into a file."""
        self.desk.change(lambda store: write_file(store, self.desk.client, path, by=self.desk.by()))

    def ask_read(self) -> None:
        """Which file; then whose it is."""
        path, _ = QFileDialog.getOpenFileName(self, tr("clinic.read_file"), "", f"*{SUFFIX}")
        if path and (form := self.read_form(Path(path))) is not None:
            form.ask()

    def read_form(self, path: Path) -> Form | None:
        """Shows whose it is; a signer who is new is trusted only with the fingerprint typed in."""
        signed = self.desk.ask(lambda _store: read_file(path), None)
        if signed is None:
            return None
        whose = self.desk.ask(lambda store: signer_of(store, signed), None)
        if whose is None:
            return None
        typed = QLineEdit()
        typed.setEnabled(not whose.known)

        def do() -> None:
            with self.desk.changing() as store:
                take(store, signed, trust=typed.text().strip(), new_client=True)
            self.desk.client = signed.client
            self.desk.changed.emit()

        hint = tr("clinic.file_of", client=signed.client, signer=str(whose), day=day(signed.valid_until_ns))
        return Form(tr("clinic.read_file"), [(tr("clinic.fingerprint"), typed)], do, self, hint)

    def _now(self) -> list[Prescribed]:
        last: dict[tuple[str, str], Prescribed] = {}
        for one in self.found[::-1]:
            last[one.prescription.exercise, one.prescription.stance] = one
        return [one for one in last.values() if not one.stopped]

    def _row(self, one: Prescribed, now: bool) -> list[str]:
        asked = one.prescription
        stance = stance_words(asked.stance, asked.exercise)
        dose = tr("clinic.stopped") if one.stopped else dose_words(asked)
        limits = limits_words(limits_of(asked.rule))
        version = f"{asked.version}, {day(one.made_ns)}"
        return ["●" if now else "", name_of(asked.exercise), stance, dose, limits, version, asked.author, asked.reason]


def first_steps() -> str:
    """What to do in an empty store, by the names of its buttons."""
    names = {"role": "take_role", "add": "add_client", "prescribe": "prescribe", "read": "read_file"}
    return tr("clinic.first_steps", **{step: tr(f"clinic.{key}") for step, key in names.items()})
