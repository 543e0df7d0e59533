"""While the sensor is looked for: one sentence, and a way back."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from hiplevel.gui.widgets.parts import button, card, label, row
from hiplevel.gui.words import tr
from hiplevel.session.mounting import HINGES_S, STILL_S


class Waiting(QWidget):
    """Shown from 'start' to the first packet."""

    def __init__(self, stop: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("live.connecting"))
        self.title = label(tr("live.connecting"), "title", wrap=True)
        self.what = label("", "muted", wrap=True)
        self.stop = button(tr("common.stop"), stop, "large")
        frame = card(self.title, self.what, self.bar, row(None, self.stop), spacing=18, margin=28)
        frame.setFixedWidth(560)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row(None, frame, None))
        layout.addStretch(2)
        self.setFocusProxy(self.stop)

    def show_hinging(self, done_s: float) -> None:
        """Say what to do now, and how long it still takes."""
        still = done_s < STILL_S
        self.title.setText(tr("live.hinge_still" if still else "live.hinge_now"))
        self.what.setText(tr("live.hinge_still_words" if still else "live.hinge_now_words"))
        self.bar.setRange(0, round((STILL_S + HINGES_S) * 10.0))
        self.bar.setValue(round(done_s * 10.0))
