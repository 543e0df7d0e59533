"""The audit trail, whether it is whole, copies of the store, and what leaves it for good."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from hiplevel.clinic.audit import TRAINEE, Line, lines
from hiplevel.clinic.audit_backups import heads
from hiplevel.clinic.audit_verify import Verdict, verify
from hiplevel.clinic.backup import back_up
from hiplevel.clinic.erase import erase_client
from hiplevel.clinic.export import export_client
from hiplevel.clinic.restore import restore
from hiplevel.cohort.kept import forget_client as cohort_forgets
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.wording import action_words, limits_words
from hiplevel.gui.sentences import Refused, in_language
from hiplevel.gui.when import moment
from hiplevel.gui.widgets.flow import flow
from hiplevel.gui.widgets.parts import button, label, row
from hiplevel.gui.widgets.table import Table
from hiplevel.gui.words import count, tr
from hiplevel.model.errors import Reason
from hiplevel.session.forget_client import forget_client

LAST = 500


class Trail(QWidget):
    """Of the whole store: a change concerns everybody who trusts it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        heads = ("line", "when", "by", "what", "of_whom", "limit", "why")
        self.table = Table(tr("clinic.trail"), [tr(f"clinic.head_{head}") for head in heads])
        self.verdict = label("", "heading", wrap=True)
        self.check = button(tr("clinic.verify"), self.verify, "primary")
        self.copy = button(tr("clinic.back_up"), self.ask_copy, "tight")
        self.restore = button(tr("clinic.restore"), lambda: self.restore_form().ask(), "tight")
        self.export = button(tr("clinic.export"), self.ask_export, "tight")
        self.erase = button(tr("clinic.erase"), lambda: self.erase_form().ask(), "tight")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(self.table, 1)
        checked = row(self.check, self.verdict)
        checked.setStretch(1, 1)
        layout.addLayout(checked)
        layout.addLayout(flow(self.copy, self.restore, self.export, self.erase))

    def show_all(self) -> None:
        """The newest line first."""
        found: list[Line] = self.desk.ask(lambda store: lines(store, last=LAST), [])
        self.table.show_rows([_row(line) for line in reversed(found)])
        self.verdict.setText("")
        chosen = bool(self.desk.client)
        self.export.setEnabled(chosen)
        self.erase.setEnabled(chosen and self.desk.clinician is not None)
        self.erase.setToolTip("" if self.desk.clinician is not None else tr("clinic.needs_role"))

    def verify(self) -> None:
        """Every line, and the backups."""
        found: Verdict | None = self.desk.ask(lambda store: verify(store, heads(store)), None)
        if found is None:
            return
        if found.whole:
            self.verdict.setText(count("clinic.whole", found.lines))
            return
        self.verdict.setText(count("clinic.not_whole", len(found.problems)))
        for problem in found.problems[:3]:
            self.desk.said.emit(in_language(problem))

    def ask_copy(self) -> None:
        """Where to."""
        path, _ = QFileDialog.getSaveFileName(self, tr("clinic.back_up"), "clinic-copy.db")
        if path:
            self.copy_to(Path(path))

    def copy_to(self, path: Path) -> None:
        """A checked copy of the store."""
        if self.desk.ask(lambda store: back_up(store, to=path), None) is not None:
            self.desk.said.emit(tr("clinic.written", path=path.name))

    def restore_form(self) -> Form:
        """The newest whole backup in the store's place."""

        def do() -> None:
            chosen, _aside = restore(self.desk.path)
            self.desk.clinician = None
            self.desk.changed.emit()
            self.desk.said.emit(tr("clinic.restored", path=chosen.name))

        return Form(tr("clinic.restore"), [], do, self, tr("clinic.restore_hint"))

    def ask_export(self) -> None:
        """Where to."""
        path, _ = QFileDialog.getSaveFileName(self, tr("clinic.export"), f"{self.desk.client}.zip")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """All that is kept of the client, in a thread."""
        code, by = self.desk.client, self.desk.clinician or TRAINEE
        done = tr("clinic.written", path=path.name)
        self.desk.later(lambda store: export_client(store, code, path, by=by), lambda _names: self.desk.said.emit(done))

    def erase_form(self) -> Form:
        """Asks for the code to be typed, for there is no way back."""
        typed = QLineEdit()
        code = self.desk.client

        def do() -> None:
            if typed.text().strip().lower() != code.lower():
                raise Refused(tr("clinic.type_code", code=code), Reason.USAGE)
            by = self.desk.by()
            with self.desk.changing() as store:
                proof = erase_client(store, code, by=by, also=(forget_client, cohort_forgets, self.desk.forget))
            self.desk.client = ""
            self.desk.changed.emit()
            self.desk.said.emit(tr("clinic.erased", line=proof.line, traces=len(proof.traces)))

        hint = tr("clinic.erase_hint", code=code)
        return Form(tr("clinic.erase"), [(tr("clinic.code"), typed)], do, self, hint)


def _row(line: Line) -> list[str]:
    told = {} if line.detail is None else dict(line.detail)
    limit = ""
    if isinstance(told.get("to"), dict):
        before = told.get("from")
        limit = f"{limits_words(before)} → " if isinstance(before, dict) else ""
        limit += limits_words(told["to"])
    whom = tr("clinic.gone") if line.detail is None else str(told.get("client", ""))
    who = tr("clinic.by_trainee") if line.role == "trainee" and line.who == TRAINEE.name else line.who
    what, why = action_words(line.action), str(told.get("why", ""))
    return [str(line.number), moment(line.at_ns), who, what, whom, limit, why]
