"""The window's event loop, from opening to closing."""

import signal
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from hiplevel.gui.application import application
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.window import Window

LISTEN_MS = 200


def run_window(
    paths: Sequence[Path] = (), *, choice: Choice | None = None, begin: bool = True, folder: Path | None = None
) -> None:
    """Open the window and come back when it was closed. Ctrl-C closes it.

    paths: recordings to look at; choice: what to train, at once if `begin`; folder: where recordings go.
    """
    app = application()
    window = Window(folder=folder)
    before = signal.signal(signal.SIGINT, lambda *_: window.close_now())
    # Python sees a signal only between two of its own steps, of which an idle window has none.
    listening = QTimer(interval=LISTEN_MS)
    listening.timeout.connect(lambda: None)
    listening.start()
    window.show()
    if paths:
        window.open_files(paths)
    if choice is not None:
        window.train(choice, begin=begin)
    try:
        app.exec()
    finally:
        signal.signal(signal.SIGINT, before)
