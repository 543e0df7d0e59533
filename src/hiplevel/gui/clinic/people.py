"""Who is chosen, and in which role one looks: the left side of the Clinic place."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from hiplevel.clinic.audit import TRAINEE
from hiplevel.clinic.clients import Client, add_client, clients
from hiplevel.clinic.clinicians import add_clinician
from hiplevel.gui.clinic.desk import Desk
from hiplevel.gui.clinic.forms import Form, secret
from hiplevel.gui.sentences import Refused
from hiplevel.gui.when import day
from hiplevel.gui.widgets.choices import Choices
from hiplevel.gui.widgets.parts import button, card, label
from hiplevel.gui.words import count, tr
from hiplevel.model.errors import Reason

MOST_PX = 360
CODE = Qt.ItemDataRole.UserRole
ORDERS = ("code", "waiting")
LOW_LINES = 40
MANY = 8  # clients, from which on one looks for somebody


class People(QWidget):
    """The role on top, the clients below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.role = label("", "heading")
        self.role_hint = label("", "muted", wrap=True)
        self.take = button(tr("clinic.take_role"), self.ask_role, "tight")
        self.sought, self.order = QLineEdit(), QComboBox()
        self.sought.setPlaceholderText(tr("clinic.find"))
        self.sought.setAccessibleName(tr("clinic.find_name"))
        self.sought.setToolTip(tr("clinic.find_name"))
        self.sought.setClearButtonEnabled(True)
        self.sought.textChanged.connect(lambda _text: self._fill())
        self.order.setAccessibleName(tr("clinic.order"))
        for name in ORDERS:
            self.order.addItem(tr(f"clinic.order_{name}"), name)
        self.order.currentIndexChanged.connect(lambda _at: self._fill())
        self._found: list[Client] = []
        self.list = Choices(tr("clinic.clients"))
        self.list.currentItemChanged.connect(self._chosen)
        self.add = button(tr("clinic.add_client"), self.ask_client, "tight")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(card(self.role, self.role_hint, self.take, margin=12))
        layout.addWidget(
            card(label(tr("clinic.clients"), "heading"), self.sought, self.order, self.list, self.add, margin=12), 1
        )
        self.setMaximumWidth(MOST_PX)
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a low window the clients have the room of what the role may do, which is a tip then."""
        super().resizeEvent(event)
        self.role_hint.setVisible(self.height() >= LOW_LINES * self.fontMetrics().height())

    def show_all(self) -> None:
        """As the store has it now."""
        who = self.desk.clinician
        self.role.setText(tr("clinic.trainee") if who is None else who.name)
        may = tr("clinic.trainee_may") if who is None else tr("clinic.clinician_may")
        self.role.setToolTip(may)
        self.role_hint.setText(may)
        self.take.setText(tr("clinic.take_role") if who is None else tr("clinic.leave_role"))
        self.take.setAccessibleName(self.take.text())
        self._found = self.desk.ask(lambda store: clients(store, by=who), [])
        codes = [one.code for one in self._found]
        if self.desk.client not in codes:
            self.desk.client = codes[0] if codes else ""
        for part in (self.sought, self.order):
            part.setVisible(len(codes) >= MANY)
        self._fill()

    def _fill(self) -> None:
        """Those that are sought, in the order that is asked for; the chosen one stays chosen, shown or not."""
        sought = self.sought.text().casefold().split() if len(self._found) >= MANY else []
        found = [
            one for one in self._found if all(word in f"{one.code} {one.name or ''}".casefold() for word in sought)
        ]
        if self.order.currentData() == "waiting":
            found.sort(key=lambda one: one.last_session_ns or 0)
        else:
            found.sort(key=lambda one: _by_number(one.code))
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            named = f"  ·  {one.name}" if one.name else ""
            item = QListWidgetItem(f"{one.code}{named}\n{_done(one)}")
            item.setData(CODE, one.code)
            self.list.addItem(item)
            if one.code == self.desk.client:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def ask_role(self) -> None:
        """A passphrase; where there is no clinician yet, a first key."""
        if self.desk.clinician is not None:
            self.desk.leave_role()
            return
        names = self.desk.names()
        if names:
            self.role_form(names).ask()
        else:
            self.key_form().ask()

    def role_form(self, names: list[str]) -> Form:
        """Whose role, and the passphrase."""
        who, words = QComboBox(), secret()
        who.addItems(names)

        def take() -> None:
            self.desk.take_role(words.text(), who.currentText())

        fields = [(tr("clinic.name"), who), (tr("clinic.passphrase"), words)]
        return Form(tr("clinic.take_role"), fields, take, self)

    def key_form(self) -> Form:
        """The first clinician of this store."""
        name, words, again = QLineEdit(), secret(), secret()

        def make() -> None:
            if words.text() != again.text():
                raise Refused(tr("clinic.not_the_same"), Reason.PASSPHRASE)
            with self.desk.changing() as store:
                made = add_clinician(store, name.text(), words.text())
            self.desk.clinician = made
            self.desk.changed.emit()
            self.desk.said.emit(tr("clinic.key_made", fingerprint=made.fingerprint))

        fields = [(tr("clinic.name"), name), (tr("clinic.passphrase"), words), (tr("clinic.again"), again)]
        return Form(tr("clinic.make_key"), fields, make, self, tr("clinic.key_hint"))

    def ask_client(self) -> None:
        """A code, and in the clinician's role a name."""
        self.client_form().ask()

    def client_form(self) -> Form:
        """The code, never a name; a name apart from it."""
        code, name = QLineEdit(), QLineEdit()
        code.setPlaceholderText("c-017")
        name.setEnabled(self.desk.clinician is not None)

        def add() -> None:
            with self.desk.changing() as store:
                add_client(store, code.text().strip(), name=name.text(), by=self.desk.clinician or TRAINEE)
            self.desk.client = code.text().strip()
            self.desk.changed.emit()

        fields = [(tr("clinic.code"), code), (tr("clinic.full_name"), name)]
        return Form(tr("clinic.add_client"), fields, add, self, tr("clinic.code_hint"))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.desk.choose(str(item.data(CODE)))


def _by_number(code: str) -> list[tuple[int, str]]:
    """As people count: c-9 comes before c-10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split("([0-9]+)", code)]


def _done(client: Client) -> str:
    """How many sessions, and when the last one was."""
    done = count("clinic.sessions_of", client.sessions)
    if client.last_session_ns is None:
        return done
    return tr("clinic.done_last", done=done, day=day(client.last_session_ns))
