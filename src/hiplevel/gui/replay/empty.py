"""Replay before anything is open: what was opened lately, what is recorded, the samples that ship."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hiplevel.gui.spoken import name_of
from hiplevel.gui.when import moment
from hiplevel.gui.widgets.notices import Notices
from hiplevel.gui.widgets.parts import button, card, label, row
from hiplevel.gui.words import tr
from hiplevel.recording.names import told_by_name

PATH = Qt.ItemDataRole.UserRole


class Empty(QWidget):
    """open_file: called with a path; ask: opens the file dialog."""

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[Path]]],
        open_file: Callable[[Path], None],
        ask: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.notices = Notices()
        self._open_file = open_file
        self.list = QListWidget()
        self.list.setAccessibleName(tr("app.recordings"))
        seen: set[Path] = set()
        for title, paths in groups:
            fresh = [path for path in paths if path.resolve() not in seen]
            if fresh:
                head = QListWidgetItem(title)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                font = head.font()
                font.setBold(True)
                head.setFont(font)
                self.list.addItem(head)
            for path in fresh:
                seen.add(path.resolve())
                item = QListWidgetItem(f"     {words_for(path)}")
                item.setToolTip(str(path))
                item.setData(PATH, str(path))
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(1)
        self.list.itemActivated.connect(self._activated)
        self.open = button(tr("app.open"), ask, "primary")
        frame = card(
            label(tr("replay.empty_title"), "title"),
            label(tr("replay.empty_words"), "muted", wrap=True),
            self.list,
            row(label(tr("app.drop_here"), "muted"), None, self.open),
            spacing=14,
            margin=24,
        )
        frame.setMinimumWidth(680)
        frame.setMaximumWidth(760)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 22, 28, 20)
        layout.addWidget(self.notices)
        layout.addLayout(row(None, frame, None), 1)
        self.setFocusProxy(self.list)

    def _activated(self, item: QListWidgetItem) -> None:
        if path := item.data(PATH):
            self._open_file(Path(path))


def words_for(path: Path) -> str:
    """Day, exercise and client where its name tells them, else its name."""
    told = told_by_name(path.name)
    if told is None:
        return path.stem
    client, exercise, started_ns = told
    return "  ·  ".join(part for part in (moment(started_ns), name_of(exercise) if exercise else "", client) if part)
