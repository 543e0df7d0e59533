#!/usr/bin/env python3
"""Make the pictures of the window in docs/images: the real window, without a screen, on simulated sessions.

    python scripts/screenshots.py [--out FOLDER] [--all]

--all: every state of every place in both themes, to look at; without it those that the documents show.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from clinic_states import clinic, store_of
from PySide6.QtWidgets import QApplication, QWidget

from hiplevel import resources
from hiplevel.cues.speaker import Silent
from hiplevel.gui.application import application
from hiplevel.gui.help import HelpDialog
from hiplevel.gui.language import speak
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.sources import source_for
from hiplevel.gui.settings import Settings
from hiplevel.gui.sound_dialog import SettingsDialog
from hiplevel.gui.theme import THEMES, Theme
from hiplevel.gui.window import Window

SIZE, SPEED = (1280, 820), 100.0
SHOWN = {"live-dark": "window-live", "drop-light": "window-drop", "replay-dark": "window-replay"}
PATIENCE_S = 300.0
CHOICE = replace(Choice(), client="c-017", own_limit=True, left_deg=6.0, right_deg=6.0, reps=8, sets=3)


class Camera:
    """Turns the event loop, and takes pictures of what is wanted."""

    def __init__(self, app: QApplication, folder: Path, theme: Theme, everything: bool) -> None:
        self._app, self._folder, self._theme, self._everything = app, folder, theme, everything
        self._looks, self._went = 0, 0
        self.window: Window | None = None

    def seen(self) -> bool:
        """Whether there were two looks since this was last true: the wearer's time waits for them."""
        if self._looks < self._went + 2:
            return False
        self._went = self._looks
        return True

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        end_s = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end_s:
                raise TimeoutError("The window did not come to what was waited for.")
            if self.window is not None and self.window.busy:
                self.window.live.frame()
            self._app.processEvents()
            self._looks += 1
            time.sleep(0.002)
        for _ in range(20):
            self._app.processEvents()

    def take(self, name: str, widget: QWidget) -> None:
        """A picture of `widget`, if it is wanted."""
        name = f"{name}-{self._theme.name}"
        shown = name if self._everything else SHOWN.get(name)
        if shown is not None:
            widget.grab().save(str(self._folder / f"{shown}.png"))

    def wants(self, *names: str) -> bool:
        """Whether any of these is to be taken."""
        return self._everything or any(f"{name}-{self._theme.name}" in SHOWN for name in names)


def live(camera: Camera, window: Window) -> None:
    """A session from the guide to its end."""
    place = window.live
    place.prepare(CHOICE)
    for page, name in enumerate(("guide-sensor", "guide-exercise", "guide-dose")):
        place.guide.go(page)
        camera.until(lambda: True)
        camera.take(name, window)
    place.begin(CHOICE)
    camera.take("waiting", window)
    camera.until(lambda: place.training is not None)
    training = place.training
    assert training is not None
    camera.until(lambda: place.state.ready)
    camera.take("ready", window)
    camera.until(
        lambda: place.state.reps >= 2 and training.pelvis.low_side == "right" and 0.3 < training.pelvis.used < 0.8
    )
    camera.take("live", window)
    camera.until(lambda: training.edges["right"].isVisible() and training.pelvis.used >= 1.0)
    camera.take("drop", window)
    if not camera.wants("paused", "rest", "done"):
        place.end()
        camera.until(lambda: not place.busy)
        return
    camera.until(lambda: training.resting)
    camera.take("rest", window)
    place.commands.pause()
    place.commands.next_set()
    camera.until(lambda: True)
    camera.take("paused", window)
    place.end()
    camera.until(lambda: not place.busy)
    camera.take("done", window)


def replay(camera: Camera, window: Window, folder: Path) -> None:
    """Looking back: the moment, another limit, overlay, comparison."""
    window.go("replay")
    camera.take("replay-empty", window)
    name = "pelvic-drop-bad-left.mcap"
    path = Path(shutil.copy(resources.folder("recordings") / name, folder / name))
    window.open_files([path])
    place = window.replay
    camera.until(lambda: place.review is not None and place.review.computed.complete)
    place.player.seek(19.6)
    place.set_limit("right", 5.0)
    camera.until(lambda: True)
    camera.take("replay", window)
    if not camera.wants("overlay", "compare", "edited"):
        return
    place.show_view("overlay")
    camera.take("overlay", window)
    place.compare_with(resources.folder("recordings") / "pelvic-drop-good-left.mcap")
    camera.until(lambda: place.page is not None and place.page.view == "compare")
    camera.take("compare", window)
    place.show_view("detail")
    place.player.select((23.0, 31.0))
    place.commands.bad_span()
    place.commands.add_note("the knee bends")
    camera.until(lambda: place.review is not None and len(place.review.said) == 2)
    camera.take("edited", window)


def dialogs(camera: Camera, window: Window) -> None:
    """The page of keys, and the settings."""
    for name, dialog in (("help", HelpDialog(window)), ("settings", SettingsDialog(window.sound, window))):
        dialog.show()
        camera.until(lambda: True)
        camera.take(name, dialog)
        dialog.close()


def opened(camera: Camera, settings: Settings, recordings: Path, size: tuple[int, int]) -> Window:
    """The window as somebody opens it, silent; a simulated wearer's time goes on as pictures are looked at."""
    camera.window = window = Window(
        settings,
        make_source=lambda choice: source_for(choice, SPEED, camera.seen),
        output=Silent(),
        folder=recordings,
    )
    window.resize(*size)
    window.show()
    return window


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs" / "images")
    parser.add_argument("--all", action="store_true", help="every state in both themes")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", type=int, nargs=2, default=SIZE, metavar=("WIDTH", "HEIGHT"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    app = application()
    with tempfile.TemporaryDirectory() as shared:
        for theme in THEMES.values():
            camera = Camera(app, args.out, theme, args.all)
            folder = Path(shared) / theme.name
            folder.mkdir()
            settings = Settings(folder / "window.ini")
            settings.set("theme", theme.name)
            settings.set("language", args.language)
            (folder / "recordings").mkdir()
            make_window = partial(opened, camera, settings, folder / "recordings", args.size)
            window = make_window()
            if camera.wants("live", "drop", "rest", "done"):
                live(camera, window)
            if camera.wants("replay", "overlay", "compare"):
                replay(camera, window, folder)
            if camera.wants("help", "settings"):
                dialogs(camera, window)
            window.close_now()
            if camera.wants("clinic"):
                clinic(camera, make_window, folder, store_of(Path(shared)))
    speak("en")
    print(f"Pictures are in {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
