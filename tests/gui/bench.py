"""What the tests of Replay open, and a mouse that drags as a hand does."""

import shutil
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hiplevel import resources, simulate
from hiplevel.gui.replay.place import ReplayPlace
from hiplevel.gui.replay.review import Review
from hiplevel.gui.window import Window
from hiplevel.model.rules import DropRule
from hiplevel.model.samples import Samples
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter

OPEN_MS = 60_000
BAD_LEFT = "pelvic-drop-bad-left"


def shipped(name: str, folder: Path) -> Path:
    """A copy of a sample session, to be written to."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(resources.folder("recordings") / f"{name}.mcap", folder / f"{name}.mcap"))


def opened(qtbot: QtBot, window: Window, path: Path) -> ReplayPlace:
    """The Replay place with this file, completely computed."""
    window.open_files([path])
    replay = window.replay
    qtbot.waitUntil(lambda: replay.review is not None and replay.review.computed.complete, timeout=OPEN_MS)
    return replay


def review_of(replay: ReplayPlace) -> Review:
    assert replay.review is not None
    return replay.review


def drag(widget: QWidget, start: QPointF, stop: QPointF, steps: int = 8) -> None:
    """Press, move, release, as the window system would tell it."""
    pg.setConfigOption("mouseRateLimit", -1)  # a hand is slower than a test
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    points = [start + (stop - start) * (i / steps) for i in range(steps + 1)]

    def send(kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)

    send(QEvent.Type.MouseMove, start, none, none)
    send(QEvent.Type.MouseButtonPress, start, left, left)
    for point in points[1:]:
        send(QEvent.Type.MouseMove, point, none, left)
    send(QEvent.Type.MouseButtonRelease, stop, left, none)


def session_of(hours: float, path: Path, rate_hz: float = 100.0) -> Path:
    """A simulated session of so many hours: ten minutes over and over."""
    worn = simulate.wearer("pelvic-drop", stance="left", reps=10, seed=4, rate_hz=rate_hz, rest_s=20.0)
    part = worn.take(round(600 * rate_hz))
    times = max(1, round(hours * 6))
    info = RecordingInfo(
        client="c-007", exercise="pelvic-drop", stance="left", rule=DropRule(6.0), source="import", simulated=True
    )
    path.parent.mkdir(exist_ok=True)
    with RecordingWriter(path, info) as writer:
        for at in range(times):
            shift_s = at * 600.0
            writer.samples(Samples(np.asarray(part.time_s) + shift_s, part.acc_m_s2, part.gyr_rad_s))
    return path


def stops(root: QWidget) -> list[tuple[QWidget, str]]:
    """Where the Tab key comes to in `root`, in order, and what a screen reader says there."""
    found, at = [], root.nextInFocusChain()
    while at is not root:
        stops_here = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at.focusProxy() is None
        if stops_here and at.isVisible() and at.isEnabled() and root.isAncestorOf(at):
            found.append((at, at.accessibleName() or getattr(at, "text", str)()))
        at = at.nextInFocusChain()
    return found
