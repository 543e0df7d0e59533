"""A table within a page that is scrolled: as high as its rows, so that one thing scrolls and no row is cut."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from hiplevel.gui.widgets.table import EMPTY_PX, Table

AROUND_PX = 8  # kept in sight around the chosen row
LEAST_EMPTY_PX = 80


class WholeTable(Table):
    """As `Table`; keys bring the chosen row into sight by scrolling the page."""

    def __init__(self, name: str, heads: Sequence[str]) -> None:
        super().__init__(name, heads)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentCellChanged.connect(self._bring_into_sight)
        self.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The wheel is for the page."""
        if isinstance(event, QWheelEvent):
            event.ignore()
            return True
        return False

    def fit(self) -> None:
        """Words into the columns, then the table around its rows."""
        super().fit()
        rows_px = sum(self.rowHeight(at) for at in range(self.rowCount()))
        if not self.rowCount():
            rows_px = max(self.empty.heightForWidth(self.empty.width()) + 2 * EMPTY_PX, LEAST_EMPTY_PX)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows_px + 2 * self.frameWidth() + 2)

    def _bring_into_sight(self, at: int) -> None:
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inside = None if page is None else page.widget()
        if page is None or inside is None or at < 0:
            return
        top = self.viewport().mapTo(inside, QPoint(0, self.rowViewportPosition(at))).y()
        half = self.rowHeight(at) // 2
        page.ensureVisible(0, top + half, 0, half + AROUND_PX)
