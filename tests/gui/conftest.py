"""The real window without a screen; a simulated wearer whose time passes eight times as fast."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hiplevel.cues.speaker import Silent
from hiplevel.gui.application import application
from hiplevel.gui.language import speak
from hiplevel.gui.live.sources import source_for
from hiplevel.gui.settings import Settings
from hiplevel.gui.window import Window

SPEED = 8.0


@pytest.fixture(autouse=True)
def own_folders(nothing_of_yours: None) -> Iterator[None]:
    """Nothing of the person who runs the tests is read or written; every test begins in English."""
    speak("en")
    yield
    speak("en")


@pytest.fixture(scope="session")
def qapp() -> object:
    """The application as hiplevel makes it."""
    return application()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.ini")


@pytest.fixture
def window(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Iterator[Window]:
    """Open, and closed at the end whatever runs in it."""
    made = Window(
        settings,
        make_source=lambda choice: source_for(choice, SPEED),
        output=Silent(),
        folder=tmp_path / "recordings",
    )
    made.resize(1280, 820)
    made.show()
    yield made
    made.close_now()
    made.deleteLater()
