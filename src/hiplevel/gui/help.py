"""The page of keys, made from the same table that handles them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hiplevel.gui import shortcuts
from hiplevel.gui.widgets.parts import button, card, column, label, row
from hiplevel.gui.words import tr

HEADS = {"": "keys.anywhere", "live": "keys.in_live", "replay": "keys.in_replay"}


class HelpDialog(QDialog):
    """Every key and what it does; Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("app.help_title"))
        blocks = {place: self._block(place) for place in shortcuts.PLACES}
        sides: QHBoxLayout = row(
            column(blocks[""], blocks["live"], None, spacing=14), column(blocks["replay"], None), spacing=14
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(14)
        outer.addWidget(label(tr("app.help_title"), "title"))
        outer.addLayout(sides)
        outer.addWidget(label(tr("app.disclaimer"), "muted", wrap=True))
        outer.addLayout(row(None, button(tr("common.close"), self.accept, "primary")))

    @staticmethod
    def _block(place: str) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(5)
        for at, (keys, what) in enumerate(shortcuts.help_rows(place)):
            grid.addWidget(label(keys, "heading"), at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(what), at, 1)
        grid.setColumnStretch(1, 1)
        return card(label(tr(HEADS[place]), "muted"), grid, spacing=8, margin=14)
