"""The window's event loop, from opening to closing."""

import signal
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from hiplevel.gui.window import Window, application

LISTEN_MS = 200


def run_window(paths: Sequence[Path] = ()) -> None:
    """Open the window, with these recordings, and come back when it was closed. Ctrl-C closes it."""
    app = application()
    window = Window()
    before = signal.signal(signal.SIGINT, lambda *_: window.close_now())
    # Python sees a signal only between two of its own steps, of which an idle window has none.
    listening = QTimer(interval=LISTEN_MS)
    listening.timeout.connect(lambda: None)
    listening.start()
    window.show()
    if paths:
        window.open_files(paths)
    try:
        app.exec()
    finally:
        signal.signal(signal.SIGINT, before)
