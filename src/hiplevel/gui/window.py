"""The window: places on the left, what a person remembers of it, files dropped on it, keys that work everywhere."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QWidget

from hiplevel.cues.speaker import Output
from hiplevel.gui import shortcuts, words
from hiplevel.gui.commands import Commands
from hiplevel.gui.language import speak
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.place import LivePlace, MakeSource
from hiplevel.gui.live.sources import source_for
from hiplevel.gui.places import PLACES
from hiplevel.gui.rail import Rail
from hiplevel.gui.replay.place import ReplayPlace
from hiplevel.gui.rooms import Rooms
from hiplevel.gui.settings import Settings
from hiplevel.gui.sound import Sound
from hiplevel.gui.theme import DARK, THEMES, Theme, field_palette, palette, style_sheet
from hiplevel.gui.words import tr

SIZE, LEAST = (1280, 820), (960, 600)
BASE_PT, MOST_SCALE, STEP_PT = 11.0, 2.2, 0.5


class Window(QMainWindow):
    """The whole of it. folder: where recordings go, None for the user's own."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        make_source: MakeSource = source_for,
        output: Output | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.sound = Sound(self.settings, output)
        self.folder, self.make_source = folder, make_source
        speak(self.settings.get("language", "en"))
        self.theme: Theme = THEMES.get(self.settings.get("theme", DARK.name), DARK)
        self.setWindowTitle(tr("app.title"))
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        self.restoreGeometry(self.settings.geometry())
        self.commands = Commands(self, self)
        self.handlers = self.commands.handlers
        self._build()
        self.go(PLACES[0].id)

    def go(self, name: str) -> QWidget:
        """Show a place, made when it is first shown."""
        self._rail.places[name].setChecked(True)
        return self.rooms.show_place(name)

    @property
    def live(self) -> LivePlace:
        """The Live place."""
        return self.rooms.place("live", LivePlace)

    @property
    def replay(self) -> ReplayPlace:
        """The Replay place."""
        return self.rooms.place("replay", ReplayPlace)

    @property
    def busy(self) -> bool:
        """Whether a session runs."""
        return "live" in self.rooms and self.live.busy

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in these colours."""
        self.theme = theme
        self.settings.set("theme", theme.name)
        self._rebuild()

    def set_language(self, language: str) -> None:
        """Speak another language."""
        speak(language)
        self.settings.set("language", words.current())
        self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that no place took."""
        if not shortcuts.handle(event, "", self.handlers):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """End what runs, remember the rest."""
        if "live" in self.rooms and not self.live.ask_end():
            event.ignore()
            return
        self.settings.set_geometry(self.saveGeometry())
        self.settings.save()
        self.rooms.shut()
        self.sound.close()
        super().closeEvent(event)

    def close_now(self) -> None:
        """Close without asking: a session that runs is ended in order."""
        if "live" in self.rooms:
            self.live.shut()
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More room, larger words."""
        super().resizeEvent(event)
        if hasattr(self, "_base_pt"):
            self._scale()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open the files that were dropped."""
        self.open_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def train(self, choice: Choice, *, begin: bool = True) -> None:
        """The Live place with these answers; begin: at once."""
        self.go("live")
        self.live.prepare(choice)
        if begin:
            self.live.begin(choice)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Show recordings in the Replay place."""
        self.replay.open_files(paths)
        self.go("replay")

    def _build(self) -> None:
        QApplication.setPalette(palette(self.theme))
        for kind in ("QAbstractSpinBox", "QLineEdit"):
            QApplication.setPalette(field_palette(self.theme), kind)  # type: ignore[arg-type]  # its stubs want bytes
        self.setLocale(QLocale())  # that of the language, which may be another than when the window was made
        self._base_pt = 0.0
        self._rail = Rail(self.handlers)
        self.sound.changed.connect(self._show_mute)
        self._show_mute()
        self.rooms = Rooms(self)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self.rooms, 1)
        self.setCentralWidget(whole)
        self._scale()

    def _show_mute(self) -> None:
        self._rail.show_muted(self.sound.muted)

    def _scale(self) -> None:
        """Words grow with the window: on a wall they are read from as far as the number is."""
        scale = min(max(min(self.width() / SIZE[0], self.height() / SIZE[1]), 1.0), MOST_SCALE)
        base_pt = round(BASE_PT * scale / STEP_PT) * STEP_PT
        if base_pt != self._base_pt:
            self._base_pt = base_pt
            self._rail.set_scale(scale)
            self.setStyleSheet(style_sheet(self.theme, base_pt))

    def _rebuild(self) -> None:
        shown = self.rooms.shown
        self.rooms.shut()
        self._build()
        self.go(shown)
