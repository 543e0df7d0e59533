"""The page of keys, made from the same table that handles them, and of what is heard."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from hiplevel.gui import shortcuts
from hiplevel.gui.widgets.parts import button, card, column, label, row
from hiplevel.gui.words import tr

# What stands around the keys.
AROUND_PX, BELOW_PX = 80, 230
HEARD = ("low_left", "low_right", "tick", "two_up", "three_up", "three_down")
HEADS = {"": "keys.anywhere", "live": "keys.in_live", "replay": "keys.in_replay"}


class HelpDialog(QDialog):
    """Every key and what it does; Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("app.help_title"))
        self._words: list[QLabel] = []
        blocks = {place: self._block(place) for place in shortcuts.PLACES}
        tables = (
            ("1 – 9", "sort"),
            (shortcuts.key_text("Return"), "open_row"),
            (shortcuts.key_text("Ctrl+Tab"), "next_page"),
        )
        blocks["tables"] = self._card(tr("keys.in_tables"), [(key, tr(f"keys.{what}")) for key, what in tables])
        sides: QHBoxLayout = row(
            column(blocks[""], blocks["live"], blocks["tables"], None, spacing=14),
            column(blocks["replay"], self._heard(), None, spacing=14),
            spacing=14,
        )
        sides.setContentsMargins(0, 0, 14, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(14)
        outer.addWidget(label(tr("app.help_title"), "title"))
        keys = QWidget()
        keys.setLayout(sides)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(keys)
        scroll.setAccessibleName(tr("app.help_title"))
        outer.addWidget(scroll)
        outer.addWidget(label(tr("app.disclaimer"), "muted", wrap=True))
        outer.addLayout(row(None, button(tr("common.close"), self.accept, "primary")))
        self._keys, self._sides = keys, sides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """As large as all keys need, and no larger than the screen: what is more is scrolled."""
        room = self.screen().availableSize()
        around = QSize(AROUND_PX, BELOW_PX)
        if (self._keys.sizeHint() + around).width() > room.width():
            self._sides.setDirection(QBoxLayout.Direction.TopToBottom)
            for words in self._words:
                words.setWordWrap(True)
        self.resize((self._keys.sizeHint() + around).boundedTo(room))
        super().showEvent(event)

    def _block(self, place: str) -> QWidget:
        return self._card(tr(HEADS[place]), shortcuts.help_rows(place))

    def _heard(self) -> QWidget:
        """What a sound means."""
        return self._card(tr("heard.title"), [(tr(f"heard.{one}"), tr(f"heard.{one}_means")) for one in HEARD])

    def _card(self, title: str, rows: Iterable[tuple[str, str]]) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(5)
        for at, (sign, what) in enumerate(rows):
            grid.addWidget(label(sign, "heading"), at, 0, Qt.AlignmentFlag.AlignLeft)
            self._words.append(label(what))
            grid.addWidget(self._words[-1], at, 1)
        grid.setColumnStretch(1, 1)
        return card(label(title, "muted"), grid, spacing=8, margin=14)
