"""Dialogs that ask for a few things at once, and tables that show many."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hiplevel.gui.widgets.parts import button, label, row
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError

NARROW_PX = 170


class Form(QDialog):
    """Fields under one another; `do` is called with OK, and what it refuses is shown while the answers stay."""

    def __init__(
        self, title: str, fields: Sequence[tuple[str, QWidget]], do: Callable[[], None], parent: QWidget, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._do = do
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(18)
        for name, widget in fields:
            widget.setAccessibleName(name)
            form.addRow(label(name), widget)
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
        layout.addLayout(form)
        layout.addWidget(self.refusal)
        layout.addLayout(row(None, button(tr("clinic.cancel"), self.reject), self.ok))

    def ask(self) -> None:
        """Wait for the answers."""
        self.exec()

    def try_it(self) -> None:
        """Close when it went well."""
        try:
            self._do()
        except HiplevelError as error:
            self.refusal.setText(str(error))
            self.refusal.show()
            return
        self.accept()


def secret() -> QLineEdit:
    """For a passphrase."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def table(name: str, heads: Sequence[str]) -> QTableWidget:
    """Rows to be read, one chosen at a time."""
    made = QTableWidget(0, len(heads))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(heads))
    made.verticalHeader().hide()
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setStyleSheet("QTableWidget::item { padding: 4px 9px; }")
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    return made


def narrow(made: QTableWidget, column: int) -> None:
    """Long names give way to the columns behind them; they are whole in their tips, and can be drawn wider."""
    made.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
    made.setColumnWidth(column, NARROW_PX)


def show_rows(made: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Put these in the place of what was there."""
    made.setRowCount(len(rows))
    for at, cells in enumerate(rows):
        for column, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            made.setItem(at, column, item)
