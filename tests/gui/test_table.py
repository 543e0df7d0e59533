"""A table fits into its room as long as its words do, and says why it is empty."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hiplevel.gui.theme import DARK, style_sheet
from hiplevel.gui.widgets.table import CELL_PX, Table, widths

HEADS = ["Now", "Exercise", "Beyond the limit", "Why"]
ROW = ["●", "Standing abduction with a band, pelvis level", "12.3 s", "steady for two weeks, no pain on the stairs"]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("what there is", HEADS)
    made.setStyleSheet(made.styleSheet() + style_sheet(DARK, 11.0))
    qtbot.addWidget(made)
    made.resize(520, 300)
    made.show()
    return made


def test_words_wrap_before_anybody_scrolls_sideways(table: Table) -> None:
    table.show_rows([ROW, ROW])
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()
    low = table.rowHeight(0)
    table.resize(1200, 300)
    assert table.rowHeight(0) < low
    assert [table.horizontalHeaderItem(column).text() for column in range(4)] == HEADS


def test_a_narrow_header_wraps_and_keeps_every_word(table: Table) -> None:
    words = [
        max(f"{head} {cell}".split(), key=table.fontMetrics().horizontalAdvance)
        for head, cell in zip(HEADS, ROW, strict=True)
    ]
    table.resize(sum(table.fontMetrics().horizontalAdvance(word) + CELL_PX for word in words) + 8, 300)
    table.show_rows([ROW])
    heads = [table.horizontalHeaderItem(column).text() for column in range(4)]
    assert heads[2].split() == HEADS[2].split()
    assert "\n" in heads[2]
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()


def test_letters_shrink_a_little_before_a_column_is_cut_off(table: Table) -> None:
    table.show_rows([ROW])
    large, full = table.item(0, 0).font().pointSizeF(), table.width()
    longest = [
        max(f"{h} {c}".split(), key=table.fontMetrics().horizontalAdvance) for h, c in zip(HEADS, ROW, strict=True)
    ]
    table.resize(round(0.92 * sum(table.fontMetrics().horizontalAdvance(word) for word in longest)) + 4 * CELL_PX, 300)
    assert table.item(0, 0).font().pointSizeF() < large
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()
    table.resize(full, 300)
    assert table.item(0, 0).font().pointSizeF() == large


def test_a_press_on_a_head_orders_by_number_and_the_chosen_row_stays_itself(table: Table) -> None:
    table.show_rows([[f"{n} drops", "", "", ""] for n in (9, 10, 2)], [[float(n), 0.0, 0.0, 0.0] for n in (9, 10, 2)])
    table.setCurrentCell(2, 0)
    table.sort_by(0)
    assert [table.item(row, 0).text() for row in range(3)] == ["10 drops", "9 drops", "2 drops"]
    assert "▾" in table.horizontalHeaderItem(0).text()
    assert table.chosen == 2
    table.sort_by(0)
    assert [table.item(row, 0).text() for row in range(3)] == ["2 drops", "9 drops", "10 drops"]
    assert table.chosen == 2


def test_keys_order_it_as_well(table: Table, qtbot: QtBot) -> None:
    table.show_rows([[f"{n}", f"{-n}", "", ""] for n in (9, 10, 2)], [[float(n), -n, 0.0, 0.0] for n in (9, 10, 2)])
    assert "1 to 9" in table.accessibleDescription()
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert [table.item(row, 0).text() for row in range(3)] == ["2", "9", "10"]
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert [table.item(row, 0).text() for row in range(3)] == ["10", "9", "2"]
    table.show_rows([ROW, ROW])  # in the order that they have
    assert table.accessibleDescription() == ""


def test_it_says_what_to_do_while_it_is_empty(table: Table) -> None:
    table.empty.setText("Add something first.")
    table.show_rows([])
    assert table.empty.isVisible()
    assert table.viewport().rect().contains(table.empty.geometry())
    table.show_rows([ROW])
    assert not table.empty.isVisible()


def test_the_widest_column_gives_way_first_and_none_below_its_longest_word() -> None:
    assert widths([50, 300, 80], [50, 90, 60], 430) == [50, 300, 80]
    assert widths([50, 300, 80], [50, 90, 60], 500) == [50, 300, 150]
    assert widths([50, 300, 80], [50, 90, 60], 330) == [50, 200, 80]
    assert widths([50, 300, 80], [50, 90, 60], 100) == [50, 90, 60]
