"""A table to be read that fits into its room: words wrap, headers too, and shrink a little, rather than be cut off."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from hiplevel.gui.widgets.parts import label
from hiplevel.gui.words import tr

# What the style sheet and the style leave free around a cell's words, sideways and in height.
CELL_PX, LINE_PX = 20, 12
EMPTY_PX = 24
SIZES = (1.0, 0.92, 0.85, 0.8)  # of the letters: smaller ones before anybody has to scroll sideways
PLACE = Qt.ItemDataRole.UserRole
DIGITS = tuple("123456789")
SIGNS = {Qt.SortOrder.AscendingOrder: "▴", Qt.SortOrder.DescendingOrder: "▾"}


class Table(QTableWidget):
    """Rows of words, one chosen at a time. `empty` is said in its place while there is none.

    Signals: opened (the place among the rows as they were given, of the one that was pressed twice or with Enter).
    """

    opened = Signal(int)

    def __init__(self, name: str, heads: Sequence[str]) -> None:
        super().__init__(0, len(heads))
        self.empty = label("", "muted", wrap=True)
        self.empty.setParent(self.viewport())
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._heads = list(heads)
        self._sorts, self._sorted = False, (-1, Qt.SortOrder.DescendingOrder)
        self._fitted: tuple[object, ...] = ()
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(self._heads)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # the key goes on to what comes next, not through every cell
        self.setStyleSheet("QTableWidget::item { padding: 4px 6px; }")
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.sectionClicked.connect(self.sort_by)
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(PLACE)))

    def show_rows(self, rows: Sequence[Sequence[str]], keys: Sequence[Sequence[float]] | None = None) -> None:
        """Put these in the place of what was there. keys: what a press on a head orders them by, cell by cell."""
        self._sorts, self._sorted, self._fitted = keys is not None, (-1, Qt.SortOrder.DescendingOrder), ()
        self.horizontalHeader().setSectionsClickable(self._sorts)
        self.setAccessibleDescription(tr("app.sorts") if self._sorts else "")
        self.horizontalHeader().setToolTip(tr("app.sorts") if self._sorts else "")
        self.setRowCount(len(rows))
        for at, cells in enumerate(rows):
            for column, words in enumerate(cells):
                item = _Cell(words, 0.0 if keys is None else keys[at][column])
                item.setData(PLACE, at)
                item.setToolTip(words)
                self.setItem(at, column, item)
        self.fit()

    @property
    def chosen(self) -> int | None:
        """The place of the chosen row among those that were given, however they are ordered now."""
        item = self.item(self.currentRow(), 0)
        return None if item is None else int(item.data(PLACE))

    def sort_by(self, column: int) -> None:
        """Order by this column, the largest first; once more, the smallest first."""
        if not self._sorts:
            return
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        self._sorted = (column, up if self._sorted == (column, down) else down)
        self.sortItems(*self._sorted)
        self._fitted = ()
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1 orders by the first column, and so on; once more, the other way round."""
        column = int(event.text()) - 1 if event.text() in DIGITS else -1
        if self._sorts and 0 <= column < self.columnCount():
            self.sort_by(column)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What was shown while nobody looked is fitted now."""
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or less room."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger or smaller words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Words into the room there is."""
        self.empty.setVisible(self.rowCount() == 0)
        self.empty.setGeometry(self.viewport().rect().adjusted(EMPTY_PX, EMPTY_PX, -EMPTY_PX, -EMPTY_PX))
        room = self.viewport().width()
        fitted = (room, self.font().toString())
        if not self.isVisible() or fitted == self._fitted:
            return
        self._fitted = fitted
        heads = [self._head(column) for column in range(len(self._heads))]
        cells = [[self._words(at, column) for at in range(self.rowCount())] for column in range(len(heads))]
        columns = [{head, *words} for head, words in zip(heads, cells, strict=True)]
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
        high = [
            {words: _height(metrics, words, self.columnWidth(column) - CELL_PX) for words in columns[column]}
            for column in range(len(heads))
        ]
        for at in range(self.rowCount()):
            self.setRowHeight(at, max(high[column][words[at]] for column, words in enumerate(cells)) + LINE_PX)

    def _write_in(self, font: QFont) -> None:
        for column in range(self.columnCount()):
            items = [self.horizontalHeaderItem(column), *(self.item(at, column) for at in range(self.rowCount()))]
            for item in items:
                if item is not None and item.font() != font:
                    item.setFont(font)

    def _head(self, column: int) -> str:
        sorted_by, order = self._sorted
        return f"{self._heads[column]}\N{NO-BREAK SPACE}{SIGNS[order]}" if column == sorted_by else self._heads[column]

    def _words(self, at: int, column: int) -> str:
        item = self.item(at, column)
        return "" if item is None else item.text()


class _Cell(QTableWidgetItem):
    """Ordered by a number, not by its words: 10 comes after 9."""

    def __init__(self, words: str, key: float) -> None:
        super().__init__(words)
        self._key = key

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return self._key < other._key if isinstance(other, _Cell) else super().__lt__(other)


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
