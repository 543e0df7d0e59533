"""A list to choose one line from, whose words wrap where it is narrow."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

LEAST_PX = 180
ITEM_PX, ITEM_H_PX = 32, 20  # what the style sheet leaves free around an item's words, sideways and in height


class Choices(QListWidget):
    """`name` is what a screen reader says of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumWidth(LEAST_PX)
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Lines(self))


class _Lines(QStyledItemDelegate):
    """Qt's own forgets the padding of the style sheet, and cuts off the last line."""

    def __init__(self, shown: Choices) -> None:
        super().__init__(shown)
        self._shown = shown

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As many lines as the words need."""
        room = QRect(0, 0, max(self._shown.viewport().width() - ITEM_PX, 1), 10_000)
        words = self._shown.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(room.width(), words.height() + ITEM_H_PX)
