"""While the sensor is looked for: one sentence, and a way back."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from hiplevel.gui.widgets.parts import button, card, label, row
from hiplevel.gui.words import tr


class Waiting(QWidget):
    """Shown from 'start' to the first packet."""

    def __init__(self, stop: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(tr("live.connecting"))
        self.what = label("", "muted", wrap=True)
        self.stop = button(tr("common.stop"), stop, "large")
        frame = card(label(tr("live.connecting"), "title"), self.what, bar, row(None, self.stop), spacing=18, margin=28)
        frame.setFixedWidth(560)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row(None, frame, None))
        layout.addStretch(2)
        self.setFocusProxy(self.stop)
