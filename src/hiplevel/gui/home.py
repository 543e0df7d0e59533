"""What the window is to what stands in it: the places, and the commands that work everywhere."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from hiplevel.gui.live.place import LivePlace, MakeSource
from hiplevel.gui.replay.place import ReplayPlace
from hiplevel.gui.settings import Settings
from hiplevel.gui.sound import Sound
from hiplevel.gui.theme import Theme


class Home(Protocol):
    """A window, as far as they know it. folder: where recordings go, None for the user's own."""

    settings: Settings
    sound: Sound
    theme: Theme
    folder: Path | None
    make_source: MakeSource

    @property
    def live(self) -> LivePlace:
        """The Live place, made when it is not there yet."""

    @property
    def replay(self) -> ReplayPlace:
        """The Replay place, likewise."""

    @property
    def busy(self) -> bool:
        """Whether a session runs."""

    def go(self, name: str) -> QWidget:
        """Show a place."""

    def open_files(self, paths: Sequence[Path]) -> None:
        """Show recordings in the Replay place."""

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in these colours."""

    def set_language(self, language: str) -> None:
        """Speak another language."""
