"""The limit of one side, to be typed in or stepped."""

from collections.abc import Callable

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from hiplevel.gui.replay.review import LEAST_DEG
from hiplevel.gui.widgets.parts import label, row, tall
from hiplevel.gui.words import tr
from hiplevel.model.rules import MAX_LIMIT_DEG, Side

STEP_DEG = 0.5


class LimitField(QWidget):
    """changed: told the side and the limit in degrees."""

    def __init__(self, side: Side, changed: Callable[[str, float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spin = QDoubleSpinBox()
        self.spin.setRange(LEAST_DEG, MAX_LIMIT_DEG)
        self.spin.setSingleStep(STEP_DEG)
        self.spin.setDecimals(1)
        self.spin.setSuffix("°")
        self.spin.setAccessibleName(tr(f"replay.limit_{side}"))
        self.spin.valueChanged.connect(lambda value: changed(side, value))
        self.setLayout(row(label(tr(f"replay.limit_{side}"), "heading"), None, tall(self.spin)))

    def show_limit(self, limit_deg: float) -> None:
        """Without telling anybody."""
        self.spin.blockSignals(True)
        self.spin.setValue(limit_deg)
        self.spin.blockSignals(False)
