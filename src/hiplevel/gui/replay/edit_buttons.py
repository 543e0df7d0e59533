"""Corrections of a look back: a grid of buttons, or where that has no room, one of them and a menu of the others."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from hiplevel.gui.replay.transport import EDITS, tip
from hiplevel.gui.widgets.parts import button, row
from hiplevel.gui.words import tr


class EditButtons(QWidget):
    """handlers: by the actions of the table of shortcuts."""

    def __init__(self, handlers: dict[str, Callable[[], None]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._all, self.folded = QWidget(), QWidget()
        grid = QGridLayout(self._all)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.menu = QMenu(self)
        for at, action in enumerate(EDITS):
            self.buttons[action] = button(tr(f"replay.{action}"), handlers[action], "tight", tip=tip(action))
            last_alone = at == len(EDITS) - 1 and at % 2 == 0
            grid.addWidget(self.buttons[action], at // 2, at % 2, 1, 2 if last_alone else 1)
            if at:
                self.menu.addAction(tip(action), handlers[action])
        first = button(tr(f"replay.{EDITS[0]}"), handlers[EDITS[0]], "tight", tip=tip(EDITS[0]))
        self.more = button(tr("replay.correct"), lambda: None, "tight")
        self.more.setMenu(self.menu)
        self.folded.setLayout(row(first, self.more, spacing=8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._all)
        layout.addWidget(self.folded)
        self.fold(False)

    @property
    def full_px(self) -> int:
        """How high all of them are."""
        return self._all.sizeHint().height()

    def fold(self, folded: bool) -> None:
        """Take little room, or show all."""
        self._all.setVisible(not folded)
        self.folded.setVisible(folded)
