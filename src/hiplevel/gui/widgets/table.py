"""A table to be read that fits into its room: words wrap, headers too, and shrink a little, rather than be cut off."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from hiplevel.gui.widgets.parts import label

# What the style sheet and the style leave free around a cell's words, sideways and in height.
CELL_PX, LINE_PX = 22, 12
EMPTY_PX = 24
SIZES = (1.0, 0.92, 0.85)  # of the letters: smaller ones before anybody has to scroll sideways


class Table(QTableWidget):
    """Rows of words, one chosen at a time. `empty` is said in its place while there is none."""

    def __init__(self, name: str, heads: Sequence[str]) -> None:
        super().__init__(0, len(heads))
        self.empty = label("", "muted", wrap=True)
        self.empty.setParent(self.viewport())
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._heads = list(heads)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(self._heads)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setStyleSheet("QTableWidget::item { padding: 4px 6px; }")
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Put these in the place of what was there."""
        self.setRowCount(len(rows))
        for at, cells in enumerate(rows):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(at, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or less room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger or smaller words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.empty.setVisible(self.rowCount() == 0)
        self.empty.setGeometry(self.viewport().rect().adjusted(EMPTY_PX, EMPTY_PX, -EMPTY_PX, -EMPTY_PX))
        heads, room = self._heads, self.viewport().width()
        cells = [[self._words(at, column) for at in range(self.rowCount())] for column in range(len(heads))]
        columns = [[head, *words] for head, words in zip(heads, cells, strict=True)]
        font, least = self.font(), []
        for part in SIZES:
            font.setPointSizeF(self.font().pointSizeF() * part)
            metrics = QFontMetrics(font)
            least = [max(_longest(metrics, words) for words in column) + CELL_PX for column in columns]
            if sum(least) <= room:
                break
        self._write_in(font)
        full = [max(metrics.horizontalAdvance(words) for words in column) + CELL_PX for column in columns]
        for column, width in enumerate(widths(full, least, room)):
            self.setColumnWidth(column, width)
            head = self.horizontalHeaderItem(column)
            if head is not None:
                head.setText(_wrapped(metrics, heads[column], width - CELL_PX))
        for at in range(self.rowCount()):
            heights = [
                _height(metrics, words[at], self.columnWidth(column) - CELL_PX) for column, words in enumerate(cells)
            ]
            self.setRowHeight(at, max(heights) + LINE_PX)

    def _write_in(self, font: QFont) -> None:
        for column in range(self.columnCount()):
            items = [self.horizontalHeaderItem(column), *(self.item(at, column) for at in range(self.rowCount()))]
            for item in items:
                if item is not None and item.font() != font:
                    item.setFont(font)

    def _words(self, at: int, column: int) -> str:
        item = self.item(at, column)
        return "" if item is None else item.text()


def widths(full: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Of columns that are `full` px wide on one line and need `least`, in `room` px: the widest give way first."""

    def at_most(cap: int) -> list[int]:
        return [min(wide, max(low, cap)) for wide, low in zip(full, least, strict=True)]

    cap = bisect_right(range(max(full) + 1), room, key=lambda cap: sum(at_most(cap))) - 1
    made = at_most(max(cap, 0))
    made[-1] += max(room - sum(made), 0)
    return made


def _longest(metrics: QFontMetrics, words: str) -> int:
    return max((metrics.horizontalAdvance(word) for word in words.split(" ")), default=0)


def _wrapped(metrics: QFontMetrics, words: str, room: int) -> str:
    lines: list[str] = []
    for word in words.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


def _height(metrics: QFontMetrics, words: str, room: int) -> int:
    if metrics.horizontalAdvance(words) <= room:
        return metrics.height()
    return metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, words).height()
