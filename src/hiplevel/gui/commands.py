"""What the buttons and keys do that work everywhere in the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hiplevel.gui import words
from hiplevel.gui.help import HelpDialog
from hiplevel.gui.home import Home
from hiplevel.gui.places import PLACES
from hiplevel.gui.sound_dialog import SettingsDialog
from hiplevel.gui.theme import THEMES
from hiplevel.gui.words import tr


class Commands:
    """Of one window, which is `over` the dialogs. handlers: by the actions of the table of shortcuts."""

    def __init__(self, window: Home, over: QWidget) -> None:
        self._window, self._over = window, over
        self.handlers: dict[str, Callable[[], None]] = {
            "help": self.help,
            "theme": self.switch_theme,
            "mute": self.mute,
            "settings": self.change_settings,
            "full_screen": self.full_screen,
            "open": self.ask_open,
            **{place.id: lambda name=place.id: window.go(name) for place in PLACES},  # type: ignore[misc]
        }

    def help(self) -> None:
        """The page of keys."""
        HelpDialog(self._over).exec()

    def ask_open(self) -> None:
        """Ask for a recording and show it."""
        self._window.go("replay")
        self._window.replay.ask_open()

    def mute(self) -> None:
        """Sound off or on."""
        sound = self._window.sound
        sound.set_muted(not sound.muted)

    def change_settings(self) -> None:
        """Sound and language."""
        window = self._window
        dialog = SettingsDialog(window.sound, self._over)
        dialog.exec()
        if dialog.language and dialog.language != words.current():
            if window.busy:
                window.settings.set("language", dialog.language)
                window.live.notice(tr("app.restart_language"))
            else:
                window.set_language(dialog.language)

    def switch_theme(self) -> None:
        """From dark to light and back; not while a session runs, for the places are drawn anew."""
        window = self._window
        if window.busy:
            window.live.notice(tr("app.not_now"))
            return
        names = list(THEMES)
        window.set_theme(THEMES[names[(names.index(window.theme.name) + 1) % len(names)]])

    def full_screen(self) -> None:
        """Fill the screen, or not."""
        self._over.setWindowState(self._over.windowState() ^ Qt.WindowState.WindowFullScreen)
