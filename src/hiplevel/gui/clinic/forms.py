"""Dialogs that ask for a few things at once."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from hiplevel.gui.sentences import of_error
from hiplevel.gui.widgets.parts import button, label, row, scrolled, tall
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError


class Form(QDialog):
    """Fields under one another; `do` is called with OK, and what it refuses is shown while the answers stay."""

    def __init__(
        self, title: str, fields: Sequence[tuple[str, QWidget]], do: Callable[[], None], parent: QWidget, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._do = do
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 16, 0)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(18)
        for name, widget in fields:
            widget.setAccessibleName(name)
            form.addRow(label(name), tall(widget))
        self.refusal = label("", "alarm", wrap=True)
        self.refusal.hide()
        self.ok = button(title, self.try_it, "primary")
        self.ok.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(title, "title"))
        if hint:
            layout.addWidget(label(hint, "muted", wrap=True))
        self._inside, self._scroll = inside, scrolled(inside)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.refusal)
        layout.addLayout(row(None, button(tr("clinic.cancel"), self.reject), self.ok))

    def ask(self) -> None:
        """Wait for the answers."""
        self.exec()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """As large as the answers in the letters of the style sheet, unknown before; or as the screen."""
        super().showEvent(event)
        more = self._inside.sizeHint() - self._scroll.sizeHint()
        self.resize((self.sizeHint() + more).boundedTo(self.screen().availableSize()))

    def try_it(self) -> None:
        """Close when it went well."""
        try:
            self._do()
        except HiplevelError as error:
            self.refusal.setText(of_error(error))
            self.refusal.show()
            return
        self.accept()


def secret() -> QLineEdit:
    """For a passphrase."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
